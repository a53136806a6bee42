// SPDX-License-Identifier: Apache-2.0
#include "report/charts/people_charts.hpp"

#include "report/charts/brief.hpp"
#include "report/world_evidence.hpp"
#include "small_file.hpp"
#include "support/catch.hpp"

using namespace vouch::report;
using vouch::statistics::Estimate;
using vouch::statistics::Interval;

namespace {

Estimate make_estimate(double value, double half_width) {
  Estimate estimate;
  estimate.value = value;
  estimate.standard_error = half_width / 2.0;
  estimate.half_width = half_width;
  estimate.interval = Interval{value - half_width, value + half_width};
  return estimate;
}

/// A, the baseline, and B, the best; opt-outs and burned-out customers.
BurdenData make_burdens(const Estimate& opt_outs, const Estimate& burned_out) {
  BurdenData data;
  data.order = {{"A", "B"}, {1, 0}, 0};
  data.burdens = {{"opted out", 1000.0, "", Mark::interval, {make_estimate(0.02, 0.002), make_estimate(0.01, 0.002)}},
                  {"burned out", 100.0, " %", Mark::interval, {make_estimate(0.10, 0.02), make_estimate(0.12, 0.02)}}};
  data.contrasts = {Contrast{1, 0, opt_outs}, Contrast{1, 0, burned_out}};
  data.phrases = {"of 1,000 customers opted out", "of those asked burned out"};
  return data;
}

/// Constant over three months, of 100 worlds.
FatigueData make_fatigue(const std::vector<double>& means, double variance) {
  FatigueData data;
  data.bins = {{0, 30, 60}, 30.0, true};
  for (std::size_t s = 0; s < means.size(); ++s) {
    data.order.names.push_back(std::string(1, static_cast<char>('A' + s)));
    data.order.ranking.push_back(s);
    data.fatigue.push_back(std::vector(3, Spread{means[s], variance}));
    data.samples.push_back({100, 100});
  }
  return data;
}

}  // namespace

TEST_CASE("the title about people tells of a burden that surely differs") {
  const Estimate sure = make_estimate(-0.01, 0.005);
  const Estimate unsure = make_estimate(-0.01, 0.02);
  const Estimate more = make_estimate(0.02, 0.005);
  CHECK(chart_people(make_burdens(sure, more)).title == "Under B 10 of 1,000 customers opted out, under A 20");
  CHECK(chart_people(make_burdens(unsure, more)).title == "Under B 12 % of those asked burned out, under A 10 %");
  CHECK(chart_people(make_burdens(unsure, unsure)).title == "Under B 10 of 1,000 customers opted out (8 to 12)");
  // What the worlds that both have show is not told by values that say the opposite.
  CHECK(chart_people(make_burdens(unsure, sure)).title == "Under B 10 of 1,000 customers opted out (8 to 12)");
}

TEST_CASE("a burden of a single world is not told to more digits than are known") {
  BurdenData data = make_burdens({}, {});
  data.burdens[0].estimates[1] = {};
  data.burdens[0].estimates[1].value = 0.007616975;
  CHECK(chart_people(data).title == "Under B 7.6 of 1,000 customers opted out");
}

TEST_CASE("a burden that no world shows has no line to be taken for one") {
  BurdenData data = make_burdens(make_estimate(0.0, 1.0), make_estimate(0.0, 1.0));
  Estimate& none = data.burdens[0].estimates[1];
  none = make_estimate(0.0, 0.018);
  none.caution = vouch::statistics::Caution::rare;
  const Chart chart = chart_people(data);
  CHECK_FALSE(chart.panels[0].series[0].data[0].high.has_value());
  CHECK(chart.panels[0].series[0].data[0].label == "0");
  CHECK(chart.panels[0].series[0].data[1].high.has_value());
  CHECK(chart.table.rows[0][2] == "none seen");
  CHECK(chart.alternative.find("B 0 (none seen)") != std::string::npos);
  CHECK(chart.title == "Under A 20 of 1,000 customers opted out (18 to 22)");  // of who burdens anybody
}

