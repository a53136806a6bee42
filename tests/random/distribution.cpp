// SPDX-License-Identifier: Apache-2.0
#include "random/distribution.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "support/catch.hpp"

using namespace vouch::random;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

/// The complaint about impossible parameters; "" if they are taken.
std::string complaint_of(Family family, double first, double second = 0.0) {
  try {
    make_distribution(family, first, second);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

std::string complaint_of(std::vector<double> values, std::vector<double> weights) {
  try {
    make_empirical(std::move(values), std::move(weights));
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

constexpr std::uint64_t word_of_unit(double u) { return static_cast<std::uint64_t>(u * 0x1p52) << 12; }

const std::vector<std::pair<Family, std::vector<double>>> inversion_families = {
    {Family::uniform, {-3.0, 7.0}},   {Family::exponential, {42.0, 0.0}},
    {Family::lognormal, {42.0, 0.6}}, {Family::weibull, {30.0, 1.7}},
    {Family::normal, {5.0, 2.0}},     {Family::poisson, {2.5, 0.0}},
    {Family::geometric, {1.5, 0.0}},  {Family::negative_binomial, {2.0, 0.4}},
    {Family::zeta, {2.2, 50.0}}};

}  // namespace

TEST_CASE("impossible parameters are rejected, each with its reason", "[random]") {
  CHECK(complaint_of(Family::uniform, 2.0, 1.0) == "low must not be above high");
  CHECK(complaint_of(Family::exponential, 0.0) == "mean must be positive");
  CHECK(complaint_of(Family::exponential, -1.0) == "mean must be positive");
  CHECK(complaint_of(Family::gamma, 1.0, 0.0) == "shape must be at least 0.01");
  CHECK(complaint_of(Family::gamma, 0.0, 1.0) == "mean must be positive");
  CHECK(complaint_of(Family::lognormal, 0.0, 0.5) == "median must be positive");
  CHECK(complaint_of(Family::lognormal, 1.0, -0.1) == "sigma must not be negative");
  CHECK(complaint_of(Family::weibull, 1.0, 0.0) == "shape must be at least 0.05");
  CHECK(complaint_of(Family::normal, 0.0, -1.0) == "sd must not be negative");
  CHECK(complaint_of(Family::beta, 0.0, 1.0) == "a and b must be at least 0.1");
  CHECK(complaint_of(Family::beta, 1.0, 0.0) == "a and b must be at least 0.1");
  CHECK(complaint_of(Family::poisson, -0.1) == "mean must not be negative");
  CHECK(complaint_of(Family::poisson, 10'001.0) == "mean must be at most 10000");
  CHECK(complaint_of(Family::geometric, -0.1) == "mean must not be negative");
  CHECK(complaint_of(Family::negative_binomial, -0.1, 1.0) == "mean must not be negative");
  CHECK(complaint_of(Family::negative_binomial, 1.0, 0.0) == "dispersion must be at least 0.001");
  CHECK(complaint_of(Family::zeta, 0.0, 10.0) == "exponent must be positive");
  const std::string truncation = "truncation must be a whole number from 1 to 1000000";
  CHECK(complaint_of(Family::zeta, 2.0, 0.0) == truncation);
  CHECK(complaint_of(Family::zeta, 2.0, 2.5) == truncation);
  CHECK(complaint_of(Family::zeta, 2.0, 1e7) == truncation);
}

TEST_CASE("parameters that are no finite numbers are rejected; a constant may be infinite", "[random]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Family family :
       {Family::uniform, Family::exponential, Family::gamma, Family::lognormal, Family::weibull, Family::normal,
        Family::beta, Family::poisson, Family::geometric, Family::negative_binomial, Family::zeta}) {
    CAPTURE(static_cast<int>(family));
    CHECK_FALSE(complaint_of(family, nan, 1.0).empty());
    CHECK_FALSE(complaint_of(family, 1.0, nan).empty());
    CHECK_FALSE(complaint_of(family, inf, 1.0).empty());
  }
  CHECK_FALSE(complaint_of(Family::constant, nan).empty());
  CHECK(make_distribution(Family::constant, inf).parameters[0] == inf);
}

TEST_CASE("an empirical distribution needs values, weights for each, and one that is positive", "[random]") {
  CHECK(complaint_of(std::vector<double>{}, {}) == "values must not be empty");
  CHECK(complaint_of({1.0, 2.0}, {1.0}) == "values and weights must be equally many");
  CHECK(complaint_of({1.0, inf}, {1.0, 1.0}) == "values must be finite");
  CHECK(complaint_of({1.0, 2.0}, {1.0, -1.0}) == "weights must be finite and not negative");
  CHECK(complaint_of({1.0, 2.0}, {0.0, 0.0}) == "weights must not all be zero");
}

TEST_CASE("parameters at the edge of the possible are taken", "[random]") {
  CHECK(invert(make_distribution(Family::uniform, 3.0, 3.0), ~std::uint64_t{0}) == 3.0);
  CHECK(invert(make_distribution(Family::normal, 3.0, 0.0), 0) == 3.0);
  CHECK(invert(make_distribution(Family::lognormal, 3.0, 0.0), 12345) == 3.0);
  for (const std::uint64_t word : {std::uint64_t{0}, ~std::uint64_t{0}}) {
    CHECK(invert(make_distribution(Family::poisson, 0.0), word) == 0.0);
    CHECK(invert(make_distribution(Family::geometric, 0.0), word) == 0.0);
    CHECK(invert(make_distribution(Family::negative_binomial, 0.0, 2.0), word) == 0.0);
    CHECK(invert(make_distribution(Family::zeta, 2.0, 1.0), word) == 1.0);
    CHECK(invert(make_empirical({4.0}, {1.0}), word) == 4.0);
  }
}

TEST_CASE("inversion gives the quantile at known points", "[random]") {
  const std::uint64_t middle = word_of_unit(0.5);
  CHECK(invert(make_distribution(Family::exponential, 10.0), middle) == Approx(10.0 * std::log(2.0)).epsilon(1e-14));
  CHECK(invert(make_distribution(Family::lognormal, 42.0, 0.6), middle) == Approx(42.0).epsilon(1e-14));
  CHECK(invert(make_distribution(Family::weibull, 30.0, 2.0), middle) ==
        Approx(30.0 * std::sqrt(std::log(2.0))).epsilon(1e-14));
  CHECK(invert(make_distribution(Family::normal, 5.0, 2.0), word_of_unit(0.975)) ==
        Approx(5.0 + 2.0 * 1.959963984540054).epsilon(1e-12));
}

TEST_CASE("a count's inversion steps at its cumulative probabilities", "[random]") {
  const Distribution poisson = make_distribution(Family::poisson, 2.0);
  const double none = std::exp(-2.0);
  CHECK(invert(poisson, word_of_unit(none - 1e-14)) == 0.0);
  CHECK(invert(poisson, word_of_unit(none + 1e-14)) == 1.0);
  CHECK(invert(poisson, word_of_unit(3.0 * none - 1e-14)) == 1.0);
  CHECK(invert(poisson, word_of_unit(3.0 * none + 1e-14)) == 2.0);
  const Distribution empirical = make_empirical({5.0, 1.0, 9.0, 7.0}, {1.0, 2.0, 1.0, 0.0});
  CHECK(empirical.values == std::vector<double>{1.0, 5.0, 9.0});
  CHECK(empirical.cumulative == std::vector<double>{0.5, 0.75, 1.0});
  CHECK(invert(empirical, word_of_unit(0.5) - 1) == 1.0);
  CHECK(invert(empirical, word_of_unit(0.5)) == 5.0);
  CHECK(invert(empirical, ~std::uint64_t{0}) == 9.0);
}

TEST_CASE("inversion never falls as the word rises", "[random]") {
  for (const auto& [family, parameters] : inversion_families) {
    const Distribution distribution = make_distribution(family, parameters[0], parameters[1]);
    double before = -inf;
    for (std::uint64_t i = 0; i < 4096; ++i) {
      const double x = invert(distribution, i << 52 | i);
      if (x < before) FAIL("family " << static_cast<int>(family) << " falls at " << i);
      before = x;
    }
  }
}

TEST_CASE("a mirrored draw of an inversion family is the quantile at 1 - u", "[random]") {
  const StreamKey key = {1, 2, 0};
  const StreamKey mirrored = {1, 2, ~std::uint64_t{0}};
  for (const auto& [family, parameters] : inversion_families) {
    const Distribution distribution = make_distribution(family, parameters[0], parameters[1]);
    for (std::uint32_t i = 0; i < 200; ++i) {
      const std::uint64_t word = draw_word(key, i, Decision::cycle, 7);
      CHECK(sample(distribution, key, i, Decision::cycle, 7) == invert(distribution, word));
      CHECK(sample(distribution, mirrored, i, Decision::cycle, 7) == invert(distribution, ~word));
    }
  }
  const Distribution normal = make_distribution(Family::normal, 0.0, 1.0);
  for (std::uint32_t i = 0; i < 200; ++i)
    CHECK(sample(normal, key, i, Decision::quality, 0) == -sample(normal, mirrored, i, Decision::quality, 0));
}

TEST_CASE("constants draw nothing, and know what they are", "[random]") {
  const Distribution constant = make_distribution(Family::constant, 7.0);
  CHECK(constant.is_constant());
  CHECK(sample(constant, {1, 2, 0}, 3, Decision::tenure, 0) == 7.0);
  CHECK(compute_mean(constant) == 7.0);
  CHECK(compute_variance(constant) == 0.0);
  CHECK(is_count_family(Family::zeta));
  CHECK(is_count_family(Family::poisson));
  CHECK_FALSE(is_count_family(Family::empirical));
  CHECK_FALSE(is_count_family(Family::gamma));
}

TEST_CASE("a choice among categories follows the cumulative probabilities", "[random]") {
  const std::vector<double> cumulative = {0.25, 0.75, 1.0};
  CHECK(choose(cumulative, 0) == 0);
  CHECK(choose(cumulative, word_of_unit(0.25) - 1) == 0);
  CHECK(choose(cumulative, word_of_unit(0.25)) == 1);
  CHECK(choose(cumulative, word_of_unit(0.75)) == 2);
  CHECK(choose(cumulative, ~std::uint64_t{0}) == 2);
  CHECK(choose({1.0}, ~std::uint64_t{0}) == 0);
  CHECK(choose({}, 0) == 0);
}
