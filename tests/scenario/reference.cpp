// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <sstream>

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
