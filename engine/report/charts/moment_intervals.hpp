// SPDX-License-Identifier: Apache-2.0
// Intervals from what files hold of series and curves: means and variances over worlds, but no single world.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "report/reading.hpp"
#include "statistics/estimate.hpp"

namespace vouch::report {

/// Of a quantity over worlds.
struct Spread {
  double mean = 0.0;
  double variance = 0.0;  ///< NaN of a single world
};

/// The worlds that are behind a spread.
struct Sample {
  std::uint64_t num_worlds = 0;
  std::uint64_t num_groups = 0;  ///< independent ones: fewer than worlds where these come in antithetic pairs
  statistics::Looks looks = statistics::Looks::fixed;
};

/// Fewer independent worlds than this bear no title: intervals from moments alone cannot be checked for skewness.
inline constexpr std::uint64_t fewest_to_claim = 30;

/// What all counts together must come to, at least, for a normal interval to be near enough.
inline constexpr double fewest_counted = 100.0;

/// Of the worlds of a strategy at the reading's point; that both strategies have.
Sample find_sample(const Reading& reading, std::size_t strategy);
Sample find_common_sample(const Reading& reading, std::size_t first, std::size_t second);

/// Of a mean's interval: Student's t, or of a confidence sequence for any looks. Of antithetic pairs too wide rather
/// than too narrow: a pair's mean varies no more than a single world. Unknown for fewer than two groups.
std::optional<double> compute_half_width(double variance, const Sample& sample, double confidence);

struct RatioEstimate {
  double value = 0.0;
  double half_width = 0.0;

  double low() const { return value - half_width; }
  double high() const { return value + half_width; }
};

/// A ratio of totals of which only the two spreads are known. Var(Y - pA) <= (sd Y + p sd A)^2 whatever their
/// correlation (Cauchy and Schwarz), so the interval of the delta method with that variance is too wide rather than too
/// narrow. Unknown where the denominator is 0.
std::optional<RatioEstimate> estimate_ratio(const Spread& numerator, const Spread& denominator, const Sample& sample,
                                            double confidence);

/// The confidence of each of `num_intervals` that makes all of them hold at once with `confidence` (Bonferroni).
double split_confidence(double confidence, std::size_t num_intervals);

}  // namespace vouch::report
