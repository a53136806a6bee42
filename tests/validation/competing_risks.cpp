// SPDX-License-Identifier: Apache-2.0
// Form 4: an ask against churn, and the linear birth-death process.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

std::string exponential(const char* key, double rate) {
  return fmt::format("{} = {{ distribution = 'exponential', mean = {} }}\n", key, 1.0 / rate);
}

}  // namespace

// An ask at the fixed age a precedes exponential churn with probability e^(-delta a): asks. Else it is skipped as
// inactive.
TEST_CASE("4. competing risks: one ask at a fixed age", "[validation]") {
  constexpr double churn = 1.0 / 200.0;
  constexpr int accounts = 500;
  Setting setting;
  setting.horizon_days = 101;
  setting.segment = fmt::format("accounts = {}\nnames_per_yes = 0\n", accounts) + exponential("contract_days", churn);
  setting.strategy = "when = 'purchase'\ndelay_days = 100\nmax_asks = 1";
  Sample asks;
  Sample skipped;
  run("one ask against churn", write_scenario(setting), 300, [&](const World& world) {
    asks.add(world.metric(Metric::asks));
    skipped.add(world.metric(Metric::skipped_inactive));
  });
  check("4 P(ask before churn)", asks, accounts * std::exp(-churn * 100.0));
  check("4 P(churn before ask)", skipped, accounts * -std::expm1(-churn * 100.0));
}

// Poisson asks before churn: P(n) = (delta/(lambda+delta)) (lambda/(lambda+delta))^n, here (1/3) (2/3)^n.
// Asks of segments of one account each. The horizon is 25 mean lifetimes.
TEST_CASE("4. competing risks: the number of Poisson asks is geometric", "[validation]") {
  constexpr double lambda = 1.0 / 30.0;
  constexpr double churn = 1.0 / 60.0;
  constexpr int copies = 20;
  Setting setting;
  setting.horizon_days = 1500;
  setting.tables = write_copies(copies, "accounts = 1\nnames_per_yes = 0\n" + exponential("contract_days", churn));
  setting.strategy = "when = 'purchase'\n" + exponential("delay_days", lambda) + exponential("repeat_days", lambda);
  Sample shares[4];
  Sample mean;
  run("asks before churn", write_scenario(setting), 15'000, [&](const World& world) {
    for (int copy = 0; copy < copies; ++copy) {
      const double asks = world.metric(Metric::asks, copy);
      for (int n = 0; n <= 3; ++n) shares[n].add(std::min(asks, 3.0) == n ? 1.0 : 0.0);
      mean.add(asks);
    }
  });
  const double stays = lambda / (lambda + churn);
  for (int n = 0; n <= 2; ++n) check(fmt::format("4 P({} asks)", n), shares[n], (1.0 - stays) * std::pow(stays, n));
  check("4 P(3 asks or more)", shares[3], std::pow(stays, 3));
  check("4 E asks", mean, lambda / churn);
}

// Linear birth-death from one customer, b = lambda pi = 0.02, delta = 0.01, t = 60, e = e^((b-delta) t):
// mean e, variance ((b+delta)/(b-delta)) e (e-1), P(extinct by t) = delta (e-1)/(b e - delta): active_end.
TEST_CASE("4. linear birth-death", "[validation]") {
  constexpr double b = 0.02;
  constexpr double churn = 0.01;
  constexpr double t = 60.0;
  constexpr int copies = 20;
  const double e = std::exp((b - churn) * t);
  Setting setting;
  setting.horizon_days = t;
  setting.tables = write_copies(copies, "accounts = 1\n" + exponential("contract_days", churn));
  setting.strategy = "when = 'purchase'\n" + exponential("delay_days", 2.0 * b) + exponential("repeat_days", 2.0 * b);
  setting.outcomes = {{"ask", "probability = 0.5"}};
  Sample mean;
  Sample squares;
  Sample extinct;
  run("birth-death", write_scenario(setting), 25'000, [&](const World& world) {
    for (int copy = 0; copy < copies; ++copy) {
      const double active = world.metric(Metric::active_end, copy);
      mean.add(active);
      squares.add((active - e) * (active - e));
      extinct.add(active == 0.0 ? 1.0 : 0.0);
    }
  });
  check("4 birth-death mean", mean, e);
  check("4 birth-death variance", squares, (b + churn) / (b - churn) * e * (e - 1.0));
  check("4 birth-death extinct", extinct, churn * (e - 1.0) / (b * e - churn));
}
