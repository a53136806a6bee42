// SPDX-License-Identifier: Apache-2.0
#include "report/sweep_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "report/number_column.hpp"
#include "report/text.hpp"

namespace vouch::report {
namespace {

/// The lead in half-widths; the unknown first.
double measure_lead(const ComparisonView& point) {
  const auto& lead = point.comparison.lead;
  if (!lead || !lead->estimate.half_width) return 0.0;
  return std::abs(*lead->estimate.value) / *lead->estimate.half_width;
}

std::string format_call(const ComparisonView& point, const std::vector<std::size_t>& contenders) {
  const auto name = [&](std::size_t strategy) { return point.strategy_names[strategy]; };
  if (contenders.empty()) return unknown_number;
  if (contenders.size() == 1) return name(contenders[0]);
  std::string text = point.comparison.equals.size() == contenders.size() ? "equal: " : "too close: ";
  constexpr std::size_t most_named = 3;
  for (std::size_t i = 0; i < std::min(contenders.size(), most_named); ++i)
    text += (i == 0 ? "" : ", ") + name(contenders[i]);
  if (contenders.size() > most_named) text += fmt::format(" and {} more", contenders.size() - most_named);
  return text;
}

std::vector<std::string> list_headers(const SweepView& view, const std::string& value_header, std::size_t num_keys) {
  const ComparisonView& first = view.points.front();
  const std::vector<std::string> names = shorten_keys(view.keys);
  std::vector<std::string> headers{is_contest(first) ? "best" : "most", "point"};
  for (std::size_t k = 0; k < num_keys; ++k) headers.push_back(break_name(names[k]));
  headers.push_back(value_header);
  if (is_contest(first))
    headers.insert(headers.end(), {"ahead of\nthe second", "± half-\nwidth", "chance of\nbeing best"});
  return headers;
}

}  // namespace

std::vector<std::size_t> choose_points(const SweepView& view, std::size_t count) {
  std::vector<std::size_t> points(view.points.size());
  std::iota(points.begin(), points.end(), std::size_t{0});
  if (points.size() <= count) return points;
  std::stable_sort(points.begin(), points.end(), [&](std::size_t a, std::size_t b) {
    return measure_lead(view.points[a]) < measure_lead(view.points[b]);
  });
  points.resize(count);
  std::sort(points.begin(), points.end());
  return points;
}

DataTable make_sweep_table(const SweepView& view, const std::vector<std::size_t>& points, CallBasis basis,
                           const ValueColumn& column, std::size_t most_keys) {
  const ComparisonView& first = view.points.front();
  const std::vector<PointCall> calls = call_points(view);
  const std::size_t num_keys = std::min(view.keys.size(), most_keys);
  std::vector<statistics::Estimate> values;
  std::vector<statistics::Estimate> leads;
  for (const std::size_t p : points) {
    const statistics::Comparison& comparison = view.points[p].comparison;
    values.push_back(comparison.strategies[comparison.ranking[0]].estimate);
    if (comparison.lead) leads.push_back(comparison.lead->estimate);
  }
  const NumberColumn value_column(column.scale, values);
  const NumberColumn lead_column(column.scale, leads);
  DataTable table{list_headers(view, column.header, num_keys), {}, 1};
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::size_t p = points[i];
    const statistics::Comparison& comparison = view.points[p].comparison;
    const auto& contenders = basis == CallBasis::together ? calls[p].together : calls[p].by_itself;
    std::vector<std::string> cells{
        is_contest(first) ? format_call(view.points[p], contenders) : first.strategy_names[comparison.ranking[0]],
        fmt::format("{}", p)};
    for (std::size_t k = 0; k < num_keys; ++k) cells.push_back(format_swept_value(view.keys[k].values[p]));
    cells.push_back(value_column.plain(values[i].value));
    if (is_contest(first)) {
      const statistics::Estimate lead = comparison.lead ? comparison.lead->estimate : statistics::Estimate{};
      const auto& prospect = comparison.strategies[comparison.ranking[0]].prospect;
      cells.push_back(lead_column.plain(lead.value ? std::optional(std::abs(*lead.value)) : std::nullopt));
      cells.push_back(lead_column.plain(lead.half_width));
      cells.push_back(format_optional(prospect, [](const auto& it) { return format_chance(it.chance_of_best); }));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

std::string format_swept_value(const std::string& toml) {
  return toml.size() > 1 && toml.front() == '"' && toml.back() == '"' ? toml.substr(1, toml.size() - 2) : toml;
}

}  // namespace vouch::report
