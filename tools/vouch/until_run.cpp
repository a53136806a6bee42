// SPDX-License-Identifier: Apache-2.0
#include "until_run.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "statistics/estimate.hpp"
#include "statistics/leader.hpp"
#include "stopping_reason.hpp"

namespace vouch::cli {
namespace {

using experiment::Gathering;
using experiment::RuledDirector;
using statistics::Evidence;

std::unique_ptr<experiment::Rule> make_rule(const Until& until, const UntilNames& names, const experiment::Plan& plan) {
  const experiment::LookSchedule looks{plan.block, plan.replications};
  switch (until.kind) {
    case Until::Kind::precision: {
      statistics::PrecisionAim aim;
      aim.of = until.of;
      aim.needed = until.needed;
      aim.strategies = until.strategies;
      aim.baseline = names.baseline;
      aim.half_width = until.amount();
      aim.is_relative = until.is_percent;
      aim.confidence = names.confidence;
      return std::make_unique<experiment::PrecisionRule>(std::move(aim), looks);
    }
    case Until::Kind::best:
      return std::make_unique<experiment::SelectionRule>(
          experiment::Indifference{until.amount(), until.is_percent, names.baseline}, names.confidence, looks);
    case Until::Kind::budget:
      break;
  }
  return std::make_unique<experiment::BudgetRule>(std::uint64_t{plan.replications} * plan.num_strategies(), looks);
}

/// How many times as many worlds a difference would need without shared luck; unknown if it never varies.
std::optional<double> compute_sharing_gain(const Evidence& evidence, std::size_t first, std::size_t second) {
  return statistics::estimate_difference(evidence, first, second, 0.95).variance_ratio;
}

/// Each strategy's worlds times what it gained from sharing luck with the leader, and the leader as many as the most of
/// the others; 0 if that cannot be told.
std::uint64_t count_independent_contest(const Gathering& gathering, const Evidence& evidence, std::size_t leader) {
  double total = 0.0;
  double most = 0.0;
  for (std::size_t s = 0; s < gathering.num_strategies(); ++s) {
    if (s == leader) continue;
    const auto gain = compute_sharing_gain(evidence, s, leader);
    if (!gain) return 0;
    const double worlds = *gain * gathering.num_worlds(s);
    total += worlds;
    most = std::max(most, worlds);
  }
  return static_cast<std::uint64_t>(std::ceil(total + most));
}

std::uint64_t count_used(const Gathering& gathering) {
  std::uint64_t used = 0;
  for (std::size_t s = 0; s < gathering.num_strategies(); ++s) used += gathering.num_worlds(s);
  return used;
}

std::uint64_t count_if_equal(const Gathering& gathering) {
  std::uint64_t most = 0;
  for (std::size_t s = 0; s < gathering.num_strategies(); ++s)
    most = std::max<std::uint64_t>(most, gathering.num_worlds(s));
  return most * gathering.num_strategies();
}

/// Luck is not shared between points, so each is counted by itself.
std::uint64_t count_if_independent(const Until& until, const UntilNames& names,
                                   const RuledDirector::RuledPoint& point) {
  const Gathering& gathering = point.gathering;
  const Evidence evidence = gathering.gather_all();
  if (until.kind != Until::Kind::precision)
    return count_independent_contest(gathering, evidence, statistics::find_leader(evidence).value_or(0));
  if (until.of == statistics::PrecisionAim::Of::values) return count_used(gathering);
  const auto& rule = dynamic_cast<const experiment::PrecisionRule&>(*point.rule);
  const auto gain = compute_sharing_gain(evidence, rule.state().widest, names.baseline);
  return gain ? static_cast<std::uint64_t>(std::ceil(*gain * static_cast<double>(count_used(gathering)))) : 0;
}

}  // namespace

std::unique_ptr<RuledDirector> make_director(const Until& until, const UntilNames& names,
                                             const experiment::Plan& plan) {
  std::vector<RuledDirector::RuledPoint> points;
  const std::size_t group_size = plan.antithetic ? 2 : 1;
  for (std::size_t p = 0; p < plan.points.size(); ++p)
    points.push_back(
        {Gathering(*plan.layout, until.metric, plan.num_strategies(), group_size), make_rule(until, names, plan)});
  return std::make_unique<RuledDirector>(std::move(points));
}

experiment::Stopping make_stopping(const Until& until, const UntilNames& names, std::uint32_t replications,
                                   const RuledDirector& director) {
  experiment::Stopping stopping;
  stopping.aim = format_until(until, names.strategies);
  bool is_known = true;
  for (const RuledDirector::RuledPoint& point : director.points()) {
    stopping.is_reached = stopping.is_reached && point.rule->is_reached();
    stopping.worlds_used += count_used(point.gathering);
    stopping.worlds_if_equal += count_if_equal(point.gathering);
    const std::uint64_t independent = count_if_independent(until, names, point);
    stopping.worlds_if_independent += independent;
    is_known = is_known && independent > 0;
  }
  if (!is_known) stopping.worlds_if_independent = 0;
  if (const auto* rule = dynamic_cast<const experiment::SelectionRule*>(director.points().front().rule.get());
      rule != nullptr && director.points().size() == 1)
    stopping.indifference = rule->indifference();
  stopping.reason = explain_stopping(until, names, replications, director);
  return stopping;
}

experiment::Stopping make_fixed_stopping(std::uint32_t replications, std::size_t num_lanes) {
  experiment::Stopping stopping;
  stopping.reason = "every strategy has the number of worlds that was asked for";
  stopping.worlds_used = std::uint64_t{replications} * num_lanes;
  stopping.worlds_if_equal = stopping.worlds_used;
  return stopping;
}

}  // namespace vouch::cli
