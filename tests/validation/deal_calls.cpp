// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: what a call does to the end of its deal, and calls that fall through.
#include <fmt/format.h>

#include "support/catch.hpp"
#include "validation/desk.hpp"

using namespace vouch::test;

namespace {

const std::string desk_of_four_days = "[strategies.only.desk]\ncall_delay_days = 4\n";

}  // namespace

// A cycle of 100 days. A gap at .3 of it asks for a call 4 days later, on day 34 of the deal, with r = 66 left:
// a dated next step (factor .5) leaves 33, close on day 67; without one momentum stalls 10 days: 34 + 76 = 110.
// A second moment at .65 (day 65) keeps its share of r: with the factor it comes on day 34 + 31/2 = 49.5, its call on
// 53.5 with 67 - 53.5 = 13.5 left, which become 6.75: close on 60.25. Stalled: 34 + 31 x 76/66 = 69 23/33, the call
// four days later, and 110 + 10. A gap at .99 has its call on day 103: the decision has waited for it, r = 0: 103, or
// stalled 113. At share 1 moment and decision coincide, the moment first: 104. Nobody to call: 100.
TEST_CASE("gaps: a call delays or shortens the deal", "[validation]") {
  struct Case {
    const char* what;
    const char* shares;
    const char* steps;
    int references;
    double days;
  };
  const char* first = "moments = [{ share = 0.3, credibility_gap = 1 }]\n";
  const char* two = "moments = [{ share = 0.3, credibility_gap = 1 }, { share = 0.65, credibility_gap = 1 }]\n";
  const char* late = "moments = [{ share = 0.99, credibility_gap = 1 }]\n";
  const char* last = "moments = [{ share = 1, credibility_gap = 1 }]\n";
  const char* beliefs = "next_step_factor = 0.5\nstall_days = 10\n";
  const char* dated = "contingent_next_step = true\n";
  for (const Case& expected : {Case{"dated", first, dated, 1, 67}, Case{"stalled", first, "", 1, 110},
                               Case{"two, dated", two, dated, 1, 60.25}, Case{"two, stalled", two, "", 1, 120},
                               Case{"late, dated", late, dated, 1, 103}, Case{"late, stalled", late, "", 1, 113},
                               Case{"at the end", last, dated, 1, 104}, Case{"nobody", first, dated, 0, 100}}) {
    const std::string text = write_scenario(make_one_deal(expected.references, std::string(beliefs) + expected.shares,
                                                          100, desk_of_four_days + expected.steps));
    run(expected.what, text, 1, [&](const World& world) {
      INFO(expected.what);
      REQUIRE(world.funnel(Funnel::close_wins, first_program) == 1.0);
      check_rounded(fmt::format("days to close, {}", expected.what), world.funnel(Funnel::close_days, first_program),
                    expected.days, 1e-6);
      CHECK(world.funnel(Funnel::deal_calls, first_program) ==
            world.funnel(Funnel::desk_requests, first_program) * expected.references);
    });
  }
}

// The reference's contract ends on day 37, the call would be on 39: it falls through, the gap stays open, the decision
// waits for the call's time if it was to be earlier: asked for on day 36, the call is due on day 40, and a deal of 32
// days, opened on day 5, takes 35.
TEST_CASE("gaps: a call whose reference has left falls through", "[validation]") {
  struct Case {
    const char* share;
    double cycle, decided;
  };
  for (const Case& expected : {Case{"0.3", 100, 100}, Case{"0.96875", 32, 35}}) {
    Setting setting = make_one_deal(
        1, fmt::format("next_step_factor = 0.5\nmoments = [{{ share = {}, credibility_gap = 1 }}]\n", expected.share),
        expected.cycle, desk_of_four_days + "contingent_next_step = true\n");
    setting.segment += "\ncontract_days = 37";
    setting.outcomes = {{"win", "link = 'identity'\nintercept = 0\nweights = { credibility_gap = 1 }"}};
    run("call cancelled", write_scenario(setting), 1, [&](const World& world) {
      CHECK(world.metric(Metric::calls_booked) == 1.0);
      CHECK(world.metric(Metric::calls_cancelled) == 1.0);
      CHECK(world.metric(Metric::calls_held) == 0.0);
      CHECK(world.funnel(Funnel::credibility_open, first_program) == 1.0);
      CHECK(world.funnel(Funnel::won, first_program) == 1.0);
      check_rounded("days to close after a call that fell through", world.funnel(Funnel::close_days, first_program),
                    expected.decided, 1e-6);
    });
  }
}

// The reference is asked by a program of its own on day 36, says no and opts out: the call it promised on day 35 for
// day 39 falls through as if it had left.
TEST_CASE("gaps: a call whose reference has opted out falls through", "[validation]") {
  Setting setting = make_one_deal(1, "moments = [{ share = 0.3, credibility_gap = 1 }]\n", 100, desk_of_four_days);
  setting.strategy +=
      "[strategies.only.programs.clients]\nwhen = 'calendar'\ncalendar_days = 36\nmax_asks = 1\nreach = 'new'\n"
      "guard = 'generation == 0'\n";
  setting.outcomes = {{"ask", "link = 'identity'\nintercept = 1\nprograms = { clients = -1 }"},
                      {"opt_out", "probability = 1"}};
  run("reference opted out", write_scenario(setting), 1, [&](const World& world) {
    CHECK(world.metric(Metric::opt_outs) == 1.0);
    CHECK(world.metric(Metric::calls_booked) == 1.0);
    CHECK(world.metric(Metric::calls_cancelled) == 1.0);
    CHECK(world.funnel(Funnel::credibility_open, first_program) == 1.0);
  });
}
