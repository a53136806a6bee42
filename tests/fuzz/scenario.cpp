// SPDX-License-Identifier: Apache-2.0
// Any bytes as a scenario: it is compiled and written out again, or refused with errors that each say where.
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "scenario/scenario.hpp"

namespace {

using namespace vouch;

/// Ends the process, which the fuzzer counts as a crash.
void require(bool holds, std::string_view what) {
  if (holds) return;
  fmt::print(stderr, "broken: {}\n", what);
  std::abort();
}

/// A fault that is not the engine's, to show that one is found: at titles that no seed has. Only where
/// VOUCH_FUZZ_PLANTED holds the seeds' titles.
void fail_if_planted(const scenario::Scenario& scenario) {
  static const char* const known = std::getenv("VOUCH_FUZZ_PLANTED");
  if (known == nullptr || std::string_view(known).find(scenario.title()) != std::string_view::npos) return;
  const std::vector<char> text(4);
  volatile std::size_t beyond = text.size();
  require(text.data()[beyond] != 1, "the planted fault");  // NOLINT: AddressSanitizer is to find it
}

void check_problems(const Error& error) {
  require(error.code() == ExitCode::usage, "another exit code than that of usage");
  require(!error.problems().empty(), "an error without problems");
  for (const Problem& problem : error.problems()) {
    const Location& where = problem.where;
    if (where.file != "fuzz.toml" || where.line < 1 || where.column < 1)
      require(false, "an error without its place: " + format_problem(problem));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const scenario::Scenario scenario = scenario::parse_scenario(text, "fuzz.toml");
    fail_if_planted(scenario);
    scenario::compile_points(scenario);
    const std::string canonical = scenario::canonical_text(scenario);
    scenario::format_scenario_json(scenario);
    try {
      const scenario::Scenario again = scenario::parse_scenario(canonical, "fuzz.toml");
      require(scenario::canonical_text(again) == canonical, "what is written is not read back the same");
    } catch (const Error& error) {
      require(false, std::string("what is written is refused: ") + error.what());
    }
  } catch (const Error& error) {
    check_problems(error);
  }
  return 0;
}
