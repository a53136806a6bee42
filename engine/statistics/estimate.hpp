// SPDX-License-Identifier: Apache-2.0
// Estimates over independent worlds, and paired differences between strategies that saw the same worlds.
// A quantity that these worlds cannot tell is an empty optional; nothing here is ever NaN.
#pragma once

#include <cstddef>
#include <optional>

#include "statistics/evidence.hpp"

namespace vouch::statistics {

struct Interval {
  double low = 0.0;
  double high = 0.0;

  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Why an interval may hold the truth less often than it says: measured in tests/statistics.
enum class Caution {
  none,
  few_worlds,  ///< fewer than 30 independent worlds
  skewed,      ///< too few worlds for how skewed they are: fewer than 25 x skewness^2 (Cochran's rule); of differences
               ///< of ratios also where a denominator is known to no better than a fifth
  rare         ///< a share or count that no world, nearly no world or nearly every world shows
};

/// How often the interval of a difference may be looked at. Values' intervals are for one look.
enum class Looks {
  fixed,  ///< once, at a number of worlds that did not depend on what they showed: Student's t
  any     ///< at any moment, to stop when one likes: a confidence sequence, wider, and only from a number of worlds on
};

struct Estimate {
  std::size_t num_worlds = 0;            ///< independent ones: groups
  std::optional<double> value;           ///< unknown without worlds, or if the denominators sum to 0
  std::optional<double> standard_error;  ///< unknown for fewer than two worlds; see also estimate_difference
  std::optional<double> half_width;      ///< Student's t x standard_error
  /// The confidence interval: value +- half_width for means and differences; Fieller's for ratios of totals, empty
  /// where it is unbounded; Korn and Graubard's for proportions, which is not a point where no world varies.
  std::optional<Interval> interval;
  Caution caution = Caution::none;

  /// Whether zero lies outside the confidence interval. False if the interval is unknown.
  bool excludes_zero() const noexcept;
};

/// One strategy minus another, world by world.
struct Difference {
  Estimate estimate;
  std::optional<double> relative;  ///< the difference divided by the other's size; unknown if that is 0
  /// Of `relative`, as sure as the estimate's interval and leaving zero out exactly where that does; see
  /// compute_relative_interval. Unknown where the other's value is not surely above zero.
  std::optional<Interval> relative_interval;
  /// How many times as many independent worlds would be needed for the same precision:
  /// (var a + var b) / var(a - b). Unknown if the difference is the same in every world.
  std::optional<double> variance_ratio;
  std::optional<double> correlation;  ///< of the two, world by world; unknown if either is the same in every world
  std::optional<double> p_value;      ///< two-sided, of no difference, by Student's t; 1 between equals
};

/// A quantile over worlds, with an interval from order statistics, which needs no distribution.
struct QuantileEstimate {
  double probability = 0.5;
  std::size_t num_worlds = 0;  ///< that were looked at: at most Evidence::max_kept groups
  std::optional<double> value;
  std::optional<Interval> interval;  ///< unknown where too few worlds are there for its confidence
};

/// An estimate with the luck taken out that the controls show.
struct ControlledEstimate {
  Estimate estimate;
  double gain = 1.0;  ///< how many times as many worlds the same precision would need without controls
};

/// `confidence` lies in (0, 1).
Estimate estimate_value(const Evidence& evidence, std::size_t strategy, double confidence);

/// `first` minus `second` over the worlds that both have. Where worlds vary but a difference other than 0 does not,
/// too few have been seen to tell how much it varies: its standard error and interval are unknown. Between two that are
/// the same in every world they are 0.
/// Without a p-value if it is looked at any time.
Difference estimate_difference(const Evidence& evidence, std::size_t first, std::size_t second, double confidence,
                               Looks looks = Looks::fixed);

/// Its estimate without a caution: a caution looks at every kept group, which is too slow for all pairs of many.
Estimate estimate_difference_only(const Evidence& evidence, std::size_t first, std::size_t second, double confidence,
                                  Looks looks = Looks::fixed);

/// By Hyndman and Fan's type 7; the interval lies between the two nearest order statistics that hold the quantile with
/// the confidence whatever the distribution (H. A. David and H. N. Nagaraja, "Order Statistics", section 7.1).
/// Of the values of single groups (of ratios, each group's own ratio; groups without a denominator are left out).
/// `probability` lies in (0, 1).
QuantileEstimate estimate_quantile(const Evidence& evidence, std::size_t strategy, double probability,
                                   double confidence);

/// Regression on the controls (S. S. Lavenberg and P. D. Welch, Management Science 27 (1981) 322-335): Student's
/// with one degree of freedom less for each control that varies and is not made of others. Of ratios what a group adds
/// to the error is what is regressed. Empty without controls, where no control varies, with too few worlds, or where
/// worlds do not vary but for the controls.
std::optional<ControlledEstimate> estimate_controlled_value(const Evidence& evidence, std::size_t strategy,
                                                            double confidence);
std::optional<ControlledEstimate> estimate_controlled_difference(const Evidence& evidence, std::size_t first,
                                                                 std::size_t second, double confidence);

/// How many times as many independent worlds the same precision would need as antithetic pairs gave; below 1 they
/// harm. Empty if groups are single worlds, or where worlds or pairs do not vary.
std::optional<double> compute_antithetic_gain(const Evidence& evidence, std::size_t strategy);

/// The t with P(|T| <= t) = confidence for Student's T with `degrees_of_freedom` >= 1.
double compute_t_quantile(double confidence, std::size_t degrees_of_freedom);

}  // namespace vouch::statistics
