// SPDX-License-Identifier: Apache-2.0
// Whether variates have the law they are said to have: moments within Sidak-corrected standard errors; the whole
// distribution by Kolmogorov-Smirnov (continuous) or chi-square (counts). The laws come from Boost.Math.
#include <algorithm>
#include <boost/math/distributions.hpp>
#include <cmath>
#include <functional>
#include <iostream>
#include <vector>

#include "random/distribution.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch::random;

namespace {

constexpr int num_laws = 22;
constexpr int num_checks = 3 * num_laws;  // mean, variance, shape
constexpr double family_alpha = 1e-6;
const double one_alpha = -std::expm1(std::log1p(-family_alpha) / num_checks);
constexpr int num_draws = 2'000'000;      // for the moments
constexpr int num_shape_draws = 400'000;  // the first of them, for the shape

/// Mean and variance against exact values, in standard errors; the variance's comes from the fourth central moment.
/// Returns the draws for the shape, in ascending order.
std::vector<double> check_moments(const std::string& name, double mean, double variance,
                                  const Distribution& distribution) {
  std::vector<double> draws(num_draws);
  const StreamKey key = {vouch::test::seed_of(name), 0, 0};
  for (int i = 0; i < num_draws; ++i)
    draws[static_cast<std::size_t>(i)] = sample(distribution, key, static_cast<Lineage>(i), Decision::cycle, 0);
  const double limit = vouch::test::compute_sidak_limit(num_checks, family_alpha);
  vouch::test::Sample first;
  vouch::test::Sample second;
  for (const double x : draws) {
    first.add(x);
    second.add((x - mean) * (x - mean));
  }
  CHECK(compute_mean(distribution) == Approx(mean).epsilon(1e-9));
  CHECK(compute_variance(distribution) == Approx(variance).epsilon(1e-9));
  CHECK(std::fabs(first.mean() - mean) <= limit * first.standard_error());
  CHECK(std::fabs(second.mean() - variance) <= limit * second.standard_error());
  // What would be found with 99 % power, as a share of the exact value.
  CHECK(first.standard_error() <= 0.005 * std::fabs(mean));
  CHECK(second.standard_error() <= 0.005 * variance);
  const double power = limit + 2.326;
  std::cout << name << ": detects " << 100.0 * power * first.standard_error() / std::fabs(mean) << " % of the mean, "
            << 100.0 * power * second.standard_error() / variance << " % of the variance\n";
  draws.resize(num_shape_draws);
  std::sort(draws.begin(), draws.end());
  return draws;
}

/// P(sqrt(n) D > x) <= 2 exp(-2 x^2) for every n (Massart 1990).
template <typename Law>
void check_continuous(const std::string& name, const Distribution& distribution, const Law& law) {
  INFO(name);
  const std::vector<double> draws =
      check_moments(name, boost::math::mean(law), boost::math::variance(law), distribution);
  double largest = 0.0;
  for (int i = 0; i < num_shape_draws; ++i) {
    const double p = boost::math::cdf(law, draws[static_cast<std::size_t>(i)]);
    largest = std::max(
        {largest, p - static_cast<double>(i) / num_shape_draws, static_cast<double>(i + 1) / num_shape_draws - p});
  }
  CHECK(std::sqrt(static_cast<double>(num_shape_draws)) * largest <= std::sqrt(0.5 * std::log(2.0 / one_alpha)));
}

/// `mass`(k) is P(X = k). Cells with fewer than 20 expected draws are joined into the one above, the rest is a tail.
void check_count(const std::string& name, const Distribution& distribution, double mean, double variance,
                 const std::function<double(int)>& mass) {
  INFO(name);
  const std::vector<double> draws = check_moments(name, mean, variance, distribution);
  double statistic = 0.0;
  int num_cells = 0;
  double cell_mass = 0.0;
  double mass_left = 1.0;
  auto from = draws.begin();
  for (int k = 0; mass_left * num_shape_draws >= 20.0; ++k) {
    cell_mass += mass(k);
    mass_left -= mass(k);
    if (cell_mass * num_shape_draws < 20.0 || mass_left * num_shape_draws < 20.0) continue;
    const auto to = std::upper_bound(from, draws.end(), static_cast<double>(k));
    const double expected = cell_mass * num_shape_draws;
    statistic += std::pow(static_cast<double>(to - from) - expected, 2) / expected;
    ++num_cells;
    from = to;
    cell_mass = 0.0;
  }
  const double expected = (cell_mass + mass_left) * num_shape_draws;
  statistic += std::pow(static_cast<double>(draws.end() - from) - expected, 2) / expected;
  REQUIRE(num_cells >= 1);
  CHECK(boost::math::cdf(boost::math::complement(boost::math::chi_squared(num_cells), statistic)) >= one_alpha);
}

}  // namespace

