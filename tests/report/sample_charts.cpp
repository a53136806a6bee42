// SPDX-License-Identifier: Apache-2.0
#include "report/sample_charts.hpp"

#include <fmt/format.h>

#include <cmath>

namespace vouch::test {

using namespace report;

namespace {

constexpr Colour muted{Colour::Role::muted, 0};

Chart with_id(Chart chart, const char* id) {
  chart.id = id;
  return chart;
}

}  // namespace

std::vector<std::string> make_hard_names(std::size_t count) {
  std::vector<std::string> names = {"ask_at_signing",
                                    "ask_after_first_result",
                                    "ask after every quarterly review",
                                    "<never> & \"nobody\"",
                                    "紹介を初回成果の後に依頼する戦略",
                                    "🎉 party_every_quarter_with_champions_and_cake",
                                    "اطلب بعد النتيجة الأولى",
                                    "wait for usage",
                                    "reward_both_sides",
                                    "Donaudampfschifffahrtsgesellschaftskunde",
                                    "A strategy whose name has 40 characters.",
                                    "short"};
  names.resize(std::min(count, names.size()));
  return names;
}

Chart make_interval_chart(std::size_t num_rows, double middle, double spread) {
  Panel panel;
  panel.x.title = "won customers in a world";
  panel.y.categories = make_hard_names(num_rows);
  Series series{{}, Mark::interval, {}, true, {}};
  for (std::size_t i = 0; i < num_rows; ++i) {
    const auto row = static_cast<double>(i);
    const double value = middle + spread * (5.0 - row);
    const double low = value - 0.4 * spread * (1.0 + row);
    const double high = value + 0.5 * spread * (1.0 + row);
    const std::string label = fmt::format("{:.4g} ({:.4g} to {:.4g})", value, low, high);
    series.data.push_back({value, row, low, high, 1.0, label, colour_of(i)});
  }
  panel.series = {series};
  return {"intervals", {}, {}, {}, {panel}, 1, {}};
}

Chart make_fan_chart(std::size_t num_panels, std::size_t num_columns) {
  Chart chart{"fans", {}, {}, {}, {}, num_columns, {}};
  for (std::size_t i = 0; i < num_panels; ++i) {
    Series outer{{}, Mark::band, colour_of(i), false, {}};
    Series inner = outer;
    Series baseline{{}, Mark::line, muted, false, {}};
    Series median{{}, Mark::line, colour_of(i), false, {}};
    for (int month = 0; month <= 36; ++month) {
      const double x = month;
      const double y = x * (3.0 + 0.2 * static_cast<double>(i)) - 10.0;
      outer.data.push_back({x, y, y - 0.4 * x, y + 0.5 * x});
      inner.data.push_back({x, y, y - 0.2 * x, y + 0.2 * x});
      baseline.data.push_back({x, 3.0 * x});
      median.data.push_back({x, y});
    }
    Panel panel;
    panel.title = make_hard_names(12)[i];
    panel.x.title = "months since the start";
    panel.y.title = "customers won so far";
    panel.series = {outer, inner, baseline, median};
    chart.panels.push_back(panel);
  }
  return chart;
}

Chart make_line_chart(std::size_t num_lines, LineEnds ends) {
  Panel panel;
  panel.x.title = "days since the purchase";
  panel.y = {"chance of a yes", {}, {}, {}, true, 0, " %"};
  const std::vector<std::string> names = make_hard_names(num_lines);
  for (std::size_t i = 0; i < num_lines; ++i) {
    Series series{names[i], Mark::line, colour_of(i), false, {}};
    for (int k = 0; k <= 72; ++k) {
      const double fading = ends == LineEnds::apart ? 1.0 : 1.0 - k / 72.0;
      const double y = 10.0 + 5.0 * static_cast<double>(i) * fading + std::sin(k / 8.0) * fading;
      series.data.push_back({5.0 * k, i == 2 && k > 20 && k < 30 ? gap : y});
    }
    panel.series.push_back(series);
  }
  return {"lines", {}, {}, {}, {panel}, 1, {}};
}

Chart make_funnel_chart(std::size_t num_panels) {
  const std::vector<std::string> stages = {"asks", "yes", "introductions", "first meetings", "won deals"};
  Chart chart{"funnel", {}, {}, {}, {}, 3, {}};
  for (std::size_t i = 0; i < num_panels; ++i) {
    Panel panel;
    panel.title = make_hard_names(12)[i];
    panel.x.title = "in a world";
    panel.y.categories = stages;
    Series series{{}, Mark::bar, colour_of(i), false, {}};
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
      const auto row = static_cast<double>(stage);
      const double value = 4000.0 * std::pow(0.4 + 0.02 * static_cast<double>(i), row);
      series.data.push_back({value, row, {}, {}, 1.0, fmt::format("{:.0f}", value)});
    }
    panel.series = {series};
    chart.panels.push_back(panel);
  }
  return chart;
}

Chart make_grouped_chart() {
  Panel panel;
  panel.x.title = "referrers of a hundred";
  panel.y.categories = make_hard_names(5);
  const std::vector<std::string> groups = {"opted out", "burned out", "all others"};
  for (std::size_t group = 0; group < groups.size(); ++group) {
    Series series{groups[group], Mark::bar, group == 2 ? muted : colour_of(group), false, {}};
    for (int row = 0; row < 5; ++row) {
      const double value = 3.0 * (row - 1.5) + static_cast<double>(group);
      series.data.push_back({value, static_cast<double>(row), {}, {}, 1.0, fmt::format("{:.1f}", value)});
    }
    panel.series.push_back(series);
  }
  return {"grouped", {}, {}, {}, {panel}, 1, {}};
}

