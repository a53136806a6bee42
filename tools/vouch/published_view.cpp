// SPDX-License-Identifier: Apache-2.0
#include "published_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "report/number.hpp"
#include "report/table.hpp"

namespace vouch::cli {
namespace {

using scenario::FigureRole;

constexpr const char* role_names[] = {"in", "tuned", "emerged"};
constexpr const char* unknown = "–";

std::string append_unit(std::string number, const report::Scale& scale) {
  return scale.unit.empty() ? number : number + ' ' + scale.unit;
}

/// A figure as its publication gives it.
std::string format_published_number(double value, const report::Scale& scale) {
  value *= scale.factor;
  return std::abs(value) < 1e3 ? fmt::format("{:.6g}", value)
                               : report::format_number(value, value == std::round(value) ? 0 : 1);
}

std::string format_published_value(const scenario::PublishedFigure& figure, const report::Scale& scale) {
  const std::string value = append_unit(format_published_number(figure.value, scale), scale);
  if (!figure.range) return value;
  return fmt::format("{} ({} to {})", value, format_published_number(figure.range->first, scale),
                     format_published_number(figure.range->second, scale));
}

bool have_several_strategies(const std::vector<PublishedRow>& rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](const PublishedRow& row) { return row.figure.strategy != rows.front().figure.strategy; });
}

}  // namespace

std::string judge_figure(const PublishedRow& row) {
  const auto& range = row.figure.range;
  const bool is_known = row.estimate.value && row.estimate.interval;
  const auto [lowest, highest] = range.value_or(std::pair(row.figure.value, row.figure.value));
  const double low = is_known ? row.estimate.interval->low : 0.0;
  const double high = is_known ? row.estimate.interval->high : 0.0;
  const double rounding = 1e-9 * std::abs(row.figure.value);
  const bool misses = is_known && (high < lowest - rounding || low > highest + rounding);
  if (row.figure.role != FigureRole::emerged)
    return std::string(row.figure.role == FigureRole::in ? "went in" : "tuned to") + (misses ? ", but missed" : "");
  if (!range) return "emerged";
  if (misses) return "not reproduced";
  return is_known && low >= lowest && high <= highest ? "reproduced" : "undecided";
}

std::string format_published(const std::vector<PublishedRow>& rows, double confidence) {
  using Column = report::Table::Column;
  const bool name_strategies = have_several_strategies(rows);
  std::vector<Column> columns = {Column{"published figure", report::Align::left}};
  if (name_strategies) columns.push_back({"strategy", report::Align::left});
  for (const Column& column :
       {Column{"published"}, Column{"simulated"}, Column{report::format_confidence(confidence) + "\ninterval"},
        Column{"", report::Align::left}})
    columns.push_back(column);
  report::Table table(columns);
  for (const PublishedRow& row : rows) {
    const double factor = row.scale.factor;
    std::vector<std::string> cells = {row.figure.figure};
    if (name_strategies) cells.push_back(row.figure.strategy);
    cells.push_back(format_published_value(row.figure, row.scale));
    const int decimals = report::choose_decimals(std::span(&row.estimate, 1), factor);
    const auto number = [&](double value) { return report::format_number(value * factor, decimals); };
    const auto& value = row.estimate.value;
    const auto& interval = row.estimate.interval;
    cells.push_back(value ? append_unit(number(*value), row.scale) : unknown);
    cells.push_back(interval ? fmt::format("{} to {}", number(interval->low), number(interval->high)) : unknown);
    cells.push_back(judge_figure(row));
    table.add_row(std::move(cells));
  }
  return table.format() + '\n' +
         report::wrap_page(
             fmt::format("A figure that went in, or was tuned to, is no evidence for the model even where it comes "
                         "out. It is missed where the interval lies outside its range or, without a range, leaves the "
                         "figure out, as chance alone makes {} of intervals do. Only a figure that emerged can be "
                         "reproduced: its whole interval then lies in the range that the scenario gives.",
                         report::format_confidence(1.0 - confidence)));
}

nlohmann::ordered_json make_published_json(const std::vector<PublishedRow>& rows) {
  const auto text_or_null = [](const std::string& text) {
    return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text);
  };
  auto json = nlohmann::ordered_json::array();
  for (const PublishedRow& row : rows) {
    const bool is_plain = row.scale.factor != 1.0 || row.scale.unit.empty();
    nlohmann::ordered_json entry = {{"figure", row.figure.figure},
                                    {"source", row.figure.source},
                                    {"published", row.figure.value},
                                    {"range", nullptr},
                                    {"metric", row.figure.metric},
                                    {"unit", is_plain ? "1" : row.scale.unit},
                                    {"strategy", row.figure.strategy},
                                    {"segment", text_or_null(row.figure.segment)},
                                    {"source_filter", text_or_null(row.figure.from)},
                                    {"role", role_names[static_cast<int>(row.figure.role)]},
                                    {"simulated", nullptr},
                                    {"half_width", nullptr},
                                    {"interval", nullptr},
                                    {"judgement", judge_figure(row)}};
    const statistics::Estimate& estimate = row.estimate;
    if (row.figure.range) entry["range"] = {row.figure.range->first, row.figure.range->second};
    if (estimate.value) entry["simulated"] = *estimate.value;
    if (estimate.half_width) entry["half_width"] = *estimate.half_width;
    if (estimate.interval) entry["interval"] = {estimate.interval->low, estimate.interval->high};
    json.push_back(std::move(entry));
  }
  return json;
}

}  // namespace vouch::cli
