// SPDX-License-Identifier: Apache-2.0
// Several comparisons at once. The numbers were computed in R, by t.test, p.adjust and Hsu's formulas written out.
#include <algorithm>
#include <cmath>

#include "statistics/comparison.hpp"
#include "statistics/series.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;
using vouch::test::make_evidence;
using vouch::test::Series;

namespace {

const std::vector<Series> three{{{10, 12, 11, 15, 9, 13}}, {{9, 13, 12, 13, 10, 11}}, {{5, 8, 7, 9, 6, 8}}};

Comparison compare(const Evidence& evidence, Adjustment adjustment) {
  ComparisonOptions options;
  options.adjustment = adjustment;
  return compare_strategies(evidence, options);
}

}  // namespace

TEST_CASE("Holm's p-values are those of R's p.adjust") {
  const std::vector<double> adjusted = adjust_holm({0.01, 0.04, 0.03, 0.005, 0.5});
  const std::vector<double> expected{0.04, 0.09, 0.09, 0.025, 0.5};
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(adjusted[i] == Approx(expected[i]));
  CHECK(adjust_holm({}).empty());
  CHECK(adjust_holm({0.7, 0.8}) == std::vector<double>{1.0, 1.0});
}

TEST_CASE("pairs are adjusted over all pairs, differences from the baseline over those") {
  const Evidence evidence = make_evidence(three);
  const Comparison comparison = compare(evidence, Adjustment::bonferroni);
  const AdjustedDifference& pair = comparison.pairs[1].difference;
  CHECK(comparison.pairs[1].first == 0);
  CHECK(comparison.pairs[1].second == 2);
  CHECK(pair.joint->low == Approx(2.98678420158734));
  CHECK(pair.joint->high == Approx(6.01321579841266));
  CHECK(*pair.adjusted_p_value == Approx(3 * 1.34621423808123e-04));
  const AdjustedDifference& from_baseline = *comparison.strategies[2].from_baseline;
  CHECK(from_baseline.joint->low == Approx(-5.85447901523519));
  CHECK(from_baseline.joint->high == Approx(-3.14552098476481));
  CHECK(*from_baseline.adjusted_p_value == Approx(2 * 1.34621423808123e-04));
  CHECK(*comparison.pairs[0].difference.adjusted_p_value == 1.0);
  CHECK_FALSE(comparison.pairs[0].difference.is_told_apart);
  CHECK(pair.is_told_apart);
}

TEST_CASE("Holm tells apart what Bonferroni leaves open, with the same intervals") {
  const Comparison holm = compare(make_evidence(three), Adjustment::holm);
  const Comparison bonferroni = compare(make_evidence(three), Adjustment::bonferroni);
  CHECK(*holm.pairs[0].difference.adjusted_p_value == Approx(0.610881183396256));
  CHECK(*holm.pairs[1].difference.adjusted_p_value == Approx(2 * 1.34621423808123e-04));
  CHECK(*holm.pairs[2].difference.adjusted_p_value == Approx(3 * 3.91124869045102e-05));
  for (std::size_t i = 0; i < 3; ++i)
    CHECK(holm.pairs[i].difference.joint->low == bonferroni.pairs[i].difference.joint->low);
  // One p-value of 0.001 or so, and one of 0.03.
  const std::vector<Series> two{{{0, 0, 0, 0, 0}}, {{5, 6, 7, 8, 9}}, {{1, 9, 3, 8, 2}}};
  CHECK_FALSE(compare(make_evidence(two), Adjustment::bonferroni).strategies[2].from_baseline->is_told_apart);
  CHECK(compare(make_evidence(two), Adjustment::holm).strategies[2].from_baseline->is_told_apart);
}

TEST_CASE("without an adjustment each difference stands by itself") {
  const Comparison comparison = compare(make_evidence(three), Adjustment::none);
  const AdjustedDifference& pair = comparison.pairs[0].difference;
  CHECK(*pair.adjusted_p_value == *pair.difference.p_value);
  CHECK(pair.joint->low == pair.difference.estimate.interval->low);
}

TEST_CASE("by default differences from the baseline are Bonferroni's") {
  const Comparison by_default = compare_strategies(make_evidence(three), {});
  const Comparison bonferroni = compare(make_evidence(three), Adjustment::bonferroni);
  CHECK(by_default.strategies[2].from_baseline->joint->low == bonferroni.strategies[2].from_baseline->joint->low);
}

