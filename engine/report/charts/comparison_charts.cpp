// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "report/charts/charts.hpp"
#include "report/charts/finding.hpp"
#include "report/charts/magnitude.hpp"
#include "report/headline.hpp"
#include "report/metric_words.hpp"
#include "report/number_column.hpp"
#include "report/text.hpp"

namespace vouch::report {
namespace {

using statistics::Interval;

/// What is drawn in one row.
struct Row {
  std::size_t strategy;
  double value;
  std::optional<Interval> interval;
};

using FormatNumber = std::function<std::string(const std::optional<double>&)>;

Magnitude choose_rows_magnitude(const std::vector<Row>& rows, double factor) {
  double largest = 0.0;
  for (const Row& row : rows) {
    const Interval drawn = row.interval.value_or(Interval{row.value, row.value});
    for (const double value : {row.value, drawn.low, drawn.high})
      if (std::isfinite(value)) largest = std::max(largest, std::abs(value * factor));
  }
  return choose_magnitude(largest);
}

/// Rows of dots with intervals, each in its strategy's colour. `factor`: from values to what is drawn.
Panel make_rows(const ComparisonView& view, const std::vector<Row>& rows, double factor, const FormatNumber& format) {
  Panel panel;
  Series series{"", Mark::interval, {}, true, {}};
  for (const Row& row : rows) {
    Datum datum{row.value * factor, static_cast<double>(series.data.size())};
    if (row.interval) {
      datum.low = row.interval->low * factor;
      datum.high = row.interval->high * factor;
    }
    datum.label = format(row.value);
    datum.colour = colour_of(row.strategy);
    series.data.push_back(datum);
    panel.y.categories.push_back(view.strategy_names[row.strategy]);
  }
  panel.series.push_back(std::move(series));
  return panel;
}

/// The drawn numbers: value, and the interval's ends.
DataTable make_table(const ComparisonView& view, const std::vector<Row>& rows, const std::string& value_header,
                     const FormatNumber& format) {
  const std::string confidence = format_confidence(view.confidence);
  DataTable table{{"strategy", value_header, fmt::format("{} interval from", confidence), "to"}, {}, 1};
  for (const Row& row : rows) {
    const auto end = [&](double Interval::*bound) {
      return format(row.interval ? std::optional((*row.interval).*bound) : std::nullopt);
    };
    table.rows.push_back(
        {view.strategy_names[row.strategy], format(row.value), end(&Interval::low), end(&Interval::high)});
  }
  return table;
}

/// "A 3 (2 to 4), B 2 (interval unknown)".
std::string list_rows(const DataTable& table) {
  std::vector<std::string> parts;
  for (const auto& row : table.rows)
    parts.push_back(row[2] == unknown_number ? fmt::format("{} {} (interval unknown)", row[0], row[1])
                                             : fmt::format("{} {} ({} to {})", row[0], row[1], row[2], row[3]));
  return fmt::format("{}", fmt::join(parts, ", "));
}

Chart make_values_chart(const ComparisonView& view) {
  const Scale scale = find_told_scale(view.metric, view.currency);
  std::vector<Row> rows;
  for (const std::size_t s : view.comparison.ranking)
    if (const auto& estimate = view.comparison.strategies[s].estimate; estimate.value)
      rows.push_back({s, *estimate.value, estimate.interval});
  const NumberColumn numbers(scale, list_estimates(view));
  const FormatNumber format = [&](const std::optional<double>& value) { return numbers.plain(value); };
  const std::string axis = name_axis(view.metric, scale.unit);
  const Magnitude magnitude = choose_rows_magnitude(rows, scale.factor);
  const NumberColumn drawn(numbers, magnitude.factor, magnitude.decimals);
  Chart chart{"comparison", find_value_title(view), {}, {}, {}, 1, {}};
  chart.panels.push_back(make_rows(view, rows, scale.factor * magnitude.factor,
                                   [&](const std::optional<double>& value) { return drawn.plain(value); }));
  chart.table = make_table(view, rows, scale.unit == "%" ? axis + ", %" : axis, format);
  chart.panels[0].x.title = name_axis(view.metric, magnitude.join(scale.unit));
  if (scale.unit == "%") chart.panels[0].x.suffix = " %";
  chart.caption = capitalise(fmt::format(
      "{}: {}. Each dot is a strategy's value ({}), each bar its {} interval, which holds by itself.{}",
      find_words(view.metric).noun, explain_metric(view.metric), format_num_worlds(view, Wording::futures),
      format_confidence(view.confidence),
      rows.size() > 1 ? " Tell strategies apart by their differences, not by whether bars overlap: simulated futures "
                        "share their luck, and a difference is better known than the values."
                      : ""));
  chart.alternative = fmt::format("Dots with intervals, best first, of {}: {}.",
                                  describe_metric(view.metric, view.currency), list_rows(chart.table));
  return chart;
}

std::string caption_differences(const ComparisonView& view, const std::string& baseline) {
  const bool is_any = view.looks == statistics::Looks::any;
  const char* const joint = view.adjustment == statistics::Adjustment::none ? "each by itself" : "all at once";
  const std::string better =
      view.metric.is_neutral
          ? ""
          : fmt::format(" {} of the line is better than {}.",
                        view.metric.direction == statistics::Direction::higher_is_better ? "Right" : "Left", baseline);
  return fmt::format(
      "Each strategy minus {}, {}, simulated future by simulated future, so that luck which both share cancels. Bars "
      "are {} intervals that hold {}{}.{} A bar that leaves the line out shows a sure difference.",
      baseline, find_words(view.metric).noun, format_confidence(view.confidence), joint,
      is_any ? ", at whatever moment one looks" : "", better);
}

Chart make_differences_chart(const ComparisonView& view) {
  const Scale scale = find_told_scale(view.metric, view.currency);
  const std::string& baseline = view.strategy_names[view.baseline];
  std::vector<Row> rows;
  for (const std::size_t s : view.comparison.ranking) {
    const auto& from_baseline = view.comparison.strategies[s].from_baseline;
    if (from_baseline && from_baseline->difference.estimate.value)
      rows.push_back({s, *from_baseline->difference.estimate.value, from_baseline->joint});
  }
  const NumberColumn numbers(scale, list_differences(view));
  const FormatNumber format = [&](const std::optional<double>& value) { return numbers.with_sign(value); };
  Chart chart{"differences", find_difference_title(view), caption_differences(view, baseline), {}, {}, 1, {}};
  const Magnitude magnitude = choose_rows_magnitude(rows, scale.factor);
  const NumberColumn drawn(numbers, magnitude.factor, magnitude.decimals);
  chart.panels.push_back(make_rows(view, rows, scale.factor * magnitude.factor,
                                   [&](const std::optional<double>& value) { return drawn.with_sign(value); }));
  chart.panels[0].x.title =
      fmt::format("difference of {}", name_axis(view.metric, magnitude.join(scale.difference_unit)));
  chart.panels[0].x.from_zero = true;
  chart.panels[0].rule = 0.0;
  chart.panels[0].rule_label = fmt::format("no difference from {}", baseline);
  chart.table = make_table(
      view, rows, fmt::format("minus {}, {}", baseline, name_axis(view.metric, scale.difference_unit)), format);
  chart.table.header.emplace_back("relative");
  for (std::size_t i = 0; i < rows.size(); ++i)
    chart.table.rows[i].push_back(format_optional(
        view.comparison.strategies[rows[i].strategy].from_baseline->difference.relative, format_relative));
  chart.alternative =
      fmt::format("Dots with intervals around a line at no difference from {}: {}.", baseline, list_rows(chart.table));
  return chart;
}

}  // namespace

std::vector<Chart> make_comparison_charts(const Reading& reading) { return make_comparison_charts(reading.view); }

std::vector<Chart> make_comparison_charts(const ComparisonView& view) {
  const std::size_t num_known = count_known(view);
  if (num_known == 0) return {};
  std::vector<Chart> charts{make_values_chart(view)};
  if (num_known > 1 && view.comparison.strategies[view.baseline].estimate.value)
    charts.push_back(make_differences_chart(view));
  std::erase_if(charts, [](const Chart& chart) { return chart.panels[0].series[0].data.empty(); });
  return charts;
}

}  // namespace vouch::report
