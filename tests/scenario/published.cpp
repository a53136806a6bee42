// SPDX-License-Identifier: Apache-2.0
// Published figures: read, checked at their places, kept, and not inherited.
#include "scenario/published.hpp"

#include <filesystem>
#include <fstream>

#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using test::errors_of;
using test::parse;
using test::sample_text;

namespace {

const std::string figure =
    "[[published]]\n"             // 29
    "figure = \"yes\"\n"          // 30
    "value = 0.3\n"               // 31
    "range = [0.25, 0.35]\n"      // 32
    "metric = \"yes_rate\"\n"     // 33
    "strategy = \"early\"\n"      // 34
    "segment = \"smb\"\n"         // 35
    "source_filter = \"cold\"\n"  // 36
    "role = \"emerged\"\n"        // 37
    "source = \"a study\"\n";     // 38

/// The figure with one of its lines replaced.
std::string with(const std::string& from, const std::string& to) {
  std::string text = figure;
  return sample_text(text.replace(text.find(from), from.size(), to));
}

std::string error_of(const std::string& text) {
  const auto errors = errors_of(text);
  for (const std::string& error : errors) UNSCOPED_INFO(error);
  REQUIRE(errors.size() == 1);
  return errors.front();
}

}  // namespace

TEST_CASE("published figures are read in their order, with where they stand") {
  const auto none = parse(sample_text());
  CHECK(none.published().empty());
  const auto scenario =
      parse(sample_text(figure + "[[published]]\nsource = \"b\"\nrole = \"tuned\"\nstrategy = \"never\"\n"
                                 "metric = \"asks\"\nvalue = 7\nfigure = \"asked\"\n"));
  REQUIRE(scenario.published().size() == 2);
  const scenario::PublishedFigure& first = scenario.published()[0];
  CHECK(first.figure == "yes");
  CHECK(first.source == "a study");
  CHECK(first.value == 0.3);
  CHECK(first.range == std::pair(0.25, 0.35));
  CHECK(first.metric == "yes_rate");
  CHECK(first.strategy == "early");
  CHECK(first.segment == "smb");
  CHECK(first.from == "cold");
  CHECK(first.role == scenario::FigureRole::emerged);
  CHECK(first.where.file == "s.toml");
  CHECK(first.where.line == 33);
  CHECK(first.where.column == 10);
  const scenario::PublishedFigure& second = scenario.published()[1];
  CHECK(second.role == scenario::FigureRole::tuned);
  CHECK(second.value == 7.0);
  CHECK_FALSE(second.range.has_value());
  CHECK(second.segment.empty());
  CHECK(second.from.empty());
  CHECK(parse(with("\"emerged\"", "\"in\"")).published()[0].role == scenario::FigureRole::in);
}

TEST_CASE("a figure's source may be a program of its strategy") {
  CHECK(parse(with("\"cold\"", "\"client\"")).published()[0].from == "client");
  for (const char* word : {"organic", "referral"}) CHECK(parse(with("cold", word)).published()[0].from == word);
  CHECK(error_of(with("\"cold\"", "\"cleint\"")) ==
        "s.toml:36:17: error: unknown source of leads 'cleint' (in source_filter); did you mean 'client'?");
  std::string of_never = with("\"cold\"", "\"client\"");
  of_never.replace(of_never.rfind("\"early\""), 7, "\"never\"");
  CHECK(error_of(of_never) ==
        "s.toml:36:17: error: strategy 'never' has no program 'client' (no lead of its worlds came from there); the "
        "strategy has no programs");
}

TEST_CASE("what a figure misspells or lacks is told at its place") {
  CHECK(errors_of(with("metric", "metrc")) ==
        std::vector<std::string>{
            "s.toml:29:1: error: [[published]] needs 'metric' (The metric to be read beside it (`vouch compare RESULTS "
            "--list`).); add metric = ...",
            "s.toml:33:1: error: unknown key 'metrc' in [[published]] (a key that nothing reads would be ignored); did "
            "you mean 'metric'?"});
  for (const char* key : {"figure", "value", "strategy", "role"})
    CHECK(errors_of(with(std::string("\n") + key + " = ", "\n# ")).size() == 1);
  CHECK(error_of(with("\"early\"", "\"erly\"")) ==
        "s.toml:34:12: error: unknown strategy 'erly' (in strategy); did you mean 'early'?");
  CHECK(error_of(with("\"smb\"", "\"smc\"")) ==
        "s.toml:35:11: error: unknown segment or population 'smc' (in segment); did you mean 'smb'?");
  CHECK(error_of(with("\"emerged\"", "\"emergd\"")) ==
        "s.toml:37:8: error: role cannot be 'emergd'; did you mean 'emerged'?");
  CHECK(error_of(with("\"yes_rate\"", "\"\"")).find("s.toml:33:10: error: published.metric is empty (The metric") == 0);
}

