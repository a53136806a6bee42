// SPDX-License-Identifier: Apache-2.0
// How many groups of worlds it takes before a rule that is exact for normal worlds can be trusted with these.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "statistics/evidence.hpp"

namespace vouch::statistics {

/// What has been the same in this many groups is held to be constant: then, at 95 % confidence, fewer than 0.3 % of
/// groups differ (the rule of three).
inline constexpr std::uint64_t groups_to_be_constant = 1000;

/// The skewness of what one group adds to the error (see Spread) of a strategy's value, or of its difference from
/// `second` over the groups that both have; from the first Evidence::max_kept groups. Empty where they do not vary.
std::optional<double> compute_skewness(const Evidence& evidence, std::size_t first, std::optional<std::size_t> second);

/// The groups from which on a mean of such skewness is nearly enough normal, tails included: 40 x skewness^2, after
/// Cochran's rule ("Sampling Techniques", 3rd edition, section 2.15) of 25 for two-sided intervals of fixed size, and
/// raised because stopping rules look often and at one tail (measured in tests/statistics/selection.md). Without
/// skewness, groups_to_be_constant.
std::uint64_t compute_groups_for_skewness(std::optional<double> skewness);

/// Groups before it can be said that `ahead` is the better one, as it looks. Skewness counts only where it may deceive:
/// where `behind` owes more to rare good worlds than so few can show.
std::uint64_t compute_groups_to_tell(const Evidence& evidence, std::size_t behind, std::size_t ahead);

}  // namespace vouch::statistics
