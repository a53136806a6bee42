// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "statistics/estimate.hpp"
#include "statistics/series.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;
using vouch::test::make_evidence;
using vouch::test::Series;

namespace {

EvidenceOptions in_units(double unit) {
  EvidenceOptions options;
  options.numerator_unit = unit;
  return options;
}

Estimate estimate_one(const Series& series, EvidenceOptions options = {}) {
  return estimate_value(make_evidence({series}, options), 0, 0.95);
}

Difference subtract(const Series& first, const Series& second, EvidenceOptions options = {}) {
  return estimate_difference(make_evidence({first, second}, options), 0, 1, 0.95);
}

std::vector<std::int64_t> repeat(std::int64_t value, std::size_t count) {
  return std::vector<std::int64_t>(count, value);
}

}  // namespace

TEST_CASE("Student's quantile has its published values") {
  CHECK(compute_t_quantile(0.95, 1) == Approx(12.706204736432095));
  CHECK(compute_t_quantile(0.95, 4) == Approx(2.7764451051977987));
  CHECK(compute_t_quantile(0.99, 10) == Approx(3.169272667175838));
  CHECK(compute_t_quantile(0.90, 100000) == Approx(1.6448688));
}

TEST_CASE("a mean is estimated as by hand") {
  const Estimate estimate = estimate_one({{1, 2, 3, 4, 10}});
  CHECK(estimate.num_worlds == 5);
  CHECK(*estimate.value == 4.0);
  CHECK(*estimate.standard_error == Approx(std::sqrt(12.5 / 5)));  // deviations -3 -2 -1 0 6: 50 / 4
  CHECK(*estimate.half_width == Approx(2.7764451051977987 * std::sqrt(2.5)));
  CHECK(estimate.interval->low == Approx(4 - *estimate.half_width));
  CHECK(estimate.interval->high == Approx(4 + *estimate.half_width));
  CHECK_FALSE(estimate.excludes_zero());
}

TEST_CASE("values are in the metric's unit") {
  const Estimate estimate = estimate_one({{10, 20, 30, 40, 100}}, in_units(0.1));
  CHECK(*estimate.value == Approx(4.0));
  CHECK(*estimate.standard_error == Approx(std::sqrt(2.5)));
  EvidenceOptions hours = in_units(365.0);
  hours.denominator_unit = 10.0;
  CHECK(*estimate_one({{1, 2, 3}, {1, 6, 5}}, hours).value == Approx(0.5 * 36.5));
  CHECK(*estimate_one({{1, 2, 3}, {1, 6, 5}}, hours).standard_error == Approx(36.5 * std::sqrt(0.75 / 3) / 4));
}

TEST_CASE("a ratio is the ratio of the sums, with the error of the delta method") {
  // r = 6 / 12; x - r y = 0.5, -1, 0.5, of variance 0.75; mean of y = 4.
  const Estimate estimate = estimate_one({{1, 2, 3}, {1, 6, 5}});
  CHECK(*estimate.value == 0.5);
  CHECK(*estimate.standard_error == Approx(std::sqrt(0.75 / 3) / 4));
}

TEST_CASE("the delta method agrees with the jackknife") {
  std::vector<std::int64_t> x, y;
  for (int i = 0; i < 400; ++i) {
    x.push_back(3 + (i * 7919) % 17);
    y.push_back(x.back() + 5 + (i * 104729) % 23);
  }
  double sum_x = 0, sum_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum_x += static_cast<double>(x[i]), sum_y += static_cast<double>(y[i]);
  std::vector<double> without;
  for (std::size_t i = 0; i < x.size(); ++i)
    without.push_back((sum_x - static_cast<double>(x[i])) / (sum_y - static_cast<double>(y[i])));
  const auto n = static_cast<double>(x.size());
  double mean = 0, squares = 0;
  for (const double ratio : without) mean += ratio / n;
  for (const double ratio : without) squares += std::pow(ratio - mean, 2);
  const double jackknife = std::sqrt(squares * (n - 1) / n);
  CHECK(*estimate_one({x, y}).standard_error == Approx(jackknife).epsilon(0.01));
}

TEST_CASE("a paired difference uses the worlds' differences") {
  const Difference difference = subtract({{11, 22, 33}}, {{10, 20, 30}});
  CHECK(*difference.estimate.value == Approx(2.0));
  CHECK(*difference.estimate.standard_error == Approx(std::sqrt(1.0 / 3)));  // differences 1, 2, 3
  CHECK(*difference.relative == Approx(0.1));
  CHECK(*difference.variance_ratio == Approx((121 + 100) / 1.0));
  CHECK(*difference.correlation == Approx(1.0));
}

