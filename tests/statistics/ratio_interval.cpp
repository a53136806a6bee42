// SPDX-License-Identifier: Apache-2.0
// The numbers were computed in R: Fieller's by the roots of the quadratic equation, shares by qbeta.
#include "statistics/ratio_interval.hpp"

#include <cmath>

#include "statistics/series.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;
using vouch::test::make_evidence;
using vouch::test::Series;

namespace {

Estimate estimate_share(const Series& series) {
  EvidenceOptions options;
  options.is_proportion = true;
  return estimate_value(make_evidence({series}, options), 0, 0.95);
}

std::vector<std::int64_t> repeat(std::int64_t value, std::size_t count) {
  return std::vector<std::int64_t>(count, value);
}

Series put_hits(std::size_t num_groups, std::size_t num_showing, std::int64_t cases) {
  Series series{repeat(0, num_groups), repeat(cases, num_groups)};
  for (std::size_t i = 0; i < num_showing; ++i) series.numerators[i] = 1;
  return series;
}

}  // namespace

TEST_CASE("Fieller's interval is the quadratic equation's") {
  const Estimate estimate =
      estimate_value(make_evidence({{{12, 7, 0, 25, 3, 9, 14, 6}, {4, 3, 1, 6, 0, 5, 4, 2}}}), 0, 0.95);
  CHECK(*estimate.value == Approx(3.04));
  CHECK(estimate.interval->low == Approx(1.67383564524705));
  CHECK(estimate.interval->high == Approx(4.21118568156752));
}

TEST_CASE("Fieller's interval is value +- half-width where the denominator does not vary") {
  const Estimate estimate = estimate_value(make_evidence({{{12, 7, 0, 25}, {4, 4, 4, 4}}}), 0, 0.95);
  CHECK(estimate.interval->low == Approx(*estimate.value - *estimate.half_width));
  CHECK(estimate.interval->high == Approx(*estimate.value + *estimate.half_width));
}

TEST_CASE("a ratio to what may be zero has no interval") {
  Series series{repeat(3, 40), repeat(0, 40)};
  for (std::size_t i = 0; i < 40; ++i) series.numerators[i] += static_cast<std::int64_t>(i % 5);
  series.denominators[7] = series.denominators[20] = 1;
  const Estimate estimate = estimate_value(make_evidence({series}), 0, 0.95);
  CHECK(estimate.value.has_value());
  CHECK(estimate.half_width.has_value());
  CHECK_FALSE(estimate.interval);
  CHECK_FALSE(estimate.excludes_zero());
  CHECK(estimate.caution == Caution::rare);
}

TEST_CASE("a share is known as well as its groups show") {
  const Estimate nearly_independent =
      estimate_share({{3, 5, 2, 7, 1, 4, 6, 2, 3, 5}, {10, 12, 9, 11, 10, 8, 12, 10, 9, 11}});
  CHECK(nearly_independent.interval->low == Approx(0.255692003306372));
  CHECK(nearly_independent.interval->high == Approx(0.501435977352482));
  // Groups that are hit nearly as a whole or not at all: a design effect of 6.2.
  const Estimate clustered = estimate_share(
      {{0, 9, 1, 8, 0, 10, 2, 7, 1, 9, 3, 6, 0, 8, 1, 9, 2, 8, 0, 10, 1, 9, 2, 7, 0, 8, 1, 9, 3, 7}, repeat(10, 30)});
  CHECK(clustered.interval->low == Approx(0.324708673960962));
  CHECK(clustered.interval->high == Approx(0.619110262432624));
}

TEST_CASE("cases that repel each other count as one each, not more") {
  // Every group has exactly half its cases hit: Clopper and Pearson's interval of 20 in 40 (published: 0.338, 0.662).
  const Estimate estimate = estimate_share({repeat(2, 10), repeat(4, 10)});
  CHECK(estimate.interval->low == Approx(0.338).epsilon(0.002));
  CHECK(estimate.interval->high == Approx(0.662).epsilon(0.002));
}

TEST_CASE("a share that no world shows, or that all do, is not known exactly") {
  const Estimate none = estimate_share(put_hits(100, 0, 50));
  CHECK(*none.value == 0.0);
  CHECK(none.interval->low == 0.0);
  CHECK(none.interval->high == Approx(0.0362166926451765));  // of 0 in 100: groups, not cases
  const Estimate all = estimate_share({repeat(50, 100), repeat(50, 100)});
  CHECK(all.interval->low == Approx(1 - 0.0362166926451765));
  CHECK(all.interval->high == 1.0);
  Series half_without_cases = put_hits(100, 0, 50);
  for (std::size_t i = 0; i < 100; i += 2) half_without_cases.denominators[i] = 0;
  CHECK(estimate_share(half_without_cases).interval->high == Approx(0.0711).epsilon(0.002));  // of 0 in 50
}

