// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: renewals, expansions and what they earn. Nothing is left to chance but what is named.
#include <fmt/format.h>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

const std::string desk = "[strategies.only.desk]\nrenewals = true\ncall_delay_days = 10\n";

}  // namespace

// A contract is worth 1000 a year and ends, kept, on days 100, 200, 300 of 365; an expansion adds half of its value.
// Expanded at once: days 265 + 165 + 65 = 495. After a call 10 days later: 255 + 155 + 55 = 465; the accounts serve
// each other. Alone nobody serves: `expand` is drawn at once with reference = 0. A refused call (accept_call = 0)
// leaves a capsule of an account with a testimonial. Revenue = 1000/365 (365 accounts + 0.5 expanded days).
TEST_CASE("renewals: expansions and their revenue", "[validation]") {
  const std::string always = "probability = 1";
  const std::string by_reference = "link = 'identity'\nintercept = 0\nweights = { reference = 1 }";
  const std::string by_match = "link = 'identity'\nintercept = 0\nweights = { reference_match = 1 }";
  const std::string by_capsule = "link = 'identity'\nintercept = 0\nweights = { capsule = 1 }";
  const std::string story = "[strategies.only.programs.story]\nwhen = 'testimonial'\nmax_asks = 0\n";
  struct Case {
    std::string what, strategy, expand, accept;
    int accounts;
    double expansions, expanded_days, calls, capsules, unserved;
  };
  const Case cases[] = {
      {"no desk", "", always, "1", 2, 6, 990, 0, 0, 0},
      {"no desk, nobody to read", "", by_reference, "1", 2, 0, 0, 0, 0, 0},
      {"calls", desk, by_reference, "1", 2, 6, 930, 6, 0, 0},
      {"calls of the same kind", desk, by_match, "1", 2, 6, 930, 6, 0, 0},
      {"alone", desk, by_reference, "1", 1, 0, 0, 0, 0, 3},
      {"alone, expanding anyway", desk, always, "1", 1, 3, 495, 0, 0, 3},
      {"refused", desk, by_reference, "0", 2, 0, 0, 0, 0, 6},
      {"refused, capsules", desk + "capsules = true\n" + story, by_capsule, "0", 2, 6, 990, 0, 6, 0},
      {"capsules, nobody quotable", desk + "capsules = true\n", by_capsule, "0", 2, 0, 0, 0, 0, 6},
      {"only deals", "[strategies.only.desk]\ncall_delay_days = 10\n", always, "1", 2, 6, 990, 0, 0, 0}};
  for (const Case& expected : cases) {
    Setting setting;
    setting.horizon_days = 365;
    setting.segment = fmt::format("accounts = {}\ncontract_value = 1000\ncontract_days = 100", expected.accounts);
    setting.tables =
        "[money]\nexpansion_value = 0.5\n[deals]\nmatch = { segment = 1, size_class = 0, seniority = 0 }\n";
    setting.strategy = "expansion = true\n" + expected.strategy;
    setting.outcomes = {
        {"renew", "probability = 1"}, {"expand", expected.expand}, {"accept_call", "probability = " + expected.accept}};
    run(expected.what, write_scenario(setting), 2, [&](const World& world) {
      INFO(expected.what);
      CHECK(world.metric(Metric::contract_ends) == 3.0 * expected.accounts);
      CHECK(world.metric(Metric::expansions) == expected.expansions);
      CHECK(world.metric(Metric::calls_held) == expected.calls);
      CHECK(world.metric(Metric::renewal_served) == expected.calls);
      CHECK(world.metric(Metric::renewal_capsules) == expected.capsules);
      CHECK(world.metric(Metric::renewal_unserved) == expected.unserved);
      CHECK(world.metric(Metric::revenue) ==
            Approx(1000.0 / 365.0 * (365.0 * expected.accounts + 0.5 * expected.expanded_days)).margin(0.001));
    });
  }
}

// Kept with probability .7: of 1000 accounts with contracts of 100 days, 1000 (.7 + .49 + .343) renewals are kept
// within a year, half of which expand.
TEST_CASE("renewals: expansions of those kept", "[validation]") {
  Setting setting;
  setting.horizon_days = 365;
  setting.segment = "accounts = 1000\ncontract_days = 100";
  setting.strategy = "expansion = true";
  setting.outcomes = {{"renew", "probability = 0.7"}, {"expand", "probability = 0.5"}};
  Sample kept;
  Sample expansions;
  run("expansions of those kept", write_scenario(setting), 200, [&](const World& world) {
    kept.add(world.metric(Metric::contract_ends) - world.metric(Metric::lost_customers));
    expansions.add(world.metric(Metric::expansions));
  });
  check("renewals kept", kept, 1000.0 * (0.7 + 0.49 + 0.343));
  check("renewals expanded", expansions, 500.0 * (0.7 + 0.49 + 0.343));
}

