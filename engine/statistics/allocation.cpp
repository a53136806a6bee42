// SPDX-License-Identifier: Apache-2.0
#include "statistics/allocation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "statistics/leader.hpp"
#include "statistics/skewness.hpp"
#include "statistics/spread.hpp"

namespace vouch::statistics {
namespace {

constexpr std::uint64_t fewest_groups = 2;

// The leader b is mistaken for worse than i with a probability of about exp(-n_i d_i^2 / (2 s_i^2)), d_i the paired
// difference and s_i^2 the variance of one group's: since worlds are shared, as long as b has at least as many groups
// as i, only the number of i's counts. The largest of these decides, and for a given sum of n_i it is least if all are
// equal (P. Glynn and S. Juneja, "A large deviations perspective on ordinal optimization", 2004): n_i in proportion to
// (s_i / d_i)^2, and n_b the largest of them.

/// (s_i / d_i)^2, or less where worlds do not show yet that d_i is so small: a lead below 1.5 standard errors counts as
/// one of that size (of 0 to 2, what measured best on skewed and rare worlds; on normal ones it matters little). What
/// has not varied yet counts as not known either.
double compute_weight(const Evidence& evidence, std::size_t leader, std::size_t strategy) {
  constexpr double least_standard_errors = 1.5;
  const auto spread = compute_difference_spread(evidence, leader, strategy);
  if (!spread || !spread->variance) return static_cast<double>(std::max(evidence.num_groups(strategy), fewest_groups));
  const auto num_groups = static_cast<double>(spread->num_groups);
  if (*spread->variance == 0.0) return spread->num_groups < groups_to_be_constant ? num_groups : 0.0;
  const double error = std::sqrt(*spread->variance / num_groups);
  return *spread->variance / std::pow(std::max(std::abs(spread->value), least_standard_errors * error), 2.0);
}

/// `level` x weight groups for each strategy, or what it had if that is more; for the leader as many as any has.
std::vector<std::uint64_t> fill(const std::vector<std::uint64_t>& had, const std::vector<double>& weights,
                                std::size_t leader, double level) {
  std::vector<std::uint64_t> filled = had;
  for (std::size_t s = 0; s < had.size(); ++s)
    filled[s] = std::max(had[s], static_cast<std::uint64_t>(level * weights[s]));
#ifdef VOUCH_FAULT_leader_left_behind
  filled[leader] = had[leader];
#else
  filled[leader] = *std::max_element(filled.begin(), filled.end());
#endif
  return filled;
}

std::uint64_t sum_up(const std::vector<std::uint64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

}  // namespace

std::vector<std::uint64_t> allocate_groups(const Evidence& evidence, std::uint64_t total) {
  std::vector<std::uint64_t> had;
  for (std::size_t s = 0; s < evidence.num_strategies(); ++s)
    had.push_back(std::max(evidence.num_groups(s), fewest_groups));
  if (sum_up(had) >= total) return had;
  const std::size_t leader = find_leader(evidence).value_or(0);
  std::vector<double> weights(had.size(), 0.0);
  for (std::size_t s = 0; s < had.size(); ++s)
    if (s != leader) weights[s] = compute_weight(evidence, leader, s);
  const double heaviest = *std::max_element(weights.begin(), weights.end());
  for (double& weight : weights) weight = heaviest > 0.0 ? weight / heaviest : 1.0;
  // The highest level that the total allows, by bisection; what whole numbers leave over, and what the leader lacks
  // where the total does not reach for that, is the leader's.
  double low = 0.0;
  double high = static_cast<double>(total);
  for (int round = 0; round < 64; ++round) {
    const double middle = 0.5 * (low + high);
    (sum_up(fill(had, weights, leader, middle)) <= total ? low : high) = middle;
  }
  std::vector<std::uint64_t> filled = fill(had, weights, leader, low);
  if (sum_up(filled) > total) filled = had;
  filled[leader] += total - sum_up(filled);
  return filled;
}

}  // namespace vouch::statistics
