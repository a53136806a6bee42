// SPDX-License-Identifier: Apache-2.0
#include "run_plan.hpp"

#include <fstream>

#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;
using Catch::Matchers::Contains;

namespace {

scenario::Experiment make_experiment() {
  scenario::Experiment experiment;
  experiment.seed = 7;
  experiment.replications = 20;
  return experiment;
}

const std::string small = VOUCH_SOURCE_DIR "/tests/journeys/small.toml";

RunOptions make_options(std::vector<std::string> sets = {}) {
  RunOptions options;
  options.scenario = {small, std::move(sets), {}};
  return options;
}

}  // namespace

TEST_CASE("the canonical command names no folder, and spells seed and replications out") {
  CHECK(format_canonical_command(make_options(), make_experiment(), {"never", "early"}) ==
        "vouch run small.toml --seed 7 --replications 20");
  RunOptions options = make_options({"experiment.seed=7", "strategies.early.when=value_realised", "title=A b"});
  options.strategies = {"never", "early", "never"};  // the names in the scenario's order are given beside
  CHECK(format_canonical_command(options, make_experiment(), {"early", "never"}) ==
        "vouch run small.toml --seed 7 --replications 20 --set strategies.early.when=value_realised --set 'title=A b' "
        "--strategies early,never");
}

TEST_CASE("an override without a value is refused") {
  CHECK_THROWS_AS(parse_overrides({"experiment.seed"}), Error);
  CHECK_THROWS_AS(parse_overrides({"=3"}), Error);
  CHECK(parse_overrides({"a=b=c"})[0].value == "b=c");
}

TEST_CASE("a subset of strategies keeps the scenario's order, and has a baseline of its own") {
  RunOptions options = make_options({"experiment.baseline=never"});
  options.strategies = {"late", "early"};
  const RunPlan plan = plan_run(options);
  CHECK(plan.identity.strategy_names == std::vector<std::string>{"early", "late"});
  CHECK(plan.identity.baseline == "early");
  CHECK(plan.points.front().strategies.size() == 2);
  options.strategies = {"erly"};
  CHECK_THROWS_WITH(plan_run(options), "unknown strategy 'erly'; did you mean 'early'?");
}

TEST_CASE("what changes no world does not make it another run") {
  const results::RunIdentity one = plan_run(make_options()).identity;
  RunOptions options =
      make_options({"title=Other", "experiment.baseline=late", "experiment.metric=asks", "experiment.confidence=0.9"});
  options.replications = 50;
  const results::RunIdentity two = plan_run(options).identity;
  CHECK(one.worlds_text == two.worlds_text);
  CHECK(one.scenario_text != two.scenario_text);
  CHECK(plan_run(make_options({"segments.smb.accounts=31"})).identity.worlds_text != one.worlds_text);
}

TEST_CASE("published figures change no world, and name metrics that there are") {
  const auto plan_with = [](const std::string& keys) {
    return plan_run(
        make_options({"published=[{ figure = \"a\", value = 1, strategy = \"early\", role = \"in\", "
                      "source = \"b\", " +
                      keys + " }]"}));
  };
  const results::RunIdentity identity = plan_with("metric = \"asks\"").identity;
  CHECK(identity.worlds_text == plan_run(make_options()).identity.worlds_text);
  CHECK(identity.scenario_text.find("[[published]]") != std::string::npos);
  CHECK_NOTHROW(plan_with("metric = \"win_rate\", source_filter = \"client\""));
  CHECK_NOTHROW(plan_with("metric = \"yes_rate\", segment = \"smb\""));
  const auto problem_with = [&](const std::string& keys) {
    try {
      plan_with(keys);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const auto says = [&](const std::string& keys, const std::string& problem) {
    const std::string told = problem_with(keys);
    INFO(told);
    CHECK(told.find("error: " + problem) != std::string::npos);
  };
  says("metric = \"ask\"", "unknown metric 'ask'; did you mean 'asks'?");
  says("metric = \"yes_rate\", source_filter = \"cold\"",
       "yes_rate cannot be read with a source_filter (only of leads and deals");
  says("metric = \"win_rate_cold\", source_filter = \"cold\"",
       "win_rate_cold cannot be read with a source_filter (it has a source of its own)");
}

TEST_CASE("an unknown metric is refused before anything runs, a ratio is not") {
  CHECK_THROWS_AS(plan_run(make_options({"experiment.metric=yess"})), Error);
  CHECK(plan_run(make_options({"experiment.metric=yes_rate"})).metric.denominator.size() == 1);
}

TEST_CASE("results go to outputs/ by the scenario's name") {
  CHECK(plan_run(make_options()).output == "outputs/small.h5");
}

TEST_CASE("a sweep has a model for each point, and the run is known by it") {
  const RunPlan one = plan_run(make_options());
  CHECK(one.points.size() == 1);
  CHECK(one.identity.sweep.empty());
  RunOptions options = make_options({"segments.smb.accounts=50"});
  options.scenario.sweeps = {"strategies.early.delay_days=0..90/3", "outcomes.win.probability=0.2,0.3"};
  const RunPlan plan = plan_run(options);
  REQUIRE(plan.points.size() == 6);
  CHECK(plan.points[5].model.segments[0].accounts == 50);
  CHECK(plan.points[5].strategies[1].programs[0].delay_days.parameters[0] == 90.0);
  REQUIRE(plan.identity.sweep.size() == 2);
  CHECK(plan.identity.sweep[0].key == "strategies.early.delay_days");
  CHECK(plan.identity.sweep[0].values == std::vector<std::string>{"0", "0", "45", "45", "90", "90"});
  CHECK(plan.identity.sweep[1].values == std::vector<std::string>{"0.2", "0.3", "0.2", "0.3", "0.2", "0.3"});
  CHECK(plan.identity.num_lanes() == 18);
  CHECK(plan.identity.worlds_text != one.identity.worlds_text);
  CHECK(plan.identity.canonical_command ==
        "vouch run small.toml --seed 7 --replications 20 --sweep strategies.early.delay_days=0..90/3 --sweep "
        "outcomes.win.probability=0.2,0.3 --set segments.smb.accounts=50");
}

TEST_CASE("the canonical command of a sweep that was left out says so") {
  RunOptions options = make_options();
  options.scenario.without_sweep = true;
  CHECK(plan_run(options).identity.canonical_command == "vouch run small.toml --seed 7 --replications 20 --no-sweep");
}

TEST_CASE("a key that changes what worlds report cannot be swept, and is named") {
  RunOptions options = make_options();
  options.scenario.sweeps = {
      "outcomes.win.probability=0.2,0.3",
      "strategies.late.programs={ a = { when = \"purchase\" } },{ b = { when = \"purchase\" } }"};
  CHECK_THROWS_WITH(plan_run(options), Contains("'strategies.late.programs' cannot be swept") &&
                                           Contains("worlds report other numbers than at point 0"));
  CHECK_THROWS_WITH(plan_run(options), Contains("--sweep strategies.late.programs="));
}

TEST_CASE("a sweep without key and values is refused") {
  RunOptions options = make_options();
  options.scenario.sweeps = {"strategies.early.delay_days"};
  CHECK_THROWS_WITH(plan_run(options), Contains("no key and values"));
}
