// SPDX-License-Identifier: Apache-2.0
// Form 11: a market that runs out. Lost companies never come back (retry_after_days is infinite).
#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

/// Expected number of companies reached when each reached one names Poisson(m) companies, uniformly over all: it names
/// a given one with probability 1 - e^(-m/M), independently (Poisson thinning). One after another: whoever has not been
/// reached by the first i is reached by the next one with that probability, and all ends when i = the number reached.
double compute_final_size(int market, int first, double m) {
  const double missed = std::exp(-m / market);
  std::vector<double> reached(static_cast<std::size_t>(market) + 1, 0.0);  // P(so many, and i of them have named)
  reached[static_cast<std::size_t>(first)] = 1.0;
  double mean = 0.0;
  for (int i = 0; i <= market; ++i) {
    mean += i * reached[static_cast<std::size_t>(i)];
    std::vector<double> next(reached.size(), 0.0);
    for (int size = i + 1; size <= market; ++size) {
      const int rest = market - size;
      double p = reached[static_cast<std::size_t>(size)] * std::pow(missed, rest);
      for (int k = 0; k <= rest; ++k) {
        next[static_cast<std::size_t>(size + k)] += p;
        p *= (rest - k) / (k + 1.0) * (1.0 - missed) / missed;
      }
    }
    reached = next;
  }
  return mean;
}

/// The root of z = 1 - (1 - eps) e^(-m z), by iteration from above.
double compute_limit(double eps, double m) {
  double z = 1.0;
  for (int i = 0; i < 10000; ++i) z = 1.0 - (1.0 - eps) * std::exp(-m * z);
  return z;
}

Setting make_spread(int market, int accounts, double m) {
  Setting setting;
  setting.horizon_days = 1000;
  setting.segment = fmt::format(
      "accounts = {}\nmarket = {}\ncycle_days = 1\nnames_per_yes = {{ distribution = 'poisson', mean = {} }}", accounts,
      market, m);
  setting.strategy = "when = 'purchase'\nmax_asks = 1";
  return setting;
}

}  // namespace

// k names uniform over M companies are D distinct ones: E D = M (1 - (1 - 1/M)^k), and with v_j = (1 - j/M)^k
// Var D = M v_1 + M (M - 1) v_2 - M^2 v_1^2. Named by an outsider, who is no member: opened. Whether a company's deal
// is open, won or lost it is taken.
TEST_CASE("11. distinct companies after k uniform namings", "[validation]") {
  constexpr double market = 60.0;
  constexpr int names = 50;
  const double v1 = std::pow(1.0 - 1.0 / market, names);
  const double v2 = std::pow(1.0 - 2.0 / market, names);
  const double mean = market * (1.0 - v1);
  struct Fate {
    const char* name;
    const char* cycle;
    const char* win;
  };
  for (const Fate& fate : {Fate{"open", "1000", "1"}, Fate{"won", "0", "1"}, Fate{"lost", "0", "0"}}) {
    Setting setting;
    setting.horizon_days = 10;
    setting.segment = fmt::format("market = {}\ncycle_days = {}", market, fate.cycle);
    setting.tables = fmt::format(
        "[populations.outsiders]\naccounts = 1\nnames_per_yes = {}\npeer_segments = {{ all = 1 }}\n", names);
    setting.strategy =
        "[strategies.only.programs.outsiders]\npopulation = 'outsiders'\nwhen = 'calendar'\n"
        "calendar_days = 5\nmax_asks = 1";
    setting.outcomes = {{"win", fmt::format("probability = {}", fate.win)}};
    Sample distinct;
    Sample squares;
    double unaccounted = 0.0;
    run(fmt::format("distinct companies, {}", fate.name), write_scenario(setting), 120'000, [&](const World& world) {
      const double opened = world.funnel(Funnel::opened, first_program);
      distinct.add(opened);
      squares.add((opened - mean) * (opened - mean));
      unaccounted += std::fabs(names - opened - world.funnel(Funnel::duplicates, first_program));
    });
    CHECK(unaccounted == 0.0);
    check(fmt::format("11 distinct companies, {}", fate.name), distinct, mean);
    check(fmt::format("11 their variance, {}", fate.name), squares,
          market * v1 + market * (market - 1.0) * v2 - market * market * v1 * v1);
  }
}

// Existing accounts are members, the referrer included: of M = 40 companies 3 are, one of them (each is asked with
// 1/3, and worlds with one ask are looked at) names 30, and E opened = 37 (1 - (1 - 1/40)^30). In two territories a
// name stays in its referrer's, and each of the 37 is there with probability 1/2: given n = 1 + Binomial(39, 1/2)
// companies there, the referrer among them, those free are hypergeometric of mean (n - 1) 37/39, and each is reached
// with 1 - (1 - 1/n)^30.
TEST_CASE("11. existing accounts are members of their market", "[validation]") {
  constexpr int names = 30;
  double split = 0.0;
  double p = std::pow(0.5, 39);  // P(Binomial(39, 1/2) = k)
  for (int k = 0; k <= 39; ++k) {
    split += p * k * 37.0 / 39.0 * (1.0 - std::pow(1.0 - 1.0 / (k + 1.0), names));
    p *= (39.0 - k) / (k + 1.0);
  }
  const double exact[] = {37.0 * (1.0 - std::pow(1.0 - 1.0 / 40.0, names)), split};
  for (int territories = 1; territories <= 2; ++territories) {
    Setting setting;
    setting.horizon_days = 2;
    setting.tables = fmt::format(
        "[reps]\nterritories = {}\n[segments.all]\naccounts = 3\nmarket = 40\n"
        "quality = {{ distribution = 'uniform', low = 0, high = 1 }}\nnames_per_yes = {}\ncycle_days = 10\n",
        territories, names);
    setting.strategy = "when = 'purchase'\nmax_asks = 1\nguard = 'quality < 0.3333333333333333'";
    RatioSample opened;
    run(fmt::format("members, {} territories", territories), write_scenario(setting), 60'000, [&](const World& world) {
      if (world.metric(Metric::asks) != 1.0) return;  // of three each asked with 1/3, those worlds with one
      opened.add(world.funnel(Funnel::opened, first_program), 1.0);
    });
    check(fmt::format("11 companies opened by a member, {} territories", territories), opened, exact[territories - 1]);
  }
}

// Everybody reached buys a day later and names Poisson(1.5) companies, once. In a market of 200 with 10 customers at
// first: the exact mean. In one of 20 000 with 1000: z = 1 - 0.95 e^(-1.5 z). The mean of a finite market differs from
// it by c/M, c taken from the exact means at 200 and 400, where it is already constant; at 20 000 that is far below a
// standard error.
TEST_CASE("11. the final size of a spread by referral", "[validation]") {
  constexpr double m = 1.5;
  constexpr double eps = 0.05;
  const double z = compute_limit(eps, m);
  const double exact = compute_final_size(200, 10, m);
  const double c = exact - 200.0 * z;
  CHECK(compute_final_size(400, 20, m) - 400.0 * z == Approx(c).epsilon(0.25));
  Sample small;
  run("final size, 200", write_scenario(make_spread(200, 10, m)), 4000,
      [&](const World& world) { small.add(world.metric(Metric::customers)); });
  check("11 final size of 200", small, exact);
  Sample large;
  run("final size, 20000", write_scenario(make_spread(20000, 1000, m)), 60,
      [&](const World& world) { large.add(world.metric(Metric::customers) / 20000.0); });
  CHECK(std::fabs(c) / 20000.0 < 0.25 * large.standard_error());
  check("11 final size of 20000", large, z);
}
