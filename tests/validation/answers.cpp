// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: a no that ends in opting out, a maybe that is pressed or returns.
#include <fmt/format.h>

#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

// Asked daily, never a yes; each final no is followed by an opt-out with q = .2: asks until then are geometric, of mean
// 5, and the chain ends there: nothing is even skipped. After pressing a no is final too; a maybe not pressed is none.
TEST_CASE("opting out ends the asks", "[validation]") {
  constexpr double accounts = 500.0;
  for (const char* second : {"never", "maybe_or_no"}) {
    Setting setting;
    setting.horizon_days = 150;
    setting.segment = "accounts = 500";
    setting.strategy = fmt::format("when = 'purchase'\nrepeat_days = 1\nsecond_ask = '{}'", second);
    setting.outcomes = {{"ask", "probability = 0"}, {"opt_out", "probability = 0.2"}};
    Sample asks;
    double unaccounted = 0.0;
    run(fmt::format("opting out, {}", second), write_scenario(setting), 200, [&](const World& world) {
      asks.add(world.metric(Metric::asks));
      unaccounted +=
          std::fabs(accounts - world.metric(Metric::opt_outs)) + world.metric(Metric::skipped_opted_out) +
          (*second == 'n' ? world.metric(Metric::pressed) : world.metric(Metric::asks) - world.metric(Metric::pressed));
    });
    CHECK(unaccounted == 0.0);
    check(fmt::format("opting out, asks, {}", second), asks, accounts * 5.0);
  }
  Setting maybes;
  maybes.horizon_days = 100;
  maybes.segment = "accounts = 50";
  maybes.strategy = "when = 'purchase'\nrepeat_days = 1";
  maybes.outcomes = {{"ask", "probability = 0\nmaybe_margin = 1"}, {"opt_out", "probability = 1"}};
  run("maybes do not opt out", write_scenario(maybes), 2, [&](const World& world) {
    CHECK(world.metric(Metric::opt_outs) == 0.0);
    CHECK(world.metric(Metric::asks) == 50.0 * 100.0);
  });
}

// Answers: yes .3, maybe .4. A pressed maybe says yes with .2, a pressed no with .1 (second_ask = .1 + .1 [answered
// maybe]); a maybe not pressed returns as a yes with .25. accepted: .3 + .4 x .25; .3 + .4 x .2; .3 + .4 x .2 + .3 x
// .1. The touch of the ask weighs on the second one: fatigue 1 at -.05 takes .05 of each.
TEST_CASE("pressing on a maybe, and maybes that return", "[validation]") {
  struct Case {
    const char* second;
    double tired;
    double accepted;
  };
  for (const Case& expected : {Case{"never", 0, 0.3 + 0.4 * 0.25}, Case{"maybe", 0, 0.3 + 0.4 * 0.2},
                               Case{"maybe_or_no", 0, 0.3 + 0.4 * 0.2 + 0.3 * 0.1},
                               Case{"maybe_or_no", -0.05, 0.3 + 0.4 * 0.15 + 0.3 * 0.05}}) {
    Setting setting;
    setting.horizon_days = 10;
    setting.segment = "accounts = 1000\nnames_per_yes = 0";
    setting.tables =
        "[asking]\nmaybe_returns = 0.25\nmaybe_delay_days = 5\n[stocks.fatigue]\nhalf_life_days = 30\n"
        "[touches.ask]\nimpulses = { fatigue = 1 }\n";
    setting.strategy = fmt::format("when = 'purchase'\nmax_asks = 1\nsecond_ask = '{}'", expected.second);
    setting.outcomes = {
        {"ask", "probability = 0.3\nmaybe_margin = 0.4"},
        {"second_ask",
         fmt::format("link = 'identity'\nintercept = 0.1\nweights = {{ answered_maybe = 0.1, fatigue = {} }}",
                     expected.tired)}};
    Sample accepted;
    run(fmt::format("pressing {} {}", expected.second, expected.tired), write_scenario(setting), 150,
        [&](const World& world) { accepted.add(world.metric(Metric::accepted)); });
    check(fmt::format("accepted, second ask {}, fatigue {}", expected.second, expected.tired), accepted,
          1000.0 * expected.accepted);
  }
}
