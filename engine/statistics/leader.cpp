// SPDX-License-Identifier: Apache-2.0
#include "statistics/leader.hpp"

#include <cstdint>
#include <vector>

#include "statistics/spread.hpp"

namespace vouch::statistics {
namespace {

/// Of those with the most groups.
std::optional<std::size_t> find_best_of_furthest(const Evidence& evidence) {
  std::optional<std::size_t> best;
  double best_score = 0.0;
  std::uint64_t most = 0;
  for (std::size_t s = 0; s < evidence.num_strategies(); ++s) {
    const auto spread = compute_spread(evidence, s);
    if (!spread) continue;
    const double score = sign_of(evidence.options().direction) * spread->value;
    if (best && (spread->num_groups < most || (spread->num_groups == most && score <= best_score))) continue;
    best = s;
    best_score = score;
    most = spread->num_groups;
  }
  return best;
}

}  // namespace

std::optional<double> compute_advantage(const Evidence& evidence, std::size_t first, std::size_t second) {
  const auto spread = compute_difference_spread(evidence, first, second);
  if (!spread) return std::nullopt;
  return sign_of(evidence.options().direction) * spread->value;
}

std::optional<std::size_t> find_leader(const Evidence& evidence) {
  std::optional<std::size_t> leader = find_best_of_furthest(evidence);
  std::vector<bool> was_left(evidence.num_strategies(), false);
  while (leader) {
    std::optional<std::size_t> next;
    double furthest = 0.0;
    for (std::size_t s = 0; s < evidence.num_strategies(); ++s) {
      if (s == *leader || was_left[s]) continue;
      const auto advantage = compute_advantage(evidence, s, *leader);
      if (!advantage || *advantage <= furthest) continue;
      next = s;
      furthest = *advantage;
    }
    if (!next) break;
    was_left[*leader] = true;
    leader = next;
  }
  return leader;
}

}  // namespace vouch::statistics
