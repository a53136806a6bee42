// SPDX-License-Identifier: Apache-2.0
// The expected values that control variates rest on: what the engine simulates has them, whoever is asked meanwhile.
#include "model/known_means.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;
using vouch::model::KnownMean;

namespace {

std::vector<KnownMean> list_of(const std::string& text) {
  const auto compiled = vouch::scenario::compile(vouch::scenario::parse_scenario(text, "known means.toml"));
  return vouch::model::list_known_means(compiled.model, compiled.strategies);
}

/// Checks every expectation of the scenario; `number` of them must be known. Asks must change who buys.
void check_known_means(const std::string& name, const std::string& text, std::size_t number, int num_worlds) {
  const std::vector<KnownMean> known = list_of(text);
  REQUIRE(known.size() == number);
  std::vector<Sample> samples(known.size());
  double referral_wins = 0.0;
  run(name, text, num_worlds, [&](const World& world) {
    for (std::size_t i = 0; i < known.size(); ++i) samples[i].add(world.metric(known[i].metric));
    referral_wins += world.metric(Metric::referral_wins);
  });
  CHECK(referral_wins > num_worlds);
  const char* const names[] = {"start value", "cold wins", "cold value"};
  for (std::size_t i = 0; i < known.size(); ++i)
    check(fmt::format("{}, {}", name, names[i]), samples[i], known[i].expectation);
}

Setting make_setting(double horizon_days) {
  Setting setting;
  setting.horizon_days = horizon_days;
  setting.strategy = "when = 'purchase'\nmax_asks = 1\nfollow_up_days = 12\nintroduction_delay_days = 3\n";
  setting.outcomes = {{"ask", "probability = 0.4"}, {"qualify", "probability = 0.6"}, {"win", "probability = 0.3"}};
  setting.tables = "[money]\nreferral_value_factor = 1.5\n";
  return setting;
}

}  // namespace

// Contract values of a normal law are cut at 0; cycles too. Decisions in [0, H) of leads that arrive from the
// pipeline's beginning on.
TEST_CASE("known means: one segment, a pipeline, and a follow-up", "[validation]") {
  Setting setting = make_setting(300);
  setting.segment =
      "accounts = 300\ncontract_value = { distribution = 'normal', mean = 1000, sd = 1500 }\n"
      "leads_per_month = 200\npipeline_days = 40\ncycle_days = { distribution = 'normal', mean = 20, sd = 25 }\n"
      "names_per_yes = 1\n";
  check_known_means("known means, one segment", write_scenario(setting), 3, 600);
}

// Every other family of cycles and contract values. One segment has neither leads nor accounts; another is a finite
// market without leads, whose names reach companies of it only; partners own nothing and buy nothing.
TEST_CASE("known means: every family", "[validation]") {
  const std::pair<const char*, const char*> families[] = {
      {"{ distribution = 'uniform', low = 5, high = 150 }", "{ distribution = 'uniform', low = 500, high = 5000 }"},
      {"{ distribution = 'exponential', mean = 60 }", "{ distribution = 'exponential', mean = 4000 }"},
      {"{ distribution = 'gamma', mean = 70, shape = 0.6 }", "{ distribution = 'gamma', mean = 3000, shape = 2.5 }"},
      {"{ distribution = 'lognormal', median = 52, sigma = 0.9 }",
       "{ distribution = 'lognormal', median = 2000, sigma = 0.7 }"},
      {"{ distribution = 'weibull', scale = 80, shape = 1.7 }",
       "{ distribution = 'weibull', scale = 2000, shape = 0.8 }"},
      {"{ distribution = 'beta', a = 2, b = 3 }", "{ distribution = 'beta', a = 0.5, b = 0.5 }"},
      {"{ distribution = 'empirical', values = [0, 30, 400], weights = [1, 2, 1] }",
       "{ distribution = 'empirical', values = [1000, 9000], weights = [3, 1] }"},
      {"{ distribution = 'poisson', mean = 45 }", "{ distribution = 'geometric', mean = 1500 }"},
      {"200", "3000"}};
  Setting setting = make_setting(180);
  int i = 0;
  for (const auto& [cycle, value] : families) {
    setting.tables += fmt::format(
        "[segments.s{}]\naccounts = 40\nleads_per_month = 60\npipeline_days = {}\ncycle_days = {}\n"
        "contract_value = {}\nnames_per_yes = 1\n",
        i, 25 * i, cycle, value);
    ++i;
  }
  setting.tables +=
      "[segments.empty]\n[segments.finite]\naccounts = 50\nmarket = 90\ncontract_value = 700\nnames_per_yes = 1\n"
      "[populations.partners]\naccounts = 30\npeer_segments = { s0 = 1 }\n";
  setting.outcomes["win"] = "probability = 0.4\n[outcomes.win.segments]\ns1 = 0.2\ns6 = -0.1";
  check_known_means("known means, every family", write_scenario(setting), 3, 500);
}

// A warm-up strategy follows up later than the one that takes over, and neither touches what cold leads do.
TEST_CASE("known means: after a warm-up under another strategy", "[validation]") {
  Setting setting = make_setting(200);
  setting.warm_up_days = 90;
  setting.segment =
      "accounts = 100\ncontract_value = { distribution = 'gamma', mean = 1000, shape = 2 }\n"
      "leads_per_month = 150\npipeline_days = 60\ncycle_days = { distribution = 'gamma', mean = 110, shape = 3 }\n"
      "names_per_yes = 1\n";
  std::string text = write_scenario(setting) + "[strategies.before]\nfollow_up_days = 45\n";
  text.insert(text.find("warm_up_days"), "warm_up_strategy = 'before'\n");
  // `before` itself goes on following up late: what cold leads come to is not the same under both strategies.
  CHECK(list_of(text).size() == 1);
  auto compiled = vouch::scenario::compile(vouch::scenario::parse_scenario(text, "warm-up.toml"));
  compiled.strategies.resize(1);
  const auto known = vouch::model::list_known_means(compiled.model, compiled.strategies);
  REQUIRE(known.size() == 3);
  std::vector<Sample> samples(known.size());
  run("known means, warm-up", text, 1'500, [&](const World& world) {
    for (std::size_t k = 0; k < known.size(); ++k) samples[k].add(world.metric(known[k].metric));
  });
  for (std::size_t k = 0; k < known.size(); ++k)
    check(fmt::format("known means, warm-up, {}", k), samples[k], known[k].expectation);
}
