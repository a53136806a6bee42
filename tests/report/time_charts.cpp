// SPDX-License-Identifier: Apache-2.0
#include "report/charts/time_charts.hpp"

#include "report/charts/time_title.hpp"
#include "support/catch.hpp"

using namespace vouch::report;

namespace {

constexpr std::size_t num_bins = 6;

/// Strategies A (the baseline) and B, 100 worlds, flows of 30 days; B minus A has these means and variance 1.
TimeData make_data(const std::vector<double>& differences) {
  TimeData data;
  data.order = {{"A", "B"}, {1, 0}, 0};
  data.topic = {"referral_wins", "referred customers won in each 30 days", "referred customers", true, false};
  data.bins = {{}, 30.0, false};
  for (std::size_t b = 0; b < num_bins; ++b) data.bins.starts.push_back(30.0 * static_cast<double>(b));
  const std::array<double, 5> quantiles{2, 4, 5, 6, 8};
  data.quantiles.assign(2, std::vector(num_bins, quantiles));
  data.spreads.assign(2, std::vector(num_bins, Spread{5.0, 4.0}));
  data.samples.assign(2, {100, 100});
  data.common_samples = data.samples;
  data.differences.assign(2, std::vector(num_bins, Spread{}));
  for (std::size_t b = 0; b < num_bins; ++b) data.differences[1][b] = {differences[b], 1.0};
  return data;
}

}  // namespace

TEST_CASE("a title over time tells from when on a difference is sure") {
  // Student's t of six intervals at once: 0.27 either way.
  CHECK(find_signs(make_data({0.0, 0.26, 0.28, -0.28, -0.26, 1.0}), 1) == std::vector<int>{0, 0, 1, -1, 0, 1});
  const auto title = [](const std::vector<double>& differences) { return make_time_title(make_data(differences)); };
  const std::string more = "That under B there are more referred customers than under A is sure ";
  CHECK(title({0.1, 0.0, 0.5, 0.5, 0.5, 0.5}) == more + "from month 3 on");
  CHECK(title({0.5, 0.5, 0.5, 0.5, 0.5, 0.5}) ==
        "Under B there are surely more referred customers than under A from the start to the end");
  CHECK(title({-0.5, -0.5, 0.1, 0.5, 0.5, 0.5}) == more + "from month 4 on, the reverse around months 1 to 2");
  CHECK(title({0.1, -0.5, 0.1, 0.1, 0.2, 0.1}) ==
        "That under B there are fewer referred customers than under A is sure around month 2");
  CHECK(title({0.1, 0.1, 0.1, 0.1, 0.1, 0.5}) == more + "at the end, around month 6");
  CHECK(title({-0.5, 0.5, 0.1, 0.5, 0.5, 0.1}) == more + "at times between months 2 and 5, the reverse around month 1");
  CHECK(title({-0.5, 0.1, 0.1, 0.1, 0.1, 0.5}) == more + "at the end, around month 6, the reverse around month 1");
  CHECK(title({0.2, 0.2, 0.2, 0.2, 0.2, 0.2}) ==
        "At no single time is it sure whether B or A has more referred customers");
}

TEST_CASE("of few worlds a title over time says that they are too few, not that nothing differs") {
  TimeData few = make_data({9, 9, 9, 9, 9, 9});
  few.common_samples.assign(2, {29, 29});
  CHECK(make_time_title(few) == "29 simulated futures are too few to judge when B and A differ in referred customers");
  few.common_samples.assign(2, {40, 20});
  CHECK(make_time_title(few).starts_with("20 pairs of simulated futures are too few"));
  few.common_samples.assign(2, {1, 1});
  CHECK(make_time_title(few).starts_with("One simulated future is too few"));
}

TEST_CASE("of rare counts, or of what never varies, a title over time only describes") {
  TimeData rare = make_data({9, 9, 9, 9, 9, 9});
  for (auto& spreads : rare.spreads)
    for (Spread& spread : spreads) spread.mean = 0.4;
  CHECK(make_time_title(rare).starts_with("Under B nine of ten simulated futures lie between"));
  TimeData constant = make_data({9, 9, 9, 9, 9, 9});
  for (Spread& difference : constant.differences[1]) difference.variance = 0.0;
  CHECK(make_time_title(constant).starts_with("Under B nine of ten simulated futures lie between"));
}

