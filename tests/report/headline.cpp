// SPDX-License-Identifier: Apache-2.0
// The headline is true: each case by its full text, and many random comparisons by a checker that reads the sentence
// and compares what it claims with what the worlds show.
#include "report/headline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <regex>

#include "evidence.hpp"
#include "report/told_number.hpp"
#include "statistics/spread.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch;
using namespace vouch::report;
using namespace vouch::statistics;
using test::make_view;
using test::Worlds;

namespace {

const Metric money = make_plain_metric("net_value", "currency", "what is left");
const Metric cost = make_plain_metric("touch_cost", "currency", "");
const Metric asks = make_plain_metric("asks", "1", "");
const Metric wins = make_plain_metric("referral_wins", "1", "");
const Metric rate{"yes_rate", "share", "", Direction::higher_is_better, {{"yes"}}, {{"asks"}}};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

void check_holds(const std::string& text, const std::string& part) {
  INFO(text);
  INFO(part);
  CHECK(contains(text, part));
}

ComparisonView make_named(const std::vector<Worlds>& strategies, const Metric& metric,
                          const std::vector<std::string>& names, std::size_t baseline = 0) {
  ViewOptions options = test::make_view_options(strategies.size());
  for (std::size_t s = 0; s < names.size(); ++s) options.strategy_names[s] = names[s];
  options.baseline = baseline;
  return make_view(test::make_evidence(strategies, metric), metric, options);
}

/// 40 worlds around `mean`, with luck that all share and some of their own.
Worlds make_worlds(std::int64_t mean, std::uint64_t own = 1) {
  std::mt19937_64 generator(own);
  Worlds worlds;
  for (std::int64_t i = 0; i < 40; ++i)
    worlds.numerators.push_back(mean + 10 * (i % 7) + static_cast<std::int64_t>(generator() % 200));
  return worlds;
}

}  // namespace

TEST_CASE("a clear winner is told in percent of the baseline, with the interval of the percentage") {
  const Headline headline =
      make_headline(make_named({make_worlds(1000), make_worlds(1270, 5)}, wins, {"at-signing", "after-first-result"}));
  CHECK(
      headline.answer ==
      "after-first-result is best: 25 % more customers won by referral than at-signing (95 % interval 23 to 28 %); it "
      "came first in all simulated futures.");
  CHECK(headline.stake.empty());
}

TEST_CASE("where the baseline wins it is compared with the second") {
  const Headline headline =
      make_headline(make_named({make_worlds(1500), make_worlds(1000, 3), make_worlds(1200, 5)}, wins, {}));
  check_holds(headline.answer, "A, the baseline, is best: ");
  check_holds(headline.answer, " % more customers won by referral than C, the second (95 % interval ");
}

TEST_CASE("a winner that is not the baseline tells its lead over the second, too") {
  const Headline headline =
      make_headline(make_named({make_worlds(1000), make_worlds(1100, 3), make_worlds(1200, 5)}, money, {}));
  check_holds(headline.answer, "C is best: ");
  check_holds(headline.answer, " % more net value than A (95 % interval ");
  check_holds(headline.stake, "B comes next: C is ahead of it by ");
}

TEST_CASE("the headline says less where less is better") {
  check_holds(make_headline(make_view({make_worlds(1000), make_worlds(2000, 3)}, cost)).answer,
              "A, the baseline, is best: ");
  check_holds(make_headline(make_named({make_worlds(2000), make_worlds(1000, 3)}, cost, {})).answer,
              " % less cost of touches than A (95 % interval ");
}

TEST_CASE("what comes next is said to cost more, not to be behind, where less is better") {
  const Headline headline =
      make_headline(make_named({make_worlds(3000), make_worlds(1000, 3), make_worlds(2000, 5)}, cost, {}));
  check_holds(headline.stake, "C comes next: B has ");
  check_holds(headline.stake, " % less cost of touches than it (95 % interval ");
}

TEST_CASE("what choosing costs is told though the second by value is surely behind") {
  // C is close to B but steadily below it; A varies too much to tell.
  Worlds best = make_worlds(1000);
  Worlds behind = best;
  for (std::size_t i = 0; i < behind.numerators.size(); ++i) behind.numerators[i] -= 10 + static_cast<int>(i % 3);
  Worlds wild = best;
  for (std::size_t i = 0; i < wild.numerators.size(); ++i) wild.numerators[i] += i % 2 == 0 ? 900 : -1000;
  const ComparisonView view = make_view({wild, best, behind}, money);
  REQUIRE(view.comparison.contenders == std::vector<std::size_t>{1, 0});
  REQUIRE(view.comparison.ranking[1] == 2);
  check_holds(make_headline(view).stake, "Whoever chooses B is at most ");
}