TEST_CASE("a figure's numbers must be numbers that belong together") {
  CHECK(error_of(with("0.3\n", "\"x\"\n")) ==
        "s.toml:31:9: error: published.value must be a number, not \"x\"; `vouch keys published.value` explains it");
  CHECK(error_of(with("0.3\n", "inf\n")).find("s.toml:31:9: error: published.value must be a number, not inf") == 0);
  for (const char* range : {"[0.25]", "[0.25, 0.3, 0.35]", "0.3", "[0.25, \"x\"]", "[0.25, inf]", "{ low = 0.2 }"})
    CHECK(error_of(with("[0.25, 0.35]", range))
              .find("s.toml:32:9: error: published.range must be a list of two numbers, [low, high], or false, not ") ==
          0);
  CHECK(error_of(with("[0.25, 0.35]", "[0.31, 0.35]")) ==
        "s.toml:32:9: error: value 0.3 lies outside its range [0.31, 0.35] (the figure itself would not count as the "
        "figure); widen the range");
  CHECK(error_of(with("[0.25, 0.35]", "[0.35, 0.25]")) ==
        "s.toml:32:9: error: value 0.3 lies outside its range [0.35, 0.25] (nothing lies in this range); write the "
        "lower number first");
  CHECK(errors_of(with("[0.25, 0.35]", "[0.3, 0.3]")).empty());
}

TEST_CASE("published figures are a list of tables") {
  CHECK(error_of(sample_text("[published]\nvalue = 3\n")) ==
        "s.toml:29:1: error: published must be a list of tables, each under [[published]], not a table; write "
        "[[published]], with two brackets, above each figure");
  CHECK(error_of("published = [3]\n" + sample_text()).find("s.toml:1:14: error: published must be a list of tables") ==
        0);
  CHECK(error_of("published = \"x\"\n" + sample_text()).find("s.toml:1:13: error: published must be a list of") == 0);
  CHECK(parse(sample_text(figure), {{"published", "[]"}}).published().empty());
}

TEST_CASE("published figures read back the same, and keep the order of the keys' table") {
  const auto original = parse(sample_text(figure + figure));
  const std::string canonical = canonical_text(original);
  CHECK(canonical.find("\n[[published]]\nfigure = \"yes\"\nvalue = 0.3\nrange = [0.25, 0.35]\nmetric = ") !=
        std::string::npos);
  CHECK(canonical_text(scenario::parse_scenario(format_scenario(original), "shown")) == canonical);
  const auto again = scenario::parse_scenario(canonical, "canonical");
  CHECK(canonical_text(again) == canonical);
  REQUIRE(again.published().size() == 2);
  CHECK(again.published()[1].range == original.published()[1].range);
  CHECK(canonical_text(parse(sample_text())).find("\npublished = []\n") != std::string::npos);
  CHECK(format_scenario_json(original).find(
            "\"published\": [\n    {\n      \"figure\": {\n        \"value\": \"yes\"") != std::string::npos);
  CHECK(format_scenario(original).find("\nrange = [0.25, 0.35]  # s.toml:32\n") != std::string::npos);
}

TEST_CASE("published figures stay with the file that states them") {
  const auto folder = std::filesystem::path(VOUCH_BINARY_DIR) / "scenario-published";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "base.toml") << sample_text(figure);
  std::ofstream(folder / "plain.toml") << "extends = \"base.toml\"\n";
  std::ofstream(folder / "own.toml") << "extends = \"base.toml\"\n"
                                        "[[published]]\nfigure = \"own\"\nvalue = 1\nmetric = \"asks\"\n"
                                        "strategy = \"early\"\nrole = \"in\"\nsource = \"b\"\n";
  CHECK(scenario::load_scenario(folder / "base.toml").published().size() == 1);
  CHECK(scenario::load_scenario(folder / "plain.toml").published().empty());
  const auto own = scenario::load_scenario(folder / "own.toml");
  REQUIRE(own.published().size() == 1);
  CHECK(own.published()[0].figure == "own");
  std::filesystem::remove_all(folder);
}
