// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using test::parse;
using test::sample_text;
using test::sample_with;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("show tells each value's unit, source and place") {
  const std::string shown =
      format_scenario(parse(sample_with("accounts = 100", "accounts = { value = 100, source = \"S\" }"),
                            {{"strategies.early.delay_days", "9"}}));
  CHECK(contains(shown, "horizon_days = 365  # days; s.toml:2\n"));
  CHECK(contains(shown, "seed = 1  # default\n"));
  CHECK(contains(shown, "accounts = { value = 100, source = \"S\" }  # accounts; source; s.toml:5\n"));
  CHECK(contains(shown, "cycle_days = 30  # days; guess; s.toml:8\n"));
  CHECK(contains(shown, "delay_days = 9  # days; --set strategies.early.delay_days=9\n"));
  CHECK(contains(shown, "\n[outcomes.ask.weights]\nvalue_realised = 1.2  # guess; s.toml:19\n"));
  CHECK(contains(shown, "\n[strategies.never]\n"));
  CHECK_FALSE(contains(shown, "extends"));
}

TEST_CASE("the canonical text does not tell where a scenario was read") {
  const std::string text = canonical_text(parse(sample_text()));
  CHECK_FALSE(contains(text, "#"));
  CHECK_FALSE(contains(text, "s.toml"));
  CHECK(canonical_text(scenario::parse_scenario(sample_text(), "another.toml")) == text);
  CHECK(canonical_text(parse(sample_with("cycle_days = 30", "cycle_days = 31"))) != text);
}

TEST_CASE("show as JSON tells the same") {
  const std::string json =
      format_scenario_json(parse(sample_with("accounts = 100", "accounts = { value = 100, source = \"S\" }")));
  CHECK(contains(json, R"("accounts": {
        "value": 100,
        "unit": "accounts",
        "status": "source",
        "source": "S",
        "where": "s.toml:5"
      })"));
  CHECK(contains(json, R"("cap": {
        "value": "inf",
        "unit": "",
        "status": "default",
        "where": "default"
      })"));
}

TEST_CASE("show tells of a strategy's own reps and desk, as they were given") {
  const auto sample =
      parse(sample_text("[strategies.early.desk]\ncalls_cap = 2\n[strategies.early.reps]\nnerve = 0.5\n[reps]\n"
                        "brave_share = { value = 0.5, source = \"S\" }\n"
                        "[deals]\nmoments = [{ share = 0.5, credibility_gap = { value = 0.5, source = \"T\" } }]\n"),
            {{"strategies.early.desk.min_match", "0.5"}});
  const std::string shown = format_scenario(sample);
  CHECK(contains(shown, "\n[strategies.early.reps]\nnerve = 0.5  # probability; s.toml:32\n"));
  CHECK(contains(shown, "\n[strategies.early.desk]\nruns = true  # default\n"));
  CHECK(contains(shown, "calls_cap = 2  # calls; s.toml:30\n"));
  CHECK(contains(shown, "min_match = 0.5  # --set strategies.early.desk.min_match=0.5\n"));
  CHECK(contains(shown, "brave_share = { value = 0.5, source = \"S\" }  # share; source; s.toml:34\n"));
  CHECK(contains(shown, "moments = [{ share = 0.5, credibility_gap = { value = 0.5, source = \"T\" } }]  # "));
  CHECK_FALSE(contains(shown, "[strategies.never.reps]"));
  CHECK_FALSE(contains(shown, "[strategies.never.desk]"));
  const std::string json = format_scenario_json(sample);
  CHECK(contains(json, R"("calls_cap": {
          "value": 2,
          "unit": "calls",
          "status": "choice",
          "where": "s.toml:30"
        })"));
}

TEST_CASE("differences between strategies are listed key by key") {
  const auto lines = describe_strategy_differences(parse(sample_text(
      "max_asks = 3\n[strategies.late]\nextends = \"early\"\ndelay_days = 75.0\nguard = \"fatigue < 2\"\n")));
  CHECK(lines == std::vector<std::string>{"when: never asks (never), \"purchase\" (early, late)",
                                          "delay_days: 5 (early), 75 (late)",
                                          "guard: \"\" (early), \"fatigue < 2\" (late)"});
}

TEST_CASE("with several programs differences are listed by program") {
  const auto lines = describe_strategy_differences(
      parse(sample_text("[strategies.both]\nwhen = \"purchase\"\ndelay_days = "
                        "5\n[strategies.both.programs.a]\n[strategies.both.programs.b]\nwhen = \"renewal\"\n")));
  CHECK(std::find(lines.begin(), lines.end(), "programs.a.when: \"purchase\" (both)") == lines.end());
  CHECK(std::find(lines.begin(), lines.end(), "programs: never asks (never), [client] (early), [a, b] (both)") !=
        lines.end());
}

TEST_CASE("what only some strategies have is listed in a line") {
  // What every program says makes no difference, unless one strategy alone asks.
  CHECK(describe_strategy_differences(parse(sample_text("max_asks = 3\n"))) ==
        std::vector<std::string>{"when: never asks (never), \"purchase\" (early)",
                                 "whoever asks: delay_days = 5, max_asks = 3 (early)"});
  const auto lines = describe_strategy_differences(
      parse(sample_text("min_gap_days = 9\n[strategies.both]\nextends = \"early\"\n[strategies.both.programs.a]\n"
                        "[strategies.both.programs.b]\nwhen = \"renewal\"\nmax_asks = 2\n"
                        "[strategies.both.desk]\nmax_tries = 7\nrenewals = true\n")));
  CHECK(lines == std::vector<std::string>{
                     "desk.runs: false (never, early), true (both)", "desk: max_tries = 7, renewals = true (both)",
                     "programs: never asks (never), [client] (early), [a, b] (both)",
                     "programs.client: when = \"purchase\" (early)", "programs.a: when = \"purchase\" (both)",
                     "programs.b: when = \"renewal\", max_asks = 2 (both)"});
}

TEST_CASE("texts survive quotes, tabs and line breaks") {
  const std::string text = "title = \"a \\\"b\\\" \\\\ \\n \\t \xc3\xa9\"\n" + sample_text();
  const auto sample = parse(text);
  CHECK(parse(canonical_text(sample)).title() == sample.title());
  CHECK(parse(format_scenario(sample)).title() == sample.title());
}
