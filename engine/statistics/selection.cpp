// SPDX-License-Identifier: Apache-2.0
#include "statistics/selection.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "statistics/skewness.hpp"
#include "statistics/spread.hpp"

namespace vouch::statistics {

Selection::Selection(std::size_t num_strategies, const SelectionOptions& options)
    : num_strategies_(num_strategies),
      options_(options),
      survivors_(num_strategies),
      pairs_(num_strategies * num_strategies) {
  if (num_strategies == 0) throw std::logic_error("a selection among nothing");
  const bool is_a_choice = num_strategies > 1;
  if (!(options.indifference > 0.0) || !(options.confidence < 1.0) || options.first_stage < 2 ||
      (is_a_choice && !(options.confidence > 1.0 / static_cast<double>(num_strategies))))
    throw std::logic_error("impossible options of a selection");
  std::iota(survivors_.begin(), survivors_.end(), std::size_t{0});
}

void Selection::check(const Evidence& evidence) const {
  if (evidence.num_strategies() != num_strategies_) throw std::logic_error("evidence of other strategies");
  const std::uint64_t num_groups = evidence.num_groups(survivors_.front());
  const auto has_as_many = [&](std::size_t s) { return evidence.num_groups(s) == num_groups; };
  if (num_groups < options_.first_stage || !std::all_of(survivors_.begin(), survivors_.end(), has_as_many))
    throw std::logic_error("a look at survivors with different numbers of groups, or too few");
}

void Selection::read_pairs(const Evidence& evidence) {
  const double sign = sign_of(evidence.options().direction);
  const bool is_first = num_first_ == 0;
  if (is_first) num_first_ = evidence.num_groups(survivors_.front());
  for (const std::size_t a : survivors_) {
    for (const std::size_t b : survivors_) {
      if (a >= b) continue;
      const auto spread = compute_difference_spread(evidence, a, b);
      Pair& read = pair(a, b);
      read.advantage.reset();
      if (spread) read.advantage = sign * spread->value;
      const double variance = spread ? *spread->variance : 0.0;
      if (is_first) read.first_variance = variance;
      read.variance = std::max(read.first_variance, variance);
      pair(b, a) = read;
      if (spread) pair(b, a).advantage = -*read.advantage;
    }
  }
}

/// The number of groups at which the continuation region ends: h^2 S^2 / delta^2.
double Selection::compute_reach(const Pair& pair) const {
  const double freedom = static_cast<double>(num_first_) - 1.0;
  const double share = 2.0 * (1.0 - options_.confidence) / (static_cast<double>(num_strategies_) - 1.0);
  const double eta = 0.5 * std::expm1(-2.0 / freedom * std::log(share));
  double variance = pair.variance;
#ifdef VOUCH_FAULT_selection_variance
  variance *= variance;
#endif
  return 2.0 * eta * freedom * variance / (options_.indifference * options_.indifference);
}

/// Whether `strategy` is so far behind `other` that it can be dropped.
bool Selection::is_behind(const Evidence& evidence, std::size_t strategy, std::size_t other) const {
  const std::uint64_t num_groups = evidence.num_groups(strategy);
  const auto advantage = pair(strategy, other).advantage;
  if (!advantage)
    return num_groups >= groups_to_be_constant && !compute_spread(evidence, strategy) &&
           compute_spread(evidence, other);
#ifdef VOUCH_FAULT_selection_pair
  const double reach = compute_reach(pair(strategy, survivors_[strategy == survivors_[0] ? 1 : 0]));
#else
  const double reach = compute_reach(pair(strategy, other));
#endif
  double distance = 0.5 * options_.indifference * (reach - static_cast<double>(num_groups));
#ifndef VOUCH_FAULT_distance_not_floored
  distance = std::max(0.0, distance);
#endif
  const double sum = static_cast<double>(num_groups) * *advantage;
  const bool is_last_tie = sum == 0.0 && distance == 0.0 && strategy > other;
  if (!is_last_tie && sum >= -distance) return false;
  return num_groups >= compute_groups_to_tell(evidence, strategy, other);
}

void Selection::look(const Evidence& evidence) {
  check(evidence);
  if (is_decided()) return;
  read_pairs(evidence);
  for (const std::size_t strategy : std::vector<std::size_t>(survivors_)) {
    const auto by = std::find_if(survivors_.begin(), survivors_.end(), [&](std::size_t other) {
      return other != strategy && is_behind(evidence, strategy, other);
    });
    if (by == survivors_.end()) continue;
    dropped_.push_back({strategy, *by, evidence.num_groups(strategy)});
    survivors_.erase(std::find(survivors_.begin(), survivors_.end(), strategy));
  }
}

std::optional<std::uint64_t> Selection::find_most_groups() const {
  if (num_first_ == 0) return std::nullopt;
  std::uint64_t most = num_first_;
  for (const std::size_t a : survivors_) {
    for (const std::size_t b : survivors_) {
      if (a >= b) continue;
      const double reach = std::min(std::ceil(compute_reach(pair(a, b))), 0x1p62);
      most = std::max(most, pair(a, b).variance > 0.0 ? static_cast<std::uint64_t>(reach) : groups_to_be_constant);
    }
  }
  return most;
}

}  // namespace vouch::statistics
