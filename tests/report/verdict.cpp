// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>
#include <utility>

#include "evidence.hpp"
#include "report/comparison_view.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch::report;
using namespace vouch::statistics;
using vouch::test::make_view;
using vouch::test::Worlds;

namespace {

const Metric money = make_plain_metric("net_value", "currency", "");
const Metric rate{"yes_rate", "share", "", Direction::higher_is_better, {{"yes"}}, {{"asks"}}};

std::string tell(const std::vector<Worlds>& strategies, const Metric& metric = money) {
  return format_verdict(make_view(strategies, metric));
}

}  // namespace

TEST_CASE("a clear winner is named, with its lead") {
  CHECK(tell({{{100, 110, 120, 130}}, {{201, 212, 219, 232}}}) ==
        "B is best: 101.00 ± 2.25 EUR more net_value than A, the second (95 % confidence, 4 worlds each).");
}

TEST_CASE("where less is better the winner has less") {
  CHECK(tell({{{100, 110, 120, 130}}, {{201, 212, 219, 232}}}, make_plain_metric("touch_cost", "currency", ""))
            .find("A is best: 101.00 ± 2.25 EUR less touch_cost than B") == 0);
}

TEST_CASE("what the interval does not show is not claimed") {
  const std::string verdict = tell({{{10, 20, 30, 40}}, {{11, 19, 32, 39}}});
  CHECK(verdict.find("Too close to call between B and A. B is ahead of A by 0.25 ± 2.39 EUR") == 0);
  CHECK(verdict.find(" is best") == std::string::npos);
}

TEST_CASE("of a tie it is said what choosing the first may cost") {
  // 0.25 - 2.39 is how far the first may be behind.
  const std::string verdict = tell({{{10, 20, 30, 40}}, {{11, 19, 32, 39}}});
  CHECK(verdict.find("Whoever chooses B is at most 2.14 EUR behind the best (95 % confidence), and 0.") !=
        std::string::npos);
  const std::string asks = tell({{{10, 20, 30, 40}}, {{11, 19, 32, 39}}}, make_plain_metric("asks", "1", ""));
  CHECK(asks.find("Whoever") == std::string::npos);
}

TEST_CASE("what an aim left open is not called close where the aim was reached") {
  auto options = vouch::test::make_view_options(2);
  options.looks = Looks::any;
  options.reached_aim = "best by net_value within 5";
  Worlds first, second;
  for (int i = 0; i < 10; ++i) {
    for (const std::int64_t x : {10, 20, 30, 40}) first.numerators.push_back(x);
    for (const std::int64_t x : {11, 19, 32, 39}) second.numerators.push_back(x);
  }
  const auto view = vouch::report::make_view(vouch::test::make_evidence({first, second}, money), money, options);
  const std::string verdict = format_verdict(view);
  INFO(verdict);
  CHECK(
      verdict.find("Settled as far as the aim goes (best by net_value within 5), and no further: either B or A may be "
                   "the best. B is ahead of A by 0.25 ± ") == 0);
  CHECK(verdict.find("which may be chance") != std::string::npos);
  CHECK(verdict.find("--replications") == std::string::npos);
}

TEST_CASE("shares are told apart in points") {
  CHECK(tell({{{1, 2, 3}, {10, 20, 31}}, {{5, 11, 16}, {10, 20, 30}}}, rate)
            .find("percentage points more yes_rate than A") != std::string::npos);
}

TEST_CASE("degenerate comparisons say what is the matter") {
  CHECK(tell({{{1}}, {{2}}}).find("Not known: 1 world each cannot show") == 0);
  CHECK(tell({{{1, 2}}, {{1, 2}}}) == "No difference: A and B have the same net_value in all worlds (2 worlds each).");
  CHECK(tell({{}, {}}).find("No world has been completed") == 0);
  CHECK(tell({{{0, 0}, {0, 0}}, {{0, 0}, {0, 0}}}, rate).find("No strategy has a value") == 0);
  CHECK(tell({{{0, 0}, {0, 0}}, {{1, 2}, {3, 4}}}, rate).find("Only B has a value") == 0);
  CHECK(tell({{{1, 2}}}).empty());
}

TEST_CASE("a lead without variation is a tie that asks for more worlds") {
  CHECK(tell({{{1, 7}}, {{3, 9}}}) ==
        "Too close to call between B and A. B is ahead of A by 2 EUR, but these worlds (2 worlds each) show no "
        "variation of that lead to judge it by: run more (--replications).");
  CHECK(tell({{{1, 1}}, {{3, 3}}}).find("B is best: 2 ± 0 EUR more") == 0);
}

TEST_CASE("a tie says how many worlds would show the lead, and how surely") {
  // The difference is 1 with a standard error of 1 from 101 worlds: 1063 needed, as in tests/statistics.
  Worlds lead;
  for (int i = 0; i < 101; ++i)
    lead.numerators.push_back(i == 0 ? 100'000 : 100'000 + (i % 2 == 0 ? 1 : -1) * 1'004'988);
  const auto verdict = format_verdict(make_view({lead, {std::vector<std::int64_t>(101, 0)}}, money, {1, 1e-5}));
  CHECK(verdict.find("which may be chance. If that is the true difference, about 1,100 worlds would show it nine "
                     "times in ten (--replications).") != std::string::npos);
}

