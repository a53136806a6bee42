// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: what favours, suspicion, positioning, conduct and rewards do to the answers.
#include <fmt/format.h>

#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

// Favours every 10 days, the first at u uniform on (0, 10): five before an ask on day 50, 10 - u to 50 - u days before.
// Each adds .2 to a suspicion that halves in 10 days: at the ask .2 2^(u/10) (1/2 + .. + 1/32), of mean
// .2 (31/32) / ln 2, which is what the ask loses. Each adds 1 to a goodwill capped at 4 that does not fade:
// 4 (1 - (3/4)^5), which is worth .1 a unit. A guard that nobody fulfils: no favours, P = .5.
TEST_CASE("favours raise goodwill, and suspicion just before an ask", "[validation]") {
  const std::string stocks =
      "[stocks.suspicion]\nhalf_life_days = 10\n[stocks.goodwill]\nhalf_life_days = inf\ncap = 4\n"
      "[touches.favour]\nimpulses = { suspicion = 0.2, goodwill = 1 }\n";
  const double suspicion = 0.2 * (31.0 / 32.0) / std::log(2.0);
  const double goodwill = 4.0 * (1.0 - std::pow(0.75, 5));
  struct Case {
    const char* what;
    const char* favours;
    const char* weights;
    double count, yes;
  };
  for (const Case& expected :
       {Case{"suspicion", "{ gap_days = 10 }", "suspicion = -1", 5, 0.5 - suspicion},
        Case{"goodwill", "{ gap_days = 10 }", "goodwill = 0.1", 5, 0.5 + 0.1 * goodwill},
        Case{"both", "{ gap_days = 10 }", "suspicion = -1, goodwill = 0.1", 5, 0.5 - suspicion + 0.1 * goodwill},
        Case{"guarded", "{ gap_days = 10, guard = 'num_asks > 1' }", "suspicion = -1", 0, 0.5}}) {
    Setting setting;
    setting.horizon_days = 50.5;
    setting.segment = "accounts = 400\nnames_per_yes = 0";
    setting.tables = stocks;
    setting.strategy = fmt::format("when = 'purchase'\ndelay_days = 50\nfavours = {}", expected.favours);
    setting.outcomes = {
        {"ask", fmt::format("link = 'identity'\nintercept = 0.5\nweights = {{ {} }}", expected.weights)}};
    Sample yes;
    RatioSample favours;
    run(fmt::format("favours, {}", expected.what), write_scenario(setting), 1500, [&](const World& world) {
      yes.add(world.metric(Metric::yes) / 400.0);
      favours.add(world.metric(Metric::favours), 400.0);
    });
    check(fmt::format("favours, P(yes), {}", expected.what), yes, expected.yes);
    // The sixth comes at 50 + u, before the horizon with probability .05.
    if (expected.count > 0.0)
      check(fmt::format("favours, count, {}", expected.what), favours, expected.count + 0.05);
    else
      CHECK(favours.ratio() == 0.0);
  }
}

// Positioning at the purchase sets a flag worth .3 of the first ask, and lands a touch worth .2 on day 0 that has
// halved by day 20: P(yes) = .1 + .3 + .1. Only at a purchase: accounts that bought before have neither.
TEST_CASE("positioning shows at the ask", "[validation]") {
  for (const bool bought_before : {false, true}) {
    Setting setting;
    setting.horizon_days = 30;
    setting.segment = "accounts = 1000\nnames_per_yes = 0";
    if (bought_before) setting.segment += "\ntenure_days = 1";
    setting.tables = "[stocks.trust]\nhalf_life_days = 20\n[touches.positioning]\nimpulses = { trust = 0.2 }\n";
    setting.strategy = "when = 'calendar'\npositioning = true\nmax_asks = 1\ncalendar_days = 20";
    if (bought_before) setting.strategy = "when = 'calendar'\npositioning = true\nmax_asks = 1\ncalendar_days = 21";
    setting.outcomes = {{"ask", "link = 'identity'\nintercept = 0.1\nweights = { positioned = 0.3, trust = 1 }"}};
    Sample yes;
    run(bought_before ? "not positioned" : "positioned", write_scenario(setting), 600,
        [&](const World& world) { yes.add(world.metric(Metric::yes)); });
    check(bought_before ? "positioning, too late for it" : "positioning", yes, bought_before ? 100.0 : 500.0);
  }
}

// How we ask is a feature like any other: P(yes) = .1 + .2 template + .15 status_framing + .1 log(1 + reward/100), and
// the new customer's reward weighs on the win: .3 + .2 log(1 + reward_customer/100). A win costs both rewards.
TEST_CASE("conduct features and rewards on both sides", "[validation]") {
  struct Case {
    const char* keys;
    double yes, win, paid;
  };
  for (const Case& expected : {Case{"conduct = { template = 1 }", 0.3, 0.3, 0},
                               Case{"conduct = { template = 1, status_framing = 2 }", 0.6, 0.3, 0},
                               Case{"reward_referrer = 150", 0.1 + 0.1 * std::log(2.5), 0.3, 150},
                               Case{"reward_referrer = 150\nreward_customer = 80\nconduct = { status_framing = 1 }",
                                    0.25 + 0.1 * std::log(2.5), 0.3 + 0.2 * std::log(1.8), 230}}) {
    Setting setting;
    setting.horizon_days = 10;
    setting.segment = "accounts = 1000";
    setting.tables = "[asking]\nconduct = ['template', 'status_framing']\n";
    setting.strategy = fmt::format("when = 'calendar'\ncalendar_days = 6\nform = 'contact'\n{}", expected.keys);
    setting.outcomes = {
        {"ask",
         "link = 'identity'\nintercept = 0.1\nweights = { template = 0.2, status_framing = 0.15, reward "
         "= 0.1 }"},
        {"win", "link = 'identity'\nintercept = 0.3\nweights = { customer_reward = 0.2 }"}};
    Sample yes;
    RatioSample won;
    double unpaid = 0.0;
    run(fmt::format("conduct {}", expected.keys), write_scenario(setting), 600, [&](const World& world) {
      yes.add(world.metric(Metric::yes));
      won.add(world.funnel(Funnel::won, first_program), world.metric(Metric::yes));
      unpaid += std::fabs(expected.paid * world.funnel(Funnel::won, first_program) - world.metric(Metric::reward_cost));
    });
    CHECK(unpaid < 1e-3);
    check(fmt::format("conduct, P(yes), {}", expected.keys), yes, 1000.0 * expected.yes);
    check(fmt::format("conduct, P(won), {}", expected.keys), won, expected.win);
  }
}
