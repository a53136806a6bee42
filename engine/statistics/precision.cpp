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

/// One value or difference, how narrow its interval is and how narrow it shall be.
struct Target {
  Spread spread;
  double now = 0.0;          ///< the half-width, in the metric's unit
  double half_width = 0.0;   ///< that is asked for
  std::uint64_t fewest = 0;  ///< groups before it may be said to be reached
};

double compute_half_width(const Spread& spread, double num_groups, double confidence) {
  const double t = compute_t_quantile(confidence, static_cast<std::size_t>(num_groups) - 1);
  return t * std::sqrt(*spread.variance / num_groups);
}

/// The longer side of the interval that is told. Empty where there is none.
std::optional<double> find_half_width(const Evidence& evidence, const PrecisionAim& aim, std::size_t strategy,
                                      const Spread& spread) {
  if (aim.of == PrecisionAim::Of::differences || !evidence.options().is_ratio)
    return compute_half_width(spread, static_cast<double>(spread.num_groups), aim.confidence);
  const auto interval = estimate_value(evidence, strategy, aim.confidence).interval;
  if (!interval) return std::nullopt;
  return std::max(interval->high - spread.value, spread.value - interval->low);
}

std::optional<Target> find_target(const Evidence& evidence, const PrecisionAim& aim, std::size_t strategy,
                                  std::uint64_t first_look) {
  const bool is_difference = aim.of == PrecisionAim::Of::differences;
  const auto spread =
      is_difference ? compute_difference_spread(evidence, strategy, aim.baseline) : compute_spread(evidence, strategy);
  if (!spread || !spread->variance) return std::nullopt;
  const auto now = find_half_width(evidence, aim, strategy, *spread);
  if (!now) return std::nullopt;
  double half_width = aim.half_width;
  if (aim.is_relative) {
    const auto base = is_difference ? compute_spread(evidence, aim.baseline) : spread;
    if (!base) return std::nullopt;
    half_width *= std::abs(base->value);
  }
  const auto skewness =
      compute_skewness(evidence, strategy, is_difference ? std::optional(aim.baseline) : std::nullopt);
  return Target{*spread, *now, half_width, std::max(first_look, compute_groups_for_skewness(skewness))};
}

struct Verdict {
  bool is_reached = false;
  bool is_narrow = false;
  std::optional<double> num_needed;  ///< groups; none if no number would do
};

/// How many groups it takes, but for `fewest`. The number depends on t, and t on the number, but so little that the
/// second round is exact within a group or two. Of shares nearly so: their interval is no multiple of t.
std::optional<double> find_enough(const Target& target, double confidence) {
  const auto num_groups = static_cast<double>(target.spread.num_groups);
  const double ratio = target.now / target.half_width;
  if (!(num_groups * ratio * ratio < not_in_sight)) return std::nullopt;
  // Where no group shows a hit, or all cases are hits, the interval shrinks as groups come, not as their root.
  if (*target.spread.variance == 0.0) return std::ceil(ratio * num_groups);
  const double unit = target.now / compute_half_width(target.spread, num_groups, confidence);
  double enough = num_groups;
  for (int round = 0; round < 2; ++round) {
    const double wider = unit * compute_half_width(target.spread, enough, confidence) / target.half_width;
    enough = std::max(2.0, std::ceil(enough * wider * wider));
    if (!(enough < not_in_sight)) return std::nullopt;
  }
  return enough;
}

Verdict judge(const Target& target, double confidence) {
  const auto fewest = static_cast<double>(target.fewest);
  const bool is_narrow = target.now <= target.half_width;
  Verdict verdict{is_narrow && static_cast<double>(target.spread.num_groups) >= fewest, is_narrow, fewest};
  if (target.now == 0.0) return verdict;
  verdict.num_needed = find_enough(target, confidence);
  if (verdict.num_needed) verdict.num_needed = std::max(fewest, *verdict.num_needed);
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
    state.is_narrow = verdict.is_narrow;
    state.groups_needed.reset();
    if (verdict.num_needed) state.groups_needed = static_cast<std::uint64_t>(*verdict.num_needed);
  }
  return state;
}

}  // namespace vouch::statistics
