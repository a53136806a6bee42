// SPDX-License-Identifier: Apache-2.0
// Values and how much one group of worlds moves them: what every interval and stopping rule is made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "statistics/evidence.hpp"

namespace vouch::statistics {

/// A value in the metric's unit, and the variance of what one group adds to its error: the variance of the estimate is
/// variance / num_groups. For a ratio r of sums of x and y one group adds (x - r y) / mean(y), the delta method, which
/// agrees with the jackknife to first order (W. G. Cochran, "Sampling Techniques", 3rd edition, section 6.4); for a
/// mean x - mean. Exactly 0 where worlds do not vary.
struct Spread {
  double value = 0.0;
  std::uint64_t num_groups = 0;
  std::optional<double> variance;  ///< unknown for fewer than two groups
};

/// Empty without groups, or if the denominators sum to 0.
std::optional<Spread> compute_spread(const Evidence& evidence, std::size_t strategy);

/// `first` minus `second`, over the groups that both have.
std::optional<Spread> compute_difference_spread(const Evidence& evidence, std::size_t first, std::size_t second);

/// Two strategies, each by itself and their difference, all over the groups that both have.
struct PairSpread {
  Spread first;
  Spread second;
  Spread difference;
  std::optional<double> covariance;  ///< of what one group adds to the errors of the two
};
std::optional<PairSpread> compute_pair_spread(const Evidence& evidence, std::size_t first, std::size_t second);

/// As compute_spread, of single worlds as if they did not depend on each other: what antithetic pairs are judged by.
std::optional<Spread> compute_single_spread(const Evidence& evidence, std::size_t strategy);

/// A value, and what one whole unit of a numerator or denominator adds to its error: the delta method's weights.
struct Linear {
  double value;
  double numerator_weight;
  double denominator_weight;  ///< 0 for means
};

/// Of a strategy whose numerator is quantity `first` of the moments, its denominator behind it. Empty without samples,
/// or if the denominators sum to 0.
std::optional<Linear> linearise(const EvidenceOptions& options, const Moments& moments, std::size_t first);

}  // namespace vouch::statistics
