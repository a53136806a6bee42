// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.hpp"

namespace CLI {
class App;
}

namespace vouch::cli {

/// SCENARIO and --set, which several commands take.
struct ScenarioOptions {
  std::string path;
  std::vector<std::string> sets;  ///< "key=value"
};

void add_scenario_options(CLI::App& command, ScenarioOptions& options);

/// Throws Error (usage) for one without "=".
std::vector<scenario::Override> parse_overrides(const std::vector<std::string>& sets);

}  // namespace vouch::cli