TEST_CASE("continuous variates have their law", "[random][statistical]") {
  using namespace boost::math;
  check_continuous("uniform", make_distribution(Family::uniform, -3.0, 7.0), uniform(-3.0, 7.0));
  check_continuous("exponential", make_distribution(Family::exponential, 42.0), exponential(1.0 / 42.0));
  check_continuous("normal", make_distribution(Family::normal, 5.0, 2.0), normal(5.0, 2.0));
  check_continuous("lognormal", make_distribution(Family::lognormal, 42.0, 0.6), lognormal(std::log(42.0), 0.6));
  check_continuous("weibull, shape 1.7", make_distribution(Family::weibull, 30.0, 1.7), weibull(1.7, 30.0));
  check_continuous("weibull, shape 0.8", make_distribution(Family::weibull, 30.0, 0.8), weibull(0.8, 30.0));
  check_continuous("gamma, shape 0.3", make_distribution(Family::gamma, 6.0, 0.3),
                   gamma_distribution<>(0.3, 6.0 / 0.3));
  check_continuous("gamma, shape 1", make_distribution(Family::gamma, 6.0, 1.0), gamma_distribution<>(1.0, 6.0));
  check_continuous("gamma, shape 12", make_distribution(Family::gamma, 6.0, 12.0), gamma_distribution<>(12.0, 0.5));
  check_continuous("beta, 2 and 3", make_distribution(Family::beta, 2.0, 3.0), beta_distribution<>(2.0, 3.0));
  check_continuous("beta, 0.5 and 0.7", make_distribution(Family::beta, 0.5, 0.7), beta_distribution<>(0.5, 0.7));
  check_continuous("beta, 1 and 9", make_distribution(Family::beta, 1.0, 9.0), beta_distribution<>(1.0, 9.0));
}

TEST_CASE("counts have their law", "[random][statistical]") {
  using namespace boost::math;
  for (const double mean : {0.1, 2.5, 40.0, 900.0}) {
    const poisson_distribution<> law(mean);
    check_count("poisson " + std::to_string(mean), make_distribution(Family::poisson, mean), mean, mean,
                [&](int k) { return pdf(law, k); });
  }
  for (const double mean : {0.4, 8.0}) {
    const geometric law(1.0 / (1.0 + mean));
    check_count("geometric " + std::to_string(mean), make_distribution(Family::geometric, mean), mean,
                mean + mean * mean, [&](int k) { return pdf(law, k); });
  }
  for (const double dispersion : {0.2, 3.0}) {
    constexpr double mean = 2.0;
    const negative_binomial law(dispersion, dispersion / (dispersion + mean));
    check_count("negative binomial, k " + std::to_string(dispersion),
                make_distribution(Family::negative_binomial, mean, dispersion), mean, mean + mean * mean / dispersion,
                [&](int k) { return pdf(law, k); });
  }
}

TEST_CASE("zeta and empirical variates have their law", "[random][statistical]") {
  constexpr int truncation = 30;
  constexpr double exponent = 2.2;
  double total = 0.0;
  double first = 0.0;
  double second = 0.0;
  for (int k = 1; k <= truncation; ++k) {
    const double weight = std::pow(k, -exponent);
    total += weight;
    first += k * weight;
    second += static_cast<double>(k) * k * weight;
  }
  const double mean = first / total;
  check_count("zeta", make_distribution(Family::zeta, exponent, truncation), mean, second / total - mean * mean,
              [&](int k) { return k == 0 || k > truncation ? 0.0 : std::pow(k, -exponent) / total; });
  // Values 1, 4, 9 with probabilities 1/2, 1/8, 3/8: mean 35/8, variance 263/8 - (35/8)^2.
  check_count("empirical", make_empirical({9.0, 1.0, 4.0}, {3.0, 4.0, 1.0}), 35.0 / 8.0, 263.0 / 8.0 - 1225.0 / 64.0,
              [](int k) {
                return k == 1 ? 0.5 : k == 4 ? 0.125 : k == 9 ? 0.375 : 0.0;
              });
}

// Two-sample tests would not see a draw that depends on another: neighbours in each field must be uncorrelated.
TEST_CASE("words of neighbouring fields are uncorrelated", "[random][statistical]") {
  constexpr int num_pairs = 400'000;
  const StreamKey key = {vouch::test::seed_of("neighbours"), 5, 0};
  const double limit = vouch::test::compute_sidak_limit(4, family_alpha);
  double sums[4] = {};
  for (std::uint32_t i = 0; i < num_pairs; ++i) {
    const auto centred = [&](const StreamKey& k, Lineage lineage, Decision decision, std::uint32_t ordinal) {
      return to_open_unit(draw_word(k, lineage, decision, ordinal)) - 0.5;
    };
    const double u = centred(key, i, Decision::ask, i & 0x7fff);
    sums[0] += u * centred(key, i, Decision::ask, (i & 0x7fff) + 1);
    sums[1] += u * centred(key, i, Decision::second_ask, i & 0x7fff);
    sums[2] += u * centred({key.seed, 6, 0}, i, Decision::ask, i & 0x7fff);
    sums[3] += u * centred(key, i + num_pairs, Decision::ask, i & 0x7fff);
  }
  // Each product has mean 0 and variance 1/144.
  for (const double sum : sums) CHECK(std::fabs(sum) * 12.0 <= limit * std::sqrt(static_cast<double>(num_pairs)));
}
