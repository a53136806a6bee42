// SPDX-License-Identifier: Apache-2.0
#include "results/summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vouch::results {

void Moments::add(std::span<const double> values) {
  count_ += 1.0;
  const double share = 1.0 / count_;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double deviation = values[i] - means_[i];
    means_[i] += deviation * share;
    squares_[i] += deviation * (values[i] - means_[i]);
  }
}

std::vector<double> Moments::means() const {
  if (count_ == 0.0) return std::vector<double>(means_.size(), std::numeric_limits<double>::quiet_NaN());
  return means_;
}

std::vector<double> Moments::variances() const {
  std::vector<double> variances(squares_.size(), std::numeric_limits<double>::quiet_NaN());
  if (count_ < 2.0) return variances;
  std::transform(squares_.begin(), squares_.end(), variances.begin(),
                 [this](double sum) { return sum / (count_ - 1.0); });
  return variances;
}

Summary::Summary(std::size_t size, std::size_t num_worlds)
    : size_(size),
      capacity_(std::min(num_worlds, max_quantile_worlds)),
      moments_(size),
      differences_(size),
      kept_(size * capacity_),
      scratch_(size) {}

void Summary::add(std::span<const double> values) {
  moments_.add(values);
  if (num_kept_ == capacity_) return;
  for (std::size_t i = 0; i < size_; ++i) kept_[i * capacity_ + num_kept_] = values[i];
  ++num_kept_;
}

void Summary::add_pair(std::span<const double> values, std::span<const double> baseline) {
  for (std::size_t i = 0; i < size_; ++i) scratch_[i] = values[i] - baseline[i];
  differences_.add(scratch_);
}

std::vector<double> Summary::compute_quantiles() const {
  std::vector<double> result(size_ * num_summary_quantiles, std::numeric_limits<double>::quiet_NaN());
  if (num_kept_ == 0) return result;
  std::vector<double> sorted(num_kept_);
  for (std::size_t i = 0; i < size_; ++i) {
    std::copy_n(kept_.begin() + static_cast<std::ptrdiff_t>(i * capacity_), num_kept_, sorted.begin());
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t q = 0; q < num_summary_quantiles; ++q) {
      const double place = summary_quantiles[q] * static_cast<double>(num_kept_ - 1);
      const auto below = static_cast<std::size_t>(place);
      const std::size_t above = std::min(below + 1, num_kept_ - 1);
      result[i * num_summary_quantiles + q] =
          sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
    }
  }
  return result;
}

}  // namespace vouch::results
