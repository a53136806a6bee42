// SPDX-License-Identifier: Apache-2.0
// Form 12: discounting.
#include <fmt/format.h>

#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

constexpr double rate = 0.1 / 365.0;  ///< r a day
constexpr double horizon = 730.0;
constexpr double margin = 50.0;  ///< c a day: half of 36 500 a year
constexpr double ask_cost = 13.0;
constexpr double ask_rate = 0.02;
constexpr int accounts = 100;

std::string exponential(const char* key, double rate_a_day) {
  return fmt::format("{} = {{ distribution = 'exponential', mean = {} }}\n", key, 1.0 / rate_a_day);
}

Setting make_setting(const std::string& contract) {
  Setting setting;
  setting.horizon_days = horizon;
  setting.segment = fmt::format("accounts = {}\ncontract_value = 36500\nnames_per_yes = 0\n", accounts) + contract;
  setting.strategy = "when = 'purchase'\n" + exponential("delay_days", ask_rate) + exponential("repeat_days", ask_rate);
  setting.tables =
      "[money]\nmargin = 0.5\ndiscount_rate = 0.1\ncost_per_minute = 2\n[touches.ask]\nminutes = 3\nmoney = 7\n";
  return setting;
}

}  // namespace

// A margin c until exponential churn is worth c (1 - e^(-(r+delta)H))/(r + delta) within the horizon: revenue. Asks at
// rate lambda while a customer, 3 minutes at 2 and 7 of money each, cost 13 lambda (1 - e^(-(r+delta)H))/(r + delta):
// touch_cost.
TEST_CASE("12. discounting until exponential churn", "[validation]") {
  constexpr double churn = 1.0 / 200.0;
  const double worth = -std::expm1(-(rate + churn) * horizon) / (rate + churn);
  Sample revenue;
  Sample cost;
  Sample net;
  Sample minutes;
  run("discounting", write_scenario(make_setting(exponential("contract_days", churn))), 800, [&](const World& world) {
    revenue.add(world.metric(Metric::revenue));
    cost.add(world.metric(Metric::touch_cost));
    net.add(world.metric(Metric::net_value));
    minutes.add(world.metric(Metric::rep_minutes));
  });
  check("12 revenue", revenue, accounts * margin * worth);
  check("12 touch cost", cost, accounts * ask_cost * ask_rate * worth);
  check("12 net value", net, accounts * (margin - ask_cost * ask_rate) * worth);
  check("12 minutes", minutes, accounts * 3.0 * ask_rate * -std::expm1(-churn * horizon) / churn);
}

// Without churn the value is certain: c (1 - e^(-r H))/r, rounded once an account. Without a rate it is c H.
TEST_CASE("12. discounting without churn", "[validation]") {
  const auto simulate_revenue = [](const Setting& setting) {
    double revenue = 0.0;
    run("discounting without churn", write_scenario(setting), 1,
        [&](const World& world) { revenue = world.metric(Metric::revenue); });
    return revenue;
  };
  Setting setting = make_setting("");
  check_rounded("12 revenue without churn", simulate_revenue(setting),
                accounts * margin * -std::expm1(-rate * horizon) / rate, accounts * 0.5e-4);
  setting.tables = "[money]\nmargin = 0.5\n";
  check_rounded("12 revenue without a rate", simulate_revenue(setting), accounts * margin * horizon, 0.0);
}
