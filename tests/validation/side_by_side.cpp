// SPDX-License-Identifier: Apache-2.0
// Programs side by side: partners with commissions and fees, warm and cold processes by two tie strengths, and
// different programs for different segments at once.
#include <fmt/format.h>

#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

// Three partners are asked on day 5 and name two companies each, whose deals open at once and are won on day 15, at a
// contract value of 8000 (referred: x 1.25 = 10 000 a year). A fee of 25 for each that opened, and at the win a
// commission of 10 %, 50 to the partner and 20 to the customer: 6 x 25 on day 5, 6 x 1070 on day 15. Discounted at 5 %
// a year each flow falls by e^(-.05 t/365). A name that does not qualify pays no fee, a lost deal nothing at the win; a
// mention pays as an ask does. Partners bring partner_wins of generation 1, no referral_wins, and are no customers.
TEST_CASE("side by side: commissions and fees of partners", "[validation]") {
  struct Case {
    const char* what;
    const char* keys;
    double discount_rate;
    const char* qualify;
    const char* win;
    double fees, wins;
  };
  for (const Case& expected : {Case{"won", "", 0.0, "1", "1", 6, 6}, Case{"discounted", "", 0.05, "1", "1", 6, 6},
                               Case{"lost", "", 0.0, "1", "0", 6, 0}, Case{"unqualified", "", 0.0, "0", "1", 0, 0},
                               Case{"contacts", "form = 'contact'\n", 0.0, "1", "1", 6, 6},
                               Case{"mentions", "form = 'mention'\n", 0.0, "1", "1", 6, 6}}) {
    Setting setting;
    setting.horizon_days = 100;
    setting.segment = "contract_value = 8000\ncycle_days = 10";
    setting.tables = fmt::format(
        "[money]\nreferral_value_factor = 1.25\ndiscount_rate = {}\n"
        "[populations.partners]\naccounts = 3\nnames_per_yes = 2\npeer_segments = {{ all = 1 }}\n",
        expected.discount_rate);
    setting.strategy = fmt::format(
        "[strategies.only.programs.partners]\npopulation = 'partners'\nwhen = 'calendar'\ncalendar_days = 5\n"
        "max_asks = 1\nfee = 25\ncommission = 0.1\nreward_referrer = 50\nreward_customer = 20\n{}",
        expected.keys);
    setting.outcomes = {{"qualify", fmt::format("probability = {}", expected.qualify)},
                        {"win", fmt::format("probability = {}", expected.win)}};
    run(fmt::format("partners, {}", expected.what), write_scenario(setting), 2, [&](const World& world) {
      INFO(expected.what);
      const auto at = [&](double day) { return std::exp(-expected.discount_rate * day / 365.0); };
      CHECK(world.metric(Metric::reward_cost) ==
            Approx(expected.fees * 25.0 * at(5) + expected.wins * 1070.0 * at(15)).margin(0.002));
      CHECK(world.metric(Metric::partner_wins) == expected.wins);
      CHECK(world.metric(Metric::partner_value) == 10000.0 * expected.wins);
      CHECK(world.metric(Metric::referral_wins) == 0.0);
      CHECK(world.metric(Metric::referral_value) == 0.0);
      CHECK(world.metric(Metric::new_customers) == expected.wins);
      CHECK(world.metric(Metric::customers) == expected.wins);
      CHECK(world.metric(Metric::bystanders) == 3.0);
      CHECK(world.metric(Metric::asked_accounts) == 3.0);
      CHECK(world.curve(Curve::generation_customers, 1) == expected.wins);
    });
  }
}

