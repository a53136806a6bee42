// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/math/distributions/non_central_t.hpp>
#include <cmath>
#include <stdexcept>

#include "statistics/comparison.hpp"
#include "statistics/series.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;
using vouch::test::make_evidence;
using vouch::test::Series;

namespace {

Comparison compare(const std::vector<Series>& strategies, const ComparisonOptions& options = {}) {
  return compare_strategies(make_evidence(strategies), options);
}

Estimate make_difference(std::size_t num_worlds, double value, std::optional<double> standard_error) {
  Estimate estimate;
  estimate.num_worlds = num_worlds;
  estimate.value = value;
  estimate.standard_error = standard_error;
  return estimate;
}

}  // namespace

TEST_CASE("a comparison ranks, and differs from the baseline") {
  const Comparison comparison = compare({{{10, 11, 12}}, {{30, 31, 33}}, {{20, 21, 22}}});
  CHECK(comparison.ranking == std::vector<std::size_t>{1, 2, 0});
  CHECK(comparison.contenders == std::vector<std::size_t>{1});
  CHECK_FALSE(comparison.strategies[0].from_baseline);
  CHECK(*comparison.strategies[2].from_baseline->difference.estimate.value == Approx(10));
  CHECK(*comparison.lead->estimate.value == Approx(31.0 + 1.0 / 3 - 21));
  CHECK(*comparison.strategies[1].share_of_firsts == 1.0);
  CHECK(comparison.strategies[1].prospect->chance_of_best > 0.99);
  CHECK(comparison.pairs.size() == 3);
}

TEST_CASE("the least is best where lower is better") {
  EvidenceOptions options;
  options.direction = Direction::lower_is_better;
  const Comparison comparison = compare_strategies(make_evidence({{{10, 11}}, {{30, 32}}, {{31, 29}}}, options), {});
  CHECK(comparison.ranking == std::vector<std::size_t>{0, 2, 1});
  CHECK(comparison.strategies[0].prospect->chance_of_best > 0.9);
}

TEST_CASE("strategies that the worlds cannot tell apart are all contenders") {
  const Comparison comparison = compare({{{10, 20, 30, 40}}, {{11, 19, 32, 39}}, {{5, 14, 25, 34}}});
  CHECK(comparison.contenders == std::vector<std::size_t>{1, 0});
}

TEST_CASE("strategies that are the same in every world are told from those that only may be") {
  const Comparison comparison = compare({{{1, 2, 6}}, {{6, 2, 1}}, {{1, 2, 6}}, {{1, 2, 6}}});
  CHECK(comparison.contenders == std::vector<std::size_t>{0, 1, 2, 3});
  CHECK(comparison.equals == std::vector<std::size_t>{0, 2, 3});
}

TEST_CASE("a strategy further down that varies more may still be a contender") {
  CHECK(compare({{{10, 10, 10, 10}}, {{9, 9, 9, 9}}, {{-30, 40, -40, 50}}}).contenders ==
        std::vector<std::size_t>{0, 2});
}

TEST_CASE("the more strategies, the more the best must be ahead by") {
  CHECK(compute_contest_confidence(0.95, 2) == 0.95);
  CHECK(compute_contest_confidence(0.95, 3) == Approx(0.975));
  CHECK(compute_contest_confidence(0.95, 11) == Approx(0.995));
  // t = 6 with 3 degrees of freedom: past 3.18 for two and 4.18 for three strategies, not past 7.70 for twelve.
  constexpr std::int64_t one = 1'000'000;
  const auto behind = static_cast<std::int64_t>((10 - 6 * std::sqrt(4.0 / 3 / 4)) * one);
  std::vector<Series> strategies{{{9 * one, 11 * one, 9 * one, 11 * one}}};
  for (std::size_t k = 2; k <= 12; ++k) {
    strategies.push_back({std::vector<std::int64_t>(4, behind)});
    if (k <= 3) CHECK(compare(strategies).contenders.size() == 1);
  }
  const Comparison comparison = compare(strategies);
  CHECK(comparison.contenders.size() == 12);
  CHECK(comparison.lead_confidence == Approx(1 - 0.05 / 11));
  CHECK_FALSE(comparison.lead->estimate.excludes_zero());
  CHECK(*comparison.strategies[1].from_baseline->difference.estimate.half_width <
        *comparison.lead->estimate.half_width);
}

