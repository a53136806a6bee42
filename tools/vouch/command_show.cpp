// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "commands.hpp"
#include "scenario_options.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

struct Options {
  ScenarioOptions scenario;
  bool json = false;
};

constexpr const char* footer = R"(Examples:
  vouch show scenarios/when-to-ask.toml
  vouch show scenarios/when-to-ask.toml --set segments.smb.accounts=500
  vouch show scenarios/when-to-ask.toml > whole.toml && vouch check whole.toml
  vouch show scenarios/when-to-ask.toml --json

What is printed is a scenario itself, which reads back the same: every key after inheritance and
overrides, with its unit, its source or 'guess', and where it came from.)";

ExitCode show(const Options& options) {
  const scenario::Scenario scenario = load(options.scenario, make_overrides(options.scenario));
  scenario::compile_points(scenario);  // what is shown can be run
  std::string text = options.json ? scenario::format_scenario_json(scenario) : scenario::format_scenario(scenario);
  if (text.empty() || text.back() != '\n') text += '\n';
  print(text);
  return ExitCode::success;
}

}  // namespace

void add_show(CLI::App& app, Request& request) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand("show", "Print a scenario after inheritance and overrides");
  add_scenario_options(command, options->scenario);
  command.add_flag("--json", options->json, "Print for programs");
  command.footer(footer);
  command.callback([options, &request] { request.action = [options] { return show(*options); }; });
}

}  // namespace vouch::cli
