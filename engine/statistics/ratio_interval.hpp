// SPDX-License-Identifier: Apache-2.0
// Intervals for ratios of totals, where value +- half-width would not do.
#pragma once

#include <cstddef>
#include <optional>

#include "statistics/estimate.hpp"
#include "statistics/evidence.hpp"
#include "statistics/spread.hpp"

namespace vouch::statistics {

/// All values r for which the mean of x - r y is not surely different from 0 (E. C. Fieller, 1954, Journal of the Royal
/// Statistical Society B 16): exact for normal sums, where the delta method is not. Empty where that is no bounded
/// interval, since the denominator itself cannot be told from 0. `strategy` has a value and two groups.
std::optional<Interval> compute_fieller_interval(const Evidence& evidence, std::size_t strategy, double confidence);

/// All shares d for which the first minus 1 + d times the second is not surely different from 0, the two paired world
/// by world (Fieller, as above; values that are ratios by the delta method): so the error of the second, which the
/// difference is divided by, is allowed for. `difference` is the estimate of first minus second; what it takes for
/// sure, one look or any, is taken here. Empty where its interval is unknown, or the second is not surely above 0.
std::optional<Interval> compute_relative_interval(const PairSpread& spread, const Estimate& difference);

/// A share of cases that come in groups.
struct Share {
  double value = 0.0;           ///< from 0 to 1
  double num_cases = 0.0;       ///< > 0
  double error_variance = 0.0;  ///< of the value, as the groups show it
  double num_groups = 0.0;      ///< with cases; > 0
  std::size_t num_showing = 0;  ///< groups with a hit, or with a miss if those are fewer
};

/// Clopper and Pearson's exact interval of as many independent cases as would be known as well (E. L. Korn and B. I.
/// Graubard, 1998, Survey Methodology 24): the cases divided by the design effect, which is how many times the groups'
/// variance is that of independent cases; adjusted for degrees of freedom, at most the cases. Where hits are seen in no
/// group (or in all cases), the groups show nothing of how hits come together, and each counts as one case. Where they
/// are seen in k groups only, as much of the way between the two as 2^-k: the chance to see none of the groups that are
/// hit as a whole if every second of the groups with hits were.
Interval compute_share_interval(const Share& share, double confidence);

/// The interval of a strategy that has a value and two groups; Fieller's where the value is not from 0 to 1.
std::optional<Interval> compute_proportion_interval(const Evidence& evidence, std::size_t strategy, double confidence);

}  // namespace vouch::statistics