Chart make_heat_map(std::size_t num_across, std::size_t num_down) {
  Panel panel;
  panel.x.title = "reward for a referral, dollars";
  panel.y.title = "patience of customers";
  for (std::size_t i = 0; i < num_across; ++i) panel.x.categories.push_back(fmt::format("{}", 250 * i));
  for (std::size_t j = 0; j < num_down; ++j) panel.y.categories.push_back(fmt::format("{}.5", j));
  Series series{{}, Mark::cell, {}, true, {}};
  for (std::size_t i = 0; i < num_across; ++i) {
    for (std::size_t j = 0; j < num_down; ++j) {
      const std::size_t best = (i + j) / 2 % 5;
      const double strength = static_cast<double>(i * j % 7) / 6.0;
      series.data.push_back({static_cast<double>(i),
                             static_cast<double>(j),
                             {},
                             {},
                             strength,
                             make_hard_names(5)[best],
                             colour_of(best)});
    }
  }
  panel.series = {series};
  return {"heat-map", {}, {}, {}, {panel}, 1, {}};
}

Chart make_column_chart(std::size_t num_categories) {
  Panel panel;
  panel.x.title = "segment";
  panel.y.title = "referred customers for each advocate";
  for (std::size_t i = 0; i < num_categories; ++i) {
    panel.x.categories.push_back(num_categories > 8 ? fmt::format("{}", 1990 + i) : make_hard_names(12)[i]);
  }
  for (std::size_t group = 0; group < 2; ++group) {
    Series series{make_hard_names(2)[group], Mark::interval, colour_of(group), false, {}};
    for (std::size_t i = 0; i < num_categories; ++i) {
      const double value = 1.0 + 0.3 * static_cast<double>(i * (group + 1));
      series.data.push_back({static_cast<double>(i), value, 0.8 * value, 1.2 * value});
    }
    panel.series.push_back(series);
  }
  panel.rule = 2.0;
  panel.rule_label = "mean of all";
  return {"columns", {}, {}, {}, {panel}, 1, {}};
}

Chart make_histogram() {
  Panel panel;
  panel.x.title = "days since the purchase";
  panel.y.title = "asks in a world";
  Series series{{}, Mark::bar, colour_of(1), false, {}};
  for (int k = 0; k < 24; ++k) series.data.push_back({15.0 * k + 7.5, 3000.0 * std::exp(-std::pow((k - 7) / 5.0, 2))});
  panel.series = {series};
  return {"histogram", {}, {}, {}, {panel}, 1, {}};
}

Chart make_scatter() {
  Panel panel;
  panel.x.title = "fatigue";
  panel.y.title = "difference in the chance of a yes";
  Series points{{}, Mark::point, {}, true, {}};
  Series band{{}, Mark::band, muted, false, {}};
  for (std::size_t i = 0; i < 12; ++i) {
    const double x = 0.08 * static_cast<double>(i);
    points.data.push_back({x, 0.3 - x, {}, {}, 1.0, i % 3 == 0 ? make_hard_names(12)[i] : "", colour_of(i)});
    band.data.push_back({x, 0.0, -0.1 - x / 4.0, 0.05 - x / 8.0});
  }
  panel.series = {points, band};
  panel.rule = 0.0;
  panel.rule_label = "no difference";
  return {"scatter", {}, {}, {}, {panel}, 1, {}};
}

std::vector<Chart> make_sample_charts() {
  Chart differences = make_interval_chart(4, 0.0, 3.0);
  differences.panels[0].rule = 0.0;
  differences.panels[0].rule_label = "no difference";
  Chart dot = make_line_chart(1, LineEnds::apart);
  dot.panels[0].series[0].data.resize(1);
  return {with_id(make_interval_chart(3, 120.0, 7.0), "intervals-3"),
          with_id(make_interval_chart(12, 120.0, 7.0), "intervals-12"),
          with_id(make_interval_chart(4, 2e9, 1e7), "intervals-huge"),
          with_id(make_interval_chart(4, 2e-7, 1e-8), "intervals-tiny"),
          with_id(make_interval_chart(4, -50.0, 3.0), "intervals-negative"),
          with_id(make_interval_chart(4, 0.0, 0.0), "intervals-zero"),
          with_id(std::move(differences), "differences"),
          with_id(make_fan_chart(1, 1), "fans-1"),
          with_id(make_fan_chart(4, 2), "fans-4"),
          with_id(make_fan_chart(12, 3), "fans-12"),
          with_id(make_line_chart(4, LineEnds::apart), "lines-4"),
          with_id(make_line_chart(4, LineEnds::together), "lines-4-together"),
          with_id(make_line_chart(12, LineEnds::apart), "lines-12"),
          with_id(make_funnel_chart(5), "funnel"),
          make_grouped_chart(),
          with_id(make_heat_map(5, 4), "heat-map-5"),
          with_id(make_heat_map(12, 8), "heat-map-12"),
          with_id(make_column_chart(4), "columns-4"),
          with_id(make_column_chart(30), "columns-30"),
          make_histogram(),
          make_scatter(),
          with_id(std::move(dot), "one-point"),
          {"one-empty-panel", {}, {}, {}, {Panel{}}, 1, {}},
          {"no-panel", {}, {}, {}, {}, 1, {}}};
}

}  // namespace vouch::test