// A customer renews only while its referrer is one: referred on day 10 with contracts of 50 days it is kept on day 60
// and lost on day 110 if the referrer left on day 100, kept for good if it stays. The referrer itself was referred by
// nobody.
TEST_CASE("renewals: customers follow those who referred them", "[validation]") {
  struct Case {
    const char* contract;
    double kept;
  };
  for (const Case& expected : {Case{"100", 1}, Case{"inf", 9}}) {
    Setting setting;
    setting.horizon_days = 500;
    setting.tables = fmt::format(
        "[segments.first]\naccounts = 1\ncontract_days = {}\npeer_segments = {{ second = 1 }}\n[segments.second]\n"
        "contract_days = 50\n",
        expected.contract);
    setting.strategy = "when = 'calendar'\ncalendar_days = 10\nmax_asks = 1\nsegments = 'first'\nform = 'contact'";
    setting.outcomes = {{"renew", "link = 'identity'\nintercept = 0\nweights = { referrer_active = 1 }"}};
    run("renewal and referrer", write_scenario(setting), 1, [&](const World& world) {
      INFO(expected.contract);
      REQUIRE(world.metric(Metric::referral_wins) == 1.0);
      CHECK(world.metric(Metric::contract_ends, 1) - world.metric(Metric::lost_customers, 1) == expected.kept);
      CHECK(world.metric(Metric::lost_customers, 1) == (expected.kept == 1.0 ? 1.0 : 0.0));
    });
  }
}

// A call for a renewal on day 100 is booked. The reference leaves on day 105, the call of day 110 falls through, and
// the expansion is decided then as without a reference: it runs for 40 of 150 days if it comes. Or the renewing account
// leaves on day 200 (its result of day 150 has taken 1 from its chance to stay), before the call of day 250: nothing.
TEST_CASE("renewals: calls that fall through", "[validation]") {
  struct Case {
    const char* what;
    int result;  ///< day of the renewing account's first result
    const char* reference;
    const char* expand;
    double delay, horizon, expansions, expanded_days;
  };
  const char* by_reference = "link = 'identity'\nintercept = 0\nweights = { reference = 1 }";
  const char* by_match = "link = 'identity'\nintercept = 0\nweights = { reference_match = 4 }";
  const char* always = "probability = 1";
  for (const Case& expected : {Case{"held", 1000, "inf", by_reference, 10, 150, 1, 40},
                               Case{"reference has left", 1000, "105", by_reference, 10, 150, 0, 0},
                               Case{"reference has left, match", 1000, "105", by_match, 10, 150, 0, 0},
                               Case{"expanding anyway", 1000, "105", always, 10, 150, 1, 40},
                               Case{"has left itself", 150, "inf", always, 150, 260, 0, 0}}) {
    Setting setting;
    setting.horizon_days = expected.horizon;
    setting.tables = fmt::format(
        "[money]\nexpansion_value = 0.5\n[stocks.doubt]\nhalf_life_days = inf\n[touches.value_realised]\n"
        "impulses = {{ doubt = 1 }}\n[segments.renewing]\naccounts = 1\ncontract_value = 365\ncontract_days = 100\n"
        "time_to_value_days = {}\n[segments.reference]\naccounts = 1\ncontract_days = {}\n",
        expected.result, expected.reference);
    setting.strategy = fmt::format("expansion = true\n[strategies.only.desk]\nrenewals = true\ncall_delay_days = {}\n",
                                   expected.delay);
    setting.outcomes = {{"renew", "link = 'identity'\nintercept = 1\nweights = { doubt = -1 }"},
                        {"expand", expected.expand}};
    run(expected.what, write_scenario(setting), 1, [&](const World& world) {
      INFO(expected.what);
      const bool is_held = expected.what == std::string("held");
      CHECK(world.metric(Metric::renewal_served) == 1.0);
      CHECK(world.metric(Metric::calls_held, 1) == (is_held ? 1.0 : 0.0));
      CHECK(world.metric(Metric::calls_cancelled, 1) == (is_held ? 0.0 : 1.0));
      CHECK(world.metric(Metric::expansions, 0) == expected.expansions);
      const double days = expected.delay > 100.0 ? 200.0 : expected.horizon;
      CHECK(world.metric(Metric::revenue, 0) == Approx(days + 0.5 * expected.expanded_days).margin(0.001));
    });
  }
}