TEST_CASE("among many the lead's interval is that of all comparisons, and says so") {
  std::vector<Worlds> strategies(4, {{0, 0, 0, 0}});
  strategies[2] = {{20, 21, 20, 21}};
  CHECK(tell(strategies).find("the second (95 % confidence over all 4 strategies, 4 worlds each)") !=
        std::string::npos);
}

TEST_CASE("a strategy that was dropped early is compared over the worlds that it has") {
  const std::string verdict = tell({{{10, 11, 12}}, {{30, 32, 31, 33, 30, 35}}, {{20, 22, 21, 23, 21, 26}}});
  CHECK(verdict.find("B is best") == 0);
  CHECK(verdict.find("3 to 6 worlds each") != std::string::npos);
}

TEST_CASE("too few antithetic worlds ask for pairs") {
  const auto tell_pairs = [](std::vector<std::int64_t> a, std::vector<std::int64_t> b) {
    return format_verdict(make_view({{std::move(a)}, {std::move(b)}}, money, {2, 1.0}));
  };
  CHECK(tell_pairs({1}, {2}).find("No antithetic pair of worlds has been completed") == 0);
  CHECK(tell_pairs({1, 1}, {2, 2}) ==
        "Not known: 2 worlds each cannot show how much worlds differ; run at least two pairs.");
}

TEST_CASE("equals are not said to be ahead of each other") {
  CHECK(tell({{{0, 0, 0}}, {{0, 0, 0}}, {{0, 0, -1}}}) == "Too close to call between A, B and C.");
}

TEST_CASE("any number of strategies that are the same in every world are said to be") {
  const Worlds same{{4, 6, 5}};
  CHECK(tell({same, same, same}) == "No difference: A, B and C have the same net_value in all worlds (3 worlds each).");
  CHECK(tell({same, {{-400, -406, -404}}, same, same}) ==
        "No difference between the first: A, C and D have the same net_value in all worlds (3 worlds each).");
}

TEST_CASE("what is neither good nor bad has no best") {
  CHECK(tell({{{100, 110, 120, 130}}, {{201, 212, 219, 232}}}, make_plain_metric("asks", "1", "")) ==
        "B has most asks: 101.00 ± 2.25 more than A, the second (95 % confidence, 4 worlds each).");
}

TEST_CASE("no sentence claims what an interval denies") {
  std::mt19937_64 generator(vouch::test::seed_of("no sentence claims what an interval denies"));
  const auto below = [&](std::uint64_t n) { return static_cast<std::int64_t>(generator() % n); };
  int num_winners = 0;
  int num_ties = 0;
  for (int repeat = 0; repeat < 400; ++repeat) {
    const bool is_ratio = below(2) == 1;
    std::vector<Worlds> strategies(2 + static_cast<std::size_t>(below(4)));
    const std::int64_t most = 2 + below(60);
    const std::int64_t spread = 1 + below(40);
    std::vector<std::int64_t> common(static_cast<std::size_t>(most));
    for (auto& luck : common) luck = below(100);
    for (Worlds& worlds : strategies) {
      const std::int64_t shift = below(30);
      const std::int64_t count = below(4) == 0 ? 1 + below(static_cast<std::uint64_t>(most)) : most;
      for (std::int64_t i = 0; i < count; ++i) {
        worlds.numerators.push_back(common[static_cast<std::size_t>(i)] + shift +
                                    below(static_cast<std::uint64_t>(spread)));
        worlds.denominators.push_back(200 + below(50));
      }
    }
    const Metric& metric = is_ratio ? rate : below(2) == 0 ? money : make_plain_metric("touch_cost", "currency", "");
    const auto view = make_view(strategies, metric);
    const std::string verdict = format_verdict(view);
    const auto& comparison = view.comparison;
    const auto& first = comparison.strategies[comparison.ranking[0]];
    INFO(format_comparison(view));
    if (verdict.find(" is best") != std::string::npos) {
      ++num_winners;
      CHECK(comparison.lead->estimate.excludes_zero());
      REQUIRE(first.from_best);
      CHECK(first.from_best->low == 0.0);
      REQUIRE(first.prospect);
      CHECK(first.prospect->chance_of_best > view.confidence - 0.02);
      for (const std::size_t s : comparison.ranking)
        if (s != comparison.ranking[0]) CHECK(comparison.strategies[s].from_best->high == 0.0);
    } else {
      ++num_ties;
      CHECK(comparison.contenders.size() > 1);
      CHECK(verdict.find("best:") == std::string::npos);
    }
    for (const ComparedPair& pair : comparison.pairs)
      if (pair.difference.is_told_apart) {
        const auto& joint = pair.difference.joint;
        REQUIRE(joint);
        CHECK((joint->low > 0.0 || joint->high < 0.0));
      }
  }
  CHECK(num_winners > 40);
  CHECK(num_ties > 40);
}
