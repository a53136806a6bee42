// SPDX-License-Identifier: Apache-2.0
#include "scenario_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <set>

namespace vouch::cli {

void add_scenario_options(CLI::App& command, ScenarioOptions& options) {
  command.add_option("SCENARIO", options.path, "The scenario file (TOML)")->required()->option_text(" ");
  command.add_option("--set", options.sets, "Change a key for this time, with the same checks; may be repeated")
      ->option_text("KEY=VALUE")
      ->allow_extra_args(false);
  CLI::Option& sweep = *command
                            .add_option("--sweep", options.sweeps,
                                        "Try each value V1,V2,... or FROM..TO/STEPS; several keys: every combination")
                            ->option_text("KEY=VALUES")
                            ->allow_extra_args(false);
  command.add_flag("--no-sweep", options.without_sweep, "Leave out the scenario's sweep")->excludes(&sweep);
  command.add_flag("--allow-outside", options.allow_outside,
                   "Let the scenario extend files outside its folder: only if you trust it");
}

scenario::Scenario load(const ScenarioOptions& options, const std::vector<scenario::Override>& overrides) {
  return scenario::load_scenario(options.path, overrides,
                                 options.allow_outside ? scenario::Extends::anything : scenario::Extends::inside);
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

std::vector<scenario::Override> make_overrides(const ScenarioOptions& options) {
  std::vector<scenario::Override> overrides;
  if (options.without_sweep) overrides.push_back({"sweep", "{}", "--no-sweep"});
  if (!options.sweeps.empty()) overrides.push_back({"sweep", "{}", "--sweep"});
  std::set<std::string> keys;
  for (const std::string& sweep : options.sweeps) {
    const std::size_t equals = sweep.find('=');
    if (equals == std::string::npos || equals == 0)
      throw Error(ExitCode::usage, fmt::format("--sweep {}: no key and values; write --sweep key=values, as in "
                                               "--sweep strategies.at-signing.delay_days=0,30,60",
                                               sweep));
    const std::string key = sweep.substr(0, equals);
    if (!keys.insert(key).second)
      throw Error(ExitCode::usage, fmt::format("--sweep {}: '{}' is swept twice; give all its values at once, as in "
                                               "--sweep {}=V1,V2,V3",
                                               sweep, key, key));
    overrides.push_back(scenario::make_swept_override(key, sweep.substr(equals + 1)));
  }
  for (scenario::Override& set : parse_overrides(options.sets)) overrides.push_back(std::move(set));
  return overrides;
}

}  // namespace vouch::cli