TEST_CASE("a paired difference is that of R's t.test, cor and var") {
  const Evidence evidence = make_evidence({{{10, 12, 11, 15, 9, 13}}, {{9, 13, 12, 13, 10, 11}}});
  const Difference difference = estimate_difference(evidence, 0, 1, 0.95);
  CHECK(*difference.p_value == Approx(0.610881183396256));
  CHECK(difference.estimate.interval->low == Approx(-1.24663956765057));
  CHECK(difference.estimate.interval->high == Approx(1.91330623431724));
  CHECK(*difference.correlation == Approx(0.718132498717532));
  CHECK(*difference.variance_ratio == Approx(3.23529411764706));
  const Difference turned = estimate_difference(evidence, 1, 0, 0.95);
  CHECK(*turned.estimate.value == -*difference.estimate.value);
  CHECK(turned.estimate.interval->low == -difference.estimate.interval->high);
  CHECK(*turned.relative == Approx(-*difference.estimate.value / (70.0 / 6)));
  CHECK(*turned.p_value == *difference.p_value);
}

TEST_CASE("the relative difference is by the other's size, so that its sign stays") {
  CHECK(*subtract({{-5, -5}}, {{-10, -10}}).relative == Approx(0.5));
}

TEST_CASE("a paired difference of ratios") {
  // 0.5, deviations 0.5 -1 0.5 over 4; 0.25, constant
  const Difference difference = subtract({{1, 2, 3}, {1, 6, 5}}, {{1, 1, 1}, {4, 4, 4}});
  CHECK(*difference.estimate.value == Approx(0.25));
  CHECK(*difference.estimate.standard_error == Approx(std::sqrt(0.75 / 3) / 4));
  CHECK(*difference.variance_ratio == Approx(1.0));
  CHECK_FALSE(difference.correlation);
}

TEST_CASE("a difference is over the worlds that both have") {
  const Evidence evidence = make_evidence({{{11, 22, 33, 1000, -500}}, {{10, 20, 30}}});
  const Difference difference = estimate_difference(evidence, 0, 1, 0.95);
  CHECK(difference.estimate.num_worlds == 3);
  CHECK(*difference.estimate.value == Approx(2.0));
  CHECK(*difference.variance_ratio == Approx(221.0));
  CHECK(*difference.correlation == Approx(1.0));
  CHECK(*estimate_difference(evidence, 1, 0, 0.95).relative == Approx(-2.0 / 22));
  CHECK(estimate_value(evidence, 0, 0.95).num_worlds == 5);
}

TEST_CASE("a constant has no error, even one that no double holds exactly") {
  const Estimate estimate = estimate_one({repeat(1, 37)}, in_units(0.1));
  CHECK(*estimate.value == 0.1);
  CHECK(*estimate.standard_error == 0.0);
  CHECK(*estimate.half_width == 0.0);
  CHECK(estimate.excludes_zero());
  const Estimate ratio = estimate_one({repeat(1, 37), repeat(3, 37)}, in_units(0.1));
  CHECK(*ratio.standard_error == 0.0);
  CHECK(ratio.interval->low == *ratio.value);
  CHECK(ratio.interval->high == *ratio.value);
  CHECK_FALSE(estimate_one({{0, 0, 0}}).excludes_zero());
  CHECK(estimate_one({{0, 0, 0}}).interval->high == 0.0);
}

TEST_CASE("a difference that stays the same while worlds vary has no known error") {
  for (const Series& first : {Series{{11, 21, 31}}, Series{{20, 30, 40}}}) {
    const Difference difference = subtract(first, {{10, 20, 30}}, in_units(0.1));
    CHECK(*difference.estimate.value == Approx(0.1 * static_cast<double>(first.numerators[0] - 10)));
    CHECK_FALSE(difference.estimate.standard_error);
    CHECK_FALSE(difference.estimate.half_width);
    CHECK_FALSE(difference.estimate.interval);
    CHECK_FALSE(difference.estimate.excludes_zero());
    CHECK_FALSE(difference.variance_ratio);
    CHECK_FALSE(difference.p_value);
  }
}

TEST_CASE("a difference between constants, or between equals, has no error") {
  const Difference constants = subtract({{3, 3}}, {{1, 1}}, in_units(0.1));
  CHECK(*constants.estimate.half_width == 0.0);
  CHECK(constants.estimate.excludes_zero());
  CHECK(*constants.p_value == 0.0);
  const Difference equals = subtract({{1, 2, 3}}, {{1, 2, 3}});
  CHECK(*equals.estimate.half_width == 0.0);
  CHECK_FALSE(equals.variance_ratio);
  CHECK(*equals.p_value == 1.0);
  CHECK(*equals.correlation == Approx(1.0));
  // The same ratios of other sums: equal but for rounding.
  const Difference ratios = subtract({{1, 2, 4}, {1, 3, 7}}, {{3, 6, 12}, {3, 9, 21}}, in_units(0.1));
  CHECK(*ratios.estimate.value == 0.0);
  CHECK(*ratios.estimate.half_width == 0.0);
}

