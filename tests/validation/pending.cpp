// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: what becomes of promised things when the account leaves, opts out or has nobody left to name.
// Nothing is left to chance.
#include <fmt/format.h>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

/// One account, asked on day 0 with a yes; the program `no` asks on day 5 and ends in opting out.
struct PendingCase {
  const char* what;
  std::string segment;
  std::string program;  ///< of the ask on day 0
  std::map<std::string, std::string> outcomes;
  bool opts_out = false;
};

void simulate_pending(const PendingCase& given, const std::function<void(const World&)>& see) {
  Setting setting;
  setting.horizon_days = 40;
  setting.segment = "accounts = 1\n" + given.segment;
  setting.tables = "[asking]\nmaybe_returns = 1\nmaybe_delay_days = 10\n";
  // Those won are of the same segment, and are left alone by the guard.
  setting.strategy =
      "[strategies.only.programs.first]\nwhen = 'purchase'\nmax_asks = 1\nguard = 'generation == 0'\n" + given.program;
  if (given.opts_out)
    setting.strategy +=
        "\n[strategies.only.programs.no]\nwhen = 'calendar'\ncalendar_days = 5\nmax_asks = 1\nguard = 'generation == "
        "0'\n";
  setting.outcomes = given.outcomes;
  if (setting.outcomes.find("ask") == setting.outcomes.end())
    setting.outcomes["ask"] =
        "link = 'identity'\nintercept = 1\n" + std::string(given.opts_out ? "programs = { no = -1 }" : "");
  setting.outcomes["opt_out"] = "probability = 1";
  INFO(given.what);
  run(given.what, write_scenario(setting), 1, see);
}

const std::map<std::string, std::string> never_introduced = {{"introduce", "probability = 0"}};
const std::string leaves_on_day_8 = "contract_days = 8\n";

}  // namespace

// The introduction is due on day 10, its chase on day 17.
TEST_CASE("pending: introductions and chases", "[validation]") {
  struct Fate {
    PendingCase given;
    Funnel fate;
    double chases;
  };
  const std::string later = "introduction_delay_days = 10\nchases = 1\n";
  for (const Fate& expected : std::vector<Fate>{
           {{"kept", "", later, {}, false}, Funnel::introduced, 0},
           {{"left before the introduction", leaves_on_day_8, later, {}, false}, Funnel::lost_churned, 0},
           {{"opted out before the introduction", "", later, {}, true}, Funnel::introduced, 0},
           {{"never introduced", "", later, never_introduced, false}, Funnel::lost_refused, 1},
           {{"opted out before the chase", "", later, never_introduced, true}, Funnel::lost_opted_out, 0},
           {{"left before the chase", "contract_days = 15", later, never_introduced, false}, Funnel::lost_churned, 0},
           {{"horizon", "", "introduction_delay_days = 50\n", {}, false}, Funnel::pending, 0},
           {{"horizon of the chase", "", later + "chase_spacing_days = 60\n", never_introduced, false},
            Funnel::pending,
            0}})
    simulate_pending(expected.given, [&](const World& world) {
      CHECK(world.funnel(Funnel::named, first_program) == 1.0);
      CHECK(world.funnel(expected.fate, first_program) == 1.0);
      CHECK(world.metric(Metric::chases) == expected.chases);
    });
}

// A maybe returns as a yes on day 10, unless the account has left or opted out.
TEST_CASE("pending: maybes", "[validation]") {
  const std::string maybe = "link = 'identity'\nintercept = 0\nmaybe_margin = 1\n";
  struct Case {
    PendingCase given;
    double returned;
  };
  for (const Case& expected :
       std::vector<Case>{{{"maybe", "", "", {{"ask", maybe}}, false}, 1},
                         {{"maybe, left", leaves_on_day_8, "", {{"ask", maybe}}, false}, 0},
                         {{"maybe, opted out", "", "", {{"ask", maybe + "programs = { no = -1 }"}}, true}, 0}})
    simulate_pending(expected.given,
                     [&](const World& world) { CHECK(world.metric(Metric::returned_maybes) == expected.returned); });
}

