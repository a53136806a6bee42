// SPDX-License-Identifier: Apache-2.0
// Form 1: Galton-Watson. One ask a day after each purchase, deals won at once: generation n is bought on day n.
#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

constexpr const char* one_ask = "when = 'purchase'\ndelay_days = 1\nmax_asks = 1\n";

double factorial(int n) { return std::tgamma(n + 1.0); }

}  // namespace

// Poisson offspring of mean m = 0.4, k = 5 initial accounts, to extinction (0.4^200 = 0).
// E Z_n = k m^n: generation_customers[n]. Total progeny (Borel): mean k/(1-m), variance k m/(1-m)^3: customers.
TEST_CASE("1. Galton-Watson: generations and total progeny, Poisson offspring", "[validation]") {
  constexpr double m = 0.4;
  constexpr int k = 5;
  constexpr double mean = k / (1.0 - m);
  Setting setting;
  setting.horizon_days = 200;
  setting.segment = fmt::format("accounts = {}\nnames_per_yes = {{ distribution = 'poisson', mean = {} }}", k, m);
  setting.strategy = one_ask;
  Sample generations[4];
  Sample total;
  Sample squares;
  run("galton-watson", write_scenario(setting), 310'000, [&](const World& world) {
    for (int n = 1; n <= 3; ++n) generations[n].add(world.curve(Curve::generation_customers, n));
    const double customers = world.metric(Metric::customers);
    total.add(customers);
    squares.add((customers - mean) * (customers - mean));
  });
  for (int n = 1; n <= 3; ++n) check(fmt::format("1 E Z_{}", n), generations[n], k * std::pow(m, n));
  check("1 E T", total, mean);
  check("1 Var T", squares, k * m / std::pow(1.0 - m, 3));
}

// Offspring: yes with p = 0.5, a geometric number of names of mean g = 1.2, each won with w = 0.5. A thinned geometric
// is geometric, of mean gw = 0.6: m = p gw = 0.3, sigma^2 = p (gw (1 + gw) + gw^2) - m^2 = 0.57. Variance of the total
// progeny sigma^2/(1-m)^3: customers.
TEST_CASE("1. Galton-Watson: compound offspring", "[validation]") {
  constexpr double m = 0.3;
  constexpr double offspring_variance = 0.57;
  constexpr int k = 10;
  Setting setting;
  setting.horizon_days = 200;
  setting.segment = fmt::format("accounts = {}\nnames_per_yes = {{ distribution = 'geometric', mean = 1.2 }}", k);
  setting.strategy = one_ask;
  setting.outcomes = {{"ask", "probability = 0.5"}, {"win", "probability = 0.5"}};
  Sample first;
  Sample total;
  Sample squares;
  run("galton-watson compound", write_scenario(setting), 350'000, [&](const World& world) {
    first.add(world.curve(Curve::generation_customers, 1));
    const double customers = world.metric(Metric::customers);
    total.add(customers);
    squares.add(std::pow(customers - k / (1.0 - m), 2));
  });
  check("1 compound E Z_1", first, k * m);
  check("1 compound E T", total, k / (1.0 - m));
  check("1 compound Var T", squares, k * offspring_variance / std::pow(1.0 - m, 3));
}

// m = 1.3, one initial account; the guard lets generations 0..5 ask. P(extinct by generation n) is the n-fold iterate
// of f(s) = e^(m (s - 1)) at 0: share of worlds with generation_customers[n] = 0. E Z_n = m^n.
TEST_CASE("1. Galton-Watson: extinction by generation, stopped by a guard", "[validation]") {
  constexpr double m = 1.3;
  constexpr int last = 6;
  Setting setting;
  setting.horizon_days = 200;
  setting.segment = fmt::format("accounts = 1\nnames_per_yes = {{ distribution = 'poisson', mean = {} }}", m);
  setting.strategy = fmt::format("{}guard = 'generation < {}'", one_ask, last);
  Sample extinct[last + 1];
  Sample sizes[last + 1];
  double beyond = 0.0;
  run("galton-watson extinction", write_scenario(setting), 150'000, [&](const World& world) {
    for (int n = 1; n <= last; ++n) {
      const double size = world.curve(Curve::generation_customers, n);
      extinct[n].add(size == 0.0 ? 1.0 : 0.0);
      sizes[n].add(size);
    }
    beyond += world.curve(Curve::generation_customers, last + 1);
    if (world.metric(Metric::skipped_guard) != world.curve(Curve::generation_customers, last)) beyond += 1.0;
  });
  CHECK(beyond == 0.0);
  double q = 0.0;
  for (int n = 1; n <= last; ++n) {
    q = std::exp(m * (q - 1.0));
    check(fmt::format("1 P(extinct by {})", n), extinct[n], q);
    check(fmt::format("1 supercritical E Z_{}", n), sizes[n], std::pow(m, n));
  }
}

// Dwass: P(T = n | Z_0 = k) = (k/n) P(X_1 + .. + X_n = n - k), for k = 1, 2, 3 with Poisson offspring (their sum is
// Poisson of mean m n: Borel-Tanner) and for k = 1 with geometric offspring (their sum is negative binomial:
// C(n + j - 1, j) p^n (1-p)^j, p = 1/(1+m)). Segments of k accounts; customers of each.
TEST_CASE("1. Galton-Watson: the whole law of the total progeny", "[validation]") {
  constexpr double m = 0.4;
  const auto borel_tanner = [](int k, int n) {
    return static_cast<double>(k) / n * std::exp(-m * n) * std::pow(m * n, n - k) / factorial(n - k);
  };
  const auto geometric = [](int n) {
    const double p = 1.0 / (1.0 + m);
    return std::tgamma(2.0 * n - 1.0) / (factorial(n - 1) * factorial(n - 1)) * std::pow(p, n) *
           std::pow(1.0 - p, n - 1) / n;
  };
  const auto segment = [m](const char* name, int k, const char* family) {
    return fmt::format("[segments.{}]\naccounts = {}\nnames_per_yes = {{ distribution = '{}', mean = {} }}\n", name, k,
                       family, m);
  };
  Setting setting;
  setting.horizon_days = 200;
  setting.tables = segment("one", 1, "poisson") + segment("two", 2, "poisson") + segment("three", 3, "poisson") +
                   segment("geometric", 1, "geometric");
  setting.strategy = one_ask;
  constexpr int num_cells[4] = {2, 3, 3, 2};  // single values that are likely enough, then the rest
  Sample shares[4][4];
  run("galton-watson dwass", write_scenario(setting), 340'000, [&](const World& world) {
    for (int s = 0; s < 4; ++s) {
      const int k = s < 3 ? s + 1 : 1;
      const int excess = static_cast<int>(world.metric(Metric::customers, s)) - k;
      for (int cell = 0; cell <= num_cells[s]; ++cell)
        shares[s][cell].add(std::min(excess, num_cells[s]) == cell ? 1.0 : 0.0);
    }
  });
  for (int s = 0; s < 4; ++s) {
    const int k = s < 3 ? s + 1 : 1;
    double rest = 1.0;
    for (int cell = 0; cell < num_cells[s]; ++cell) {
      const double p = s < 3 ? borel_tanner(k, k + cell) : geometric(1 + cell);
      rest -= p;
      check(fmt::format("1 P(T = {} | {}){}", k + cell, k, s < 3 ? "" : " geometric"), shares[s][cell], p);
    }
    check(fmt::format("1 P(T >= {} | {}){}", k + num_cells[s], k, s < 3 ? "" : " geometric"), shares[s][num_cells[s]],
          rest);
  }
}
