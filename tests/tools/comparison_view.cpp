// SPDX-License-Identifier: Apache-2.0
#include "comparison_view.hpp"

#include <cmath>
#include <sstream>
#include <utility>

#include "support/catch.hpp"
#include "text.hpp"
#include "unit.hpp"

using namespace vouch::cli;
using namespace vouch::statistics;

namespace {

ComparisonView make_view(const std::vector<Observations>& strategies,
                         Metric metric = make_plain_metric("net_value", "currency", "")) {
  ComparisonView view;
  view.metric = std::move(metric);
  view.comparison = compare_strategies(strategies, {0, view.metric.direction, 0.95, 1});
  for (std::size_t s = 0; s < strategies.size(); ++s)
    view.strategy_names.push_back(std::string(1, static_cast<char>('A' + s)));
  view.currency = "EUR";
  view.num_worlds = strategies.empty() ? 0 : strategies[0].size();
  return view;
}

}  // namespace

TEST_CASE("a clear winner is named, with its lead") {
  const auto view = make_view({{{100, 110, 120, 130}, {}}, {{201, 212, 219, 232}, {}}});
  CHECK(format_verdict(view) ==
        "B is best: 101.00 ± 2.25 EUR more net_value than A, the second (95 % confidence, 4 worlds each).");
}

TEST_CASE("where less is better the winner has less") {
  const auto view = make_view({{{100, 110, 120, 130}, {}}, {{201, 212, 219, 232}, {}}},
                              make_plain_metric("touch_cost", "currency", ""));
  CHECK(format_verdict(view).find("A is best: 101.00 ± 2.25 EUR less touch_cost than B") == 0);
}

TEST_CASE("what the interval does not show is not claimed") {
  const auto view = make_view({{{10, 20, 30, 40}, {}}, {{11, 19, 32, 39}, {}}});
  const std::string verdict = format_verdict(view);
  CHECK(verdict.find("Too close to call between B and A. B is ahead of A by 0.25 ± ") == 0);
  CHECK(verdict.find("best") == std::string::npos);
}

TEST_CASE("shares are shown in percent, their differences in points") {
  const auto view = make_view({{{1, 2, 3}, {10, 20, 31}}, {{5, 11, 16}, {10, 20, 30}}},
                              {"yes_rate", "share", "", Direction::higher_is_better, {{"yes"}}, {{"asks"}}});
  CHECK(format_verdict(view).find("percentage points more yes_rate than A") != std::string::npos);
  CHECK(make_comparison_json(view)["unit"] == "1");
}

TEST_CASE("degenerate comparisons say what is the matter") {
  CHECK(format_verdict(make_view({{{1}, {}}, {{2}, {}}})).find("Not known: 1 world per strategy") == 0);
  CHECK(format_verdict(make_view({{{1, 2}, {}}, {{1, 2}, {}}})) ==
        "No difference: A and B have the same net_value in all 2 worlds.");
  CHECK(format_verdict(make_view({{{}, {}}, {{}, {}}})).find("No world has been completed") == 0);
  CHECK(format_verdict(make_view({{{0, 0}, {0, 0}}, {{0, 0}, {0, 0}}})).find("No strategy has a value") == 0);
  CHECK(format_verdict(make_view({{{0, 0}, {0, 0}}, {{1, 2}, {3, 4}}})).find("Only B has a value") == 0);
  CHECK(format_verdict(make_view({{{1, 2}, {}}})).empty());
}

TEST_CASE("a lead without variation is a tie that asks for more worlds") {
  const auto view = make_view({{{1, 7}, {}}, {{3, 9}, {}}});
  CHECK(format_verdict(view) ==
        "Too close to call between B and A. B is ahead of A by 2 EUR, but these 2 worlds show no variation of that "
        "lead to judge it by: run more worlds (--replications).");
  CHECK(make_comparison_json(view)["strategies"][0]["from_baseline"]["half_width"].is_null());
  CHECK(make_comparison_json(view)["strategies"][0]["chance_of_best"].is_null());
  CHECK(format_verdict(make_view({{{1, 1}, {}}, {{3, 3}, {}}})).find("B is best: 2 ± 0 EUR more") == 0);
}

TEST_CASE("a tie says how many worlds would show the lead, and how surely") {
  // The difference is 1 with a standard error of 1 from 101 worlds: 1063 needed, as in tests/statistics.
  Observations lead;
  for (int i = 0; i < 101; ++i)
    lead.numerators.push_back(1 + (i == 0 ? 0.0 : (i % 2 == 0 ? 1.0 : -1.0) * std::sqrt(101)));
  const std::string verdict = format_verdict(make_view({lead, {std::vector<double>(101, 0.0), {}}}));
  CHECK(verdict.find("which may be chance. If that is the true difference, about 1,100 worlds would show it nine "
                     "times in ten (--replications).") != std::string::npos);
}

TEST_CASE("among many the lead's interval is that of all comparisons, and says so") {
  auto strategies = std::vector<Observations>(4, {{0, 0, 0, 0}, {}});
  strategies[2] = {{20, 21, 20, 21}, {}};
  CHECK(
      format_verdict(make_view(strategies)).find("the second (95 % confidence over all 4 strategies, 4 worlds each)") !=
      std::string::npos);
}