TEST_CASE("a hit in one or two worlds does not make a share known far better than none did") {
  const Interval one = *estimate_share(put_hits(100, 1, 50)).interval;
  CHECK(one.high == Approx(0.0190584213549178).epsilon(1e-9));
  double before = 0.0362166926451765;
  for (const std::size_t k : {1, 2, 3}) {
    const Interval interval = *estimate_share(put_hits(100, k, 50)).interval;
    CHECK(interval.high < before);
    CHECK(interval.high > 0.5 * before);
    before = interval.high;
  }
  // Where many worlds show it, nothing is added: as good as Clopper and Pearson's of independent cases.
  Share share{30.0 / 5000, 5000, 30.0 / 5000 * (1 - 30.0 / 5000) / 5000, 100, 30};
  const Interval many = compute_share_interval(share, 0.95);
  CHECK(many.high == Approx(0.00855).epsilon(0.03));  // exact for 30 in 5000, but for the degrees of freedom
}

TEST_CASE("a share that is none gets Fieller's interval") {
  const Estimate estimate = estimate_share({{3, 5, 9, 4}, {2, 3, 4, 3}});
  const Estimate ratio = estimate_value(make_evidence({{{3, 5, 9, 4}, {2, 3, 4, 3}}}), 0, 0.95);
  CHECK(estimate.interval->low == ratio.interval->low);
}

TEST_CASE("a relative difference of means has the interval of their ratio, less one") {
  const std::vector<std::int64_t> first{12, 7, 5, 25, 3, 9, 14, 6};
  const std::vector<std::int64_t> second{9, 6, 7, 15, 5, 8, 9, 4};
  const Difference difference = estimate_difference(make_evidence({{first}, {second}}), 0, 1, 0.95);
  const Estimate ratio = estimate_value(make_evidence({{first, second}}), 0, 0.95);
  REQUIRE(difference.relative_interval);
  CHECK(difference.relative_interval->low == Approx(ratio.interval->low - 1.0));
  CHECK(difference.relative_interval->high == Approx(ratio.interval->high - 1.0));
  CHECK_FALSE(
      estimate_difference(make_evidence({{first}, {{9, -8, 1, 0, -9, 8, 2, 4}}}), 0, 1, 0.95).relative_interval);
}

TEST_CASE("a relative difference leaves zero out exactly where the difference does") {
  int num_sure = 0;
  for (std::int64_t lead = -40; lead <= 40; ++lead) {
    Series first, second;
    for (std::int64_t i = 0; i < 12; ++i) {
      second.numerators.push_back(100 + 7 * (i * i % 11));
      first.numerators.push_back(second.numerators.back() + lead + (i % 2 == 0 ? 25 : -25));
    }
    const Difference difference = estimate_difference(make_evidence({first, second}), 0, 1, 0.95);
    REQUIRE(difference.relative_interval);
    const auto [low, high] = *difference.relative_interval;
    CHECK((low > 0.0 || high < 0.0) == difference.estimate.excludes_zero());
    CHECK(low <= *difference.relative);
    CHECK(high >= *difference.relative);
    if (difference.estimate.excludes_zero()) ++num_sure;
  }
  CHECK(num_sure > 10);
  CHECK(num_sure < 70);
}

TEST_CASE("a relative difference does not hang on the unit, however large or small") {
  const auto tell = [](double unit) {
    EvidenceOptions options;
    options.num_strategies = 2;
    options.numerator_unit = unit;
    Evidence evidence(options);
    for (std::int64_t i = 0; i < 12; ++i) {
      const std::int64_t luck = 100 + 7 * (i * i % 11);
      evidence.add_group(std::vector<std::optional<WorldValue>>{WorldValue{luck + 20 + i % 5, 1, {}},  //
                                                                WorldValue{luck, 1, {}}});
    }
    return estimate_difference(evidence, 0, 1, 0.95).relative_interval;
  };
  const Interval one = *tell(1.0);
  for (const double unit : {1e-140, 1e-90, 1e90, 1e140}) {
    INFO(unit);
    const auto interval = tell(unit);
    REQUIRE(interval);
    CHECK(interval->low == Approx(one.low));
    CHECK(interval->high == Approx(one.high));
  }
  CHECK_FALSE(tell(1e200));  // nobody can square that: its error is unknown
}
