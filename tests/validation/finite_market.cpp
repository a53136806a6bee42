// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: a finite market, its duplicates, and companies that come back.
#include <fmt/format.h>

#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

/// One company, named on days 20, 40 and 60.
Setting make_one_company(const std::string& retry, int cycle, int win) {
  Setting setting;
  setting.horizon_days = 80;
  setting.segment = fmt::format("market = 1\ncontract_days = 10\ncycle_days = {}", cycle);
  setting.tables = fmt::format(
      "[deals]\nretry_after_days = {}\n[populations.outsiders]\naccounts = 1\npeer_segments = {{ all = 1 }}\n", retry);
  setting.strategy =
      "[strategies.only.programs.outsiders]\npopulation = 'outsiders'\nwhen = 'calendar'\ncalendar_days = 20\n"
      "form = 'contact'\nmax_asks = 3\n";
  setting.outcomes = {{"win", fmt::format("probability = {}", win)}};
  return setting;
}

}  // namespace

// A market of one company, named by an outsider on days 20, 40 and 60. Its deal is decided on day 30 and lost, or is
// won at once and the contract ends on day 30: free again `retry` days later. 5: three deals. 10: on day 40 itself it
// is free. 12: the second name is a duplicate. inf: both are.
TEST_CASE("finite market: a company returns after a while", "[validation]") {
  struct Case {
    const char* retry;
    double opened;
  };
  for (const bool is_won : {false, true}) {
    for (const Case& expected : {Case{"5", 3}, Case{"10", 3}, Case{"12", 2}, Case{"inf", 1}}) {
      const Setting setting = make_one_company(expected.retry, is_won ? 0 : 10, is_won ? 1 : 0);
      run("a company returns", write_scenario(setting), 2, [&](const World& world) {
        INFO((is_won ? "won" : "lost") << ", retry after " << expected.retry);
        CHECK(world.funnel(Funnel::opened, first_program) == expected.opened);
        CHECK(world.funnel(Funnel::duplicates, first_program) == 3.0 - expected.opened);
        CHECK(world.funnel(Funnel::won, first_program) == (is_won ? expected.opened : 0.0));
      });
    }
  }
}

// Whoever returns is a new account with fresh traits: of three purchases worth 1000 or 3000 with 1/2 each all three are
// worth the same with probability 1/4.
TEST_CASE("finite market: a company that returns is a new account", "[validation]") {
  Setting setting = make_one_company("5", 0, 1);
  setting.segment += "\ncontract_value = { distribution = 'empirical', values = [1000, 3000] }";
  Sample alike;
  run("fresh traits", write_scenario(setting), 160'000, [&](const World& world) {
    const double value = world.metric(Metric::new_value);
    alike.add(value == 3000.0 || value == 9000.0 ? 1.0 : 0.0);
  });
  check("finite market, three purchases alike", alike, 0.25);
}

// Of M = 50 companies 10 are customers for good. Five cold leads a day: each company is named at rate .1, and from a
// free one's lead it is taken for a cycle of mean 6 and 2 days after the loss: taken with rho/(1 + rho), rho = .8,
// whatever the law of the cycle (one server of the Erlang loss system). Duplicates: 1/5 + 4/5 rho/(1 + rho) of the
// leads; free at a time: 40/(1 + rho). All start free; as in form 9, after K times the longest time b that one is taken
// a company's bias is at most (1 - e^-rho)^K: b = 14, K = 20 here: 7e-6.
TEST_CASE("finite market: duplicates in a market in balance", "[validation]") {
  constexpr double rho = 0.8;
  for (const char* cycle : {"6", "{ distribution = 'uniform', low = 0, high = 12 }"}) {
    Setting setting;
    setting.horizon_days = 360;
    setting.warm_up_days = 280;
    setting.series = true;
    setting.segment = fmt::format("accounts = 10\nmarket = 50\nleads_per_month = 150\ncycle_days = {}", cycle);
    setting.tables = "[deals]\nretry_after_days = 2\n";
    setting.strategy = "label = 'never ask'";
    setting.outcomes = {{"win", "probability = 0"}};
    RatioSample duplicates;
    Sample free;
    run(fmt::format("balance, {}", cycle), write_scenario(setting), 120, [&](const World& world) {
      duplicates.add(world.funnel(Funnel::duplicates, cold), world.funnel(Funnel::leads, cold));
      double sum = 0.0;
      for (int bin = 0; bin < 12; ++bin) sum += world.series(Series::series_market_free, bin);
      free.add(sum / 12.0);
    });
    check(fmt::format("finite market, duplicates, cycle {}", cycle), duplicates, 0.2 + 0.8 * rho / (1.0 + rho));
    check(fmt::format("finite market, free, cycle {}", cycle), free, 40.0 / (1.0 + rho));
  }
}
