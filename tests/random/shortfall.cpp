// SPDX-License-Identifier: Apache-2.0
#include "random/shortfall.hpp"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "support/catch.hpp"

using namespace vouch::random;

namespace {

/// E max(0, x - X) as the integral of P(X <= t) over t from `from` to x, by Simpson's rule on `count` pieces.
double integrate(const std::function<double(double)>& cdf, double from, double x, int count) {
  const double step = (x - from) / count;
  double sum = 0.0;
  for (int i = 0; i < count; ++i) {
    const double t = from + i * step;
    sum += (cdf(t) + 4.0 * cdf(t + 0.5 * step) + cdf(t + step)) * step / 6.0;
  }
  return sum;
}

/// The same from the variates of evenly spaced words: what worlds draw.
double average_variates(const Distribution& distribution, double x) {
  constexpr int count = 1 << 17;
  double sum = 0.0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t word = (i << 47) + (std::uint64_t{1} << 46);
    sum += std::max(0.0, x - invert(distribution, word));
  }
  return sum / count;
}

}  // namespace

TEST_CASE("the mean shortfall is that of the variates, for every family drawn by inversion", "[random]") {
  const std::vector<Distribution> distributions = {
      make_distribution(Family::constant, 3.0),     make_distribution(Family::uniform, -2.0, 6.0),
      make_distribution(Family::exponential, 4.0),  make_distribution(Family::lognormal, 3.0, 0.8),
      make_distribution(Family::weibull, 4.0, 0.7), make_distribution(Family::weibull, 4.0, 2.5),
      make_distribution(Family::normal, 2.0, 3.0),  make_distribution(Family::poisson, 3.5),
      make_distribution(Family::geometric, 2.0),    make_distribution(Family::negative_binomial, 3.0, 0.5),
      make_distribution(Family::zeta, 1.5, 40.0),   make_empirical({-4.0, 1.0, 2.5, 9.0}, {1.0, 2.0, 0.0, 3.0}),
  };
  for (const Distribution& distribution : distributions)
    for (const double x : {-3.0, 0.0, 0.4, 2.0, 5.0, 30.0}) {
      CAPTURE(static_cast<int>(distribution.family), x);
      CHECK(compute_mean_shortfall(distribution, x) ==
            Approx(average_variates(distribution, x)).epsilon(0.0).margin(3e-4 * (1.0 + std::abs(x))));
    }
}

TEST_CASE("the mean shortfall of gamma and beta variates is the integral of their distribution function", "[random]") {
  for (const double shape : {1.3, 4.0, 60.0, 500.0})
    for (const double x : {0.5, 3.0, 5.0, 6.0, 40.0}) {
      CAPTURE(shape, x);
      const boost::math::gamma_distribution<> gamma(shape, 5.0 / shape);
      const double exact = integrate([&](double t) { return boost::math::cdf(gamma, t); }, 0.0, x, 20'000);
      CHECK(compute_mean_shortfall(make_distribution(Family::gamma, 5.0, shape), x) ==
            Approx(exact).epsilon(0.0).margin(1e-8));
    }
  for (const double a : {1.5, 3.0, 80.0})
    for (const double x : {0.05, 0.45, 0.6, 0.97, 1.0, 7.0}) {
      CAPTURE(a, x);
      const boost::math::beta_distribution<> beta(a, 2.5);
      const double exact = integrate([&](double t) { return t >= 1.0 ? 1.0 : boost::math::cdf(beta, t); }, 0.0,
                                     std::min(x, 1.0), 20'000) +
                           std::max(0.0, x - 1.0);
      CHECK(compute_mean_shortfall(make_distribution(Family::beta, a, 2.5), x) ==
            Approx(exact).epsilon(0.0).margin(1e-8));
    }
}

TEST_CASE("a shortfall tends to x less the mean, and is 0 below the least value", "[random]") {
  for (const Distribution& distribution :
       {make_distribution(Family::gamma, 5.0, 0.01), make_distribution(Family::gamma, 5.0, 1e6),
        make_distribution(Family::weibull, 4.0, 0.3), make_distribution(Family::lognormal, 3.0, 0.0),
        make_distribution(Family::beta, 0.1, 0.1)}) {
    CAPTURE(static_cast<int>(distribution.family));
    const double far = 1e7;
    CHECK(compute_mean_shortfall(distribution, far) == Approx(far - compute_mean(distribution)).epsilon(1e-9));
    CHECK(compute_mean_shortfall(distribution, 0.0) == 0.0);
    CHECK(compute_mean_shortfall(distribution, -1.0) == 0.0);
    CHECK(compute_positive_mean(distribution) == compute_mean(distribution));
  }
  constexpr double infinite = std::numeric_limits<double>::infinity();
  CHECK(compute_mean_shortfall(make_distribution(Family::constant, infinite), 1e9) == 0.0);
  CHECK(compute_mean_shortfall(make_distribution(Family::normal, 2.0, 0.0), 3.0) == 1.0);
  CHECK(compute_mean_shortfall(make_distribution(Family::uniform, 2.0, 2.0), 3.0) == 1.0);
  CHECK(compute_positive_mean(make_distribution(Family::uniform, -1.0, 1.0)) == 0.25);
}
