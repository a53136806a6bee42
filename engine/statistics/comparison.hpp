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
  double confidence = 0.95;    ///< of each interval by itself, and of the contenders as a whole
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
  std::vector<std::size_t> equals;           ///< contenders that have the first one's value in every world, it included
  /// The best minus the second of the ranking, its interval of `lead_confidence`; none if fewer than two have a value.
  std::optional<Difference> lead;
  double lead_confidence = 0.95;  ///< as compute_contest_confidence
};

/// Indices, best first; those without a value last. Ties stay in order.
std::vector<std::size_t> rank_strategies(std::span<const Observations> strategies, Direction direction);

/// The confidence of each single interval against the observed best of `num_strategies` that makes the contenders as a
/// whole hold the truly best one with probability `confidence`. Of three or more, that one is left out only if one of
/// the K - 1 others is ahead by more than chance, on one side: by Bonferroni, 1 - 2 (1 - confidence) / (K - 1).
/// Of two, `confidence` itself, so that a winner is the same as an interval without zero.
double compute_contest_confidence(double confidence, std::size_t num_strategies);

/// The first of the ranking and those that these worlds cannot tell from it, best first: the paired interval of their
/// difference from it, of compute_contest_confidence, holds zero or is unknown. The truly best one is among them with
/// a probability of at least `confidence`. So one entry alone is a clear winner against all others at once: it is
/// not the truly best with a probability of at most 1 - confidence.
std::vector<std::size_t> find_contenders(std::span<const Observations> strategies,
                                         const std::vector<std::size_t>& ranking, double confidence);

/// How many independent worlds would give an interval of `confidence` without zero in nine of ten experiments, if the
/// difference and its spread are as estimated. Unknown if either is unknown or 0, or if more than `most` are needed.
std::optional<std::size_t> compute_worlds_needed(const Estimate& difference, double confidence, std::size_t most);

/// World i of every strategy must be the same replication. Throws std::logic_error otherwise.
Comparison compare_strategies(std::span<const Observations> strategies, const ComparisonOptions& options);

}  // namespace vouch::statistics
