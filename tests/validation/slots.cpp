// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: slots of reps, the queue before them, and who is served first. Times are certain: where nothing
// is drawn every number is exact.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

/// `accounts` accounts, one attempt each, `delay` days after the start; one rep with `asks_per_week` slots a week.
Setting make_queue(int accounts, const std::string& delay, double asks_per_week, double horizon) {
  Setting setting;
  setting.horizon_days = horizon;
  setting.series = true;
  setting.bin_days = 1;
  setting.segment = fmt::format("accounts = {}\nnames_per_yes = 0", accounts);
  setting.tables = fmt::format("[reps]\ncount = 1\nasks_per_week = {}\n", asks_per_week);
  setting.strategy = "when = 'purchase'\nmax_asks = 1\ndelay_days = " + delay;
  return setting;
}

struct QueueCase {
  const char* what;
  double delay, asks_per_week, horizon;
  double asks, queued, queue_days, queued_end;
};

}  // namespace

// 20 attempts at once. Seven slots a week are one a day: the first ask is made at once, 19 wait, and the j-th of them
// is made on day j: 190 days of waiting; on day 10 ten have been made, the last nine after 1 + .. + 9 = 45 days. At
// half past day 2 they wait j - 1/2 days: 190 - 19/2. Slots of days without an attempt lapse: the first 20 days save
// nothing. Three slots a week: floor((d + 1) 3/7) - floor(d 3/7) is 1 on days 2, 4, 6 of each week. 70 a week: ten on
// day 0, ten on day 1.
TEST_CASE("slots: a deterministic queue", "[validation]") {
  const QueueCase cases[] = {
      {"one a day", 0, 7, 30, 20, 19, 190, 0},
      {"one a day, to day 10", 0, 7, 10, 10, 19, 45, 10},
      {"one a day, at noon", 2.5, 7, 40, 20, 19, 180.5, 0},
      {"one a day, after 20 idle days", 20, 7, 50, 20, 19, 190, 0},
      {"three a week", 0, 3, 14, 6, 20, 2 + 4 + 6 + 9 + 11 + 13, 14},
      {"ten a day", 0, 70, 5, 20, 10, 10, 0},
      {"as many as wanted", 0, 7000, 5, 20, 0, 0, 0},
      {"none yet", 0.5, 0.5, 13, 0, 20, 0, 20},  // c = 1/14: the first slot is on day 13
  };
  for (const QueueCase& expected : cases) {
    run(expected.what,
        write_scenario(make_queue(20, fmt::format("{}", expected.delay), expected.asks_per_week, expected.horizon)), 2,
        [&](const World& world) {
          INFO(expected.what);
          CHECK(world.metric(Metric::asks) == expected.asks);
          CHECK(world.metric(Metric::queued) == expected.queued);
          CHECK(world.metric(Metric::queue_days) == expected.queue_days);
          CHECK(world.metric(Metric::queued_end) == expected.queued_end);
          CHECK(world.metric(Metric::yes) == expected.asks);
        });
  }
}

// One slot a day, 20 attempts at 0: series_queue is looked at just before each whole day, 19 before day 1 (whose slot
// is taken on the day), 18 before day 2; series_asks is 1 a day.
TEST_CASE("slots: the queue over time", "[validation]") {
  run("queue over time", write_scenario(make_queue(20, "0", 7, 30)), 1, [&](const World& world) {
    for (int day = 0; day < 30; ++day) {
      INFO("day " << day);
      CHECK(world.series(Series::series_queue, day) == std::max(0, 19 - day));
      CHECK(world.series(Series::series_asks, day) == (day < 20 ? 1.0 : 0.0));
    }
  });
}

// Whoever has become unfit while waiting uses no slot: of ten accounts attempted on day 0.25, whose contracts end on
// day 4.5, five are asked on days 0 to 4; the others are skipped on day 5, when the first of ten attempted on day 0.5
// is asked, and the last of these on day 14. Waiting: 1 + .. + 4 - 4/4 and 5 + .. + 14 - 10/2 days. A mention takes no
// slot: all 20 at once.
TEST_CASE("slots: skips and mentions use none", "[validation]") {
  Setting leaving;
  leaving.horizon_days = 30;
  leaving.tables =
      "[reps]\ncount = 1\nasks_per_week = 7\n[segments.leaving]\naccounts = 10\nnames_per_yes = 0\n"
      "contract_days = 4.5\n[segments.staying]\naccounts = 10\nnames_per_yes = 0\n";
  leaving.strategy =
      "[strategies.only.programs.first]\nsegments = 'leaving'\nwhen = 'purchase'\ndelay_days = 0.25\n"
      "[strategies.only.programs.second]\nsegments = 'staying'\nwhen = 'purchase'\ndelay_days = 0.5\n";
  run("leaving the queue", write_scenario(leaving), 2, [&](const World& world) {
    CHECK(world.metric(Metric::asks, 0) == 5.0);
    CHECK(world.metric(Metric::skipped_inactive) == 5.0);
    CHECK(world.metric(Metric::asks, 1) == 10.0);
    CHECK(world.metric(Metric::queue_days, 0) == 9.0);
    CHECK(world.metric(Metric::queue_days, 1) == 90.0);
  });
  Setting mentions = make_queue(20, "0", 7, 30);
  mentions.strategy += "\nform = 'mention'";
  run("mentions and slots", write_scenario(mentions), 2, [&](const World& world) {
    CHECK(world.metric(Metric::mentions) == 20.0);
    CHECK(world.metric(Metric::queued) == 0.0);
  });
}

