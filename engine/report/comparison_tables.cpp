// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/number.hpp"
#include "report/number_column.hpp"
#include "report/table.hpp"
#include "report/unit.hpp"

namespace vouch::report {
namespace {

using statistics::AdjustedDifference;
using statistics::Adjustment;
using statistics::ComparedStrategy;
using statistics::Estimate;
using statistics::Interval;

std::string append_unit(const std::string& header, const std::string& unit) {
  return unit.empty() ? header : header + '\n' + unit;
}

std::string format_p_value(double p) { return p < 0.0001 ? "< 0.0001" : fmt::format("{:.2g}", p); }

bool has_unequal_worlds(const ComparisonView& view) {
  return std::adjacent_find(view.num_worlds.begin(), view.num_worlds.end(), std::not_equal_to<>()) !=
         view.num_worlds.end();
}

/// What these worlds say of a strategy among the others.
std::string describe_place(const ComparisonView& view, std::size_t strategy) {
  const auto& contenders = view.comparison.contenders;
  if (std::find(contenders.begin(), contenders.end(), strategy) == contenders.end()) return "";
  // It may be too uneven to tell from the first, and yet be behind a third one.
  const auto& from_best = view.comparison.strategies[strategy].from_best;
  if (from_best && from_best->low < 0.0 && from_best->high == 0.0) return "";
  return contenders.size() == 1 && count_known(view) > 1 ? "best" : "could be best";
}

/// The header of intervals of differences of which `count` are looked at together.
std::string name_interval(const ComparisonView& view, std::size_t count) {
  const std::string confidence = format_confidence(view.confidence);
  if (count < 2) return confidence + "\ninterval";
  return confidence + (view.adjustment == Adjustment::none ? ",\neach by itself" : ",\nall at once");
}

/// A p-value is of a number of worlds that was fixed beforehand.
bool shows_p_values(const ComparisonView& view) {
  return view.adjustment != Adjustment::best && view.looks == statistics::Looks::fixed;
}

/// Cells that every difference has: itself, its interval, and whether the two differ. They do not where they are the
/// same in every world.
void append_difference(const ComparisonView& view, const NumberColumn& numbers, const AdjustedDifference& adjusted,
                       std::vector<std::string>& cells) {
  cells.push_back(numbers.with_sign(adjusted.difference.estimate.value));
  cells.push_back(numbers.with_sign(adjusted.joint));
  if (shows_p_values(view)) cells.push_back(format_optional(adjusted.adjusted_p_value, format_p_value));
  const Estimate& estimate = adjusted.difference.estimate;
  const bool are_equal = estimate.value == 0.0 && estimate.half_width == 0.0;
  cells.push_back(!is_judged(view, adjusted) ? unknown_number
                  : adjusted.is_told_apart   ? "yes"
                  : are_equal                ? "no"
                                             : "not sure");
}

void append_difference_columns(const ComparisonView& view, std::size_t count, std::vector<Table::Column>& columns) {
  const Scale scale = find_scale(view.metric, view.currency);
  columns.push_back({append_unit("difference", scale.difference_unit)});
  columns.push_back({name_interval(view, count)});
  const bool is_adjusted = view.adjustment != Adjustment::none && count > 1;
  if (shows_p_values(view)) columns.push_back({is_adjusted ? "adjusted\np-value" : "p-value"});
  columns.push_back({"surely\ndifferent"});
}

/// Which worlds quantiles were taken from, where that is not every single one.
std::string explain_quantiles(const ComparisonView& view) {
  std::string text;
  const bool are_pairs = view.group_size > 1;
  constexpr std::size_t most = statistics::Evidence::max_kept;
  if (std::any_of(view.num_worlds.begin(), view.num_worlds.end(),
                  [&](std::uint64_t count) { return count / view.group_size > most; }))
    text =
        fmt::format("Quantiles are of the first {} {}.", format_count(most), are_pairs ? "pairs of worlds" : "worlds");
  if (are_pairs)
    text += std::string(text.empty() ? "" : " ") +
            "Values are of antithetic pairs, two worlds taken together; those of single worlds may vary more.";
  return text.empty() ? "" : wrap_page(text);
}

}  // namespace

std::vector<statistics::Estimate> list_estimates(const ComparisonView& view) {
  std::vector<Estimate> estimates;
  for (const ComparedStrategy& strategy : view.comparison.strategies) estimates.push_back(strategy.estimate);
  return estimates;
}

std::vector<statistics::Estimate> list_differences(const ComparisonView& view) {
  std::vector<Estimate> estimates;
  for (const ComparedStrategy& strategy : view.comparison.strategies)
    if (strategy.from_baseline) estimates.push_back(strategy.from_baseline->difference.estimate);
  return estimates;
}

std::string format_values(const ComparisonView& view) {
  const Scale scale = find_scale(view.metric, view.currency);
  const NumberColumn values(scale, list_estimates(view));
  const NumberColumn losses(scale, list_differences(view));
  const bool shows_worlds = has_unequal_worlds(view);
  std::vector<Table::Column> columns{{"strategy", Align::left},
                                     {append_unit(break_name(view.metric.name), scale.unit)},
                                     {format_confidence(view.confidence) + "\ninterval"}};
  if (shows_worlds) columns.push_back({"worlds"});
  if (is_contest(view))
    columns.insert(columns.end(), {{"chance of\nbeing best"},
                                   {append_unit("expected\nloss by it", scale.unit.empty() ? "" : scale.unit)},
                                   {"", Align::left}});
  Table table(columns);
  for (const std::size_t s : view.comparison.ranking) {
    const ComparedStrategy& strategy = view.comparison.strategies[s];
    std::vector<std::string> cells{view.strategy_names[s], values.plain(strategy.estimate.value),
                                   values.plain(strategy.estimate.interval)};
    if (shows_worlds) cells.push_back(format_count(view.num_worlds[s]));
    if (is_contest(view)) {
      cells.push_back(
          format_optional(strategy.prospect, [](const auto& p) { return format_chance(p.chance_of_best); }));
      cells.push_back(format_optional(strategy.prospect, [&](const auto& p) { return losses.small(p.expected_loss); }));
      cells.push_back(describe_place(view, s));
    }
    table.add_row(std::move(cells));
  }
  return table.format();
}

std::string format_from_best(const ComparisonView& view) {
  if (!is_contest(view) || count_known(view) < 3) return {};
  const Scale scale = find_scale(view.metric, view.currency);
  const NumberColumn numbers(scale, list_differences(view));
  Table table({{"against the best of the others", Align::left},
               {append_unit("ahead (+) or behind (-):\n" + format_confidence(view.confidence) + ", all at once",
                            scale.difference_unit)},
               {"", Align::left}});
  bool is_known = false;
  for (const std::size_t s : view.comparison.ranking) {
    const auto& interval = view.comparison.strategies[s].from_best;
    is_known = is_known || interval;
    const char* const meaning = !interval               ? ""
                                : interval->low >= 0.0  ? (interval->high > 0.0 ? "surely ahead" : "")
                                : interval->high <= 0.0 ? "surely behind"
                                                        : "";
    table.add_row({view.strategy_names[s], numbers.with_sign_or_zero(interval), meaning});
  }
  return is_known ? table.format() : "";
}

std::string format_differences(const ComparisonView& view) {
  const std::string& baseline = view.strategy_names[view.baseline];
  if (!view.comparison.strategies[view.baseline].estimate.value)
    return wrap_page(fmt::format("{} has no value of {} here: choose another --baseline to see differences.", baseline,
                                 view.metric.name));
  const NumberColumn numbers(find_scale(view.metric, view.currency), list_differences(view));
  std::vector<Table::Column> columns{{"minus " + baseline, Align::left}};
  append_difference_columns(view, count_known(view) - 1, columns);
  columns.insert(columns.end(), {{"relative"}, {"worlds\nsaved by\ncommon luck"}});
  Table table(columns);
  for (const std::size_t s : view.comparison.ranking) {
    const auto& adjusted = view.comparison.strategies[s].from_baseline;
    if (!adjusted) continue;
    std::vector<std::string> cells{view.strategy_names[s]};
    append_difference(view, numbers, *adjusted, cells);
    cells.push_back(format_optional(adjusted->difference.relative, format_relative));
    cells.push_back(format_optional(adjusted->difference.variance_ratio, format_factor));
    table.add_row(std::move(cells));
  }
  return table.format();
}

std::string format_pairs(const ComparisonView& view) {
  std::vector<Estimate> estimates;
  for (const auto& pair : view.comparison.pairs) estimates.push_back(pair.difference.difference.estimate);
  const NumberColumn numbers(find_scale(view.metric, view.currency), estimates);
  const std::size_t num_known = count_known(view);
  std::vector<Table::Column> columns{{"pair", Align::left}};
  append_difference_columns(view, num_known * (num_known - 1) / 2, columns);
  columns.insert(columns.end(), {{"correlation"}, {"worlds\nsaved"}});
  Table table(columns);
  for (const auto& pair : view.comparison.pairs) {
    std::vector<std::string> cells{view.strategy_names[pair.first] + " minus " + view.strategy_names[pair.second]};
    append_difference(view, numbers, pair.difference, cells);
    cells.push_back(
        format_optional(pair.difference.difference.correlation, [](double c) { return format_signed(c, 2); }));
    cells.push_back(format_optional(pair.difference.difference.variance_ratio, format_factor));
    table.add_row(std::move(cells));
  }
  return table.format();
}

std::string format_quantiles(const ComparisonView& view) {
  const Scale scale = find_scale(view.metric, view.currency);
  const NumberColumn numbers(scale, [&] {
    std::vector<Estimate> estimates = list_estimates(view);
    for (Estimate& estimate : estimates)  // single worlds need fewer digits than means of them
      if (estimate.standard_error)
        *estimate.standard_error *= std::sqrt(static_cast<double>(std::max<std::size_t>(1, estimate.num_worlds))) / 4.0;
    return estimates;
  }());
  std::vector<Table::Column> columns{{"strategy", Align::left}};
  if (is_contest(view)) columns.push_back({"first in\nworlds"});
  columns.insert(columns.end(), {{view.group_size > 1 ? "in pairs\nof worlds" : "in worlds"},
                                 {append_unit("less than", scale.unit)},
                                 {format_confidence(view.confidence) + "\ninterval"}});
  Table table(columns);
  for (const std::size_t s : view.comparison.ranking) {
    for (std::size_t q = 0; q < view.quantiles[s].size(); ++q) {
      const statistics::QuantileEstimate& quantile = view.quantiles[s][q];
      std::vector<std::string> cells{q == 0 ? view.strategy_names[s] : ""};
      if (is_contest(view))
        cells.push_back(q > 0 ? "" : format_optional(view.comparison.strategies[s].share_of_firsts, format_share));
      cells.insert(cells.end(), {fmt::format("{:.6g} %", 100.0 * quantile.probability), numbers.plain(quantile.value),
                                 numbers.plain(quantile.interval)});
      table.add_row(std::move(cells));
    }
  }
  return table.format() + explain_quantiles(view);
}

std::string format_controlled(const ComparisonView& view) {
  const Scale scale = find_scale(view.metric, view.currency);
  const NumberColumn values(scale, list_estimates(view));
  const NumberColumn differences(scale, list_differences(view));
  const std::string interval = format_confidence(view.confidence) + ",\neach by itself";
  Table by_value({{"strategy", Align::left},
                  {append_unit(break_name(view.metric.name), scale.unit)},
                  {interval},
                  {"worlds saved\nby controls"}});
  Table by_difference({{"minus " + view.strategy_names[view.baseline], Align::left},
                       {append_unit("difference", scale.difference_unit)},
                       {interval},
                       {"worlds saved\nby controls"}});
  for (const std::size_t s : view.comparison.ranking) {
    const auto& [value, difference] = view.controlled[s];
    const auto gain = [](const auto& controlled) {
      return controlled ? format_factor(controlled->gain) : unknown_number;
    };
    by_value.add_row({view.strategy_names[s], value ? values.plain(value->estimate.value) : unknown_number,
                      value ? values.plain(value->estimate.interval) : unknown_number, gain(value)});
    if (s == view.baseline) continue;
    by_difference.add_row(
        {view.strategy_names[s], difference ? differences.with_sign(difference->estimate.value) : unknown_number,
         difference ? differences.with_sign(difference->estimate.interval) : unknown_number, gain(difference)});
  }
  return wrap_page(fmt::format("With control variates: without the luck that {} had, of which the expected value is "
                               "known.",
                               join_names(view.controls))) +
         '\n' + by_value.format() + (view.strategy_names.size() > 1 ? '\n' + by_difference.format() : "");
}

}  // namespace vouch::report