TEST_CASE("a strategy without a value does not make the others harder to tell apart") {
  std::vector<Series> strategies(6, {{0, 0, 0}, {0, 0, 0}});
  strategies[0] = {{1, 2, 3}, {1, 1, 1}};
  strategies[1] = {{2, 4, 3}, {1, 1, 1}};
  const Comparison comparison = compare(strategies);
  CHECK(comparison.lead_confidence == 0.95);
  const AdjustedDifference& difference = *comparison.strategies[1].from_baseline;  // the only one that is known
  CHECK(difference.joint->low == Approx(difference.difference.estimate.interval->low));
  CHECK(*difference.adjusted_p_value == *difference.difference.p_value);
}

TEST_CASE("a lead that does not vary while the worlds do makes no winner") {
  CHECK(compare({{{1, 5}}, {{2, 6}}}).contenders.size() == 2);
  CHECK(compare({{{1, 1}}, {{2, 2}}}).contenders.size() == 1);
}

TEST_CASE("a strategy that was dropped ranks by the worlds that it shares with the first") {
  // By their own means, over different worlds, the dropped ones would come first and second.
  const Comparison comparison =
      compare({{{90, 91, 92}}, {{95, 97, 96, 1, 2, 3, 2}}, {{80, 84, 85}}, {{94, 96, 95, 0, 1, 2, 1}}});
  CHECK(comparison.ranking == std::vector<std::size_t>{1, 3, 0, 2});
  CHECK(comparison.strategies[0].from_baseline.has_value() == false);
  CHECK(comparison.strategies[2].from_baseline->difference.estimate.num_worlds == 3);
  CHECK(*comparison.lead->estimate.value == Approx(1.0));
  CHECK_FALSE(comparison.lead->estimate.interval);  // the same in every world
}

TEST_CASE("nobody is ranked above one that is ahead of it, whoever has more worlds") {
  const Comparison comparison =
      compare({{{90, 91, 92}}, {{95, 97, 96, 95}}, {{60, 61, 61, 60, 1, 2}}, {{94, 96, 95, 94, 0}}});
  CHECK(comparison.ranking == std::vector<std::size_t>{1, 3, 0, 2});
  CHECK(comparison.contenders.front() == 1);
  CHECK(*comparison.lead->estimate.value > 0.0);
}

TEST_CASE("a strategy without a world in common with the first comes before those without a value") {
  Evidence evidence({.num_strategies = 3});
  for (const std::int64_t x : {1, 2}) {
    evidence.add_group(std::vector<std::optional<WorldValue>>{WorldValue{x}, {}, {}});
    evidence.add_group(std::vector<std::optional<WorldValue>>{{}, WorldValue{9}, {}});
  }
  evidence.add_group(std::vector<std::optional<WorldValue>>{WorldValue{1}, {}, {}});
  CHECK(rank_strategies(evidence) == std::vector<std::size_t>{0, 1, 2});
  const Comparison comparison = compare_strategies(evidence, {});
  CHECK(comparison.contenders == std::vector<std::size_t>{0, 1});
  CHECK_FALSE(comparison.lead);
  CHECK_FALSE(comparison.strategies[0].from_best);
}

TEST_CASE("the worlds needed are those that Student's quantiles ask for") {
  const Estimate lead = make_difference(101, 1.0, 1.0);  // a world's deviation is sqrt(101) = 10.05 differences
  // (1.9623 + 1.2816)^2 x 101 = 1062.8; at 1063 worlds t = 1.9622
  CHECK(*compute_worlds_needed(lead, 0.95, 1'000'000) == 1063);
  CHECK_FALSE(compute_worlds_needed(lead, 0.95, 1062));
  CHECK(*compute_worlds_needed(make_difference(2, 100.0, 0.001), 0.95, 1000) == 2);
  CHECK_FALSE(compute_worlds_needed(make_difference(5, 0.0, 1.0), 0.95, 1000));
  CHECK_FALSE(compute_worlds_needed(make_difference(5, 1.0, 0.0), 0.95, 1000));
  CHECK_FALSE(compute_worlds_needed(make_difference(1, 1.0, {}), 0.95, 1000));
}

