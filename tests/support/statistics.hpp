// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <string_view>

namespace vouch::test {

/// A test's master seed: a hash (FNV-1a) of its name, so that nobody chooses one that passes. Below 2^53.
/// With VOUCH_FRESH_SEEDS set in the environment a new one is drawn and printed.
std::uint64_t seed_of(std::string_view test_name);

/// The number of standard errors that one of `num_checks` two-sided comparisons may be off, so that the whole
/// suite raises a false alarm with probability `family_alpha` (Sidak).
double compute_sidak_limit(int num_checks, double family_alpha = 1e-6);

/// Sums of one quantity over independent worlds.
class Sample {
 public:
  void add(double x) noexcept {
    ++size_;
    const double deviation = x - mean_;
    mean_ += deviation / static_cast<double>(size_);
    squares_ += deviation * (x - mean_);
  }
  std::int64_t size() const noexcept { return size_; }
  double mean() const noexcept { return mean_; }
  double variance() const noexcept { return squares_ / static_cast<double>(size_ - 1); }
  double standard_error() const noexcept { return std::sqrt(variance() / static_cast<double>(size_)); }

 private:
  std::int64_t size_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;
};

}  // namespace vouch::test