// Two processes at once, by the tie between us and the account, uniform on [0, 1]: where it is at least .6 we write in
// its name (warm), else we ask for a contact (cold, by a guard). Each account is in exactly one. The chance of winning
// is .05 + .3 rep_tie + .4 peer_tie + .1 [mentioned]: mean rep_tie .8 and .3, mean peer_tie of a Beta(1, 3) .25.
TEST_CASE("side by side: warm and cold processes by tie strength", "[validation]") {
  constexpr double accounts = 400.0;
  Setting setting;
  setting.horizon_days = 10;
  setting.segment =
      "accounts = 400\nrep_tie = { distribution = 'uniform', low = 0, high = 1 }\n"
      "peer_tie = { distribution = 'beta', a = 1, b = 3 }";
  setting.strategy =
      "reach = 'existing'\nwhen = 'calendar'\ncalendar_days = 8\n"
      "[strategies.only.programs.warm]\nform = 'mention'\nmention_min_tie = 0.6\n"
      "[strategies.only.programs.cold]\nform = 'contact'\nguard = 'rep_tie < 0.6'\n";
  setting.segment += "\ntenure_days = 1";
  setting.outcomes = {
      {"win", "link = 'identity'\nintercept = 0.05\nweights = { rep_tie = 0.3, peer_tie = 0.4, mentioned = 0.1 }"}};
  Sample warm;
  RatioSample won[2];
  double unaccounted = 0.0;
  run("warm and cold", write_scenario(setting), 1500, [&](const World& world) {
    warm.add(world.metric(Metric::mentions));
    for (int i = 0; i < 2; ++i)
      won[i].add(world.funnel(Funnel::won, first_program + i), world.funnel(Funnel::opened, first_program + i));
    unaccounted += std::fabs(accounts - world.metric(Metric::mentions) - world.metric(Metric::asks)) +
                   std::fabs(accounts - world.metric(Metric::skipped_guard)) +
                   std::fabs(world.metric(Metric::mentions) - world.funnel(Funnel::mentioned, first_program)) +
                   std::fabs(world.metric(Metric::asks) - world.funnel(Funnel::bare, first_program + 1));
  });
  CHECK(unaccounted == 0.0);
  check("side by side, mentions", warm, 0.4 * accounts);
  check("side by side, warm won", won[0], 0.05 + 0.3 * 0.8 + 0.4 * 0.25 + 0.1);
  check("side by side, cold won", won[1], 0.05 + 0.3 * 0.3 + 0.4 * 0.25);
}

// A tie of Beta(2, 3) is at least .5 with probability 5/16; where mentions need consent (.4) both must hold.
TEST_CASE("side by side: mentions by tie and consent", "[validation]") {
  Setting setting;
  setting.horizon_days = 10;
  setting.segment =
      "accounts = 500\nreference_consent = 0.4\nnames_per_yes = 0\nrep_tie = { distribution = 'beta', a = 2, b = 3 }";
  setting.strategy =
      "when = 'calendar'\ncalendar_days = 4\n"
      "[strategies.only.programs.any]\nform = 'mention'\nmention_min_tie = 0.5\nmax_asks = 1\n";
  for (const bool needs_consent : {false, true}) {
    Setting chosen = setting;
    if (needs_consent) chosen.strategy += "mention_needs_consent = true\n";
    Sample mentions;
    run(needs_consent ? "mentions by consent" : "mentions by tie", write_scenario(chosen), needs_consent ? 1000 : 300,
        [&](const World& world) { mentions.add(world.metric(Metric::mentions)); });
    check(needs_consent ? "side by side, mentions by tie and consent" : "side by side, mentions by tie", mentions,
          500.0 * 5.0 / 16.0 * (needs_consent ? 0.4 : 1.0));
  }
}

// Programs of three populations at once leave each other alone: small accounts are asked every 10 days (9 times before
// day 100), big ones every 40 (twice) for two names, partners on day 25, 50, 75 for three. Names are of the referrer's
// segment, of partners half small, half big; nothing is won. A second program of the small ones adds its own asks.
TEST_CASE("side by side: different programs for different segments", "[validation]") {
  Setting setting;
  setting.horizon_days = 100;
  setting.tables =
      "[segments.small]\naccounts = 7\n[segments.big]\naccounts = 5\nnames_per_yes = 2\n"
      "[populations.partners]\naccounts = 2\nnames_per_yes = 3\npeer_segments = { small = 0.5, big = 0.5 }\n";
  setting.strategy =
      "when = 'calendar'\nform = 'contact'\n"
      "[strategies.only.programs.often]\nsegments = 'small'\ncalendar_days = 10\n"
      "[strategies.only.programs.seldom]\nsegments = 'big'\ncalendar_days = 40\n"
      "[strategies.only.programs.partners]\npopulation = 'partners'\ncalendar_days = 25\n"
      "[strategies.only.programs.extra]\nsegments = ['small', 'big']\ncalendar_days = 60\nnames_per_yes = 4\n";
  setting.outcomes = {{"win", "probability = 0"}};
  run("segments at once", write_scenario(setting), 5, [&](const World& world) {
    CHECK(world.metric(Metric::asks, 0) == 7 * (9 + 1));
    CHECK(world.metric(Metric::asks, 1) == 5 * (2 + 1));
    CHECK(world.metric(Metric::asks, 2) == 2 * 3);
    CHECK(world.funnel(Funnel::bare, first_program) == 7 * 9);
    CHECK(world.funnel(Funnel::bare, first_program + 1) == 5 * 2 * 2);
    CHECK(world.funnel(Funnel::bare, first_program + 2) == 2 * 3 * 3);
    CHECK(world.funnel(Funnel::bare, first_program + 3) == (7 + 5) * 4);
    CHECK(world.funnel(Funnel::bare, first_program, 0) == 7 * 9);
    CHECK(world.funnel(Funnel::bare, first_program + 1, 1) == 5 * 2 * 2);
    CHECK(world.funnel(Funnel::bare, first_program + 2, 2) == 0.0);
  });
}
