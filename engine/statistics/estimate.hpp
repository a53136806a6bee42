// SPDX-License-Identifier: Apache-2.0
// Estimates over independent worlds, and paired differences between strategies that saw the same worlds.
// A quantity that these worlds cannot tell is an empty optional; nothing here is ever NaN.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace vouch::statistics {

/// One quantity of one strategy: a mean over worlds, or a ratio of two sums over worlds.
struct Observations {
  std::vector<double> numerators;    ///< by world
  std::vector<double> denominators;  ///< by world; empty: all 1, so that the value is a mean

  std::size_t size() const noexcept { return numerators.size(); }
};

struct Estimate {
  std::size_t num_worlds = 0;
  std::optional<double> value;           ///< unknown without worlds, or if the denominators sum to 0
  std::optional<double> standard_error;  ///< unknown for fewer than two worlds; see also estimate_difference
  std::optional<double> half_width;      ///< of the confidence interval: Student's t x standard_error

  /// Whether zero lies outside the confidence interval. False if the interval is unknown.
  bool excludes_zero() const noexcept;
};

/// One strategy minus another, world by world.
struct Difference {
  Estimate estimate;
  std::optional<double> relative;  ///< the difference divided by the other's size; unknown if that is 0
  /// How many times as many independent worlds would be needed for the same precision:
  /// (var a + var b) / var(a - b). Unknown if the difference is the same in every world.
  std::optional<double> variance_ratio;
};

/// An estimate taken apart: what each world adds to its error. For a ratio r of sums of x and y these are
/// (x - r y) / mean(y), the delta method, which agrees with the jackknife to first order; for a mean, x - mean.
struct Linearised {
  double value = 0.0;
  std::vector<double> deviations;  ///< by world; their mean is 0 but for rounding
  double rounding = 0.0;           ///< deviations up to this size are rounding, not variation
};

/// Empty without worlds, or if the denominators sum to 0.
std::optional<Linearised> linearise(const Observations& observations);

/// The sample covariance (divisor n - 1) of two series of equal length n >= 2.
double compute_covariance(std::span<const double> a, std::span<const double> b);

/// `confidence` lies in (0, 1).
Estimate estimate_value(const Observations& observations, double confidence);

/// `first` minus `second`; world i of both must be the same replication. Throws std::logic_error if the sizes differ.
/// Where worlds vary but a difference other than 0 does not, too few have been seen to tell how much it varies: its
/// standard error and interval are unknown. Between two that are the same in every world they are 0.
Difference estimate_difference(const Observations& first, const Observations& second, double confidence);

/// Means over groups of `size` consecutive worlds, so that antithetic pairs become one independent observation each.
/// A last incomplete group is left out.
Observations average_groups(const Observations& observations, std::size_t size);

/// The t with P(|T| <= t) = confidence for Student's T with `degrees_of_freedom` >= 1.
double compute_t_quantile(double confidence, std::size_t degrees_of_freedom);

}  // namespace vouch::statistics
