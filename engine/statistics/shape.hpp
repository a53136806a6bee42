// SPDX-License-Identifier: Apache-2.0
// What the kept groups show of how worlds are distributed: when intervals ask for caution.
#pragma once

#include <cstddef>

#include "statistics/estimate.hpp"
#include "statistics/evidence.hpp"

namespace vouch::statistics {

/// Among a strategy's kept groups.
struct Occurrences {
  std::size_t num_kept = 0;
  std::size_t cases = 0;   ///< groups whose denominator is not 0 (of means: all)
  std::size_t hits = 0;    ///< groups whose numerator is not 0
  std::size_t misses = 0;  ///< of proportions: groups where some case is no hit
};
Occurrences count_occurrences(const Evidence& evidence, std::size_t strategy);

/// For a strategy that has a value.
Caution judge_value(const Evidence& evidence, std::size_t strategy);

/// For two that have a difference. Where the groups of both are not the first ones of a run, their kept groups cannot
/// be paired, and skewness is not judged.
Caution judge_difference(const Evidence& evidence, std::size_t first, std::size_t second);

}  // namespace vouch::statistics
