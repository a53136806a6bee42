// SPDX-License-Identifier: Apache-2.0
#include "report/stopping_view.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::report;

TEST_CASE("why a run ended is told with the worlds it took, and would have taken") {
  experiment::Stopping stopping;
  CHECK(format_stopping(stopping).empty());
  CHECK(make_stopping_json(stopping).is_null());
  stopping.aim = "best by net_value within 1%";
  stopping.reason = "early has the best net_value";
  stopping.worlds_used = 1234;
  stopping.worlds_if_equal = 2400;
  stopping.worlds_if_independent = 98'765;
  stopping.indifference = 0.5;
  CHECK(format_stopping(stopping) ==
        "Aim reached: early has the best net_value.\n"
        "1,234 worlds were run. Had every strategy gone as far as the furthest, there would have been 2,400.\n"
        "Without shared luck about 99,000 would have been needed to be as sure. Intervals of differences hold\n"
        "whenever one stops; values' intervals are made as if the number had been fixed beforehand.\n");
  CHECK(make_stopping_json(stopping).dump() ==
        R"({"aim":"best by net_value within 1%","reached":true,"reason":"early has the best net_value",)"
        R"("worlds_used":1234,"worlds_if_equal":2400,"worlds_if_independent":98765,"indifference":0.5})");
}

TEST_CASE("an aim about another metric than what follows is told apart") {
  experiment::Stopping stopping;
  CHECK(explain_other_aim(stopping, "net_value").empty());
  stopping.aim = "best by yes_rate within 0.01";
  stopping.reason = "early has the best yes_rate";
  CHECK(explain_other_aim(stopping, "yes_rate").empty());
  CHECK(explain_other_aim(stopping, "net_value") ==
        "That aim was about another metric than net_value, which follows; --metric chooses.\n");
}

TEST_CASE("what is not known is not told") {
  experiment::Stopping stopping;
  stopping.aim = "net_value +- 1%";
  stopping.is_reached = false;
  stopping.reason = "stopped at the limit";
  stopping.worlds_used = stopping.worlds_if_equal = 60;
  CHECK(format_stopping(stopping) ==
        "Aim not reached: stopped at the limit.\n60 worlds were run. Intervals are made as if that number had "
        "been fixed beforehand; they were\n"
        "measured to hold nearly as often.\n");
  CHECK(make_stopping_json(stopping)["worlds_if_independent"].is_null());
  CHECK(make_stopping_json(stopping)["indifference"].is_null());
}

TEST_CASE("amounts have three digits and their metric's unit") {
  const auto money = statistics::make_plain_metric("net_value", "currency", "");
  CHECK(format_quantity(money, "EUR", 5000.0) == "5,000 EUR");
  CHECK(format_quantity(money, "EUR", 12'345.6) == "12,346 EUR");
  CHECK(format_quantity(money, "USD", 0.12345) == "0.123 USD");
  statistics::Metric share;
  share.unit = "share";
  CHECK(format_quantity(share, "EUR", 0.015) == "1.5 percentage points");
  CHECK(format_quantity(statistics::make_plain_metric("asks", "1", ""), "EUR", 3.0) == "3");
}
