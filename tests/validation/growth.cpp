// SPDX-License-Identifier: Apache-2.0
// Form 3: growth. Asks at rate lambda while a customer, churn at rate delta, P(an ask yields a deal) = pi.
#include <fmt/format.h>

#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

constexpr double lambda = 0.05;
constexpr double pi = 0.5;
constexpr double churn = 0.01;

/// Poisson asks: exponential time to the first and between asks. Exponential churn: a contract of exponential length,
/// kept never.
Setting make_setting(int accounts, const std::string& cycle) {
  Setting setting;
  setting.horizon_days = 150;
  setting.series = true;
  setting.segment =
      fmt::format("accounts = {}\ncontract_days = {{ distribution = 'exponential', mean = {} }}\ncycle_days = {}",
                  accounts, 1.0 / churn, cycle);
  setting.strategy = fmt::format(
      "when = 'purchase'\ndelay_days = {{ distribution = 'exponential', mean = {0} }}\n"
      "repeat_days = {{ distribution = 'exponential', mean = {0} }}",
      1.0 / lambda);
  setting.outcomes = {{"ask", fmt::format("probability = {}", pi)}};
  return setting;
}

/// E N(t) at the ends of bins (series_active), and the growth rate from N(150) / N(90) against alpha.
template <typename Exact>
void check_growth(const std::string& name, const Setting& setting, int num_worlds, int accounts, Exact exact,
                  double alpha) {
  constexpr int bins[] = {0, 2, 4};  // days 30, 90, 150
  Sample active[3];
  RatioSample growth;
  run(name, write_scenario(setting), num_worlds, [&](const World& world) {
    for (int i = 0; i < 3; ++i) active[i].add(world.series(Series::series_active, bins[i]));
    growth.add(world.series(Series::series_active, 4), world.series(Series::series_active, 2));
  });
  for (int i = 0; i < 3; ++i)
    check(fmt::format("3 {} E N({})", name, 30 * (bins[i] + 1)), active[i], accounts * exact(30.0 * (bins[i] + 1)));
  // What is left of the start by day 90 is far below the standard error.
  REQUIRE(std::log(exact(150.0) / exact(90.0)) / 60.0 == Approx(alpha).epsilon(1e-4));
  check(fmt::format("3 {} growth rate", name), std::log(growth.ratio()) / 60.0,
        growth.standard_error() / growth.ratio() / 60.0, alpha);
}

}  // namespace

// N' = nu D - delta N, D' = lambda pi N - nu D, N(0) = 1, D(0) = 0. With the roots alpha > beta of
// (s + delta)(s + nu) = nu lambda pi: N = ((alpha + nu) e^(alpha t) - (beta + nu) e^(beta t)) / (alpha - beta),
// D = lambda pi (e^(alpha t) - e^(beta t)) / (alpha - beta). D: open_end at the horizon.
TEST_CASE("3. growth with exponential cycles", "[validation]") {
  constexpr double close = 0.08;
  const double root = std::sqrt((close - churn) * (close - churn) + 4.0 * close * lambda * pi);
  const double alpha = (-(close + churn) + root) / 2.0;
  const double beta = alpha - root;
  constexpr int accounts = 200;
  const Setting setting =
      make_setting(accounts, fmt::format("{{ distribution = 'exponential', mean = {} }}", 1.0 / close));
  const auto customers = [&](double t) {
    return ((alpha + close) * std::exp(alpha * t) - (beta + close) * std::exp(beta * t)) / root;
  };
  check_growth("exponential cycle", setting, 700, accounts, customers, alpha);
  Sample open;
  run("growth, open deals", write_scenario(setting), 700,
      [&](const World& world) { open.add(world.funnel(Funnel::open_end, first_program)); });
  check("3 exponential cycle E D(150)", open,
        accounts * lambda * pi * (std::exp(alpha * 150.0) - std::exp(beta * 150.0)) / root);
}

// N'(t) = b N(t - d) - delta N(t), b = lambda pi, N = e^(-delta t) before d. Step by step:
// N(t) = sum over k <= t/d of b^k (t - k d)^k / k! e^(-delta (t - k d)).
// Growth rate alpha = -delta + W(b d e^(delta d)) / d, the root of alpha + delta = b e^(-alpha d), by Newton's method.
TEST_CASE("3. growth with a fixed cycle", "[validation]") {
  constexpr double cycle = 20.0;
  constexpr double b = lambda * pi;
  double alpha = 0.0;
  for (int i = 0; i < 50; ++i)
    alpha -= (alpha + churn - b * std::exp(-alpha * cycle)) / (1.0 + b * cycle * std::exp(-alpha * cycle));
  constexpr int accounts = 200;
  const auto customers = [](double t) {
    double sum = 0.0;
    double factor = 1.0;  // b^k / k!
    for (int k = 0; k * cycle <= t; ++k, factor *= b / k)
      sum += factor * std::pow(t - k * cycle, k) * std::exp(-churn * (t - k * cycle));
    return sum;
  };
  check_growth("fixed cycle", make_setting(accounts, fmt::format("{}", cycle)), 900, accounts, customers, alpha);
}

// One ask at age a = 30, Poisson(1.5) names, won at once, churn 1/150: generation k buys on day k a, and
// E Z_k = (m e^(-delta a))^k = e^(alpha a k) with alpha = ln(m)/a - delta: generation_customers. Between,
// E N(t) = e^(-delta t) (m^(n+1) - 1)/(m - 1), n = floor(t/a): active_end.
TEST_CASE("3. growth with one ask at a fixed age", "[validation]") {
  constexpr double age = 30.0;
  constexpr double m = 1.5;
  constexpr double loss = 1.0 / 150.0;
  constexpr int accounts = 200;
  Setting setting;
  setting.horizon_days = 135;
  setting.segment = fmt::format(
      "accounts = {}\nnames_per_yes = {{ distribution = 'poisson', mean = {} }}\n"
      "contract_days = {{ distribution = 'exponential', mean = {} }}",
      accounts, m, 1.0 / loss);
  setting.strategy = fmt::format("when = 'purchase'\ndelay_days = {}\nmax_asks = 1", age);
  Sample generations[5];
  Sample active;
  run("growth at one age", write_scenario(setting), 1400, [&](const World& world) {
    for (int k = 1; k <= 4; ++k) generations[k].add(world.curve(Curve::generation_customers, k));
    active.add(world.metric(Metric::active_end));
  });
  const double alpha = std::log(m) / age - loss;
  for (int k = 1; k <= 4; ++k)
    check(fmt::format("3 one age E Z_{}", k), generations[k], accounts * std::exp(alpha * age * k));
  check("3 one age growth rate", std::log(generations[4].mean() / accounts) / (4.0 * age),
        generations[4].standard_error() / generations[4].mean() / (4.0 * age), alpha);
  check("3 one age E N(135)", active, accounts * std::exp(-loss * 135.0) * (std::pow(m, 5) - 1.0) / (m - 1.0));
}