TEST_CASE("too close to call names the contenders and what choosing costs") {
  const Headline headline = make_headline(make_view({{{10, 20, 30, 40}}, {{11, 19, 32, 39}}}, money));
  CHECK(
      headline.answer ==
      "Too close to call between B and A: B looks ahead of A by 1 %, which may be chance (95 % interval -10 to 28 %).");
  check_holds(headline.stake, "Whoever chooses B is at most 2.14 EUR behind the best (95 % confidence), and 0.");
  check_holds(headline.stake,
              "Caution: these intervals may hold the truth less often than in 95 % of cases: fewer "
              "than 30 simulated futures (A and B). More simulated futures help.");
}

TEST_CASE("of contenders that are surely ahead of the baseline that is said") {
  Worlds other = make_worlds(1200, 3);
  const Headline headline = make_headline(make_named({make_worlds(1000), make_worlds(1200, 9), other}, wins, {}));
  INFO(headline.answer);
  check_holds(headline.answer, "Too close to call between ");
  check_holds(headline.answer, ", which looks best, has ");
  check_holds(headline.answer, " % more customers won by referral than A (95 % interval ");
}

TEST_CASE("a single strategy is no contest") {
  const Headline headline = make_headline(make_named({{{100, 110, 120, 130}}}, money, {"solo"}));
  CHECK(headline.answer == "solo is the only strategy, with 115 EUR of net value (95 % interval 94 to 136 EUR).");
  CHECK_FALSE(contains(headline.answer, "best"));
}

TEST_CASE("without any referral nothing is better") {
  const Worlds none{{0, 0, 0}};
  CHECK(make_headline(make_view({none, none, none}, wins)).answer ==
        "No difference: A, B and C have the same customers won by referral in every simulated future (0).");
  CHECK(make_headline(make_view({{{0, 0}, {0, 0}}, {{0, 0}, {0, 0}}}, rate)).answer ==
        "No strategy can be judged by yes rate: no simulated future has anything to take it from.");
  CHECK(make_headline(make_view({{}, {}}, wins)).answer ==
        "Nothing has been simulated to the end yet: there is nothing to compare.");
}

TEST_CASE("a baseline of zero or below gives no percentages") {
  const std::string zero = make_headline(make_view({{{0, 0, 0}}, {{201, 212, 219}}}, wins)).answer;
  check_holds(zero, "B is best: 211 more customers won by referral than A (95 % interval 188 to 233)");
  check_holds(make_headline(make_view({{{-900, -905, -910}}, {{201, 212, 219}}}, money)).answer, " EUR more net value");
}

TEST_CASE("the headline has no best of what is neither good nor bad") {
  const Headline headline = make_headline(make_view({{{100, 110, 120, 130}}, {{201, 212, 219, 232}}}, asks));
  CHECK(headline.answer == "B has most asks: 101.0 more than A, the second (95 % interval 98.7 to 103.3).");
}

TEST_CASE("shares are told in points") {
  check_holds(make_headline(make_view({{{1, 2, 3}, {10, 20, 31}}, {{5, 11, 16}, {10, 20, 30}}}, rate)).answer,
              "B is best: a yes rate that is 43 percentage points higher than that of A (95 % interval ");
}

TEST_CASE("what is counted per customer is told per 100") {
  const Metric ratio{"matched_wins_per_account", "1", "", Direction::higher_is_better, {{"wins"}}, {{"accounts"}}};
  const ComparisonView one = make_named({{{15, 16, 17, 14}, {100, 100, 100, 100}}}, ratio, {"solo"});
  check_holds(make_headline(one).answer, "solo is the only strategy, with 16 referred customers per 100 new customers");
  const ComparisonView two = make_view({{{0, 0, 0}, {90, 90, 90}}, {{9, 10, 11}, {100, 100, 100}}}, ratio);
  check_holds(make_headline(two).answer, "B is best: 10 more referred customers per 100 new customers than A");
  CHECK(describe_metric(ratio, "EUR") == "referred customers per 100 new customers");
  const ComparisonView open =
      make_view({{{10, 20, 30, 40}, {99, 99, 99, 99}}, {{11, 19, 32, 39}, {99, 99, 99, 99}}}, ratio);
  check_holds(make_headline(open).stake, " referred customers per 100 new customers behind the best (95 % confidence)");
}

