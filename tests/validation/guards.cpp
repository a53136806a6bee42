// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: guards over stocks, traits, flags and counts. One account is attempted on each of 20 days; an
// ask adds 1 to a fatigue that does not fade, and is answered by a name. The first result comes on day 10.
#include <fmt/format.h>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

TEST_CASE("guards let through what they say", "[validation]") {
  struct Case {
    const char* guard;
    double asks;
  };
  for (const Case& expected :
       {Case{"", 20}, Case{"fatigue < 3", 3}, Case{"fatigue <= 3", 4}, Case{"fatigue > 0", 0},
        // The result of day 10 comes before the attempt of day 10.
        Case{"value_realised", 10}, Case{"not value_realised", 10},
        // `and` binds more tightly than `or`.
        Case{"num_asks < 4 or value_realised and num_asks < 2", 4},
        Case{"(num_asks < 4 or value_realised) and num_asks < 2", 2}, Case{"num_asks < 4 or value_realised", 14},
        Case{"not (num_asks >= 4 and not value_realised)", 14}, Case{"quality == 0.5 and rep_tie != 0.6", 0},
        Case{"quality >= 0.5 and rep_tie <= 0.6 and generation == 0", 20}, Case{"num_referrals < 3", 3},
        Case{"not has_referred", 1}, Case{"referred or opted_out or testimonial or positioned", 0},
        Case{"peers_left > 15", 5}}) {
    Setting setting;
    setting.horizon_days = 20;
    setting.segment = "accounts = 1\nquality = 0.5\nrep_tie = 0.6\npeers = 20\ntime_to_value_days = 10";
    setting.tables = "[stocks.fatigue]\nhalf_life_days = inf\n[touches.ask]\nimpulses = { fatigue = 1 }\n";
    setting.strategy =
        fmt::format("when = 'purchase'\nrepeat_days = 1\nform = 'contact'\nguard = '{}'", expected.guard);
    setting.outcomes = {{"win", "probability = 0"}};
    run("guards", write_scenario(setting), 1, [&](const World& world) {
      INFO(expected.guard);
      CHECK(world.metric(Metric::asks) == expected.asks);
      CHECK(world.metric(Metric::skipped_guard) == (expected.asks < 20.0 ? 20.0 - expected.asks : 0.0));
    });
  }
}
