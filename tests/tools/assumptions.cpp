// SPDX-License-Identifier: Apache-2.0
#include "assumptions.hpp"

#include <algorithm>

#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;
using report::Assumption;
using Standing = report::Assumption::Standing;
using Catch::Matchers::Contains;

namespace {

constexpr const char* text = R"(title = "T"
[experiment]
horizon_days = 365
[money]
margin = { value = 0.5, note = "our books" }
discount_rate = 0
[asking]
maybe_returns = 0.15
conduct = ["template"]
[segments.smb]
label = "Small"
accounts = 10
contract_value = { distribution = "lognormal", median = 6000, sigma = 0.6 }
names_per_yes = { distribution = "empirical", values = [1, 2], weights = [3, 1] }
incidents_per_year = 0.5
[segments.enterprise]
accounts = 20
incidents_per_year = 0.5
[stocks.fatigue]
half_life_days = 60
[touches.ask]
impulses = { fatigue = 1.0 }
[outcomes.ask]
intercept = -1.0
weights = { value_realised = { value = 1.2, source = "A study" }, fatigue = -1.5, template = 0.1 }
segments = { smb = -0.3 }
[outcomes.win]
probability = 0.3
[outcomes.renew]
link = "log"
intercept = -0.2
weights = { quality = 0.4 }
[strategies.never]
[strategies.early]
when = "purchase"
delay_days = 30
)";

std::vector<Assumption> list(const std::vector<SweptInfluence>& swept = {}) {
  return list_assumptions(scenario::parse_scenario(text, "test"), swept);
}

std::vector<std::string> list_keys(const std::vector<Assumption>& assumptions) {
  std::vector<std::string> keys;
  for (const Assumption& assumption : assumptions) keys.push_back(assumption.key);
  return keys;
}

const Assumption& find(const std::vector<Assumption>& assumptions, const std::string& key) {
  const auto found = std::find_if(assumptions.begin(), assumptions.end(),
                                  [&](const Assumption& assumption) { return assumption.key == key; });
  INFO(key);
  REQUIRE(found != assumptions.end());
  return *found;
}

}  // namespace

TEST_CASE("weights of asks come first, the strongest on top, then other weights, then what happens on the way") {
  CHECK(list_keys(list()) ==
        std::vector<std::string>{
            "outcomes.ask.weights.fatigue", "outcomes.ask.weights.value_realised", "outcomes.ask.weights.template",
            "outcomes.renew.weights.quality", "outcomes.ask.intercept", "outcomes.ask.segments.smb",
            "asking.maybe_returns", "segments.smb.names_per_yes", "outcomes.win.probability", "money.margin",
            "segments.*.accounts", "segments.smb.contract_value", "segments.*.incidents_per_year",
            "stocks.fatigue.half_life_days", "touches.ask.impulses.fatigue", "outcomes.renew.intercept"});
}

TEST_CASE("decisions, names and what is left at its default are no assumptions") {
  for (const std::string& key : list_keys(list())) {
    INFO(key);
    CHECK_FALSE(key.starts_with("strategies."));
    CHECK_FALSE(key.starts_with("experiment."));
    CHECK_FALSE(key.ends_with(".label"));
    CHECK_FALSE(key.ends_with(".id"));
    CHECK(key != "asking.conduct");
    CHECK(key != "money.discount_rate");                  // given, but as it is anyway
    CHECK_FALSE(key.starts_with("outcomes.second_ask"));  // as ask, since it was not given
  }
}

TEST_CASE("what has a source is sourced, all else a guess") {
  const auto assumptions = list();
  CHECK(find(assumptions, "outcomes.ask.weights.value_realised").standing == Standing::sourced);
  CHECK(find(assumptions, "outcomes.ask.weights.value_realised").source == "A study");
  CHECK(find(assumptions, "money.margin").standing == Standing::guess);
  CHECK(find(assumptions, "money.margin").note == "our books");
  CHECK(find(assumptions, "outcomes.ask.weights.fatigue").standing == Standing::guess);
}

TEST_CASE("the text in a results file gives the same assumptions as the scenario that was written") {
  const auto written = scenario::parse_scenario(text, "test");
  const auto kept = scenario::parse_scenario(scenario::canonical_text(written), "kept");
  const auto expected = list_assumptions(written);
  const auto found = list_assumptions(kept);
  REQUIRE(list_keys(found) == list_keys(expected));
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK(found[i].value == expected[i].value);
    CHECK(found[i].standing == expected[i].standing);
  }
}

