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

std::string format_interval(const Estimate& estimate, double factor, int decimals, std::string (*format)(double, int)) {
  if (!estimate.half_width) return unknown;
  return fmt::format("{} to {}", format((*estimate.value - *estimate.half_width) * factor, decimals),
                     format((*estimate.value + *estimate.half_width) * factor, decimals));
}

template <typename Format>
std::string format_optional(const std::optional<double>& value, const Format& format) {
  return value ? format(*value) : unknown;
}

/// A metric's name on lines that leave room for other columns.
std::string break_name(const std::string& name) {
  constexpr std::size_t widest = 16;
  std::string lines;
  std::size_t width = 0;
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find('_', begin), name.size() - 1) + 1;
    if (width > 0 && width + end - begin > widest) {
      lines += '\n';
      width = 0;
    }
    lines += name.substr(begin, end - begin);
    width += end - begin;
    begin = end;
  }
  return lines;
}

std::string format_values(const ComparisonView& view, const Scale& scale, const std::string& interval_header) {
  std::vector<Estimate> estimates;
  for (const ComparedStrategy& strategy : view.comparison.strategies) estimates.push_back(strategy.estimate);
  const int decimals = choose_decimals(estimates, scale.factor);
  const auto number = [&](double value) { return format_number(value * scale.factor, decimals); };

  const std::string unit = scale.unit.empty() ? "" : "\n" + scale.unit;
  const std::string name = break_name(view.metric.name) + unit;
  Table table({{"strategy", Align::left},
               {name},
               {"standard\nerror"},
               {"± half-\nwidth"},
               {interval_header},
               {"first in\nworlds"},
               {"chance of\nbeing best"}});
  for (const std::size_t s : view.comparison.ranking) {
    const ComparedStrategy& strategy = view.comparison.strategies[s];
    const bool has_value = strategy.estimate.value.has_value();
    table.add_row({view.strategy_names[s], format_optional(strategy.estimate.value, number),
                   format_optional(strategy.estimate.standard_error, number),
                   format_optional(strategy.estimate.half_width, number),
                   format_interval(strategy.estimate, scale.factor, decimals, format_number),
                   has_value ? format_optional(strategy.share_of_firsts, format_share) : unknown,
                   has_value ? format_optional(strategy.chance_of_best, format_chance) : unknown});
  }
  return table.format();
}

std::string format_differences(const ComparisonView& view, const Scale& scale, const std::string& interval_header) {
  const std::string& baseline = view.strategy_names[view.baseline];
  if (!view.comparison.strategies[view.baseline].estimate.value)
    return wrap_page(fmt::format("{} has no value of {}: choose another --baseline to see differences.", baseline,
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
         format_interval(estimate, scale.factor, decimals, format_signed),
         format_optional(difference->relative, format_relative),
         format_optional(difference->variance_ratio, format_factor)});
  }
  return table.format();
}

}  // namespace

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

}  // namespace vouch::cli
