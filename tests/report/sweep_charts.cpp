// SPDX-License-Identifier: Apache-2.0
// Charts of sweeps show of each point what holds for all points at once.
#include <algorithm>

#include "evidence.hpp"
#include "report/charts/charts.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::report;

namespace {

/// Ten worlds in which A is ahead of B by `lead` on average, give or take `spread`.
ComparisonView make_point(std::int64_t lead, std::int64_t spread) {
  test::Worlds a;
  test::Worlds b;
  for (std::int64_t world = 0; world < 10; ++world) {
    b.numerators.push_back(1000 + 10 * world);
    a.numerators.push_back(1000 + 10 * world + lead + (world % 2 == 0 ? spread : -spread));
  }
  ViewOptions options = test::make_view_options(2);
  options.baseline = 1;
  const auto metric = statistics::make_plain_metric("net_value", "currency", "what is left");
  return make_view(test::make_evidence({a, b}, metric), metric, options);
}

SweepView make_sweep(const std::vector<results::SweptKey>& keys, const std::vector<std::int64_t>& leads) {
  SweepView view{keys, {}};
  for (const std::int64_t lead : leads) view.points.push_back(make_point(lead, std::abs(lead) > 1 ? 10 : 40));
  return view;
}

Chart make_one(const SweepView& view) {
  const std::vector<Chart> charts = make_sweep_charts(view);
  REQUIRE(charts.size() == 1);
  return charts[0];
}

}  // namespace

TEST_CASE("two keys with all their combinations are a heat map") {
  const Chart chart =
      make_one(make_sweep({{"a.x", {"1", "1", "10", "10"}}, {"b.y", {"0.5", "2", "0.5", "2"}}}, {100, 100, -100, 1}));
  CHECK(chart.title == "A is best at 2 of 4 points, B at 1; 1 is too close to call");
  const Panel& panel = chart.panels.at(0);
  CHECK(panel.x.categories == std::vector<std::string>{"1", "10"});
  CHECK(panel.y.categories == std::vector<std::string>{"2", "0.5"});
  REQUIRE(panel.series.size() == 2);  // by who looks best
  CHECK(panel.series[0].name == "A");
  CHECK(panel.series[0].colour == colour_of(0));
  CHECK(panel.series[1].name == "B");
  CHECK(panel.series[1].colour == colour_of(1));
  const auto& of_a = panel.series[0].data;
  const auto& of_b = panel.series[1].data;
  REQUIRE(of_a.size() == 3);
  REQUIRE(of_b.size() == 1);
  CHECK(of_a[0].label == "A");
  CHECK(of_a[0].x == 0.0);
  CHECK(of_a[0].y == 1.0);
  CHECK(of_b[0].label == "B");
  CHECK(of_a[2].label == "too close");
  CHECK(of_a[2].size < of_a[0].size);
  CHECK(chart.table.rows.at(2)[0] == "B");
  CHECK(chart.table.rows.at(3)[0] == "too close: A, B");
  CHECK(chart.alternative.find("x 10, y 0.5: B") != std::string::npos);
}

TEST_CASE("one key of numbers is a line of differences in order, with its band") {
  const SweepView view = make_sweep({{"a.x", {"3", "1", "2"}}}, {100, -100, 1});
  const Chart chart = make_one(view);
  CHECK(chart.title == "A is best at 1 of 3 points, B at 1; 1 is too close to call");
  const Panel& panel = chart.panels.at(0);
  CHECK(panel.rule_label == "no difference from B");
  REQUIRE(panel.series.size() == 2);
  const auto& band = panel.series[0].data;
  const auto& line = panel.series[1].data;
  CHECK(panel.series[1].name == "A");
  CHECK(line[0].x == 1.0);
  CHECK(line[0].y == -100.0);
  CHECK(line[2].y == 100.0);
  CHECK(band[1].low == view.points[2].comparison.strategies[0].from_baseline->joint->low);
  CHECK(*band[1].low < 0.0);
  CHECK(*band[1].high > 0.0);
}

TEST_CASE("one key of texts is rows of differences") {
  const Chart chart = make_one(make_sweep({{"a.when", {"\"purchase\"", "\"first result\""}}}, {100, 50}));
  CHECK(chart.title == "A is best at both points");
  CHECK(chart.panels.at(0).y.categories == std::vector<std::string>{"purchase", "first result"});
  CHECK(chart.panels[0].series.at(0).data.at(1).x == 50.0);
}

TEST_CASE("two keys of numbers without a grid are points, grey where it is too close") {
  const Chart chart = make_one(make_sweep({{"a.x", {"1", "2", "3"}}, {"b.y", {"5", "4", "9"}}}, {100, 1, 100}));
  const auto& series = chart.panels.at(0).series;
  REQUIRE(series.size() == 2);
  CHECK(series[0].name == "A");
  CHECK(series[0].data.size() == 2);
  CHECK(series[1].name == "too close to call");
  CHECK(series[1].colour.role == Colour::Role::muted);
  CHECK(series[1].data.at(0).y == 4.0);
}

TEST_CASE("of more keys the lead is drawn over each") {
  const Chart chart = make_one(make_sweep(
      {{"a.x", {"1", "2", "3"}}, {"b.y", {"5", "4", "9"}}, {"c.z", {"\"u\"", "\"v\"", "\"u\""}}}, {100, -50, 100}));
  REQUIRE(chart.panels.size() == 3);
  CHECK(chart.panels[2].x.categories == std::vector<std::string>{"u", "v"});
  CHECK(chart.panels[1].series.at(1).name == "B");
  CHECK(chart.panels[1].series[1].data.at(0).y == 50.0);
}

TEST_CASE("a sweep that tells nothing says so") {
  CHECK(make_one(make_sweep({{"a.x", {"1", "2"}}}, {1, 0})).title ==
        "Too close to call between A and B at both points");
  CHECK(make_sweep_charts(make_sweep({{"a.x", {"1"}}}, {1})).empty());
  SweepView view = make_sweep({{"a.x", {"1", "2"}}}, {100, 100});
  view.points[1] = test::make_view({{}, {}}, view.points[0].metric);
  CHECK(make_one(view).title == "A is best at 1 of 2 points; at 1 nothing is known");
}

TEST_CASE("the table of a large sweep has its least certain points") {
  std::vector<std::int64_t> leads(80, 200);
  leads[70] = 1;
  std::vector<std::string> values;
  for (std::size_t p = 0; p < leads.size(); ++p) values.push_back(std::to_string(p));
  const Chart chart = make_one(make_sweep({{"a.x", values}}, leads));
  CHECK(chart.table.rows.size() == 60);
  CHECK(std::any_of(chart.table.rows.begin(), chart.table.rows.end(), [](const auto& row) { return row[1] == "70"; }));
  CHECK(chart.caption.find("The table has the 60 points whose leads are least certain") != std::string::npos);
}