TEST_CASE("the worlds needed show the difference nine times in ten") {
  for (const double deviation : {1.0, 3.0, 20.0}) {  // of a world's difference, in units of the difference
    const std::size_t n = *compute_worlds_needed(make_difference(4, 1.0, deviation / 2), 0.95, 1'000'000);
    const auto worlds = static_cast<double>(n);
    const boost::math::non_central_t student(worlds - 1, std::sqrt(worlds) / deviation);
    const double power = boost::math::cdf(boost::math::complement(student, compute_t_quantile(0.95, n - 1)));
    CHECK(power > 0.89);
    CHECK(power < 0.93);  // the last world is a whole one
  }
}

TEST_CASE("with one world nothing is claimed") {
  const Comparison comparison = compare({{{1}}, {{2}}});
  CHECK(comparison.ranking == std::vector<std::size_t>{1, 0});
  CHECK(comparison.contenders.size() == 2);
  CHECK_FALSE(comparison.strategies[0].prospect);
  CHECK_FALSE(comparison.strategies[0].from_best);
  CHECK_FALSE(comparison.pairs[0].difference.joint);
  CHECK_FALSE(comparison.pairs[0].difference.is_told_apart);
  CHECK(*comparison.strategies[1].share_of_firsts == 1.0);
}

TEST_CASE("strategies without a value rank last and contend for nothing") {
  const Comparison comparison = compare({{{0, 0}, {0, 0}}, {{1, 2}, {4, 5}}});
  CHECK(comparison.ranking == std::vector<std::size_t>{1, 0});
  CHECK(comparison.contenders == std::vector<std::size_t>{1});
  CHECK_FALSE(comparison.lead);
  CHECK_FALSE(comparison.strategies[0].prospect);
  CHECK_FALSE(comparison.strategies[1].from_best);
  CHECK_FALSE(comparison.pairs[0].difference.adjusted_p_value);
  CHECK(compare({{{0}, {0}}}).contenders.empty());
}

TEST_CASE("antithetic pairs count as one world each") {
  EvidenceOptions options;
  options.group_size = 2;
  const Comparison comparison = compare_strategies(make_evidence({{{1, 3, 5, 7}}}, options), {});
  CHECK(comparison.strategies[0].estimate.num_worlds == 2);
  CHECK(*comparison.strategies[0].estimate.standard_error == Approx(2.0));  // of 2 and 6
}

TEST_CASE("no comparison without its baseline") {
  ComparisonOptions options;
  options.baseline = 1;
  CHECK_THROWS_AS(compare({{{1}}}, options), std::logic_error);
}

TEST_CASE(
    "differences that may be looked at any time have wider intervals, from a number of worlds on, and no p-value") {
  std::vector<Series> strategies(2);
  for (std::int64_t i = 0; i < 40; ++i) {
    strategies[0].numerators.push_back(i * 37 % 11);
    strategies[1].numerators.push_back(i * 53 % 13 + 2);
  }
  ComparisonOptions any;
  any.looks = Looks::any;
  const auto at_any_time = compare_strategies(make_evidence(strategies), any);
  const auto once = compare_strategies(make_evidence(strategies), {});
  CHECK(*at_any_time.lead->estimate.half_width > 1.3 * *once.lead->estimate.half_width);
  CHECK(at_any_time.strategies[1].from_baseline->joint->low < once.strategies[1].from_baseline->joint->low);
  CHECK_FALSE(at_any_time.strategies[1].from_baseline->adjusted_p_value);
  CHECK(at_any_time.strategies[1].from_best->high > once.strategies[1].from_best->high);
  for (Series& strategy : strategies) strategy.numerators.resize(20);
  const auto early = compare_strategies(make_evidence(strategies), any);
  CHECK_FALSE(early.lead->estimate.half_width);
  CHECK(early.contenders.size() == 2);
}