TEST_CASE("too few antithetic worlds ask for pairs") {
  for (const auto& [num_worlds, start] :
       {std::pair<std::size_t, std::string>{1, "Not known: half of one antithetic pair"},
        {2, "Not known: 2 worlds per strategy cannot show how much worlds differ; run at least two pairs."}}) {
    const std::vector<Observations> strategies{{std::vector<double>(num_worlds, 1), {}},
                                               {std::vector<double>(num_worlds, 2), {}}};
    auto view = make_view(strategies);
    view.comparison = compare_strategies(strategies, {0, view.metric.direction, 0.95, 2});
    CHECK(format_verdict(view).find(start) == 0);
  }
}

TEST_CASE("equals are not said to be ahead of each other") {
  const std::string verdict = format_verdict(make_view({{{0, 0, 0}, {}}, {{0, 0, 0}, {}}, {{0, 0, -1}, {}}}));
  CHECK(verdict == "Too close to call between A, B and C.");
}

TEST_CASE("any number of strategies that are the same in every world are said to be") {
  const Observations same{{4, 6, 5}, {}};
  CHECK(format_verdict(make_view({same, same, same})) ==
        "No difference: A, B and C have the same net_value in all 3 worlds.");
  CHECK(format_verdict(make_view({same, {{-400, -406, -404}, {}}, same, same})) ==
        "No difference between the first: A, C and D have the same net_value in all 3 worlds.");
}

TEST_CASE("what is neither good nor bad has no best") {
  auto view = make_view({{{100, 110, 120, 130}, {}}, {{201, 212, 219, 232}, {}}}, make_plain_metric("asks", "1", ""));
  CHECK(format_verdict(view) ==
        "B has most asks: 101.00 ± 2.25 more than A, the second (95 % confidence, 4 worlds each).");
  CHECK(format_comparison(view).find("best") == std::string::npos);
  CHECK(format_comparison(view).find("first in") == std::string::npos);
  const auto json = make_comparison_json(view);
  CHECK(json["better"] == "neither");
  CHECK(json["strategies"][0]["share_of_firsts"].is_null());
  CHECK(json["strategies"][0]["chance_of_best"].is_null());
}

TEST_CASE("one strategy by itself is in no contest") {
  const auto view = make_view({{{1, 2, 4}, {}}});
  const std::string text = format_comparison(view);
  CHECK(text.find("best") == std::string::npos);
  CHECK(text.find("first in") == std::string::npos);
  CHECK(make_comparison_json(view)["strategies"][0]["chance_of_best"].is_null());
  CHECK(explain_pairing(view).empty());
}

TEST_CASE("the printed interval of a share ends at 0 and 100 %") {
  const Metric share{"served_rate", "share", "", Direction::higher_is_better, {{"a"}}, {{"b"}}};
  const std::string text = format_comparison(
      make_view({{{99, 100, 100, 100}, {100, 100, 100, 100}}, {{1, 0, 0, 0}, {100, 100, 100, 100}}}, share));
  INFO(text);
  CHECK(text.find(" to 100.00 ") != std::string::npos);
  CHECK(text.find(" 0.00 to ") != std::string::npos);
  CHECK(text.find("100.5") == std::string::npos);
  CHECK(find_bounds(0.5, 0.25, {100.0, "%", ""}) == std::pair(0.25, 0.75));
  CHECK(find_bounds(0.5, 2.0, {100.0, "%", ""}) == std::pair(0.0, 1.0));
  CHECK(find_bounds(1.25, 0.5, {100.0, "%", ""}) == std::pair(0.75, 1.25));  // no share after all
  CHECK(find_bounds(0.5, 2.0, {}) == std::pair(-1.5, 2.5));
}

TEST_CASE("tables hold no NaN and fit on a page") {
  const std::vector<std::vector<Observations>> all{
      {{{1}, {}}, {{2}, {}}},
      {{{}, {}}, {{}, {}}},
      {{{0, 0}, {0, 0}}, {{1, 2}, {3, 4}}},
      {{{5, 5, 5}, {}}, {{5, 5, 5}, {}}, {{7, 7, 7}, {}}},
      {{{123456789, 123556789, 122456789}, {}}, {{-123456789, -123456000, -123400000}, {}}},
      {{{1, 2, 3}, {}}},
  };
  for (const auto& strategies : all) {
    auto view = make_view(strategies);
    view.strategy_names[0] = "at signing, and once more, at once, if the first answer was a maybe";
    const std::string text = format_comparison(view) + make_comparison_json(view).dump();
    CHECK(text.find("nan") == std::string::npos);
    CHECK(text.find("inf") == std::string::npos);
    std::istringstream lines(format_comparison(view));
    for (std::string line; std::getline(lines, line);) CHECK(compute_width(line) <= 100);
  }
}

TEST_CASE("the JSON has what the tables have, unrounded") {
  const auto json = make_comparison_json(make_view({{{1, 2, 3.5}, {}}, {{2, 4, 6}, {}}}));
  CHECK(json["unit"] == "EUR");
  CHECK(json["baseline"] == "A");
  CHECK(json["strategies"][0]["strategy"] == "B");
  CHECK(json["strategies"][0]["value"] == 4.0);
  CHECK(json["strategies"][1]["from_baseline"].is_null());
  CHECK(json["strategies"][0]["from_baseline"]["interval"].size() == 2);
}
