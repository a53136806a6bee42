// SPDX-License-Identifier: Apache-2.0
#include "statistics/precision.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "statistics/estimate.hpp"
#include "statistics/skewness.hpp"
#include "statistics/spread.hpp"

namespace vouch::statistics {
namespace {

constexpr double not_in_sight = 0x1p53;

/// One value or difference, and how narrow it shall be.
struct Target {
  Spread spread;
  double half_width = 0.0;   ///< that is asked for, in the metric's unit
  std::uint64_t fewest = 0;  ///< groups before it may be said to be reached
};

std::optional<Target> find_target(const Evidence& evidence, const PrecisionAim& aim, std::size_t strategy,
                                  std::uint64_t first_look) {
  const bool is_difference = aim.of == PrecisionAim::Of::differences;
  const auto spread =
      is_difference ? compute_difference_spread(evidence, strategy, aim.baseline) : compute_spread(evidence, strategy);
  if (!spread || !spread->variance) return std::nullopt;
  double half_width = aim.half_width;
  if (aim.is_relative) {
    const auto base = is_difference ? compute_spread(evidence, aim.baseline) : spread;
    if (!base) return std::nullopt;
    half_width *= std::abs(base->value);
  }
  const auto skewness =
      compute_skewness(evidence, strategy, is_difference ? std::optional(aim.baseline) : std::nullopt);
  return Target{*spread, half_width, std::max(first_look, compute_groups_for_skewness(skewness))};
}

double compute_half_width(const Target& target, double num_groups, double confidence) {
  const double t = compute_t_quantile(confidence, static_cast<std::size_t>(num_groups) - 1);
  return t * std::sqrt(*target.spread.variance / num_groups);
}

struct Verdict {
  bool is_reached = false;
  std::optional<double> num_needed;  ///< groups; none if no number would do
};

Verdict judge(const Target& target, double confidence) {
  const auto fewest = static_cast<double>(target.fewest);
  auto num_groups = static_cast<double>(target.spread.num_groups);
  double half_width = compute_half_width(target, num_groups, confidence);
  Verdict verdict{num_groups >= fewest && half_width <= target.half_width, fewest};
  if (*target.spread.variance == 0.0) return verdict;
  // The number depends on t, and t on the number, but so little that the second round is exact within a group or two.
  for (int round = 0; round < 2; ++round) {
    const double enough = std::ceil(num_groups * std::pow(half_width / target.half_width, 2.0));
    if (!(enough < not_in_sight)) return {verdict.is_reached, std::nullopt};
    num_groups = std::max(enough, 2.0);
    if (round == 0) half_width = compute_half_width(target, num_groups, confidence);
  }
  verdict.num_needed = std::max(fewest, num_groups);
  return verdict;
}

std::vector<std::size_t> list_strategies(const Evidence& evidence, const PrecisionAim& aim) {
  std::vector<std::size_t> strategies = aim.strategies;
  if (strategies.empty()) {
    strategies.resize(evidence.num_strategies());
    std::iota(strategies.begin(), strategies.end(), std::size_t{0});
  }
  if (aim.of == PrecisionAim::Of::differences) std::erase(strategies, aim.baseline);
  return strategies;
}

}  // namespace

PrecisionState judge_precision(const Evidence& evidence, const PrecisionAim& aim) {
  const bool needs_all = aim.needed == PrecisionAim::Needed::all;
  const std::vector<std::size_t> strategies = list_strategies(evidence, aim);
  // The one that is first among several has too small a variance by chance.
  const std::uint64_t first_look =
      needs_all || strategies.size() < 2 ? first_precision_look : 2 * first_precision_look * strategies.size();
  PrecisionState state;
  state.is_reached = needs_all && !strategies.empty();
  std::optional<double> deciding;  // groups that the deciding strategy needs
  for (const std::size_t strategy : strategies) {
    const auto target = find_target(evidence, aim, strategy, first_look);
    const Verdict verdict = target ? judge(*target, aim.confidence) : Verdict{};
    state.is_reached = needs_all ? state.is_reached && verdict.is_reached : state.is_reached || verdict.is_reached;
    const double size = verdict.num_needed.value_or(HUGE_VAL);
    if (deciding && (needs_all ? size <= *deciding : size >= *deciding)) continue;
    deciding = size;
    state.widest = strategy;
    state.groups_needed.reset();
    if (verdict.num_needed) state.groups_needed = static_cast<std::uint64_t>(*verdict.num_needed);
  }
  return state;
}

}  // namespace vouch::statistics
