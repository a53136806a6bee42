// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: capsules, what calls cost the reference, and the cap over a sliding window.
#include <cmath>

#include "support/catch.hpp"
#include "validation/desk.hpp"

using namespace vouch::test;

// Nobody accepts a call; testimonials were given at the start by a small chief and by a large head (one segment each).
// Seniority weighs .3 in a match, size .2: each request gets a capsule of its own seniority, a head's with 3/4. With
// min_match .5 only small chiefs (1/8) and large heads (3/8) are served. Won: .2 + .3 [capsule] - .1 [open gap]. The
// touch lands on the quoted account: a fatigue that does not fade is the number of its capsules.
TEST_CASE("desk: capsules", "[validation]") {
  const std::string quoted =
      "[asking]\nsize_classes = ['small', 'large']\nseniorities = ['chief', 'head']\n"
      "[deals.match]\nsegment = 0.5\nsize_class = 0.2\nseniority = 0.3\n"
      "[stocks.fatigue]\nhalf_life_days = inf\n[touches.capsule]\nimpulses = { fatigue = 1 }\n"
      "[segments.small]\naccounts = 1\nsize_class = { small = 1 }\nseniority = { chief = 1 }\n"
      "[segments.large]\naccounts = 1\nsize_class = { large = 1 }\nseniority = { head = 1 }\n";
  for (const double min_match : {0.0, 0.5}) {
    Setting setting = make_requests(quoted, "reference_consent = 0\nvalue_probability = 0\n" + matching_buyers,
                                    fmt::format("capsules = true\nmin_match = {}\n", min_match));
    setting.strategy += "[strategies.only.programs.story]\nwhen = 'testimonial'\nmax_asks = 0\n";
    setting.series = true;
    setting.outcomes["accept_call"] = "probability = 0";
    setting.outcomes["win"] = "link = 'identity'\nintercept = 0.2\nweights = { capsule = 0.3, credibility_gap = -0.1 }";
    RatioSample served;
    RatioSample won;
    RatioSample large;
    double unaccounted = 0.0;
    run(fmt::format("capsules, min_match {}", min_match), write_scenario(setting), 3000, [&](const World& world) {
      const double requests = world.funnel(Funnel::desk_requests, cold);
      const double capsules = world.funnel(Funnel::desk_capsules, cold);
      served.add(capsules, requests);
      won.add(world.funnel(Funnel::won, cold), requests);
      large.add(world.metric(Metric::capsules, 1), capsules);
      unaccounted += std::fabs(capsules - world.metric(Metric::capsules)) +
                     std::fabs(requests - capsules - world.funnel(Funnel::desk_unserved, cold));
      const double fatigue =
          world.series(Series::series_fatigue_mean, 0) * world.series(Series::series_active, 0) - capsules;
      REQUIRE(std::fabs(fatigue) < 1e-3);
    });
    CHECK(unaccounted == 0.0);
    if (min_match == 0.0) {
      CHECK(served.ratio() == 1.0);
      check("desk, won with capsules", won, 0.5);
      check("desk, capsules of the best match", large, 0.75);
    } else {
      check("desk, capsules of matching accounts", served, 0.5);
      check("desk, won with capsules of matching accounts", won, 0.2 + 0.5 * 0.3 - 0.5 * 0.1);
      check("desk, capsules of the only match", large, 0.75);
    }
  }
}

// The call's own fatigue, which does not fade: of N calls each adds 1. One account takes all: its level at the horizon
// is N, and it is burned out (limit 2.5) where N > 2. With max_fatigue 2 it serves while its level is at most 2: min(N,
// 3) calls of one account, min(N, 12) of four. A fading stock: see the forms on fatigue.
TEST_CASE("desk: calls tire the reference", "[validation]") {
  for (const int references : {1, 4}) {
    for (const bool is_capped : {false, true}) {
      Setting setting = make_requests(
          fmt::format("[stocks.fatigue]\nhalf_life_days = inf\n[touches.reference_call]\nimpulses = {{ fatigue = 1 }}\n"
                      "[segments.references]\naccounts = {}\n",
                      references),
          "", is_capped ? "max_fatigue = 2\n" : "");
      setting.output = "fatigue_limit = 2.5";
      setting.series = true;
      run(fmt::format("tired, {} {}", references, is_capped), write_scenario(setting), 2, [&](const World& world) {
        const double requests = world.funnel(Funnel::desk_requests, cold);
        REQUIRE(requests > 100.0);
        const double calls = is_capped ? 3.0 * references : requests;
        CHECK(world.metric(Metric::calls_held) == calls);
        CHECK(world.metric(Metric::references_used) == references);
        CHECK(world.metric(Metric::burned_out) == references);
        check_rounded("mean fatigue of calls", world.series(Series::series_fatigue_mean, 0), calls / references, 1e-6);
      });
    }
  }
}

// An outsider names a company on days 5, 10, .., 40, each a request. A call counts from its acceptance while less than
// its window has passed: of a cap of 1 and 10 days the requests of days 5, 15, 25, 35 are served (on day 15 the call of
// day 5 counts no more), of 10.5 those of 5, 20, 35. A cap of 2 and 10 days serves all; and of 12 days all but days 15
// and 30: 5, 10, 20, 25, 35, 40. When the call takes place is of no matter.
TEST_CASE("desk: a cap over a sliding window", "[validation]") {
  struct Case {
    int cap;
    double window, served;
  };
  for (const Case& expected : {Case{1, 10, 4}, Case{1, 10.5, 3}, Case{2, 10, 8}, Case{2, 12, 6}, Case{1, 0, 8}}) {
    for (const int delay : {0, 3}) {
      Setting setting;
      setting.horizon_days = 44;
      setting.segment = "accounts = 1";
      setting.tables =
          "[populations.outsiders]\naccounts = 1\npeer_segments = { all = 1 }\n[deals]\nmoments = [{ share = 0, "
          "credibility_gap = 1 }]\n";
      setting.strategy = fmt::format(
          "[strategies.only.programs.outsiders]\npopulation = 'outsiders'\nwhen = 'calendar'\ncalendar_days = 5\n"
          "form = 'contact'\n[strategies.only.desk]\ncalls_cap = {}\ncalls_window_days = {}\ncall_delay_days = {}\n",
          expected.cap, expected.window, delay);
      setting.outcomes = {{"win", "probability = 0"}};
      run("sliding window", write_scenario(setting), 1, [&](const World& world) {
        INFO("cap " << expected.cap << ", window " << expected.window << ", delay " << delay);
        CHECK(world.funnel(Funnel::desk_requests, first_program) == 8.0);
        CHECK(world.funnel(Funnel::desk_served, first_program) == expected.served);
        CHECK(world.metric(Metric::calls_held) == expected.served);
      });
    }
  }
}