TEST_CASE("simulated futures and intervals are explained where there are any") {
  const std::string meaning = make_headline(make_view({make_worlds(1000), make_worlds(1200, 3)}, money)).meaning;
  check_holds(meaning,
              "Each strategy was tried in the same 40 simulated futures, in each of which all have the same luck.");
  check_holds(meaning, "about 95 % hold the number");
  CHECK(make_headline(make_view({{{1}}, {{2}}}, money)).meaning ==
        "Each strategy was tried in 1 simulated future, with the same luck.");
  CHECK(make_headline(make_view({{}, {}}, wins)).meaning.empty());
}

TEST_CASE("too few worlds tell nothing") {
  CHECK(make_headline(make_view({{{1}}, {{2}}}, money)).answer ==
        "Too few simulated futures to tell which strategy is best (1 simulated future each).");
  CHECK(
      make_headline(make_view({{{1, 7}}, {{3, 9}}}, money)).answer ==
      "Too close to call between B and A: B looks ahead of A by 2 EUR, but so few futures do not show whether that is "
      "chance.");
  check_holds(make_headline(test::make_view({{{1, 1}}, {{2, 2}}}, money, {2, 1.0})).stake, "two pairs");
}

TEST_CASE("of values that share no world none is called the only one") {
  const ComparisonView view = make_view({{{0, 3}, {0, 5}}, {{2}, {5}}}, rate);
  REQUIRE_FALSE(view.comparison.lead);
  CHECK(make_headline(view).answer.starts_with("Too few simulated futures to tell which strategy is best"));
}

TEST_CASE("a lead that never varies is not put down to few worlds") {
  Worlds first = make_worlds(1000);
  Worlds second = first;
  for (std::int64_t& value : second.numerators) value += 5;
  const Headline headline = make_headline(make_view({first, second}, money));
  CHECK(
      headline.answer ==
      "Too close to call between B and A: B looks ahead of A by 5 EUR, without any variation to judge by whether that "
      "is chance.");
  CHECK(headline.stake.empty());
}

TEST_CASE("twelve strategies, long and foreign names") {
  std::vector<Worlds> strategies;
  for (std::uint64_t s = 0; s < 12; ++s) strategies.push_back(make_worlds(1000, 2 * s + 1));
  check_holds(make_headline(make_view(strategies, wins)).answer, "Too close to call between all 12 strategies: ");
  strategies[7] = make_worlds(2000, 99);
  const std::string name(120, 'x');
  const Headline headline =
      make_headline(make_named(strategies, wins, {"初回成果の後", "", "", "", "", "", "", name, "", "", "", ""}));
  check_holds(headline.answer, name + " is best: ");
  check_holds(headline.answer, " more customers won by referral than 初回成果の後 (95 % interval ");
}

TEST_CASE("huge and tiny numbers stay readable, and what is not zero is not written as zero") {
  const auto tell = [](double unit) {
    const Worlds low{{1'000'000, 1'100'000, 1'200'000}};
    const Worlds high{{1'000'200, 1'100'201, 1'200'202}};
    return make_headline(make_view({low, high}, money, {1, unit})).answer;
  };
  check_holds(tell(1e6), "B is best: 201,000,000 EUR more net value than A (95 % interval 198,500,000 to 203,500,000");
  const std::string tiny = tell(1e-12);
  INFO(tiny);
  check_holds(tiny, "B is best: 0.000000000201");
}

TEST_CASE("an aim that was reached is not called close") {
  ViewOptions options = test::make_view_options(2);
  options.looks = Looks::any;
  options.reached_aim = "best by net_value within 5";
  Worlds first, second;
  for (int i = 0; i < 10; ++i) {
    for (const std::int64_t x : {10, 20, 30, 40}) first.numerators.push_back(x);
    for (const std::int64_t x : {11, 19, 32, 39}) second.numerators.push_back(x);
  }
  const auto view = make_view(test::make_evidence({first, second}, money), money, options);
  CHECK(
      contains(make_headline(view).answer,
               "Settled as far as the aim goes (best by net_value within 5), and no further: either B or A may be the "
               "best; B looks ahead of A by "));
}

TEST_CASE("metrics have plain words, or are told by name") {
  CHECK(describe_metric(money, "EUR") == "EUR of net value");
  CHECK(describe_metric(wins, "EUR") == "customers won by referral");
  CHECK(describe_metric(rate, "EUR") == "% yes rate");
  CHECK(describe_metric(make_plain_metric("favours", "1", "favours done"), "EUR") == "favours (favours done)");
}

