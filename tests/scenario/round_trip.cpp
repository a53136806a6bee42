// SPDX-License-Identifier: Apache-2.0
// What is printed reads back the same.
#include <filesystem>
#include <string>

#include "scenario/compiled_text.hpp"
#include "scenario/random_scenario.hpp"
#include "scenario/samples.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch;
using test::parse;

namespace {

/// What `show` prints, without its comments on where each value came from.
void check_round_trip(const scenario::Scenario& original) {
  const std::string canonical = canonical_text(original);
  const std::string compiled = test::describe(compile(original));
  const auto from_show = scenario::parse_scenario(format_scenario(original), "shown");
  CHECK(canonical_text(from_show) == canonical);
  CHECK(test::describe(compile(from_show)) == compiled);
  const auto from_canonical = scenario::parse_scenario(canonical, "canonical");
  CHECK(canonical_text(from_canonical) == canonical);
  CHECK(test::describe(compile(from_canonical)) == compiled);
  CHECK(from_canonical.experiment().seed == original.experiment().seed);
  CHECK(from_canonical.experiment().baseline == original.experiment().baseline);
  CHECK(from_canonical.strategy_labels() == original.strategy_labels());
}

}  // namespace

TEST_CASE("random scenarios read back the same") {
  const std::uint64_t seed = test::seed_of("random scenarios read back the same");
  for (std::uint64_t i = 0; i < 150; ++i) {
    const std::string text = test::make_random_scenario(seed + i);
    INFO(text);
    check_round_trip(parse(text));
  }
}

TEST_CASE("overridden scenarios read back the same") {
  check_round_trip(parse(test::sample_text(),
                         {{"segments.smb.contract_value.median", "5"}, {"strategies.early.delay_days", "0.1"}}));
}

TEST_CASE("shipped scenarios read back the same") {
  int count = 0;
  for (const char* folder : {"/scenarios", "/scenarios/published"}) {
    for (const auto& entry : std::filesystem::directory_iterator(VOUCH_SOURCE_DIR + std::string(folder))) {
      if (entry.path().extension() != ".toml") continue;
      INFO(entry.path());
      check_round_trip(scenario::load_scenario(entry.path()));
      ++count;
    }
  }
  CHECK(count >= 4);
}
