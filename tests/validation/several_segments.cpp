// SPDX-License-Identifier: Apache-2.0
// Form 2: several segments, and contagion.
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

using Vector = std::array<double, 3>;

// Segment i names Poisson(m_i) people, of segment j with probability P_ij: M_ij = m_i P_ij, spectral radius below 1.
constexpr Vector initial = {300.0, 200.0, 100.0};
constexpr Vector names = {0.9, 0.6, 0.5};
constexpr std::array<Vector, 3> peers = {{{0.5, 0.3, 0.2}, {0.2, 0.5, 0.3}, {0.1, 0.4, 0.5}}};

Vector advance(const Vector& z) {
  Vector next = {};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) next[j] += z[i] * names[i] * peers[i][j];
  return next;
}

std::string write_segments(const std::string& more) {
  std::string text;
  for (std::size_t i = 0; i < 3; ++i)
    text += fmt::format(
        "[segments.s{}]\naccounts = {}\nnames_per_yes = {{ distribution = 'poisson', mean = {} }}\n"
        "peer_segments = {{ s0 = {}, s1 = {}, s2 = {} }}\n{}\n",
        i, initial[i], names[i], peers[i][0], peers[i][1], peers[i][2], more);
  return text;
}

}  // namespace

// The ask comes at age 1 and the contract ends at age 1.2 without renewal: at day n + 0.25 the active customers of a
// segment (active_end) are its part of generation n. E Z_n = z_0 M^n.
TEST_CASE("2. several segments: generations by segment", "[validation]") {
  Vector exact = initial;
  for (int n = 1; n <= 2; ++n) {
    exact = advance(exact);
    Setting setting;
    setting.horizon_days = n + 0.25;
    setting.tables = write_segments("contract_days = 1.2");
    setting.strategy = "when = 'purchase'\ndelay_days = 1\nmax_asks = 1";
    Sample active[3];
    run(fmt::format("segments {}", n), write_scenario(setting), 1500, [&](const World& world) {
      for (int j = 0; j < 3; ++j) active[j].add(world.metric(Metric::active_end, j));
    });
    for (std::size_t j = 0; j < 3; ++j) check(fmt::format("2 E Z_{} of segment {}", n, j), active[j], exact[j]);
  }
}

// To extinction: customers by segment, z_0 (I - M)^-1, here by its series.
TEST_CASE("2. several segments: totals by segment", "[validation]") {
  Vector exact = {};
  Vector generation = initial;
  for (int n = 0; n < 2000; ++n) {
    for (std::size_t j = 0; j < 3; ++j) exact[j] += generation[j];
    generation = advance(generation);
  }
  Setting setting;
  setting.horizon_days = 2000;
  setting.tables = write_segments("");
  setting.strategy = "when = 'purchase'\ndelay_days = 1\nmax_asks = 1";
  Sample customers[3];
  run("segments total", write_scenario(setting), 600, [&](const World& world) {
    for (int j = 0; j < 3; ++j) customers[j].add(world.metric(Metric::customers, j));
  });
  for (std::size_t j = 0; j < 3; ++j) check(fmt::format("2 total of segment {}", j), customers[j], exact[j]);
}

// Referred customers say yes with 0.3 instead of 0.2 (a weight on `referred`), and name Poisson(2): m_0 = 0.4, m_1 =
// 0.6. E T = 1 + m_0/(1 - m_1) = 2 for each root; E Z_2 = m_0 m_1.
TEST_CASE("2. contagion: referred customers refer more", "[validation]") {
  constexpr int accounts = 100;
  Setting setting;
  setting.horizon_days = 2000;
  setting.segment = fmt::format("accounts = {}\nnames_per_yes = {{ distribution = 'poisson', mean = 2 }}", accounts);
  setting.strategy = "when = 'purchase'\ndelay_days = 1\nmax_asks = 1";
  setting.outcomes = {{"ask", "link = 'identity'\nintercept = 0.2\nweights = { referred = 0.1 }"}};
  Sample total;
  Sample second;
  run("contagion", write_scenario(setting), 8500, [&](const World& world) {
    total.add(world.metric(Metric::customers));
    second.add(world.curve(Curve::generation_customers, 2));
  });
  check("2 contagion E T", total, 2.0 * accounts);
  check("2 contagion E Z_2", second, 0.24 * accounts);
}
