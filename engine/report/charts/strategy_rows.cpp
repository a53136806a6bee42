// SPDX-License-Identifier: Apache-2.0
#include "report/charts/strategy_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/charts/moment_intervals.hpp"
#include "report/number.hpp"

namespace vouch::report {
namespace {

/// One significant digit of the error: values are compared by eye.
int decimals_of(const Quantity& quantity) {
  const int decimals = choose_decimals(quantity.estimates, quantity.factor);
  const bool has_errors = std::any_of(quantity.estimates.begin(), quantity.estimates.end(),
                                      [](const auto& estimate) { return estimate.standard_error.value_or(0.0) > 0.0; });
  return has_errors ? decimals - 1 : decimals;
}

/// No world, or hardly any, shows a case. With few worlds, to which another caution belongs, it shows in an interval
/// that reaches much further than the error: it is then the one of rare events.
bool is_rare(const statistics::Estimate& estimate) {
  constexpr double most_errors = 20.0;
  if (estimate.caution == statistics::Caution::rare || estimate.value == 0.0) return true;
  return estimate.interval && estimate.standard_error &&
         estimate.interval->high - *estimate.value > most_errors * *estimate.standard_error &&
         *estimate.standard_error > 0.0;
}

std::string format_end(const Quantity& quantity, double end) {
  return format_number(end * quantity.factor, decimals_of(quantity));
}

Datum make_row(const Quantity& quantity, std::size_t strategy, std::size_t row) {
  const statistics::Estimate& estimate = quantity.estimates[strategy];
  Datum datum;
  datum.x = *estimate.value * quantity.factor;
  datum.y = static_cast<double>(row);
  if (quantity.mark == Mark::interval && has_telling_interval(quantity, strategy)) {
    datum.low = estimate.interval->low * quantity.factor;
    datum.high = estimate.interval->high * quantity.factor;
  }
  datum.label = format_value(quantity, strategy);
  datum.colour = colour_of(strategy);
  return datum;
}

}  // namespace

StrategyOrder order_strategies(const Reading& reading) {
  return {reading.strategy_names(), reading.view.comparison.ranking, reading.view.baseline};
}

std::vector<std::size_t> choose_compared(const StrategyOrder& order, const std::vector<bool>& is_candidate) {
  std::vector<std::size_t> candidates;
  for (const std::size_t s : order.ranking)
    if (is_candidate[s]) candidates.push_back(s);
  if (candidates.size() > 2 && is_candidate[order.baseline] && candidates[0] != order.baseline)
    candidates[1] = order.baseline;
  candidates.resize(std::min<std::size_t>(2, candidates.size()));
  return candidates;
}

std::optional<Contrast> contrast_strategies(const Reading& reading, const statistics::Evidence& evidence,
                                            const std::vector<std::size_t>& compared, std::size_t num_quantities) {
  if (compared.size() < 2) return std::nullopt;
  const std::size_t baseline = reading.view.baseline;
  const std::size_t num_pairs =
      count_pairs(reading.strategy_names().size(), compared[0] == baseline || compared[1] == baseline);
  const double confidence = split_confidence(reading.view.confidence, num_pairs * num_quantities);
  return Contrast{
      compared[0], compared[1],
      statistics::estimate_difference(evidence, compared[0], compared[1], confidence, reading.view.looks).estimate};
}

bool has_telling_interval(const Quantity& quantity, std::size_t strategy) {
  const statistics::Estimate& estimate = quantity.estimates[strategy];
  return estimate.interval && !is_rare(estimate);
}

std::size_t count_pairs(std::size_t num_strategies, bool has_baseline) {
  const std::size_t num_others = num_strategies - 1;
  return has_baseline ? num_others : num_strategies * num_others / 2;
}

bool is_told_apart(const Contrast& contrast, const Quantity& quantity) {
  const auto& first = quantity.estimates[contrast.first].value;
  const auto& second = quantity.estimates[contrast.second].value;
  return contrast.difference.excludes_zero() && first && second &&
         (*first - *second) * *contrast.difference.value > 0.0;
}

std::vector<statistics::Estimate> estimate_values(const Reading& reading, const statistics::Evidence& evidence) {
  std::vector<statistics::Estimate> estimates;
  for (std::size_t s = 0; s < evidence.num_strategies(); ++s)
    estimates.push_back(statistics::estimate_value(evidence, s, reading.view.confidence));
  return estimates;
}

std::string format_value(const Quantity& quantity, std::size_t strategy) {
  const auto& value = quantity.estimates[strategy].value;
  if (value == 0.0) return "0" + quantity.suffix;
  return value ? format_end(quantity, *value) + quantity.suffix : "not known";
}

std::string format_range(const Quantity& quantity, std::size_t strategy) {
  const statistics::Estimate& estimate = quantity.estimates[strategy];
  if (estimate.value == 0.0) return "none seen";
  const auto& interval = estimate.interval;
  if (!interval) return "not known";
  if (is_rare(estimate)) return "too few cases";
  return format_end(quantity, interval->low) + " to " + format_end(quantity, interval->high) + quantity.suffix;
}

Panel make_rows_panel(const Quantity& quantity, const StrategyOrder& order) {
  Panel panel;
  panel.title = quantity.title;
  panel.x.low = 0.0;  // of its own: panels have different units
  panel.x.suffix = quantity.suffix;
  Series series;
  series.mark = quantity.mark;
  series.has_own_colours = true;
  for (std::size_t row = 0; row < order.ranking.size(); ++row) {
    const std::size_t strategy = order.ranking[row];
    panel.y.categories.push_back(order.names[strategy]);
    if (quantity.estimates[strategy].value) series.data.push_back(make_row(quantity, strategy, row));
  }
  panel.series.push_back(std::move(series));
  return panel;
}

DataTable make_rows_table(const std::vector<Quantity>& quantities, const StrategyOrder& order) {
  DataTable table;
  table.header = {"strategy"};
  for (const Quantity& quantity : quantities) {
    table.header.push_back(quantity.title);
    if (quantity.mark == Mark::interval) table.header.push_back("interval");
  }
  for (const std::size_t strategy : order.ranking) {
    std::vector<std::string> row{order.names[strategy]};
    for (const Quantity& quantity : quantities) {
      row.push_back(format_value(quantity, strategy));
      if (quantity.mark == Mark::interval) row.push_back(format_range(quantity, strategy));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string list_values(const Quantity& quantity, const StrategyOrder& order) {
  std::string text;
  for (const std::size_t strategy : order.ranking) {
    text += (text.empty() ? "" : ", ") + order.names[strategy] + " " + format_value(quantity, strategy);
    if (quantity.mark == Mark::interval && quantity.estimates[strategy].interval)
      text += " (" + format_range(quantity, strategy) + ")";
  }
  return text;
}

}  // namespace vouch::report