TEST_CASE("comparisons with the best are Hsu's, in either direction") {
  const auto higher = compare_with_best(make_evidence(three), 0.95);
  const std::vector<Interval> expected{
      {-1.6109957274222, 2.27766239408887}, {-2.27766239408887, 1.6109957274222}, {-5.8544790152352, 0.0}};
  EvidenceOptions options;
  options.direction = Direction::lower_is_better;
  const auto lower = compare_with_best(make_evidence(three, options), 0.95);
  const std::vector<Interval> turned{{-5.8544790152352, 0.0}, {-5.13883119704444, 0.0}, {0.0, 5.13883119704444}};
  for (std::size_t s = 0; s < 3; ++s) {
    CHECK(higher[s]->low == Approx(expected[s].low));
    CHECK(higher[s]->high == Approx(expected[s].high));
    CHECK(lower[s]->low == Approx(turned[s].low));
    CHECK(lower[s]->high == Approx(turned[s].high));
  }
}

TEST_CASE("of five, each comparison with the best is so sure that all are at once") {
  // With Student's 0.99375 quantile of 5 degrees of freedom: two tails, of 1/20 shared out to four. Worked out apart
  // from this code.
  const auto intervals = compare_with_best(
      make_evidence({three[0], three[1], three[2], {{11, 10, 12, 14, 8, 12}}, {{12, 12, 10, 16, 9, 11}}}), 0.95);
  const std::vector<Interval> expected{{-2.19970723906948, 2.19970723906948},
                                       {-3.69344164325940, 2.00843384751463},
                                       {-7.57172399123824, 0.0},
                                       {-3.18542592876552, 1.4050023499227},
                                       {-3.02677497659274, 2.19970723906948}};
  for (std::size_t s = 0; s < 5; ++s) {
    CHECK(intervals[s]->low == Approx(expected[s].low));
    CHECK(intervals[s]->high == Approx(expected[s].high));
  }
}

TEST_CASE("a difference without an interval leaves open only what depends on it") {
  // The first two differ by the same in every world; the third is far behind both.
  const auto intervals = compare_with_best(make_evidence({{{10, 12, 11}}, {{11, 13, 12}}, {{1, 2, 4}}}), 0.95);
  CHECK_FALSE(intervals[0]);
  CHECK_FALSE(intervals[1]);
  CHECK(intervals[2]->high == 0.0);
  CHECK(compare_with_best(make_evidence({{{1, 2}}}), 0.95) == std::vector<std::optional<Interval>>(1));
}

TEST_CASE("equals are best together") {
  const auto intervals = compare_with_best(make_evidence({{{1, 5, 3}}, {{1, 5, 3}}}), 0.95);
  CHECK(intervals[0]->low == 0.0);
  CHECK(intervals[0]->high == 0.0);
}

TEST_CASE("equals that lead are ahead of the others together, and none of them is behind") {
  const Comparison comparison = compare_strategies(make_evidence({{{7, 9, 8}}, {{7, 9, 8}}, {{1, 2, 0}}}), {});
  CHECK(comparison.contenders == std::vector<std::size_t>{0, 1});
  for (const std::size_t s : {0U, 1U}) {
    CHECK(comparison.strategies[s].from_best->low == 0.0);
    CHECK(comparison.strategies[s].from_best->high > 0.0);
  }
  CHECK(comparison.strategies[2].from_best->high == 0.0);
}

TEST_CASE("one that cannot be told from the first, but is surely behind another, is no contender") {
  const Evidence evidence = make_evidence({{{0, 10, 20, 30}}, {{5, 15, 26, 35}}, {{40, 28, 18, 8}}});
  CHECK(find_contenders(evidence, rank_strategies(evidence), 0.95) == std::vector<std::size_t>{2, 1, 0});
  CHECK(compare_strategies(evidence, {}).contenders == std::vector<std::size_t>{2, 1});
}

TEST_CASE("a clear winner is one by comparisons with the best too") {
  int num_winners = 0;
  for (std::int64_t seed = 1; seed <= 300; ++seed) {
    std::vector<Series> strategies(4);
    for (std::int64_t i = 0; i < 8; ++i)
      for (std::size_t s = 0; s < 4; ++s)
        strategies[s].numerators.push_back((seed * 7919 + i * 104729 + static_cast<std::int64_t>(s) * 1299709) %
                                               (31 + static_cast<std::int64_t>(s) * 6) +
                                           (s == 2 ? seed / 8 : 0));
    const Evidence evidence = make_evidence(strategies);
    const auto contenders = find_contenders(evidence, rank_strategies(evidence), 0.95);
    const auto intervals = compare_with_best(evidence, 0.95);
    if (contenders.size() == 1) {
      ++num_winners;
      for (std::size_t s = 0; s < 4; ++s) {
        CHECK((intervals[s]->low == 0.0) == (s == contenders[0]));
        CHECK((intervals[s]->high > 0.0) == (s == contenders[0]));
      }
    }
    for (std::size_t s = 0; s < 4; ++s) {  // whoever is surely not best is no contender or only behind another
      CHECK(intervals[s]->low <= 0.0);
      CHECK(intervals[s]->high >= 0.0);
    }
    CHECK(intervals[contenders[0]]->high > 0.0);
  }
  CHECK(num_winners > 30);
  CHECK(num_winners < 270);
}