// A deal of 20 days opens on day 0 and goes on; its rewards are paid, but nothing touches who has left. Thanks reach
// those who opted out.
TEST_CASE("pending: deals and their rewards", "[validation]") {
  const std::string rewarded = "form = 'contact'\nreward_referrer = 70\nreward_days = 1\n";
  struct Case {
    PendingCase given;
    double thanks, unacknowledged;
  };
  for (const Case& expected :
       std::vector<Case>{{{"stays", "cycle_days = 20", rewarded, {}, false}, 1, 0},
                         {{"has left", "cycle_days = 20\n" + leaves_on_day_8, rewarded, {}, false}, 0, 0},
                         {{"has opted out", "cycle_days = 20", rewarded, {}, true}, 1, 0}})
    simulate_pending(expected.given, [&](const World& world) {
      CHECK(world.funnel(Funnel::won, first_program) == 1.0);
      CHECK(world.metric(Metric::reward_cost) == 70.0);
      CHECK(world.metric(Metric::thanks) == expected.thanks);
      CHECK(world.metric(Metric::unacknowledged) == expected.unacknowledged);
    });
}

// Favours every 2 days, the first before day 2: 20 in 40 days, 4 before day 8; opting out does not end them. A
// testimonial request due on day 9 is not made to who has left or opted out.
TEST_CASE("pending: favours and testimonial requests", "[validation]") {
  struct Case {
    PendingCase given;
    double favours;
  };
  const std::string favours = "names_per_yes = 0\nfavours = { gap_days = 2 }\n";
  for (const Case& expected : std::vector<Case>{{{"favours", "", favours, {}, false}, 20},
                                                {{"favours, left", leaves_on_day_8, favours, {}, false}, 4},
                                                {{"favours, opted out", "", favours, {}, true}, 20}})
    simulate_pending(expected.given,
                     [&](const World& world) { CHECK(world.metric(Metric::favours) == expected.favours); });
  const std::string story =
      "names_per_yes = 0\n[strategies.only.programs.story]\nwhen = 'testimonial'\ntestimonial_delay_days = "
      "9\nnames_per_yes = 0\n";
  for (const Case& expected : std::vector<Case>{{{"request", "", story, {}, false}, 1},
                                                {{"request, left", leaves_on_day_8, story, {}, false}, 0},
                                                {{"request, opted out", "", story, {}, true}, 0}})
    simulate_pending(expected.given, [&](const World& world) {
      CHECK(world.metric(Metric::testimonial_requests) == expected.favours);
    });
}

// Two names a yes of three people: 2, then 1, then nobody: skipped once, which ends the chain. Asked daily with a least
// gap of 3 days: on days 0, 3, .., 39, and skipped on the others. At most 4 asks: then the chain ends without a skip.
TEST_CASE("pending: nobody left to name, gaps and limits", "[validation]") {
  struct Case {
    const char* segment;
    const char* program;
    double asks, named, no_peers, min_gap;
  };
  for (const Case& expected : {Case{"peers = 3\nnames_per_yes = 2", "", 2, 3, 1, 0},
                               Case{"names_per_yes = 2", "min_gap_days = 3\n", 14, 28, 0, 26},
                               Case{"names_per_yes = 1", "max_asks = 4\n", 4, 4, 0, 0}}) {
    Setting setting;
    setting.horizon_days = 40;
    setting.segment = fmt::format("accounts = 1\n{}", expected.segment);
    setting.strategy = fmt::format("when = 'purchase'\nrepeat_days = 1\n{}", expected.program);
    setting.outcomes = {{"win", "probability = 0"}};
    run("skips", write_scenario(setting), 1, [&](const World& world) {
      INFO(expected.segment << '\n' << expected.program);
      CHECK(world.metric(Metric::asks) == expected.asks);
      CHECK(world.funnel(Funnel::named, first_program) == expected.named);
      CHECK(world.metric(Metric::skipped_no_peers) == expected.no_peers);
      CHECK(world.metric(Metric::skipped_min_gap) == expected.min_gap);
      CHECK(world.metric(Metric::skipped_max_asks) == 0.0);
    });
  }
}