TEST_CASE("a strategy that has nothing at any time is not said to have less at some") {
  TimeData data = make_data({0.1, 0.1, 0.5, 0.5, 0.5, 0.1});
  data.spreads[0].assign(num_bins, Spread{});
  CHECK(make_time_title(data) ==
        "Under A no simulated future shows any referred customers at any time; under B some do");
  data.spreads[1].assign(num_bins, Spread{});
  CHECK(make_time_title(data) == "No simulated future shows any referred customers under B or A");
}

TEST_CASE("the caption says where what is shown is not what strategies are compared by") {
  TimeData data = make_data({0, 0, 0, 0, 0, 0});
  CHECK(chart_time(data).caption.find("not the measure") == std::string::npos);
  data.topic.is_measure = false;
  CHECK(chart_time(data).caption.find("This is not the measure of the answer above.") != std::string::npos);
}

TEST_CASE("intervals that may be looked at any time claim later") {
  TimeData data = make_data({0.3, 0.3, 0.3, 0.3, 0.3, 0.3});
  CHECK(make_time_title(data).starts_with("Under B"));
  for (Sample& sample : data.common_samples) sample.looks = vouch::statistics::Looks::any;
  CHECK(make_time_title(data).starts_with("At no single time"));
}

TEST_CASE("the baseline itself is told from the second, and one strategy by its range") {
  TimeData data = make_data({-0.5, -0.5, -0.5, -0.5, -0.5, -0.5});
  data.order.ranking = {0, 1};
  CHECK(make_time_title(data) ==
        "Under B there are surely fewer referred customers than under A from the start to the end");
  data.differences.clear();
  CHECK(make_time_title(data) ==
        "Under A nine of ten simulated futures lie between 2 and 8 in month 6 (referred customers won in each 30 "
        "days)");
}

TEST_CASE("a strategy that towers above the others has a scale of its own, and the caption says so") {
  TimeData data = make_data({0, 0, 0, 0, 0, 0});
  CHECK(chart_time(data).caption.find("scale of its own") == std::string::npos);
  data.order = {{"A", "B", "C"}, {0, 1, 2}, 0};
  data.quantiles.push_back(std::vector(num_bins, std::array<double, 5>{20, 40, 50, 60, 80}));
  data.spreads.push_back(data.spreads[0]);
  data.samples.push_back(data.samples[0]);
  data.common_samples.push_back(data.samples[0]);
  data.differences.push_back(data.differences[0]);
  const Chart chart = chart_time(data);
  CHECK(chart.caption.find("C has a scale of its own") != std::string::npos);
  CHECK(chart.panels[0].y.high == chart.panels[1].y.high);
  CHECK(*chart.panels[2].y.high > *chart.panels[0].y.high);
}

TEST_CASE("a metric has the series that belongs to it") {
  using vouch::statistics::make_plain_metric;
  const std::vector<std::string> all{"contract_value", "referral_wins", "opt_outs", "fatigue_mean"};
  const auto choose = [&](const char* name, const char* unit) {
    return choose_topic(make_plain_metric(name, unit, ""), all, "USD");
  };
  CHECK(choose("net_value", "currency")->series == "contract_value");
  CHECK(choose("net_value", "currency")->title == "recurring revenue, USD a year");
  CHECK(choose("matched_wins_per_account", "1")->series == "referral_wins");
  CHECK(choose("opt_out_rate", "share")->series == "opt_outs");
  CHECK_FALSE(choose("opt_out_rate", "share")->is_measure);
  CHECK(choose("referral_wins", "1")->is_measure);
  CHECK(choose("burned_out_share", "share")->series == "fatigue_mean");
  CHECK_FALSE(choose("rep_minutes", "minutes").has_value());
}

TEST_CASE("bins are thinned from the last one back") {
  TimeBins bins{{0, 30, 60, 90, 120, 150, 180}, 30.0, true};
  CHECK(thin_bins(bins, 3) == std::vector<std::size_t>{0, 3, 6});
  CHECK(thin_bins(bins, 8).size() == 7);
  CHECK(bins.first_month(0) == 1);
  CHECK(bins.first_month(2) == 3);
  CHECK(bins.last_month(2) == 3);
}
