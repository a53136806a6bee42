// SPDX-License-Identifier: Apache-2.0
#include "scenario/samples.hpp"
#include "support/catch.hpp"

#include <stdexcept>

namespace vouch::test {
namespace {

constexpr std::string_view sample = R"([experiment]
horizon_days = 365

[segments.smb]
accounts = 100
contract_value = { distribution = "lognormal", median = 6000, sigma = 0.5 }
time_to_value_days = { distribution = "exponential", mean = 60 }
cycle_days = 30

[stocks.fatigue]
half_life_days = 60

[touches.ask]
impulses = { fatigue = 1.0 }
minutes = 10

[outcomes.ask]
intercept = -1.0
weights = { value_realised = 1.2, fatigue = -0.9 }

[outcomes.win]
probability = 0.2

[strategies.never]

[strategies.early]
when = "purchase"
delay_days = 5
)";

}  // namespace

std::string sample_text(std::string_view extra) { return std::string(sample) + std::string(extra); }

std::string sample_with(std::string_view from, std::string_view to) {
  std::string text(sample);
  const std::size_t at = text.find(from);
  if (at == std::string::npos || text.find(from, at + 1) != std::string::npos)
    throw std::logic_error("the sample does not hold once: " + std::string(from));
  return text.replace(at, from.size(), to);
}

scenario::Scenario parse(std::string_view text, const std::vector<scenario::Override>& overrides) {
  return scenario::parse_scenario(text, "s.toml", overrides);
}

std::vector<std::string> errors_of(std::string_view text, const std::vector<scenario::Override>& overrides) {
  std::vector<std::string> lines;
  try {
    parse(text, overrides);
  } catch (const Error& error) {
    if (error.code() != ExitCode::usage) throw;
    for (const Problem& problem : error.problems()) lines.push_back(format_problem(problem));
  }
  return lines;
}

std::vector<std::string> warnings_of(std::string_view text) {
  std::vector<std::string> lines;
  const scenario::Scenario sample = parse(text);
  for (const Problem& problem : sample.warnings()) lines.push_back(format_problem(problem));
  return lines;
}

std::string warning_of(std::string_view text) {
  const auto warnings = warnings_of(text);
  for (const std::string& warning : warnings) UNSCOPED_INFO(warning);
  REQUIRE(warnings.size() == 1);
  return warnings.front();
}

}  // namespace vouch::test