// Two segments of ten accounts; one slot on each sixth day of a week; the horizon has room for ten asks. `early`
// attempts on day 0.25 and always says no; `keen` on day 0.5 and always says yes; who is worth more depends.
// fifo: early's ten. most_likely_yes: keen's. most_valuable: those of the larger contract; equal ones by time.
TEST_CASE("slots: who is served first", "[validation]") {
  struct Case {
    const char* priority;
    int early_value, keen_value;
    double early_asks, keen_asks;
  };
  for (const Case& expected :
       {Case{"fifo", 1, 2, 10, 0}, Case{"most_likely_yes", 2, 1, 0, 10}, Case{"most_valuable", 2, 1, 10, 0},
        Case{"most_valuable", 1, 2, 0, 10}, Case{"most_valuable", 3, 3, 10, 0}}) {
    Setting setting;
    setting.horizon_days = 70;
    setting.tables = fmt::format(
        "[reps]\ncount = 1\nasks_per_week = 1\npriority = '{}'\n"
        "[segments.early]\naccounts = 10\nnames_per_yes = 0\ncontract_value = {}\n"
        "[segments.keen]\naccounts = 10\nnames_per_yes = 0\ncontract_value = {}\n",
        expected.priority, expected.early_value, expected.keen_value);
    setting.strategy =
        "[strategies.only.programs.early]\nsegments = 'early'\nwhen = 'purchase'\ndelay_days = 0.25\n"
        "[strategies.only.programs.keen]\nsegments = 'keen'\nwhen = 'purchase'\ndelay_days = 0.5\n";
    setting.outcomes = {{"ask", "link = 'identity'\nintercept = 0\nsegments = { keen = 1 }"}};
    run(fmt::format("priority {}", expected.priority), write_scenario(setting), 2, [&](const World& world) {
      INFO(expected.priority << ' ' << expected.early_value << ' ' << expected.keen_value);
      CHECK(world.metric(Metric::asks, 0) == expected.early_asks);
      CHECK(world.metric(Metric::asks, 1) == expected.keen_asks);
      CHECK(world.metric(Metric::yes) == expected.keen_asks);
      CHECK(world.metric(Metric::queued_end) == 10.0);
    });
  }
}

// Accounts of quality 0, 0.5 and 1 (a third each) answer yes with probability quality; 12 of 60 are served. By
// likelihood: of n accounts of quality 1 min(n, 12) are asked and say yes; of the rest of the 12 half do (that fewer
// than 12 have quality 0.5 or 1 has probability 1e-13). Strategies see quality through noise: a huge one leaves a
// likelihood of 0 or 1, half of each, by chance, and P(yes) = 1/2.
TEST_CASE("slots: the likely are served as they are seen", "[validation]") {
  for (const bool is_blind : {false, true}) {
    Setting setting = make_queue(60, "0.5", 1, 84);
    setting.segment += "\nquality = { distribution = 'empirical', values = [0, 0.5, 1] }";
    setting.tables += "priority = 'most_likely_yes'\n";
    if (is_blind) setting.tables += "[asking]\nsurvey_noise = 1e9\n";
    setting.outcomes = {{"ask", "link = 'identity'\nintercept = 0\nweights = { quality = 1 }"}};
    Sample yes;
    run(is_blind ? "served blindly" : "served by likelihood", write_scenario(setting), 4000, [&](const World& world) {
      REQUIRE(world.metric(Metric::asks) == 12.0);
      yes.add(world.metric(Metric::yes) / 12.0);
    });
    if (is_blind) {
      check("slots P(yes), served blindly", yes, 0.5);
    } else {
      double exact = 0.0;
      double p = std::pow(2.0 / 3.0, 60);  // P(Binomial(60, 1/3) = n)
      for (int n = 0; n <= 60; ++n) {
        exact += p * (n >= 12 ? 1.0 : (n + 0.5 * (12 - n)) / 12.0);
        p *= (60.0 - n) / (n + 1.0) * 0.5;
      }
      check("slots P(yes), served by likelihood", yes, exact);
    }
  }
}
