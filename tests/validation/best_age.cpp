// SPDX-License-Identifier: Apache-2.0
// Form 8: the best age for a single ask. Willingness g (1 - e^(-kappa age)) through the stock awkwardness, which the
// purchase raises by 1, and an identity link: g - g awkwardness.
#include <fmt/format.h>

#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

const double kappa = std::log(2.0) / 21.0;
constexpr double churn = 1.0 / 300.0;
constexpr double willing = 0.6;  ///< g
constexpr int accounts = 200;

double compute_willingness(double age) { return willing * -std::expm1(-kappa * age); }

/// One ask at `age`, `names` at a yes; `win` is the probability that a deal is won.
Setting make_setting(double age, double names, double win) {
  Setting setting;
  setting.horizon_days = 2.5 * age + 1.0;
  setting.segment = fmt::format(
      "accounts = {}\nnames_per_yes = {{ distribution = 'poisson', mean = {} }}\n"
      "contract_days = {{ distribution = 'exponential', mean = {} }}",
      accounts, names, 1.0 / churn);
  setting.strategy = fmt::format("when = 'purchase'\ndelay_days = {}\nmax_asks = 1", age);
  setting.outcomes = {
      {"ask", fmt::format("link = 'identity'\nintercept = {0}\nweights = {{ awkwardness = -{0} }}", willing)},
      {"win", fmt::format("probability = {}", win)}};
  setting.tables = "[stocks.awkwardness]\nhalf_life_days = 21\n[touches.purchase]\nimpulses = { awkwardness = 1.0 }\n";
  return setting;
}

}  // namespace

// Without growth, yeses per account are w(age) e^(-delta age), largest at ln(1 + kappa/delta)/kappa: yes.
TEST_CASE("8. the best single ask age, without growth", "[validation]") {
  const auto exact = [](double age) { return compute_willingness(age) * std::exp(-churn * age); };
  const double best = std::log1p(kappa / churn) / kappa;
  CHECK(exact(best) > exact(best * 0.999));
  CHECK(exact(best) > exact(best * 1.001));
  constexpr double shares[3] = {0.5, 1.0, 1.7};
  double estimates[3];
  for (int i = 0; i < 3; ++i) {
    const double age = shares[i] * best;
    Sample yes;
    run(fmt::format("best age {}", i), write_scenario(make_setting(age, 1.0, 0.0)), 520,
        [&](const World& world) { yes.add(world.metric(Metric::yes)); });
    check(fmt::format("8 yeses at {} of the best age", shares[i]), yes, accounts * exact(age));
    estimates[i] = yes.mean();
  }
  CHECK(estimates[1] > estimates[0]);
  CHECK(estimates[1] > estimates[2]);
}

// With N names won at a yes, the population grows at alpha(age) = ln(N w(age))/age - delta (form 3); the age that
// maximises alpha maximises w(age) e^(-(delta + alpha) age), so it is ln(1 + kappa/(delta + alpha))/kappa: a fixed
// point. Each generation is N w(age) e^(-delta age) times the one before: generation_customers.
TEST_CASE("8. the best single ask age, with growth", "[validation]") {
  constexpr double names = 5.0;
  const auto growth = [](double age) { return std::log(names * compute_willingness(age)) / age - churn; };
  double best = 30.0;
  for (int i = 0; i < 200; ++i) best = std::log1p(kappa / (churn + growth(best))) / kappa;
  CHECK(growth(best) > growth(best * 0.999));
  CHECK(growth(best) > growth(best * 1.001));
  constexpr double shares[3] = {0.6, 1.0, 1.7};
  double estimates[3];
  for (int i = 0; i < 3; ++i) {
    const double age = shares[i] * best;
    const double factor = std::exp(growth(age) * age);
    Sample first;
    Sample second;
    run(fmt::format("best age with growth {}", i), write_scenario(make_setting(age, names, 1.0)), 1000,
        [&](const World& world) {
          first.add(world.curve(Curve::generation_customers, 1));
          second.add(world.curve(Curve::generation_customers, 2));
        });
    check(fmt::format("8 E Z_1 at {} of the best age", shares[i]), first, accounts * factor);
    estimates[i] = std::log(first.mean() / accounts) / age;
    if (shares[i] != 1.0) continue;
    check("8 E Z_2 at the best age", second, accounts * factor * factor);
    check("8 growth at the best age", std::log(second.mean() / accounts) / (2.0 * age),
          second.standard_error() / second.mean() / (2.0 * age), growth(age));
  }
  CHECK(estimates[1] > estimates[0]);
  CHECK(estimates[1] > estimates[2]);
}

// With excitement h e^(-x age) besides, w = g (1 - e^(-kappa age)) + h e^(-x age): age 0 is a peak of its own, with a
// valley between it and the later one.
TEST_CASE("8. with excitement, age 0 is a second peak", "[validation]") {
  constexpr double excited = 0.38;
  const double fades = std::log(2.0) / 7.0;
  const auto exact = [&](double age) {
    return (compute_willingness(age) + excited * std::exp(-fades * age)) * std::exp(-churn * age);
  };
  constexpr double ages[3] = {0.0, 14.0, 70.0};
  REQUIRE(exact(0.0) > exact(0.1));
  REQUIRE(exact(ages[2]) > exact(ages[2] - 20.0));
  REQUIRE(exact(ages[2]) > exact(ages[2] + 40.0));
  double estimates[3];
  for (int i = 0; i < 3; ++i) {
    Setting setting = make_setting(ages[i], 1.0, 0.0);
    setting.outcomes["ask"] = fmt::format(
        "link = 'identity'\nintercept = {0}\nweights = {{ awkwardness = -{0}, excitement = {1} }}", willing, excited);
    setting.tables =
        "[stocks.awkwardness]\nhalf_life_days = 21\n[stocks.excitement]\nhalf_life_days = 7\n"
        "[touches.purchase]\nimpulses = { awkwardness = 1.0, excitement = 1.0 }\n";
    Sample yes;
    run(fmt::format("excitement {}", i), write_scenario(setting), 600,
        [&](const World& world) { yes.add(world.metric(Metric::yes)); });
    check(fmt::format("8 yeses at age {} with excitement", ages[i]), yes, accounts * exact(ages[i]));
    estimates[i] = yes.mean();
  }
  CHECK(estimates[0] > estimates[1]);
  CHECK(estimates[2] > estimates[1]);
}
