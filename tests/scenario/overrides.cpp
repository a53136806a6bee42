// SPDX-License-Identifier: Apache-2.0
#include "scenario/compiled_text.hpp"
#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using test::errors_of;
using test::parse;
using test::sample_text;
using test::sample_with;

namespace {

scenario::Compiled compile_with(const std::vector<scenario::Override>& overrides) {
  return compile(parse(sample_text(), overrides));
}

}  // namespace

TEST_CASE("an override changes one key, as if it had been written there") {
  const auto same = [](const scenario::Override& override_, std::string_view from, std::string_view to) {
    return test::describe(compile_with({override_})) == test::describe(compile(parse(sample_with(from, to))));
  };
  CHECK(same({"strategies.early.delay_days", "30"}, "delay_days = 5", "delay_days = 30"));
  CHECK(same({"segments.smb.accounts", "7"}, "accounts = 100", "accounts = 7"));
  CHECK(same({"strategies.early.when", "renewal"}, "when = \"purchase\"", "when = \"renewal\""));
  CHECK(same({"strategies.early.when", "\"renewal\""}, "when = \"purchase\"", "when = \"renewal\""));
  CHECK(same({"strategies.early.guard", "value_realised and fatigue < 2"}, "delay_days = 5",
             "delay_days = 5\nguard = \"value_realised and fatigue < 2\""));
  CHECK(same({"outcomes.ask.weights.fatigue", "-2"}, "fatigue = -0.9", "fatigue = -2"));
  CHECK(same({"segments.smb.cycle_days", "{distribution=\"exponential\",mean=3}"}, "cycle_days = 30",
             "cycle_days = { distribution = \"exponential\", mean = 3 }"));
  CHECK(same({"segments.smb.contract_value.median", "5"}, "median = 6000", "median = 5"));
  CHECK(same({"outcomes.win.intercept", "1"}, "probability = 0.2", "intercept = 1"));
  CHECK(same({"strategies.early.programs.client.delay_days", "9"}, "delay_days = 5",
             "delay_days = 5\n[strategies.early.programs.client]\ndelay_days = 9"));
}

TEST_CASE("later overrides win, and the experiment can be set") {
  const auto sample =
      parse(sample_text(), {{"experiment.seed", "3"}, {"experiment.replications", "8"}, {"experiment.seed", "4"}});
  CHECK(sample.experiment().seed == 4);
  CHECK(sample.experiment().replications == 8);
}

TEST_CASE("a strategy that extends another sees its overridden keys") {
  const auto compiled = compile(parse(sample_text("[strategies.late]\nextends = \"early\"\nmax_asks = 2\n"),
                                      {{"strategies.early.delay_days", "50"}}));
  CHECK(compiled.strategies.at(2).programs.at(0).delay_days.parameters[0] == 50.0);
}

TEST_CASE("an override within an annotated value drops the source that spoke for the old one") {
  const auto sample = parse(sample_with("mean = 60 }", "mean = 60, source = \"S\" }"),
                            {{"segments.smb.time_to_value_days.mean", "61"}});
  const std::string shown = format_scenario(sample);
  CHECK(shown.find("time_to_value_days = { distribution = \"exponential\", mean = 61 }  # days; guess; --set "
                   "segments.smb.time_to_value_days.mean=61\n") != std::string::npos);
}

TEST_CASE("overrides are checked like files") {
  const auto error_of = [](const std::string& key, const std::string& value) {
    const auto errors = errors_of(sample_text(), {{key, value}});
    REQUIRE(errors.size() == 1);
    return errors.front();
  };
  CHECK(error_of("experiment.sed", "3") ==
        "--set experiment.sed=3: error: unknown key 'sed' in [experiment] (a key that nothing "
        "reads would be ignored); did you mean 'seed'?");
  CHECK(error_of("segments.smbb.accounts", "3") ==
        "--set segments.smbb.accounts=3: error: unknown segment 'smbb' (an override changes what the scenario has); "
        "did you mean 'smb'?");
  CHECK(error_of("strategies.erly.delay_days", "3") ==
        "--set strategies.erly.delay_days=3: error: unknown strategy 'erly' (an override changes what the scenario "
        "has); did you mean 'early'?");
  CHECK(error_of("strategies.early.programs.clients.delay_days", "3") ==
        "--set strategies.early.programs.clients.delay_days=3: error: unknown program 'clients' (an override changes "
        "what the "
        "scenario has); did you mean 'client'?");
  CHECK(error_of("segments.smb.accounts", "-1") ==
        "--set segments.smb.accounts=-1: error: accounts must be a whole number in [0, 4294967295], not -1; `vouch "
        "keys accounts` explains it");
  CHECK(error_of("segments.smb.accounts", "1\nx = 2").find("accounts must be a whole number") != std::string::npos);
  CHECK(error_of("strategies.early.guard", "fatigue <") ==
        "--set strategies.early.guard=fatigue <: error: a number was expected here (at character 10 of the guard); a "
        "feature is "
        "compared with a number");
  CHECK(error_of("segments..accounts", "3") ==
        "--set segments..accounts=3: error: 'segments..accounts' is no key; write it with dots, as in "
        "strategies.at-signing.delay_days");
  CHECK(error_of("extends", "x.toml") ==
        "--set extends=x.toml: error: extends cannot be set from the command line; write a scenario file that extends "
        "both");
}
