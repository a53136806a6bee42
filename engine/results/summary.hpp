// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vouch::results {

inline constexpr double summary_quantiles[] = {0.05, 0.25, 0.5, 0.75, 0.95};
inline constexpr std::size_t num_summary_quantiles = std::size(summary_quantiles);
/// Quantiles are exact over a strategy's first worlds, as many as this.
inline constexpr std::size_t max_quantile_worlds = 4096;

/// Mean and sample variance of many quantities at once, added in a fixed order (Welford). NaN where too few were added.
class Moments {
 public:
  explicit Moments(std::size_t size) : means_(size), squares_(size) {}
  void add(std::span<const double> values);
  std::vector<double> means() const;
  std::vector<double> variances() const;

 private:
  double count_ = 0.0;
  std::vector<double> means_;
  std::vector<double> squares_;
};

/// What is kept of the series and curves of one strategy: moments, quantiles, and moments of the paired difference
/// from the baseline.
class Summary {
 public:
  Summary(std::size_t size, std::size_t num_worlds);

  /// A world's values.
  void add(std::span<const double> values);
  /// The same replication under this strategy and under the baseline.
  void add_pair(std::span<const double> values, std::span<const double> baseline);

  const Moments& moments() const noexcept { return moments_; }
  const Moments& differences() const noexcept { return differences_; }
  /// [quantity x num_summary_quantiles + quantile], interpolated linearly between order statistics; NaN without worlds.
  std::vector<double> compute_quantiles() const;

 private:
  std::size_t size_;
  std::size_t capacity_;  ///< worlds
  std::size_t num_kept_ = 0;
  Moments moments_;
  Moments differences_;
  std::vector<double> kept_;  ///< [quantity x capacity + world]
  std::vector<double> scratch_;
};

}  // namespace vouch::results
