// SPDX-License-Identifier: Apache-2.0
#include "comparison_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "number.hpp"
#include "table.hpp"
#include "unit.hpp"

namespace vouch::cli {
namespace {

using statistics::ComparedStrategy;
using statistics::Estimate;

const std::string unknown = "–";

std::string format_interval(const std::pair<double, double>& bounds, double factor, int decimals,
                            std::string (*format)(double, int)) {
  return fmt::format("{} to {}", format(bounds.first * factor, decimals), format(bounds.second * factor, decimals));
}

template <typename Format>
std::string format_optional(const std::optional<double>& value, const Format& format) {
  return value ? format(*value) : unknown;
}

std::string format_values(const ComparisonView& view, const Scale& scale, const std::string& interval_header) {
  std::vector<Estimate> estimates;
  for (const ComparedStrategy& strategy : view.comparison.strategies) estimates.push_back(strategy.estimate);
  const int decimals = choose_decimals(estimates, scale.factor);
  const auto number = [&](double value) { return format_number(value * scale.factor, decimals); };

  const std::string unit = scale.unit.empty() ? "" : "\n" + scale.unit;
  const std::string name = break_name(view.metric.name) + unit;
  std::vector<Table::Column> columns{
      {"strategy", Align::left}, {name}, {"standard\nerror"}, {"± half-\nwidth"}, {interval_header}};
  if (is_contest(view)) columns.insert(columns.end(), {{"first in\nworlds"}, {"chance of\nbeing best"}});
  Table table(columns);
  for (const std::size_t s : view.comparison.ranking) {
    const auto& [estimate, from_baseline, share_of_firsts, chance_of_best] = view.comparison.strategies[s];
    std::vector<std::string> cells{
        view.strategy_names[s], format_optional(estimate.value, number),
        format_optional(estimate.standard_error, number), format_optional(estimate.half_width, number),
        estimate.half_width ? format_interval(find_bounds(*estimate.value, *estimate.half_width, scale), scale.factor,
                                              decimals, format_number)
                            : unknown};
    if (is_contest(view)) {
      cells.push_back(estimate.value ? format_optional(share_of_firsts, format_share) : unknown);
      cells.push_back(estimate.value ? format_optional(chance_of_best, format_chance) : unknown);
    }
    table.add_row(std::move(cells));
  }
  return table.format();
}

std::string format_differences(const ComparisonView& view, const Scale& scale, const std::string& interval_header) {
  const std::string& baseline = view.strategy_names[view.baseline];
  if (!view.comparison.strategies[view.baseline].estimate.value)
    return wrap_page(fmt::format("{} has no value of {} here: choose another --baseline to see differences.", baseline,
                                 view.metric.name));
  std::vector<Estimate> estimates;
  for (const ComparedStrategy& strategy : view.comparison.strategies)
    if (strategy.from_baseline) estimates.push_back(strategy.from_baseline->estimate);
  const int decimals = choose_decimals(estimates, scale.factor);
  const auto number = [&](double value) { return format_signed(value * scale.factor, decimals); };

  const std::string unit = scale.difference_unit.empty() ? "" : "\n" + scale.difference_unit;
  Table table({{"minus " + baseline, Align::left},
               {"difference" + unit},
               {"standard\nerror"},
               {interval_header},
               {"relative"},
               {"worlds saved by\ncommon luck"}});
  for (const std::size_t s : view.comparison.ranking) {
    const auto& difference = view.comparison.strategies[s].from_baseline;
    if (!difference) continue;
    const Estimate& estimate = difference->estimate;
    table.add_row(
        {view.strategy_names[s], format_optional(estimate.value, number),
         format_optional(estimate.standard_error, [&](double e) { return format_number(e * scale.factor, decimals); }),
         estimate.half_width ? format_interval(find_bounds(*estimate.value, *estimate.half_width, Scale{}),
                                               scale.factor, decimals, format_signed)
                             : unknown,
         format_optional(difference->relative, format_relative),
         format_optional(difference->variance_ratio, format_factor)});
  }
  return table.format();
}

}  // namespace

bool is_contest(const ComparisonView& view) { return view.strategy_names.size() > 1 && !view.metric.is_neutral; }

std::string format_comparison(const ComparisonView& view) {
  const Scale scale = find_scale(view.metric, view.currency);
  const std::string interval_header = format_confidence(view.confidence) + "\ninterval";
  std::string text;
  if (const std::string verdict = format_verdict(view); !verdict.empty()) text += wrap_page(verdict) + '\n';
  text += wrap_page(fmt::format("{}: {}.", view.metric.name, view.metric.description)) + '\n';
  text += format_values(view, scale, interval_header);
  if (view.strategy_names.size() > 1) text += '\n' + format_differences(view, scale, interval_header);
  return text;
}

std::string explain_pairing(const ComparisonView& view) {
  if (view.strategy_names.size() < 2) return {};
  return wrap_page(
      "Differences, the one in the first sentence too, are taken world by world: the luck of a world cancels as far as "
      "it moves the strategies alike. So their ± may be much narrower than in the first table.");
}

}  // namespace vouch::cli