TEST_CASE("no title has the interval of hardly any cases") {
  BurdenData data = make_burdens(make_estimate(0.0, 1.0), make_estimate(0.0, 1.0));
  Estimate& few = data.burdens[0].estimates[1];
  few = make_estimate(0.00002, 0.00004);
  few.interval = Interval{0.0, 0.01153};
  few.caution = vouch::statistics::Caution::few_worlds;
  Chart chart = chart_people(data);
  CHECK(chart.title == "Under B 0.020 of 1,000 customers opted out");
  CHECK(chart.table.rows[0][2] == "too few cases");
  CHECK_FALSE(chart.panels[0].series[0].data[0].high.has_value());
  few = make_estimate(0.01, 0.002);
  few.caution = vouch::statistics::Caution::rare;
  CHECK(chart_people(data).title == "Under B 10 of 1,000 customers opted out");
}

TEST_CASE("burdens are compared between strategies that ask") {
  const vouch::test::SmallFile file(40, vouch::test::fill_plausibly);
  const BurdenData data = read_people(file.read());  // the baseline, "never", asks nobody
  REQUIRE(data.contrasts[0].has_value());
  CHECK(data.contrasts[0]->first == 2);
  CHECK(data.contrasts[0]->second == 1);
}

TEST_CASE("a pair of two that were both chosen is one of all pairs") {
  CHECK(count_pairs(5, true) == 4);
  CHECK(count_pairs(5, false) == 10);
  CHECK(count_pairs(2, true) == 1);
  const vouch::test::SmallFile file(40, vouch::test::fill_plausibly);
  const Reading reading = file.read();  // three strategies
  const auto metric = vouch::statistics::make_plain_metric("referral_wins", "1", "");
  const auto evidence = gather_evidence(reading.file, metric);
  const double confidence = split_confidence(reading.view.confidence, 3);
  const auto expected = vouch::statistics::estimate_difference(evidence, 2, 1, confidence, reading.view.looks).estimate;
  const auto contrast = contrast_strategies(reading, evidence, {2, 1}, 1);
  REQUIRE(contrast.has_value());
  CHECK(contrast->difference.half_width == expected.half_width);
}

TEST_CASE("the fatigue chart says above what a customer is burned out, if that is one number") {
  FatigueData data = make_fatigue({0.5, 0.1}, 0.01);
  CHECK(chart_fatigue(data).caption.find("burned out") == std::string::npos);
  data.limit = 2.5;
  CHECK(chart_fatigue(data).caption.ends_with("A customer above 2.5 counts as burned out in this scenario."));
  vouch::results::RunIdentity identity;
  identity.scenario_text = "[output]\nfatigue_limit = 2.5\n";
  CHECK(find_scenario_number(identity, "fatigue_limit") == 2.5);
  CHECK_FALSE(find_scenario_number(identity, "horizon_days").has_value());
  identity.sweep.emplace_back().key = "output.fatigue_limit";
  CHECK_FALSE(find_scenario_number(identity, "fatigue_limit").has_value());
}

TEST_CASE("a strategy tires customers most only if it surely does") {
  CHECK(chart_fatigue(make_fatigue({0.5, 0.1}, 0.01)).title ==
        "A tires customers most: their mean fatigue reached 0.50 at the end of month 1");
  CHECK(chart_fatigue(make_fatigue({0.11, 0.1}, 0.01)).title.find("not surely higher") != std::string::npos);
  FatigueData few = make_fatigue({0.5, 0.1}, 0.01);
  few.samples.assign(2, {20, 20});
  CHECK(chart_fatigue(few).title == "Mean fatigue was highest under A, 0.50 at the end of month 1");
  CHECK(chart_fatigue(make_fatigue({0.5}, 0.01)).title ==
        "Mean fatigue was highest under A, 0.50 at the end of month 1");
}

TEST_CASE("numbers of titles are short, but tell apart what differs") {
  CHECK(format_brief(16.94) == "17");
  CHECK(format_brief(1234.5) == "1,234");
  CHECK(format_brief(0.0849) == "0.085");
  CHECK(format_brief(0.0) == "0");
  CHECK(format_brief(7.54, 5.31) == std::pair<std::string, std::string>{"7.5", "5.3"});
  CHECK(format_brief(7.54, 7.51) == std::pair<std::string, std::string>{"7.54", "7.51"});
  CHECK(format_brief(43.41, 43.68) == std::pair<std::string, std::string>{"43.4", "43.7"});
  CHECK(format_brief(24.0, 0.0) == std::pair<std::string, std::string>{"24", "0"});
}
