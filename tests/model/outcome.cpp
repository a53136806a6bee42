// SPDX-License-Identifier: Apache-2.0
#include "model/outcome.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"

using vouch::model::apply_link;
using vouch::model::Link;

namespace {
constexpr double inf = std::numeric_limits<double>::infinity();
}

TEST_CASE("the logit link is one half at 0, symmetric, and ends at 0 and 1", "[model]") {
  CHECK(apply_link(Link::logit, 0.0) == 0.5);
  CHECK(apply_link(Link::logit, std::log(3.0)) == Approx(0.75).epsilon(1e-15));
  for (double eta = -30.0; eta <= 30.0; eta += 0.37)
    CHECK(apply_link(Link::logit, eta) + apply_link(Link::logit, -eta) == Approx(1.0).epsilon(1e-15));
  CHECK(apply_link(Link::logit, inf) == 1.0);
  CHECK(apply_link(Link::logit, -inf) < 1e-300);
}

TEST_CASE("the log link is e^eta up to 1", "[model]") {
  CHECK(apply_link(Link::log, 0.0) == 1.0);
  CHECK(apply_link(Link::log, 3.0) == 1.0);
  CHECK(apply_link(Link::log, inf) == 1.0);
  CHECK(apply_link(Link::log, -inf) == 0.0);
  for (double eta = -40.0; eta <= 0.0; eta += 0.37)
    CHECK(apply_link(Link::log, eta) == Approx(std::exp(eta)).epsilon(1e-15));
}

TEST_CASE("the identity link is eta within 0 and 1", "[model]") {
  CHECK(apply_link(Link::identity, 0.3) == 0.3);
  CHECK(apply_link(Link::identity, 0.0) == 0.0);
  CHECK(apply_link(Link::identity, 1.0) == 1.0);
  CHECK(apply_link(Link::identity, -0.2) == 0.0);
  CHECK(apply_link(Link::identity, 1.7) == 1.0);
  CHECK(apply_link(Link::identity, inf) == 1.0);
  CHECK(apply_link(Link::identity, -inf) == 0.0);
}

TEST_CASE("every link gives a probability that never falls as eta rises", "[model]") {
  for (const Link link : {Link::logit, Link::log, Link::identity}) {
    double before = 0.0;
    for (double eta = -50.0; eta <= 50.0; eta += 0.013) {
      const double p = apply_link(link, eta);
      if (p < before || p > 1.0) FAIL("link " << static_cast<int>(link) << " at " << eta);
      before = p;
    }
  }
}

TEST_CASE("an outcome without weights is a constant", "[model]") {
  vouch::model::Outcome outcome;
  CHECK(outcome.is_constant());
  outcome.weights.push_back({vouch::model::Feature::quality, 1.0});
  CHECK_FALSE(outcome.is_constant());
}