TEST_CASE("values are told in words") {
  const auto assumptions = list();
  CHECK(find(assumptions, "segments.smb.contract_value").value == "lognormal: median 6,000, sigma 0.6");
  CHECK(find(assumptions, "segments.smb.contract_value").unit == "EUR a year");
  CHECK(find(assumptions, "segments.smb.names_per_yes").value == "1 (75 %), 2 (25 %)");
  CHECK(find(assumptions, "outcomes.ask.weights.fatigue").value == "-1.5");
  CHECK(find(assumptions, "stocks.fatigue.half_life_days").meaning == "Time in which fatigue halves");
  CHECK(find(assumptions, "outcomes.win.probability").meaning == "Chance of a deal being won");
  CHECK_THAT(find(assumptions, "outcomes.ask.weights.value_realised").meaning,
             Contains("value_realised (whether the account has had its first real result)"));
}

TEST_CASE("segments and touches share a row for each key, by name where they differ, unless only some have a source") {
  const auto assumptions = list();
  CHECK(find(assumptions, "segments.*.accounts").value == "smb: 10; enterprise: 20");
  CHECK(find(assumptions, "segments.*.incidents_per_year").value == "0.5");
  const std::string more = std::string(text) + R"([segments.large]
accounts = { value = 20, note = "counted" }
incidents_per_year = { value = 0.5, source = "A log" }
[touches.chase]
impulses = { fatigue = 0.5 }
)";
  const auto found =
      list_assumptions(scenario::parse_scenario(more, "test"), {{"segments.smb.accounts", "1, 2", "", 1.0}});
  CHECK(find(found, "segments.smb.accounts").value == "1, 2");
  CHECK(find(found, "segments.{enterprise,large}.accounts").value == "enterprise and large: 20");
  CHECK(find(found, "segments.{enterprise,large}.accounts").note == "large: counted");
  CHECK(find(found, "segments.{smb,enterprise}.incidents_per_year").standing == Standing::guess);
  CHECK(find(found, "segments.large.incidents_per_year").standing == Standing::sourced);
  CHECK(find(found, "touches.*.impulses.fatigue").value == "ask: 1; chase: 0.5");
  CHECK(find(found, "touches.*.impulses.fatigue").meaning == "What touches add to fatigue");
}

TEST_CASE("what a weight does is told in odds, or in chances under the log link") {
  const auto assumptions = list();
  CHECK(find(assumptions, "outcomes.ask.weights.fatigue").influence ==
        "one unit more multiplies the odds of a yes to an ask by 0.22");
  CHECK(find(assumptions, "outcomes.ask.segments.smb").influence ==
        "which multiplies the odds of a yes to an ask by 0.74");
  CHECK(find(assumptions, "outcomes.ask.intercept").influence == "by itself a chance of 27 %");
  CHECK(find(assumptions, "outcomes.renew.weights.quality").influence ==
        "one unit more multiplies the chance of a contract being renewed by 1.5");
  CHECK(find(assumptions, "money.margin").influence.empty());
}

TEST_CASE("what was swept stands on top, the widest range first, and decisions among it are no beliefs") {
  const auto assumptions = list({{"asking.maybe_returns", "0 to 0.5, 3 values", "a little", 0.1},
                                 {"strategies.early.delay_days", "0 to 60, 2 values", "much", 0.9}});
  CHECK(assumptions[0].key == "strategies.early.delay_days");
  CHECK(assumptions[0].standing == Standing::chosen);
  CHECK(assumptions[0].influence == "much");
  CHECK(assumptions[1].key == "asking.maybe_returns");
  CHECK(assumptions[1].value == "0 to 0.5, 3 values");
  CHECK(assumptions[1].standing == Standing::guess);
  CHECK(assumptions[1].group == assumptions[0].group);
  CHECK(assumptions[2].group != assumptions[0].group);
  const auto keys = list_keys(assumptions);
  CHECK(std::count(keys.begin(), keys.end(), "asking.maybe_returns") == 1);
}

TEST_CASE("the order is explained, with what has not been measured") {
  CHECK_THAT(explain_order({}), Contains("How much each number moves the answer has not been measured."));
  CHECK_THAT(explain_order({{"a", "", "", 0.0}}), Contains("not been measured, but for those that the sweep varied."));
}
