// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "statistics/best.hpp"
#include "statistics/estimate.hpp"

namespace vouch::statistics {

struct ComparisonOptions {
  std::size_t baseline = 0;  ///< index of the strategy that differences are taken from
  Direction direction = Direction::higher_is_better;
  double confidence = 0.95;    ///< of each interval by itself
  std::size_t group_size = 1;  ///< 2 for antithetic pairs: consecutive worlds that are not independent of each other
};

struct ComparedStrategy {
  Estimate estimate;
  std::optional<Difference> from_baseline;  ///< none for the baseline itself
  std::optional<double> share_of_firsts;    ///< of the worlds
  std::optional<double> chance_of_best;
};

struct Comparison {
  std::vector<ComparedStrategy> strategies;  ///< as given
  std::vector<std::size_t> ranking;          ///< best first; those without a value last
  std::vector<std::size_t> contenders;       ///< as find_contenders; empty if no strategy has a value
  /// The best minus the second of the ranking; none if fewer than two have a value.
  std::optional<Difference> lead;
};

/// Indices, best first; those without a value last. Ties stay in order.
std::vector<std::size_t> rank_strategies(std::span<const Observations> strategies, Direction direction);

/// The first of the ranking and those that these worlds cannot tell from it, best first: the paired interval of their
/// difference from it holds zero, or is unknown. One entry alone is a clear winner. Wrongly claiming one among equals
/// has a probability of at most 1 - confidence, since it takes an interval without zero against every other.
std::vector<std::size_t> find_contenders(std::span<const Observations> strategies,
                                         const std::vector<std::size_t>& ranking, double confidence);

/// World i of every strategy must be the same replication. Throws std::logic_error otherwise.
Comparison compare_strategies(std::span<const Observations> strategies, const ComparisonOptions& options);

}  // namespace vouch::statistics
