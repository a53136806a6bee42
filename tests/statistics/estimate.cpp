// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <stdexcept>

#include "statistics/estimate.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;

TEST_CASE("Student's quantile has its published values") {
  CHECK(compute_t_quantile(0.95, 1) == Approx(12.706204736432095));
  CHECK(compute_t_quantile(0.95, 4) == Approx(2.7764451051977987));
  CHECK(compute_t_quantile(0.99, 10) == Approx(3.169272667175838));
  CHECK(compute_t_quantile(0.90, 100000) == Approx(1.6448688));
}

TEST_CASE("a mean is estimated as by hand") {
  const Estimate estimate = estimate_value({{1, 2, 3, 4, 10}, {}}, 0.95);
  CHECK(estimate.num_worlds == 5);
  CHECK(*estimate.value == 4.0);
  CHECK(*estimate.standard_error == Approx(std::sqrt(12.5 / 5)));  // deviations -3 -2 -1 0 6: 50 / 4
  CHECK(*estimate.half_width == Approx(2.7764451051977987 * std::sqrt(2.5)));
  CHECK_FALSE(estimate.excludes_zero());
}

TEST_CASE("a ratio is the ratio of the sums, with the error of the delta method") {
  // r = 6 / 12; x - r y = 0.5, -1, 0.5, of variance 0.75; mean of y = 4.
  const Estimate estimate = estimate_value({{1, 2, 3}, {1, 6, 5}}, 0.95);
  CHECK(*estimate.value == 0.5);
  CHECK(*estimate.standard_error == Approx(std::sqrt(0.75 / 3) / 4));
}

TEST_CASE("the delta method agrees with the jackknife") {
  std::vector<double> x, y;
  for (int i = 0; i < 400; ++i) {
    x.push_back(3 + (i * 7919) % 17);
    y.push_back(x.back() + 5 + (i * 104729) % 23);
  }
  double sum_x = 0, sum_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum_x += x[i], sum_y += y[i];
  const auto n = static_cast<double>(x.size());
  double mean = 0, squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) mean += (sum_x - x[i]) / (sum_y - y[i]) / n;
  for (std::size_t i = 0; i < x.size(); ++i) squares += std::pow((sum_x - x[i]) / (sum_y - y[i]) - mean, 2);
  const double jackknife = std::sqrt(squares * (n - 1) / n);
  CHECK(*estimate_value({x, y}, 0.95).standard_error == Approx(jackknife).epsilon(0.01));
}

TEST_CASE("a paired difference uses the worlds' differences") {
  const Difference difference = estimate_difference({{11, 22, 33}, {}}, {{10, 20, 30}, {}}, 0.95);
  CHECK(*difference.estimate.value == Approx(2.0));
  CHECK(*difference.estimate.standard_error == Approx(std::sqrt(1.0 / 3)));  // differences 1, 2, 3
  CHECK(*difference.relative == Approx(0.1));
  CHECK(*difference.variance_ratio == Approx((121 + 100) / 1.0));
}

TEST_CASE("the relative difference is by the other's size, so that its sign stays") {
  const Difference difference = estimate_difference({{-5, -5}, {}}, {{-10, -10}, {}}, 0.95);
  CHECK(*difference.relative == Approx(0.5));
}

TEST_CASE("a paired difference of ratios") {
  const Observations a{{1, 2, 3}, {1, 6, 5}};  // 0.5, deviations 0.5 -1 0.5 over 4
  const Observations b{{1, 1, 1}, {4, 4, 4}};  // 0.25, constant
  const Difference difference = estimate_difference(a, b, 0.95);
  CHECK(*difference.estimate.value == Approx(0.25));
  CHECK(*difference.estimate.standard_error == Approx(std::sqrt(0.75 / 3) / 4));
  CHECK(*difference.variance_ratio == Approx(1.0));
}

TEST_CASE("a constant has no error, even one that no double holds exactly") {
  const Estimate estimate = estimate_value({std::vector<double>(37, 0.1), {}}, 0.95);
  CHECK(*estimate.value == 0.1);
  CHECK(*estimate.standard_error == 0.0);
  CHECK(*estimate.half_width == 0.0);
  CHECK(estimate.excludes_zero());
  CHECK(*estimate_value({std::vector<double>(37, 0.1), std::vector<double>(37, 0.3)}, 0.95).standard_error == 0.0);
  CHECK_FALSE(estimate_value({{0, 0, 0}, {}}, 0.95).excludes_zero());
}

TEST_CASE("a difference that stays the same while worlds vary has no known error") {
  for (const Observations& first : {Observations{{1.1, 2.1, 3.1}, {}}, Observations{{2, 3, 4}, {}}}) {
    const Difference difference = estimate_difference(first, {{1.0, 2.0, 3.0}, {}}, 0.95);
    CHECK(*difference.estimate.value == Approx(first.numerators[0] - 1));
    CHECK_FALSE(difference.estimate.standard_error);
    CHECK_FALSE(difference.estimate.half_width);
    CHECK_FALSE(difference.estimate.excludes_zero());
    CHECK_FALSE(difference.variance_ratio);
  }
}

TEST_CASE("a difference between constants, or between equals, has no error") {
  const Difference constants = estimate_difference({{0.3, 0.3}, {}}, {{0.1, 0.1}, {}}, 0.95);
  CHECK(*constants.estimate.half_width == 0.0);
  CHECK(constants.estimate.excludes_zero());
  const Difference equals = estimate_difference({{1, 2, 3}, {}}, {{1, 2, 3}, {}}, 0.95);
  CHECK(*equals.estimate.half_width == 0.0);
  CHECK_FALSE(equals.variance_ratio);
  // The same ratios of other sums: equal but for rounding.
  const Difference ratios = estimate_difference({{0.1, 0.2, 0.4}, {1, 3, 7}}, {{0.3, 0.6, 1.2}, {3, 9, 21}}, 0.95);
  CHECK(*ratios.estimate.value == 0.0);
  CHECK(*ratios.estimate.half_width == 0.0);
}

TEST_CASE("what these worlds cannot tell is unknown, never NaN") {
  CHECK_FALSE(estimate_value({}, 0.95).value);
  const Estimate one = estimate_value({{5}, {}}, 0.95);
  CHECK(*one.value == 5.0);
  CHECK_FALSE(one.standard_error);
  CHECK_FALSE(one.half_width);
  CHECK_FALSE(one.excludes_zero());
  CHECK_FALSE(estimate_value({{0, 0}, {0, 0}}, 0.95).value);
  const Difference difference = estimate_difference({{1, 2}, {}}, {{0, 0}, {0, 0}}, 0.95);
  CHECK_FALSE(difference.estimate.value);
  CHECK_FALSE(difference.relative);
  CHECK_FALSE(estimate_difference({{1, 2}, {}}, {{0, 0}, {}}, 0.95).relative);
}

TEST_CASE("different worlds are no pair") {
  CHECK_THROWS_AS(estimate_difference({{1, 2}, {}}, {{1}, {}}, 0.95), std::logic_error);
}

TEST_CASE("antithetic pairs become one observation each") {
  const Observations pairs = average_groups({{1, 3, 10, 20, 7}, {2, 2, 4, 6, 1}}, 2);
  CHECK(pairs.numerators == std::vector<double>{2, 15});
  CHECK(pairs.denominators == std::vector<double>{2, 5});
  CHECK(average_groups({{1, 2}, {}}, 2).denominators.empty());
}
