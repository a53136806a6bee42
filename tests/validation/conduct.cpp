// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: each thing that is done to an account lands when and as often as it should. A touch adds 1 to a
// fatigue that never fades, so that fatigue_days, the integral over 100 days, is the sum of (100 - its time).
#include <fmt/format.h>

#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

constexpr double horizon = 100.0;

struct TouchCase {
  const char* touch;
  std::string strategy;
  std::map<std::string, std::string> outcomes;
  Metric metric;
  std::vector<double> times;  ///< when it lands
  double delay = 0.0;         ///< of thanks, which are weakened by 2^(-delay/14)
  const char* segment = "";
};

/// Asked on day 0 and never again, by default with a yes and one name: introduced on day 3, decided on day 23.
const std::string ask =
    "when = 'purchase'\nreach = 'new'\nmax_asks = 1\nguard = 'generation == 0'\nintroduction_delay_days = 3\n";

void check_touch(const TouchCase& expected) {
  Setting setting;
  setting.horizon_days = horizon;
  setting.segment = fmt::format("accounts = 1\ncycle_days = 20\n{}", expected.segment);
  setting.tables = fmt::format("[stocks.fatigue]\nhalf_life_days = inf\n[touches.{}]\nimpulses = {{ fatigue = 1 }}\n",
                               expected.touch);
  setting.strategy = expected.strategy;
  setting.outcomes = expected.outcomes;
  run(fmt::format("touch {}", expected.touch), write_scenario(setting), 1, [&](const World& world) {
    INFO(expected.touch << '\n' << expected.strategy);
    CHECK(world.metric(expected.metric) == static_cast<double>(expected.times.size()));
    double sum = 0.0;
    for (const double time : expected.times) sum += (horizon - time) * std::exp2(-expected.delay / 14.0);
    CHECK(world.metric(Metric::fatigue_days) == Approx(sum).epsilon(0.0).margin(1e-5));
  });
}

}  // namespace

TEST_CASE("conduct: thanks land after their delay, weakened by it", "[validation]") {
  const std::map<std::string, std::string> lost = {{"win", "probability = 0"}};
  for (const TouchCase& expected : std::vector<TouchCase>{
           {"thanks_for_promise", ask + "thanks_for_promise_days = 1", {}, Metric::thanks, {1}, 1},
           {"thank_you", ask + "thank_you_days = 2", {}, Metric::thanks, {5}, 2},
           {"status_report", ask + "status_report_days = 9", {}, Metric::thanks, {12}, 9},
           {"thank_you", ask + "win_thank_you_days = 5", {}, Metric::thanks, {28}, 5},
           {"recognition", ask + "recognition_days = 14", {}, Metric::thanks, {37}, 14},
           {"reward", ask + "reward_days = 7", {}, Metric::thanks, {30}, 7},
           {"thanks_from_customer", ask + "thanks_from_customer_days = 8", {}, Metric::thanks, {31}, 8},
           {"thanks_from_customer", ask + "thanks_from_customer_days = 8", lost, Metric::thanks, {}, 8},
           // For each of three names; a contact is given at the yes, and thanked for then.
           {"thank_you", ask + "thank_you_days = 2\nnames_per_yes = 3", {}, Metric::thanks, {5, 5, 5}, 2},
           {"thank_you", ask + "thank_you_days = 2\nform = 'contact'", {}, Metric::thanks, {2}, 2},
           // For the promise once, whatever comes of it.
           {"thanks_for_promise", ask + "thanks_for_promise_days = 0\nnames_per_yes = 3", {}, Metric::thanks, {0}},
       })
    check_touch(expected);
}

TEST_CASE("conduct: wins nobody acknowledges, and lost deals", "[validation]") {
  const std::map<std::string, std::string> lost = {{"win", "probability = 0"}};
  for (const TouchCase& expected :
       std::vector<TouchCase>{{"unacknowledged", ask, {}, Metric::unacknowledged, {53}},
                              {"unacknowledged", ask + "thank_you_days = 1", {}, Metric::unacknowledged, {53}},
                              {"unacknowledged", ask + "win_thank_you_days = 30", {}, Metric::unacknowledged, {}},
                              {"unacknowledged", ask + "recognition_days = 31", {}, Metric::unacknowledged, {53}},
                              {"unacknowledged", ask + "thanks_from_customer_days = 3", {}, Metric::unacknowledged, {}},
                              {"unacknowledged", ask, lost, Metric::unacknowledged, {}},
                              {"referral_lost", ask, lost, Metric::yes, {23}}})
    check_touch(expected);
}

