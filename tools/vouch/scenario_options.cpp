// SPDX-License-Identifier: Apache-2.0
#include "scenario_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

namespace vouch::cli {

void add_scenario_options(CLI::App& command, ScenarioOptions& options) {
  command.add_option("SCENARIO", options.path, "The scenario file (TOML)")->required()->option_text(" ");
  command.add_option("--set", options.sets, "Change a key for this time, with the same checks; may be repeated")
      ->option_text("KEY=VALUE")
      ->allow_extra_args(false);
}

std::vector<scenario::Override> parse_overrides(const std::vector<std::string>& sets) {
  std::vector<scenario::Override> overrides;
  for (const std::string& set : sets) {
    const std::size_t equals = set.find('=');
    if (equals == std::string::npos || equals == 0)
      throw Error(ExitCode::usage, fmt::format("--set {}: no key and value; write --set key=value, as in "
                                               "--set experiment.replications=50",
                                               set));
    overrides.push_back({set.substr(0, equals), set.substr(equals + 1)});
  }
  return overrides;
}

}  // namespace vouch::cli
