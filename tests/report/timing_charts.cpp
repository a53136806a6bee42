// SPDX-License-Identifier: Apache-2.0
#include "report/charts/timing_charts.hpp"

#include <cmath>

#include "support/catch.hpp"

using namespace vouch::report;

namespace {

/// Of 400 worlds: asks and yeses of each by strategy and band, of a Poisson's variance.
AnswerData make_data(const std::string& trait, const std::vector<std::vector<double>>& asks,
                     const std::vector<std::vector<double>>& yes) {
  AnswerData data;
  data.axis = {trait, "1", {0.0, 30.0, 60.0}};
  for (std::size_t s = 0; s < asks.size(); ++s) {
    data.order.names.push_back(std::string(1, static_cast<char>('A' + s)));
    data.order.ranking.push_back(s);
    auto& own_asks = data.asks.emplace_back();
    auto& own_yes = data.yes.emplace_back();
    for (std::size_t b = 0; b < 3; ++b) {
      own_asks.push_back({asks[s][b], asks[s][b]});
      own_yes.push_back({yes[s][b], yes[s][b]});
    }
    data.samples.push_back({400, 400});
  }
  return data;
}

}  // namespace

TEST_CASE("a ratio of which only spreads are known has an interval that is never too narrow") {
  // Of Y and A in each world: the delta method's variance for three correlations, and the bound.
  const Spread yes{20.0, 9.0};
  const Spread asks{100.0, 16.0};
  const Sample sample{100, 100};
  const auto ratio = estimate_ratio(yes, asks, sample, 0.95);
  REQUIRE(ratio.has_value());
  CHECK(ratio->value == 0.2);
  const double t = vouch::statistics::compute_t_quantile(0.95, 99);
  for (const double correlation : {-1.0, 0.0, 0.9}) {
    const double variance = 9.0 - 2.0 * 0.2 * correlation * 3.0 * 4.0 + 0.04 * 16.0;
    CHECK(ratio->half_width >= t * std::sqrt(variance / 100.0) / 100.0 - 1e-12);
  }
  CHECK(ratio->half_width == Approx(t * (3.0 + 0.2 * 4.0) / 10.0 / 100.0));
  CHECK_FALSE(estimate_ratio(yes, {0.0, 0.0}, sample, 0.95).has_value());
  CHECK_FALSE(estimate_ratio(yes, asks, {1, 1}, 0.95).has_value());
  CHECK_FALSE(estimate_ratio({20.0, std::nan("")}, asks, sample, 0.95).has_value());
}

TEST_CASE("antithetic pairs count as one world each") {
  const auto single = compute_half_width(1.0, {100, 100}, 0.95);
  const auto paired = compute_half_width(1.0, {100, 50}, 0.95);
  CHECK(*paired > *single * std::sqrt(1.99));
}

TEST_CASE("a title compares two times within a strategy, if they surely differ") {
  const auto title = [](const std::vector<double>& yes_a, const std::vector<double>& yes_b) {
    return chart_timing(make_data("tenure", {{50, 50, 50}, {50, 50, 0}}, {yes_a, yes_b}))->title;
  };
  CHECK(title({10, 20, 12}, {11, 40, 0}) ==
        "Under A asks 30 to 60 days after the purchase were answered yes more often (40 %) than in the first 30 days "
        "(20 %)");
  CHECK(title({10, 10.2, 10.1}, {11, 25, 0}) ==
        "Under B asks 30 to 60 days after the purchase were answered yes more often (50 %) than in the first 30 days "
        "(22 %)");
  // Between A and B everything differs, within them nothing does.
  CHECK(title({10, 10.2, 10.1}, {40.1, 40, 0}) ==
        "These futures do not show, within any one strategy, that answers depended on how long after the purchase "
        "customers were asked");
}

TEST_CASE("the alternative text names the highest and the lowest share of each strategy") {
  const auto chart = chart_timing(make_data("tenure", {{50, 50, 50}}, {{10, 20, 12}}));
  CHECK(chart->alternative.find("A: highest 40.0 % at 30 to 60 days, lowest 20.0 % below 30 days.") !=
        std::string::npos);
}

TEST_CASE("bands in which too few asks landed are not shown") {
  AnswerData data = make_data("tenure", {{50, 0.2, 50}}, {{10, 0.1, 0.01}});
  const auto answers = list_answers(data);
  REQUIRE(answers.size() == 1);  // the second has 80 asks, the third 4 yeses
  CHECK(answers[0].band == 0);
  CHECK(chart_timing(data)->title == "Under A 20.0 % of asks in the first 30 days were answered yes");
  data = make_data("tenure", {{500, 1, 0}}, {{100, 0.5, 0}});
  CHECK(list_answers(data).size() == 1);  // 400 asks, but a five hundredth of all
  CHECK_FALSE(chart_timing(make_data("tenure", {{0, 0, 0}}, {{0, 0, 0}})).has_value());
}

TEST_CASE("few worlds claim nothing of answers") {
  AnswerData data = make_data("tenure", {{50, 50, 50}}, {{10, 40, 10}});
  CHECK(chart_timing(data)->title.starts_with("Under A"));
  data.samples[0] = {29, 29};
  CHECK(chart_timing(data)->title ==
        "29 simulated futures are too few to judge whether answers depended on how long after the purchase customers "
        "were asked");
}

TEST_CASE("tiredness is told from the two bands that are surely apart, never as a trend") {
  const auto title = [](const std::vector<std::vector<double>>& yes) {
    return chart_tiredness(make_data("fatigue", {{50, 40, 45}, {40, 50, 5}}, yes))->title;
  };
  CHECK(title({{25, 15, 10}, {8, 5, 0.5}}) ==
        "Under A asks at a fatigue below 30 were answered yes more often (50 %) than at a fatigue of 60 and more "
        "(22 %)");
  CHECK(title({{10, 15, 25}, {8, 5, 0.5}}) ==
        "Under A asks at a fatigue of 60 and more were answered yes more often (56 %) than at a fatigue below 30 "
        "(20 %)");
  // The third band has more yeses than the second, though fewer asks: it is not passed over.
  CHECK(title({{22, 10, 30}, {8, 5, 0.5}}) ==
        "Under A asks at a fatigue of 60 and more were answered yes more often (67 %) than at a fatigue of 30 to 60 "
        "(25 %)");
  // Between A and B the difference is large, within them only B's is.
  CHECK(chart_tiredness(make_data("fatigue", {{50, 50, 0}, {50, 50, 0}}, {{25, 25, 0}, {10, 5, 0}}))->title ==
        "Under B asks at a fatigue below 30 were answered yes more often (20 %) than at a fatigue of 30 to 60 (10 %)");
  CHECK(chart_tiredness(make_data("fatigue", {{50, 50, 0}, {50, 50, 0}}, {{25, 25, 0}, {5, 5, 0}}))->title ==
        "These futures do not show, within any one strategy, that answers depended on how tired customers were when "
        "asked");
}
