// SPDX-License-Identifier: Apache-2.0
#include "random/normal_quantile.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>

#include "random/words.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using vouch::maths::normal_quantile;

namespace {

/// Relative error against Boost.Math in long double.
double compute_error(double p) {
  const boost::math::normal_distribution<long double> normal;
  const long double truth = boost::math::quantile(normal, static_cast<long double>(p));
  return static_cast<double>(std::fabs((static_cast<long double>(normal_quantile(p)) - truth) / truth));
}

}  // namespace

TEST_CASE("the normal quantile agrees with Boost.Math's over the open unit interval", "[random]") {
  double centre = 0.0;
  double tail = 0.0;
  constexpr int num_points = 50'000;
  const std::uint64_t seed = vouch::test::seed_of("normal quantile");
  for (int i = 0; i < num_points; ++i) {
    const double u =
        vouch::random::to_open_unit(vouch::random::compute_philox(static_cast<std::uint32_t>(i), 0, 0, 0, seed).first);
    centre = std::max(centre, compute_error(u));
    // Tails, down to the smallest unit there is, 2^-53.
    tail = std::max(tail, compute_error(std::exp2(-1.0 - 52.0 * u)));
  }
  // Found over 2 million points: 8.0e-16 and 8.7e-16. The approximation's own error is about 1e-16; the rest is
  // rounding.
  CHECK(centre < 1.2e-15);
  CHECK(tail < 1.2e-15);
  CHECK(compute_error(0x1p-53) < 1e-15);
}

TEST_CASE("the normal quantile is 0 at one half and antisymmetric", "[random]") {
  CHECK(normal_quantile(0.5) == 0.0);
  CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-15));
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    const std::uint64_t word = vouch::random::compute_philox(i, 1, 0, 0, 0).first >> (i % 50);
    const double u = vouch::random::to_open_unit(word);
    if (normal_quantile(u) != -normal_quantile(1.0 - u)) FAIL("not antisymmetric at " << u);
  }
}

TEST_CASE("the normal quantile rises, also where its three pieces meet", "[random]") {
  constexpr double step = 0x1p-14;
  for (double u = step; u < 1.0 - step; u += step)
    if (normal_quantile(u) >= normal_quantile(u + step)) FAIL("falls at " << u);
  // The seams lie at |p - 1/2| = 0.425 and at sqrt(-ln p) = 5. A last bit may be lost across them, no more.
  for (const double seam : {0.075, 0.925, std::exp(-25.0), 1.0 - std::exp(-25.0)}) {
    const double below = normal_quantile(seam * (1.0 - 4e-16));
    const double above = normal_quantile(std::min(seam * (1.0 + 4e-16), 1.0 - 0x1p-53));
    CHECK(above >= below - 2e-15 * std::fabs(below));
  }
}
