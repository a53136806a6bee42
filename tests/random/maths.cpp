// SPDX-License-Identifier: Apache-2.0
#include "random/maths.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "random/words.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

namespace maths = vouch::maths;

namespace {

constexpr int num_points = 400'000;
static_assert(std::numeric_limits<long double>::digits >= 64, "the reference needs more digits than double");

/// The i-th of many points of [low, high], each elsewhere in its own small cell.
double point(double low, double high, int i) {
  const std::uint64_t word =
      vouch::random::compute_philox(static_cast<std::uint32_t>(i), 0, 0, 0, vouch::test::seed_of("maths")).first;
  return low + (high - low) * ((i + vouch::random::to_unit(word)) / num_points);
}

/// The largest error of `f` against the long double libm's `exact` over [low, high], as `measure` scales it.
template <typename F, typename Exact, typename Measure>
double find_largest_error(double low, double high, F f, Exact exact, Measure measure) {
  double largest = 0.0;
  for (int i = 0; i < num_points; ++i) {
    const double x = point(low, high, i);
    const long double truth = exact(static_cast<long double>(x));
    largest = std::max(largest, measure(std::fabs(static_cast<long double>(f(x)) - truth), truth));
  }
  return largest;
}

// Found over 4 million points: exp 1.6e-16, exp2 1.6e-16, log 1.9e-16 (mixed), logistic 2.3e-16. The limits below
// leave room for points not tried, and lie within what maths.hpp promises.
double relative(long double error, long double truth) { return static_cast<double>(error / std::fabs(truth)); }
/// Relative to the larger of 1 and |truth|, as log's bound is stated.
double mixed(long double error, long double truth) {
  return static_cast<double>(error / std::max(1.0L, std::fabs(truth)));
}

}  // namespace

TEST_CASE("exp2 is exact at integers and within its bound elsewhere", "[random]") {
  for (int n = -1022; n <= 1023; ++n)
    if (maths::exp2(n) != std::ldexp(1.0, n)) FAIL("exp2(" << n << ")");
  CHECK(maths::exp2(-0.0) == 1.0);
  CHECK(maths::exp2(-1022.5) == 0.0);
  CHECK(maths::exp2(-std::numeric_limits<double>::infinity()) == 0.0);
  CHECK(maths::exp2(2000.0) == 0x1p1023);
  const auto exact = [](long double x) { return std::exp2(x); };
  CHECK(find_largest_error(-1.0, 1.0, maths::exp2, exact, relative) < 2e-16);
  CHECK(find_largest_error(-1022.0, 1023.0, maths::exp2, exact, relative) < 2e-16);
}

TEST_CASE("exp is exact at 0 and within its bound elsewhere", "[random]") {
  CHECK(maths::exp(0.0) == 1.0);
  CHECK(maths::exp(-0.0) == 1.0);
  CHECK(maths::exp(-709.0) == 0.0);
  CHECK(maths::exp(-std::numeric_limits<double>::infinity()) == 0.0);
  CHECK(maths::exp(1000.0) == maths::exp(709.0));
  const auto exact = [](long double x) { return std::exp(x); };
  CHECK(find_largest_error(-1.0, 1.0, maths::exp, exact, relative) < 2e-16);
  CHECK(find_largest_error(-40.0, 40.0, maths::exp, exact, relative) < 2e-16);
  CHECK(find_largest_error(-708.0, 709.0, maths::exp, exact, relative) < 2e-16);
}

TEST_CASE("log is exact at 1, nearly so at powers of two, and within its bound elsewhere", "[random]") {
  CHECK(maths::log(1.0) == 0.0);
  for (int n = -1022; n <= 1023; ++n) {
    const double truth = static_cast<double>(n * 0.693147180559945309417232121458176568L);
    if (std::fabs(maths::log(std::ldexp(1.0, n)) - truth) > std::fabs(truth) * 0x1p-52) FAIL("log(2^" << n << ")");
  }
  const auto exact = [](long double x) { return std::log(x); };
  CHECK(find_largest_error(0.5, 2.0, maths::log, exact, mixed) < 2.5e-16);
  CHECK(find_largest_error(0.0, 1.0, maths::log, exact, mixed) < 2.5e-16);
  CHECK(find_largest_error(1.0, 1e9, maths::log, exact, mixed) < 2.5e-16);
  // Near 1, where inversion of an exponential lives, it is accurate relative to its own size as well.
  CHECK(find_largest_error(0.75, 1.4, maths::log, exact, relative) < 4e-16);
  CHECK(maths::log(0x1p-53) == Approx(-53.0 * maths::ln2).epsilon(1e-15));
  CHECK(maths::log(std::numeric_limits<double>::max()) ==
        Approx(std::log(std::numeric_limits<double>::max())).epsilon(1e-15));
}

TEST_CASE("logistic is a probability, one half at 0, and symmetric", "[random]") {
  CHECK(maths::logistic(0.0) == 0.5);
  CHECK(maths::logistic(-800.0) >= 0.0);
  CHECK(maths::logistic(-800.0) < 1e-300);
  CHECK(maths::logistic(800.0) == 1.0);
  const auto exact = [](long double x) { return 1.0L / (1.0L + std::exp(-x)); };
  CHECK(find_largest_error(-30.0, 30.0, maths::logistic, exact, relative) < 4e-16);
}
