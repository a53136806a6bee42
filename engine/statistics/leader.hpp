// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "statistics/evidence.hpp"

namespace vouch::statistics {

/// How much better `first` looks than `second` over the groups that both have, in the metric's unit; negative if it
/// looks worse. Empty if either has no value.
std::optional<double> compute_advantage(const Evidence& evidence, std::size_t first, std::size_t second);

/// The strategy that looks best: of those with the most groups the best; where another is ahead of it over the groups
/// that both have, whichever is furthest ahead, and so on, until nobody is, or only one that was passed over already.
/// Ties go to the first. Empty if none has a value.
std::optional<std::size_t> find_leader(const Evidence& evidence);

}  // namespace vouch::statistics
