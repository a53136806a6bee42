// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: the moments of a deal and the gaps that open at them.
#include <fmt/format.h>

#include <cmath>

#include "support/catch.hpp"
#include "validation/desk.hpp"

using namespace vouch::test;

// Three moments; each opens a kind of gap that is not open with its own probability. Nobody closes a credibility gap:
// open at the decision with 1 - .7 .6 .5, and opened as often. An access gap (a = .5 each time) is closed at once with
// r = .4: it comes to stay at a moment with .3: open at the decision with 1 - .7^3; drawn unless one stayed: opened
// .5 (1 + .7 + .7^2) times, resolved .4 of these. The chance of winning is .9 - .5 [credibility] - .3 [access], and the
// two are independent.
TEST_CASE("gaps open with their probabilities and cost deals", "[validation]") {
  Setting setting;
  setting.horizon_days = 300;
  setting.warm_up_days = 20;
  setting.segment = "leads_per_month = 300\ncycle_days = 20";
  setting.tables =
      "[deals]\ninternal_introduction = 0.4\nmoments = [{ share = 0.3, credibility_gap = 0.3, access_gap = 0.5 }, "
      "{ share = 0.6, credibility_gap = 0.4, access_gap = 0.5 }, { share = 0.9, credibility_gap = 0.5, access_gap = "
      "0.5 }]\n";
  setting.strategy = "internal_introductions = true";
  setting.outcomes = {
      {"win", "link = 'identity'\nintercept = 0.9\nweights = { credibility_gap = -0.5, access_gap = -0.3 }"}};
  // Gaps are counted when they open, decisions when they fall: of a full pipeline 3000 deals pass each point.
  Sample gaps[4];
  RatioSample open[3];
  run("gaps", write_scenario(setting), 120, [&](const World& world) {
    gaps[0].add(world.funnel(Funnel::credibility_gaps, cold));
    gaps[1].add(world.funnel(Funnel::access_gaps, cold));
    gaps[2].add(world.funnel(Funnel::access_resolved, cold));
    const double decided = world.funnel(Funnel::won, cold) + world.funnel(Funnel::lost, cold);
    open[0].add(world.funnel(Funnel::credibility_open, cold), decided);
    open[1].add(world.funnel(Funnel::access_open, cold), decided);
    open[2].add(world.funnel(Funnel::won, cold), decided);
  });
  const double credibility = 1.0 - 0.7 * 0.6 * 0.5;
  const double access = 1.0 - std::pow(0.7, 3);
  const double opened = 0.5 * (1.0 + 0.7 + 0.49);
  check("gaps, credibility gaps opened", gaps[0], 3000.0 * credibility);
  check("gaps, access gaps opened", gaps[1], 3000.0 * opened);
  check("gaps, access gaps resolved", gaps[2], 3000.0 * 0.4 * opened);
  check("gaps, credibility open at the decision", open[0], credibility);
  check("gaps, access open at the decision", open[1], access);
  check("gaps, won", open[2], 0.9 - 0.5 * credibility - 0.3 * access);
}

// A strategy that introduces nobody internally resolves nothing: every access gap stays, the chance is 1 - .5^3.
TEST_CASE("gaps: without internal introductions an access gap stays", "[validation]") {
  Setting setting;
  setting.horizon_days = 300;
  setting.segment = "leads_per_month = 300\ncycle_days = 0";
  setting.tables =
      "[deals]\ninternal_introduction = 1\nmoments = [{ share = 0, access_gap = 0.5 }, { share = 0.5, access_gap = 0.5 "
      "}, { share = 1, access_gap = 0.5 }]\n";
  setting.strategy = "label = 'never ask'";
  RatioSample open;
  double resolved = 0.0;
  run("no internal introductions", write_scenario(setting), 40, [&](const World& world) {
    open.add(world.funnel(Funnel::access_open, cold), world.funnel(Funnel::opened, cold));
    resolved += world.funnel(Funnel::access_resolved, cold);
  });
  CHECK(resolved == 0.0);
  check("gaps, access open without introductions", open, 1.0 - std::pow(0.5, 3));
}

// Three moments, each with a gap for certain. A call at once closes each, so that it opens three times; a gap that
// stays open is neither drawn nor asked for again. With call delays of 40 of 100 days the call of the first moment (.3)
// falls on day 70, after the second (.6), which finds the gap still open; the third (.9) opens it again.
TEST_CASE("gaps: a kind already open is not drawn again", "[validation]") {
  struct Case {
    int references;
    const char* delay;
    double gaps, calls;
  };
  for (const Case& expected : {Case{1, "0", 3, 3}, Case{0, "0", 1, 0}, Case{1, "40", 2, 2}}) {
    const std::string moments =
        "moments = [{ share = 0.3, credibility_gap = 1 }, { share = 0.6, credibility_gap = 1 }, { share = 0.9, "
        "credibility_gap = 1 }]\n";
    const std::string desk = fmt::format("[strategies.only.desk]\ncall_delay_days = {}\n", expected.delay);
    run("gaps reopen", write_scenario(make_one_deal(expected.references, moments, 100, desk)), 1,
        [&](const World& world) {
          INFO(expected.references << " references, calls after " << expected.delay);
          CHECK(world.funnel(Funnel::credibility_gaps, first_program) == expected.gaps);
          CHECK(world.funnel(Funnel::desk_requests, first_program) == expected.gaps);
          CHECK(world.funnel(Funnel::deal_calls, first_program) == expected.calls);
          CHECK(world.funnel(Funnel::credibility_open, first_program) == (expected.calls == 0.0 ? 1.0 : 0.0));
        });
  }
}
