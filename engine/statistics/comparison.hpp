// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "statistics/best.hpp"
#include "statistics/estimate.hpp"

namespace vouch::statistics {

/// How intervals of several differences allow for their number.
enum class Adjustment {
  best,        ///< differences from the baseline as bonferroni, and multiple comparisons with the best besides
  bonferroni,  ///< all of them hold at once with the confidence stated
  holm,        ///< intervals as bonferroni; what differs is told by Holm's step-down, which tells more
  none         ///< each by itself
};

struct ComparisonOptions {
  std::size_t baseline = 0;  ///< index of the strategy that differences are taken from
  double confidence = 0.95;
  Adjustment adjustment = Adjustment::best;
  Looks looks = Looks::fixed;  ///< of all differences
};

/// A difference among several that are looked at together.
struct AdjustedDifference {
  Difference difference;                   ///< its interval holds by itself
  std::optional<Interval> joint;           ///< of the adjustment
  std::optional<double> adjusted_p_value;  ///< Holm's if so adjusted, else Bonferroni's; `none`: as it is
  /// Whether the two surely differ at the confidence: by the adjusted p-value.
  bool is_told_apart = false;
};

struct ComparedStrategy {
  Estimate estimate;                                ///< holds by itself
  std::optional<AdjustedDifference> from_baseline;  ///< none for the baseline itself
  /// Multiple comparisons with the best: the value minus the best of the others', positive where this one is better, in
  /// intervals that hold for all strategies at once. Low <= 0 <= high; low < 0 = high: surely not best; low = 0: surely
  /// none is better. Strategies that are the same in every world are no rivals of each other: all of one are [0, 0].
  /// Unknown for fewer than two with a value, or where a difference has no interval.
  std::optional<Interval> from_best;
  std::optional<double> share_of_firsts;  ///< of the worlds
  std::optional<Prospect> prospect;       ///< none without a value
};

/// Two strategies, first < second as given; the first minus the second.
struct ComparedPair {
  std::size_t first;
  std::size_t second;
  AdjustedDifference difference;  ///< adjusted over all pairs
};

struct Comparison {
  std::vector<ComparedStrategy> strategies;  ///< as given
  std::vector<ComparedPair> pairs;           ///< all
  std::vector<std::size_t> ranking;          ///< best first; those without a value last
  std::vector<std::size_t> contenders;       ///< as find_contenders, but for those surely behind a third; may be empty
  std::vector<std::size_t> equals;           ///< contenders that have the first one's value in every world, it included
  /// The best minus the second of the ranking, its interval of `lead_confidence`; none if fewer than two have a value.
  std::optional<Difference> lead;
  /// The best minus the baseline, likewise; none if the best is the baseline itself. It holds whichever is the best,
  /// whatever the adjustment.
  std::optional<Difference> gain;
  double lead_confidence = 0.95;  ///< as compute_contest_confidence
};

/// Indices, best first; those without a value last. The first is the leader (find_leader); the others follow by
/// their difference from it over the worlds that both have. Ties stay in order.
std::vector<std::size_t> rank_strategies(const Evidence& evidence);

/// The confidence of each single interval against the best of `num_strategies` that makes all K - 1 of them hold at
/// once with probability `confidence`, by Bonferroni: 1 - (1 - confidence) / (K - 1). It is the same as that of
/// differences from a baseline, so that no two tables contradict each other; one side alone would do with a little
/// less.
double compute_contest_confidence(double confidence, std::size_t num_strategies);

/// The first of the ranking and those that these worlds cannot tell from it, best first: the paired interval of their
/// difference from it, of compute_contest_confidence, holds zero or is unknown. The truly best one is among them with
/// a probability of at least `confidence`. So one entry alone is a clear winner against all others at once: it is
/// not the truly best with a probability of at most 1 - confidence.
std::vector<std::size_t> find_contenders(const Evidence& evidence, const std::vector<std::size_t>& ranking,
                                         double confidence, Looks looks = Looks::fixed);

/// Multiple comparisons with the best (J. C. Hsu, 1984, Annals of Statistics 12; with paired differences and
/// Bonferroni's inequality, so for any dependence and variances, as W.-N. Yang and B. L. Nelson, 1991, Operations
/// Research 39): by strategy, see ComparedStrategy::from_best.
std::vector<std::optional<Interval>> compare_with_best(const Evidence& evidence, double confidence,
                                                       Looks looks = Looks::fixed);

/// Adjusted p-values in the order given (S. Holm, 1979, Scandinavian Journal of Statistics 6).
std::vector<double> adjust_holm(const std::vector<double>& p_values);

/// How many independent worlds would give an interval of `confidence` without zero in nine of ten experiments, if the
/// difference and its spread are as estimated. Unknown if either is unknown or 0, or if more than `most` are needed.
std::optional<std::size_t> compute_worlds_needed(const Estimate& difference, double confidence, std::size_t most);

Comparison compare_strategies(const Evidence& evidence, const ComparisonOptions& options);

}  // namespace vouch::statistics
