// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "scenario/features.hpp"
#include "scenario/rules.hpp"
#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;

namespace {

std::string read(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  REQUIRE(stream);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the committed reference and schema are those of the table") {
  CHECK(read(VOUCH_SOURCE_DIR "/scenarios/keys.md") == scenario::generate_keys_markdown());
  CHECK(read(VOUCH_SOURCE_DIR "/scenarios/vouch.schema.json") == scenario::generate_schema_json());
}

TEST_CASE("every key has a description, and every default keeps its own rule") {
  for (const auto table : scenario::rule_tables()) {
    for (const scenario::Rule& rule : table) {
      INFO(rule.key);
      CHECK(rule.description.size() > 5);
      CHECK((rule.description.back() == '.'));
      CHECK(scenario::find_rule(rule.section, rule.key) == &rule);
    }
  }
  // Written out in full, defaults are checked like any other value.
  CHECK_NOTHROW(test::parse(canonical_text(test::parse(test::sample_text()))));
}

TEST_CASE("every feature is explained, with who reads it") {
  const auto infos = scenario::describe_features();
  for (const scenario::FeatureInfo& info : infos) {
    INFO(info.name);
    CHECK(info.description.size() > 5);
    CHECK((info.description.back() == '.'));
    CHECK_FALSE(info.readers.empty());
    CHECK(scenario::format_keys(info.name).find(fmt::format("feature {}\n", info.name)) != std::string::npos);
  }
  CHECK(
      scenario::format_keys("answered_maybe")
          .find("feature answered_maybe\n    of a second ask; 0 or 1; read by second_ask\n    Whether the first answer "
                "was a maybe, and not a no.\n") == 0);
  CHECK(scenario::format_keys("rep_tie").find(
            "of an account; [0, 1]; read by guards, every outcome but qualify, win\n") != std::string::npos);
  CHECK(scenario::format_keys("rep_tie").find("of a deal; [0, 1]; read by qualify, win\n") != std::string::npos);
}

TEST_CASE("keys are found by name, unit or description") {
  const std::string found = scenario::format_keys("delay_days");
  CHECK(found.find("strategies.NAME.programs.NAME.delay_days\n    a number >= 0 or a distribution (inf allowed); days; "
                   "default 0\n"
                   "    From the trigger to the ask.\n") != std::string::npos);
  CHECK(found.find("horizon_days") == std::string::npos);
  CHECK(scenario::format_keys("EXPERIMENT.Horizon")
            .find("experiment.horizon_days\n    a number in (0, 1000000]; days; required\n") == 0);
  CHECK(scenario::format_keys("lognormal").find("distribution lognormal(median, sigma)") != std::string::npos);
  CHECK(scenario::format_keys("no such key anywhere").empty());
  CHECK(scenario::format_keys("").size() > 5000);
}
