// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: the reps' nerve, and territories.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

// A share s of the reps is brave, and a brave one dares an attempt with probability v, a second ask with probability v
// again. Three attempts: an account is asked at least once with probability s (1 - (1 - v)^3), three times with s v^3,
// and asks are s v of the attempts. Everybody says maybe: pressed is a share v of the asks, since whoever asked is
// brave; a maybe not pressed is counted as unpressed. Of 3 reps a share 0.5 is round(1.5) = 2, so s = 2/3 (and 2/5 of 5
// with s = 0.4, where nothing is rounded). Slots are plenty.
TEST_CASE("reps: nerve", "[validation]") {
  constexpr double v = 0.6;
  constexpr int accounts = 300;
  struct Case {
    const char* reps;
    double brave;
  };
  for (const Case& expected :
       {Case{"brave_share = 0.45", 0.45}, Case{"count = 3\nasks_per_week = 1e6\nbrave_share = 0.5", 2.0 / 3.0},
        Case{"count = 5\nasks_per_week = 1e6\nbrave_share = 0.4", 0.4}}) {
    Setting setting;
    setting.horizon_days = 30;
    setting.segment = fmt::format("accounts = {}\nnames_per_yes = 0", accounts);
    setting.tables = fmt::format("[reps]\nnerve = {}\n{}\n", v, expected.reps);
    setting.strategy = "when = 'calendar'\ncalendar_days = 9\nsecond_ask = 'maybe'";
    setting.outcomes = {{"ask", "probability = 0\nmaybe_margin = 1"}};
    Sample asked;
    Sample asks;
    RatioSample pressed;
    double unaccounted = 0.0;
    run(fmt::format("nerve, {}", expected.reps), write_scenario(setting), 1500, [&](const World& world) {
      const double made = world.metric(Metric::asks);
      asked.add(world.metric(Metric::asked_accounts));
      asks.add(made);
      pressed.add(world.metric(Metric::pressed), made);
      unaccounted += std::fabs(3.0 * accounts - made - world.metric(Metric::skipped_nerve)) +
                     std::fabs(made - world.metric(Metric::pressed) - world.metric(Metric::unpressed)) +
                     world.metric(Metric::queued);
    });
    CHECK(unaccounted == 0.0);
    check(fmt::format("nerve, asked accounts of brave share {:.3f}", expected.brave), asked,
          accounts * expected.brave * (1.0 - std::pow(1.0 - v, 3)));
    check(fmt::format("nerve, asks of brave share {:.3f}", expected.brave), asks, accounts * 3.0 * expected.brave * v);
    check(fmt::format("nerve, pressed of brave share {:.3f}", expected.brave), pressed, v);
  }
}

// A rep who does not dare uses no slot: one slot a day, 40 attempts at once, nerve 0.25, tested then and not again. Of
// the n = Binomial(40, 1/4) that are dared min(n, 8) are made in 8 days.
TEST_CASE("reps: failed nerve uses no slot", "[validation]") {
  constexpr double v = 0.25;
  Setting setting;
  setting.horizon_days = 8;
  setting.segment = "accounts = 40\nnames_per_yes = 0";
  setting.tables = "[reps]\ncount = 1\nasks_per_week = 7\nnerve = 0.25\n";
  setting.strategy = "when = 'purchase'\nmax_asks = 1";
  Sample asks;
  run("nerve and slots", write_scenario(setting), 20'000, [&](const World& world) {
    asks.add(world.metric(Metric::asks));
    REQUIRE(world.metric(Metric::asks) == std::min(8.0, 40.0 - world.metric(Metric::skipped_nerve)));
  });
  double exact = 0.0;
  double p = std::pow(1.0 - v, 40);
  for (int n = 0; n <= 40; ++n) {
    exact += p * std::min(n, 8);
    p *= (40.0 - n) / (n + 1.0) * v / (1.0 - v);
  }
  check("nerve and slots, asks", asks, exact);
}

// Territory k of K has floor((k + 1) R/K) - floor(k R/K) of R reps, and its own slots. Three reps, two territories: one
// and two reps, so with 200 waiting accounts (60 or fewer in one of them has probability 6e-9) 90 asks in 30 days. Two
// reps, 20 accounts, 10 days: of n = Binomial(20, 1/2) in the first min(n, 10) are asked, and min(20 - n, 10) in the
// other: E = 20 - E |n - 10|: slots are not lent.
TEST_CASE("reps: territories have slots of their own", "[validation]") {
  Setting setting;
  setting.horizon_days = 30;
  setting.segment = "accounts = 200\nnames_per_yes = 0";
  setting.tables = "[reps]\nterritories = 2\ncount = 3\nasks_per_week = 7\n";
  setting.strategy = "when = 'purchase'\nmax_asks = 1";
  run("territories, crowded", write_scenario(setting), 50, [&](const World& world) {
    CHECK(world.metric(Metric::asks) == 90.0);
    CHECK(world.metric(Metric::queued_end) == 110.0);
  });
  setting.horizon_days = 10;
  setting.segment = "accounts = 20\nnames_per_yes = 0";
  setting.tables = "[reps]\nterritories = 2\ncount = 2\nasks_per_week = 7\n";
  Sample asks;
  run("territories, sparse", write_scenario(setting), 20'000,
      [&](const World& world) { asks.add(world.metric(Metric::asks)); });
  double distance = 0.0;
  double p = std::pow(0.5, 20);
  for (int n = 0; n <= 20; ++n) {
    distance += p * std::abs(n - 10);
    p *= (20.0 - n) / (n + 1.0);
  }
  check("territories, asks", asks, 20.0 - distance);
}

// References serve their own territory: of three each is in a request's with 1/3, so a request is served with
// 1 - (2/3)^3. Names stay in their referrer's territory, and no deal is served by its referrer: three accounts name one
// each, and a deal is served unless its referrer is alone there, 1 - (2/3)^2.
TEST_CASE("reps: territories have desks of their own", "[validation]") {
  Setting setting;
  setting.horizon_days = 60;
  setting.tables =
      "[reps]\nterritories = 3\n[segments.references]\naccounts = 3\n[segments.buyers]\nleads_per_month = 30\n"
      "[deals]\nmoments = [{ share = 0, credibility_gap = 1 }]\n";
  setting.strategy = "label = 'desk'\n[strategies.only.desk]\ncall_delay_days = 0\n";
  setting.outcomes = {{"win", "probability = 0"}};
  RatioSample served;
  run("desks of territories", write_scenario(setting), 20'000, [&](const World& world) {
    served.add(world.funnel(Funnel::desk_served, cold), world.funnel(Funnel::desk_requests, cold));
  });
  check("territories, served", served, 1.0 - std::pow(2.0 / 3.0, 3));
  setting.horizon_days = 5;
  setting.tables =
      "[reps]\nterritories = 3\n[segments.all]\naccounts = 3\n"
      "[deals]\nmoments = [{ share = 0, credibility_gap = 1 }]\n";
  setting.strategy = "when = 'purchase'\nmax_asks = 1\n" + setting.strategy;
  Sample named;
  run("desks of referrers", write_scenario(setting), 60'000, [&](const World& world) {
    REQUIRE(world.funnel(Funnel::desk_requests, first_program) == 3.0);
    named.add(world.funnel(Funnel::desk_served, first_program));
  });
  check("territories, names served", named, 3.0 * (1.0 - 4.0 / 9.0));
}
