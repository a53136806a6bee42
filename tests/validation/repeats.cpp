// SPDX-License-Identifier: Apache-2.0
// Form 10: repeats.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

// Asked daily until a yes: P(n asks) = (1-p)^(n-1) p, p = 0.3. Asks of segments of one account each; 0.7^200 = 0.
TEST_CASE("10. asks to the first yes are geometric", "[validation]") {
  constexpr double p = 0.3;
  constexpr int copies = 20;
  Setting setting;
  setting.horizon_days = 200;
  setting.tables = write_copies(copies, "accounts = 1\nnames_per_yes = 0");
  setting.strategy = "when = 'purchase'\nrepeat_days = 1\nstop_after_yes = true";
  setting.outcomes = {{"ask", fmt::format("probability = {}", p)}};
  Sample shares[4];
  Sample mean;
  double without_one_yes = 0.0;
  run("asks to the first yes", write_scenario(setting), 15'000, [&](const World& world) {
    for (int copy = 0; copy < copies; ++copy) {
      const int asks = static_cast<int>(world.metric(Metric::asks, copy));
      for (int n = 1; n <= 4; ++n) shares[n - 1].add(std::min(asks, 4) == n ? 1.0 : 0.0);
      mean.add(asks);
      if (world.metric(Metric::yes, copy) != 1.0) without_one_yes += 1.0;
    }
  });
  CHECK(without_one_yes == 0.0);
  for (int n = 1; n <= 3; ++n) check(fmt::format("10 P({} asks)", n), shares[n - 1], std::pow(1.0 - p, n - 1) * p);
  check("10 P(4 asks or more)", shares[3], std::pow(1.0 - p, 3));
  check("10 E asks", mean, 1.0 / p);
}

// An account's propensity q is its quality, gamma of shape k = 2 and mean 0.1, and the identity link makes it P(yes)
// and P(a candidate moment refers). Poisson asks and moments, 20 expected of each, thinned by q: both counts are
// Poisson given q, negative binomial of mean mu = 2 and dispersion 2 without it, P(n) = C(n + k - 1, n) (k/(k + mu))^k
// (mu/(k + mu))^n, variance mu + mu^2/k, and they share q: covariance mu^2/k. (P(q > 1) = 4e-8.) yes; introduced by
// source organic.
TEST_CASE("10. counts under gamma propensity are negative binomial", "[validation]") {
  constexpr double mu = 2.0;
  constexpr int copies = 20;
  Setting setting;
  setting.horizon_days = 200;
  setting.tables = write_copies(copies,
                                "accounts = 1\nnames_per_yes = 0\norganic_per_year = 36.5\n"
                                "quality = { distribution = 'gamma', mean = 0.1, shape = 2 }");
  setting.strategy =
      "when = 'purchase'\ndelay_days = { distribution = 'exponential', mean = 10 }\n"
      "repeat_days = { distribution = 'exponential', mean = 10 }";
  const char* propensity = "link = 'identity'\nintercept = 0\nweights = { quality = 1 }";
  setting.outcomes = {{"ask", propensity}, {"organic", propensity}, {"win", "probability = 0"}};
  Sample mean[2];
  Sample squares[2];
  Sample covariance;
  Sample shares[5];
  run("gamma propensity", write_scenario(setting), 28'000, [&](const World& world) {
    for (int copy = 0; copy < copies; ++copy) {
      const double counts[2] = {world.metric(Metric::yes, copy), world.funnel(Funnel::introduced, organic, copy)};
      for (int i = 0; i < 2; ++i) {
        mean[i].add(counts[i]);
        squares[i].add((counts[i] - mu) * (counts[i] - mu));
      }
      covariance.add((counts[0] - mu) * (counts[1] - mu));
      for (int n = 0; n <= 4; ++n) shares[n].add(std::min(counts[0], 4.0) == n ? 1.0 : 0.0);
    }
  });
  for (int i = 0; i < 2; ++i) {
    check(fmt::format("10 {} mean", i == 0 ? "yes" : "organic"), mean[i], mu);
    check(fmt::format("10 {} variance", i == 0 ? "yes" : "organic"), squares[i], mu + mu * mu / 2.0);
  }
  check("10 covariance of yes and organic", covariance, mu * mu / 2.0);
  double rest = 1.0;
  for (int n = 0; n <= 3; ++n) {
    const double p = (n + 1) * std::pow(0.5, n + 2);
    rest -= p;
    check(fmt::format("10 P({} yeses)", n), shares[n], p);
  }
  check("10 P(4 yeses or more)", shares[4], rest);
}

// An account keeps each contract with its own probability 1 - theta, theta ~ Beta(alpha, beta): its quality is
// Beta(beta, alpha) and renews through an identity link. Of those kept t - 1 times a share (beta + t - 1)/(alpha + beta
// + t - 1) is kept again (sBG). Contracts of 360 days, bins of 365: series_active, bin by bin.
TEST_CASE("10. beta-distributed renewal gives sBG retention", "[validation]") {
  constexpr double alpha = 0.8;
  constexpr double beta = 2.4;
  constexpr int accounts = 500;
  Setting setting;
  setting.horizon_days = 4 * 365;
  setting.series = true;
  setting.bin_days = 365;
  setting.segment =
      fmt::format("accounts = {}\ncontract_days = 360\nquality = {{ distribution = 'beta', a = {}, b = {} }}", accounts,
                  beta, alpha);
  setting.strategy = "label = 'never ask'";
  setting.outcomes = {{"renew", "link = 'identity'\nintercept = 0\nweights = { quality = 1 }"}};
  RatioSample retention[4];
  Sample lost;
  run("beta renewal", write_scenario(setting), 300, [&](const World& world) {
    double before = accounts;
    for (int t = 1; t <= 4; ++t) {
      const double active = world.series(Series::series_active, t - 1);
      retention[t - 1].add(active, before);
      before = active;
    }
    lost.add(world.metric(Metric::lost_customers));
  });
  double kept = 1.0;
  for (int t = 1; t <= 4; ++t) {
    const double share = (beta + t - 1) / (alpha + beta + t - 1);
    kept *= share;
    check(fmt::format("10 retention {}", t), retention[t - 1], share);
  }
  check("10 lost in four contracts", lost, accounts * (1.0 - kept));
}