TEST_CASE("no headline claims more than its worlds show") {
  std::mt19937_64 generator(test::seed_of("no headline claims more than its worlds show"));
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(generator() % static_cast<std::uint64_t>(n));
  };
  int num_won = 0, num_open = 0, num_percent = 0;
  for (int repeat = 0; repeat < 1500; ++repeat) {
    const std::int64_t num_worlds = 2 + below(60), spread = 1 + below(60), level = below(3) == 0 ? 0 : below(400);
    std::vector<std::int64_t> common;
    for (std::int64_t i = 0; i < num_worlds; ++i) common.push_back(below(100));
    std::vector<Worlds> strategies(2 + static_cast<std::size_t>(below(4)));
    for (Worlds& worlds : strategies) {
      const std::int64_t shift = below(40) - 10;
      for (const std::int64_t luck : common) {
        worlds.numerators.push_back(level + luck + shift + below(spread));
        worlds.denominators.push_back(300 + below(50));
      }
    }
    const Metric ratio{"minutes_per_win", "minutes", "", Direction::lower_is_better, {{"a"}}, {{"b"}}};
    const Metric& metric = *std::array{&money, &cost, &ratio, &rate}[static_cast<std::size_t>(below(4))];
    const auto baseline = static_cast<std::size_t>(below(static_cast<std::int64_t>(strategies.size())));
    const Evidence evidence = test::make_evidence(strategies, metric);
    ViewOptions options = test::make_view_options(strategies.size());
    options.baseline = baseline;
    options.adjustment = below(2) == 0 ? Adjustment::best : Adjustment::none;
    const ComparisonView view = make_view(evidence, metric, options);
    const std::string answer = make_headline(view).answer;
    INFO(fmt::format("{} {}", answer, num_worlds));
    CHECK_FALSE(std::regex_search(answer, std::regex("(: |by |has )-?0(\\.0*)? ")));
    const double each = 1.0 - 0.05 / static_cast<double>(strategies.size() - 1);
    if (contains(answer, " is best")) {
      ++num_won;
      const std::size_t first = static_cast<std::size_t>(answer[0] - 'A');
      for (std::size_t s = 0; s < strategies.size(); ++s) {
        if (s == first) continue;
        const Estimate difference = estimate_difference_only(evidence, first, s, each);
        const bool is_behind_another = view.comparison.strategies[s].from_best->high == 0.0;
        CHECK((difference.excludes_zero() || is_behind_another));
        CHECK(*difference.value * sign_of(metric.direction) >= 0.0);
      }
    } else {
      ++num_open;
      CHECK(view.comparison.contenders.size() > 1);
    }
    // The percentage, recomputed from the worlds, and its interval: at each end the ratio is just not told apart.
    static const std::regex percent(
        "(?:best: |has |by )(-?[0-9.,]+) %.*than ([A-F])[^(]*\\(95 % interval (-?[0-9.,]+) to (-?[0-9.,]+) %\\)");
    std::smatch found;
    if (!std::regex_search(answer, found, percent)) continue;
    ++num_percent;
    const auto number = [&](int i) {
      std::string text = found[static_cast<std::size_t>(i)];
      std::erase(text, ',');
      return std::stod(text);
    };
    const std::size_t first = view.comparison.ranking[0];
    const auto other = static_cast<std::size_t>(found[2].str()[0] - 'A');
    const auto spreads = compute_pair_spread(evidence, first, other);
    const double sign = sign_of(metric.direction);
    const double base = spreads->second.value;
    CHECK(std::abs(100.0 * sign * spreads->difference.value / base - number(1)) <= 0.51);
    CHECK(number(3) <= number(1));
    CHECK(number(4) >= number(1));
    const double t = compute_t_quantile(each, spreads->difference.num_groups - 1);
    const double error_of_base =
        t * std::sqrt(*spreads->second.variance / static_cast<double>(spreads->difference.num_groups));
    for (const int i : {3, 4}) {
      const double r = 1.0 + sign * number(i) / 100.0;
      const double error =
          std::sqrt((*spreads->first.variance - 2.0 * r * *spreads->covariance + r * r * *spreads->second.variance) /
                    static_cast<double>(spreads->difference.num_groups));
      CHECK(std::abs(std::abs(spreads->first.value - r * base) - t * error) <= 0.0051 * (base + error_of_base));
    }
  }
  CHECK(num_won > 100);
  CHECK(num_open > 100);
  CHECK(num_percent > 100);
}
