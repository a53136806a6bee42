// SPDX-License-Identifier: Apache-2.0
#include "standing.hpp"

#include <fmt/format.h>

#include <cmath>

#include "report/number.hpp"
#include "report/unit.hpp"
#include "statistics/confidence_sequence.hpp"

namespace vouch::cli {

std::vector<std::string> Standing::describe(const statistics::Evidence& evidence) const {
  if (metric.is_neutral) return {};
  const auto lead = statistics::find_anytime_lead(evidence, confidence);
  if (!lead) return {};
  const std::string& leader = strategy_names[lead->leader];
  if (!lead->is_sure || !lead->half_width) return {fmt::format("leading so far{}: {}", by, leader)};
  const report::Scale scale = report::find_scale(metric, currency);
  statistics::Estimate shown;
  shown.value = metric.direction == statistics::Direction::higher_is_better ? lead->lead : -lead->lead;
  shown.standard_error = *lead->half_width / 2.0;
  const int decimals = report::choose_decimals({&shown, 1}, scale.factor);
  const std::string who = fmt::format("{} leads{}, {} sure", leader, by, report::format_confidence(confidence));
  const std::string by_how_much = fmt::format("{} ± {}{}", report::format_signed(*shown.value * scale.factor, decimals),
                                              report::format_number(*lead->half_width * scale.factor, decimals),
                                              scale.difference_unit.empty() ? "" : " " + scale.difference_unit);
  return {fmt::format("{} at any moment: {} over {}", who, by_how_much, strategy_names[lead->closest]),
          fmt::format("{}: {}", who, by_how_much), who};
}

void WatchedDirector::observe(int lane, std::uint32_t first_replication, std::span<const std::int64_t> rows) {
  if (director_.is_observing()) director_.observe(lane, first_replication, rows);
  const auto strategy = static_cast<std::size_t>(lane);
  if (strategy < gathering_.num_strategies()) gathering_.add(strategy, first_replication, rows);
}

}  // namespace vouch::cli
