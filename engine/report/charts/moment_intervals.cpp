// SPDX-License-Identifier: Apache-2.0
#include "report/charts/moment_intervals.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/confidence_sequence.hpp"

namespace vouch::report {

Sample find_sample(const Reading& reading, std::size_t strategy) {
  return find_common_sample(reading, strategy, strategy);
}

Sample find_common_sample(const Reading& reading, std::size_t first, std::size_t second) {
  const auto one = reading.file.completed(reading.lane_of(first));
  const auto other = reading.file.completed(reading.lane_of(second));
  Sample sample;
  for (std::size_t i = 0; i < one.size(); ++i) sample.num_worlds += one[i] != 0 && other[i] != 0 ? 1 : 0;
  sample.num_groups = sample.num_worlds / reading.view.group_size;
  sample.looks = reading.view.looks;
  return sample;
}

std::optional<double> compute_half_width(double variance, const Sample& sample, double confidence) {
  if (sample.num_groups < 2 || std::isnan(variance)) return std::nullopt;
  if (sample.looks == statistics::Looks::any)
    return statistics::compute_sequence_half_width(variance, sample.num_groups, confidence);
  return statistics::compute_t_quantile(confidence, sample.num_groups - 1) *
         std::sqrt(variance / static_cast<double>(sample.num_groups));
}

std::optional<RatioEstimate> estimate_ratio(const Spread& numerator, const Spread& denominator, const Sample& sample,
                                            double confidence) {
  if (!(denominator.mean > 0.0)) return std::nullopt;
  const double ratio = numerator.mean / denominator.mean;
  const double most = std::sqrt(numerator.variance) + std::abs(ratio) * std::sqrt(denominator.variance);
  const auto half_width = compute_half_width(most * most, sample, confidence);
  if (!half_width) return std::nullopt;
  return RatioEstimate{ratio, *half_width / denominator.mean};
}

double split_confidence(double confidence, std::size_t num_intervals) {
  return 1.0 - (1.0 - confidence) / static_cast<double>(std::max<std::size_t>(1, num_intervals));
}

}  // namespace vouch::report