TEST_CASE("what these worlds cannot tell is unknown, never NaN") {
  CHECK_FALSE(estimate_one({{}}).value);
  const Estimate one = estimate_one({{5}});
  CHECK(*one.value == 5.0);
  CHECK_FALSE(one.standard_error);
  CHECK_FALSE(one.half_width);
  CHECK_FALSE(one.interval);
  CHECK_FALSE(one.excludes_zero());
  CHECK_FALSE(estimate_one({{0, 0}, {0, 0}}).value);
  const Difference difference = subtract({{1, 2}, {1, 1}}, {{0, 0}, {0, 0}});
  CHECK_FALSE(difference.estimate.value);
  CHECK_FALSE(difference.relative);
  CHECK_FALSE(subtract({{1, 2}}, {{0, 0}}).relative);
  CHECK_FALSE(subtract({{1, 2}}, {{}}).estimate.value);
}

TEST_CASE("antithetic pairs become one observation each") {
  EvidenceOptions pairs;
  pairs.group_size = 2;
  const Estimate mean = estimate_one({{1, 3, 10, 20, 7}}, pairs);  // 2 and 15
  CHECK(mean.num_worlds == 2);
  CHECK(*mean.value == 8.5);
  CHECK(*mean.standard_error == Approx(6.5));
  const Estimate ratio = estimate_one({{1, 3, 10, 20, 7}, {2, 2, 4, 6, 1}}, pairs);
  CHECK(*ratio.value == Approx(34.0 / 14));
}

TEST_CASE("a caution is given for few worlds, for skewed ones and for rare events") {
  std::vector<std::int64_t> even, skewed, rare;
  for (int i = 0; i < 100; ++i) {
    even.push_back(i % 7 + 1);
    skewed.push_back(i % 8 == 0 ? 100 + i : i % 3 + 1);  // skewness 2.3: 25 x 2.3^2 = 130 worlds would do
    rare.push_back(i % 30 == 0 ? 1 : 0);
  }
  CHECK(estimate_one({even}).caution == Caution::none);
  CHECK(estimate_one({skewed}).caution == Caution::skewed);
  CHECK(estimate_one({rare}).caution == Caution::rare);
  CHECK(estimate_one({repeat(0, 100)}).caution == Caution::rare);
  CHECK(estimate_one({repeat(3, 100)}).caution == Caution::none);
  CHECK(estimate_one({std::vector<std::int64_t>(even.begin(), even.begin() + 29)}).caution == Caution::few_worlds);
  CHECK(estimate_one({std::vector<std::int64_t>(even.begin(), even.begin() + 30)}).caution == Caution::none);
  CHECK(estimate_one({even, rare}).caution == Caution::rare);  // a cost of what hardly happens
  std::vector<std::int64_t> four_times;
  for (int i = 0; i < 4; ++i) four_times.insert(four_times.end(), skewed.begin(), skewed.end());
  CHECK(estimate_one({four_times}).caution == Caution::none);
  EvidenceOptions share;
  share.is_proportion = true;
  std::vector<std::int64_t> nearly = even;
  nearly[50] -= 1;
  CHECK(estimate_one({nearly, even}, share).caution == Caution::rare);
}

TEST_CASE("a difference is cautious about how the two differ") {
  std::vector<std::int64_t> even, nearly, rare;
  for (int i = 0; i < 100; ++i) {
    even.push_back(i % 7 + 1);
    nearly.push_back(even.back() + (i % 20 == 0 ? 1 : 0));
    rare.push_back(i % 30 == 0 ? 1 : 0);
  }
  CHECK(subtract({even}, {even}).estimate.caution == Caution::none);
  CHECK(subtract({nearly}, {even}).estimate.caution == Caution::rare);
  CHECK(subtract({even}, {rare}).estimate.caution == Caution::none);
  CHECK(subtract({repeat(0, 100)}, {repeat(0, 100)}).estimate.caution == Caution::rare);
  CHECK(subtract({rare}, {repeat(0, 100)}).estimate.caution == Caution::rare);
  CHECK(subtract({{1, 2}}, {{1, 3}}).estimate.caution == Caution::few_worlds);
}