// introduce = 0: chances on days 3, 10, 17, the last two after a chase. introduce = .5 chases: certain at the third
// chance. introduce = [reminded]: certain at the first chance after the promise was thanked for.
TEST_CASE("conduct: chases", "[validation]") {
  const std::string chasing = ask + "chases = 2\n";
  const std::map<std::string, std::string> never = {{"introduce", "probability = 0"}};
  const std::map<std::string, std::string> by_chases = {
      {"introduce", "link = 'identity'\nintercept = 0\nweights = { chases = 0.5 }"}};
  const std::map<std::string, std::string> by_reminder = {
      {"introduce", "link = 'identity'\nintercept = 0\nweights = { reminded = 1 }"}};
  for (const TouchCase& expected : std::vector<TouchCase>{
           {"chase", ask, never, Metric::chases, {}},
           {"chase", chasing, never, Metric::chases, {10, 17}},
           {"chase", chasing + "chase_spacing_days = 4", never, Metric::chases, {7, 11}},
           {"chase", chasing + "thanks_for_promise_days = 1", by_reminder, Metric::chases, {}},
           {"chase", chasing + "thanks_for_promise_days = 3", by_reminder, Metric::chases, {}},
           {"chase", chasing + "thanks_for_promise_days = 4", by_reminder, Metric::chases, {10}},
       })
    check_touch(expected);
  struct Fate {
    std::string strategy;
    std::map<std::string, std::string> outcomes;
    double introduced, bare, refused;
  };
  // P(introduced by three chances) with .5 chases: 0, then .5, then 1: always, by two chases.
  for (const Fate& expected : std::vector<Fate>{{chasing, never, 0, 0, 1},
                                                {chasing + "fallback = 'contact'\n", never, 0, 1, 0},
                                                {chasing, by_chases, 1, 0, 0},
                                                {ask, by_chases, 0, 0, 1},
                                                {chasing + "thanks_for_promise_days = 4\n", by_reminder, 1, 0, 0},
                                                {chasing + "thanks_for_promise_days = 18\n", by_reminder, 0, 0, 1}}) {
    Setting setting;
    setting.horizon_days = horizon;
    setting.segment = "accounts = 1\ncycle_days = 20";
    setting.strategy = expected.strategy;
    setting.outcomes = expected.outcomes;
    run("fates of names", write_scenario(setting), 3, [&](const World& world) {
      INFO(expected.strategy);
      CHECK(world.funnel(Funnel::introduced, first_program) == expected.introduced);
      CHECK(world.funnel(Funnel::bare, first_program) == expected.bare);
      CHECK(world.funnel(Funnel::lost_refused, first_program) == expected.refused);
    });
  }
}

// The first result comes on day 5, the first request 10 days later; after a complaint another every 20 days.
TEST_CASE("conduct: testimonials, complaints and recovery", "[validation]") {
  const std::string story = "when = 'testimonial'\nnames_per_yes = 0\nmax_asks = 1\ntestimonial_delay_days = 10\n";
  const std::map<std::string, std::string> complaint = {{"testimonial", "probability = 0"}};
  // Trust is spent by the result and won back by the recovery: the second request is granted.
  const std::map<std::string, std::string> regained = {
      {"testimonial", "link = 'identity'\nintercept = 0\nweights = { fatigue = 1 }"}};
  const char* result = "time_to_value_days = 5";
  for (const TouchCase& expected : std::vector<TouchCase>{
           {"testimonial_request", story, {}, Metric::testimonials, {15}, 0, result},
           {"testimonial_request", story, complaint, Metric::complaints, {15}, 0, result},
           {"testimonial_request",
            story + "testimonial_retry_days = 20\n",
            complaint,
            Metric::complaints,
            {15, 35, 55, 75, 95},
            0,
            result},
           {"service_recovery",
            story + "testimonial_retry_days = 20\nrecovery = true\n",
            complaint,
            Metric::complaints,
            {15, 35, 55, 75, 95},
            0,
            result},
           {"service_recovery",
            story + "testimonial_retry_days = 20\nrecovery = true\n",
            regained,
            Metric::complaints,
            {15},
            0,
            result},
           {"ask", story + "delay_days = 3\n", {}, Metric::asks, {18}, 0, result},
           {"ask",
            story + "delay_days = 3\ntestimonial_retry_days = 20\nrecovery = true\n",
            complaint,
            Metric::asks,
            {},
            0,
            result},
       })
    check_touch(expected);
}

// Everything else that can land, by its own key.
TEST_CASE("conduct: the other touches", "[validation]") {
  const std::map<std::string, std::string> maybe = {{"ask", "probability = 0\nmaybe_margin = 1"}};
  for (const TouchCase& expected : std::vector<TouchCase>{
           {"ask", ask + "delay_days = 6\n", {}, Metric::asks, {6}},
           {"ask",
            "when = 'purchase'\nrepeat_days = 30\nguard = 'generation == 0'\n",
            {},
            Metric::asks,
            {0, 30, 60, 90}},
           {"ask",
            "when = 'calendar'\ncalendar_days = 30\nguard = 'generation == 0'\n",
            {},
            Metric::asks,
            {30, 60, 90}},
           {"ask",
            "when = 'value_realised'\nguard = 'generation == 0'\n",
            {},
            Metric::asks,
            {12},
            0,
            "time_to_value_days = 12"},
           {"ask", ask + "second_ask = 'maybe'\n", maybe, Metric::pressed, {0}},
           {"second_ask", ask + "second_ask = 'maybe'\n", maybe, Metric::pressed, {0}},
           {"second_ask", ask + "second_ask = 'maybe'\n", {{"ask", "probability = 0"}}, Metric::pressed, {}},
           {"second_ask", ask + "second_ask = 'maybe_or_no'\n", {{"ask", "probability = 0"}}, Metric::pressed, {0}},
           {"second_ask", ask + "second_ask = 'maybe_or_no'\n", {}, Metric::pressed, {}},
           {"mention", ask + "form = 'mention'\ndelay_days = 4\n", {}, Metric::mentions, {4}},
           {"ask", ask + "form = 'mention'\n", {}, Metric::asks, {}},
           {"value_realised", "label = 'never'", {}, Metric::values_realised, {40}, 0, "time_to_value_days = 40"}})
    check_touch(expected);
}
