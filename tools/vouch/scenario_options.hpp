// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.hpp"

namespace CLI {
class App;
}

namespace vouch::cli {

/// SCENARIO and what changes it, which several commands take.
struct ScenarioOptions {
  std::string path;
  std::vector<std::string> sets;    ///< "key=value"
  std::vector<std::string> sweeps;  ///< "key=values"
  bool without_sweep = false;
  bool allow_outside = false;  ///< extend files anywhere
};

void add_scenario_options(CLI::App& command, ScenarioOptions& options);

/// Throws Error (usage) for one without "=".
std::vector<scenario::Override> parse_overrides(const std::vector<std::string>& sets);

/// Loads it with those overrides. Throws as load_scenario.
scenario::Scenario load(const ScenarioOptions& options, const std::vector<scenario::Override>& overrides);

/// All that the command line changes: first the sweep, then --set. Throws as parse_overrides.
std::vector<scenario::Override> make_overrides(const ScenarioOptions& options);

}  // namespace vouch::cli
