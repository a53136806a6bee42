// SPDX-License-Identifier: Apache-2.0
// Intervals that hold at all times at once, so that whoever watches a run may stop it whenever they like.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "statistics/evidence.hpp"

namespace vouch::statistics {

/// Fewer groups than this give no lead: the sequences are too wide then to tell anything.
inline constexpr std::uint64_t first_sequence_look = 32;

/// The half-width after `num_groups` groups of sample variance `variance` of a sequence of intervals that all hold the
/// mean, at all times at once, with probability at least `confidence`: exact for normal groups of unknown variance,
/// approximate elsewhere. From the test martingale of the t statistic under a normal prior for the effect size
/// (T. L. Lai, 1976, Annals of Statistics 4; H. Wang and A. Ramdas, "Anytime-valid t-tests and confidence sequences for
/// Gaussian means with unknown variance", 2023). Empty while the interval is the whole line.
std::optional<double> compute_sequence_half_width(double variance, std::uint64_t num_groups, double confidence);

/// Who leads so far, and whether that is sure at whatever moment it is asked.
struct AnytimeLead {
  std::size_t leader = 0;
  std::size_t closest = 0;  ///< the strategy that is least surely behind
  double lead = 0.0;        ///< of the leader over it, in the metric's unit, positive where the leader is better
  /// Of the sequence of that lead, with the share of 1 - confidence that each of the leader's rivals gets. None while
  /// it cannot be told: with too few groups, also for how skewed they are (compute_groups_to_tell), or while the lead
  /// has not varied (groups_to_be_constant).
  std::optional<double> half_width;
  bool is_sure = false;  ///< the leader is ahead of every other by more than that one's half-width
};

/// Whenever and however often this is asked, some strategy that is not the best is surely the best at any time with a
/// probability of at most 1 - confidence: exactly so for normal groups; measured in tests/statistics/sequences.md for
/// skewed ones. The leader is find_leader's. Strategies with fewer groups than the leader are compared over those that
/// both have; one without a value is no rival. Empty for fewer than two strategies with a value, or fewer than
/// first_sequence_look groups.
std::optional<AnytimeLead> find_anytime_lead(const Evidence& evidence, double confidence);

}  // namespace vouch::statistics
