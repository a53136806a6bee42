// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "published_figures.hpp"
#include "report/number.hpp"
#include "scenario_options.hpp"
#include "sweep_points.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

struct Options {
  ScenarioOptions scenario;
  bool json = false;
};

constexpr const char* footer = R"(Examples:
  vouch check my-scenario.toml
  vouch check my-scenario.toml --set segments.smb.accounts=500
  vouch check my-scenario.toml --json

Every problem is told at once, as file:line:column: what (why); what to do. Exit code 2 if there is an
error; warnings are suspicious but legal.)";

nlohmann::ordered_json make_json(const Problem& problem) {
  return {{"severity", problem.severity == Severity::error ? "error" : "warning"},
          {"file", problem.where.file},
          {"line", problem.where.line},
          {"column", problem.where.column},
          {"what", problem.what},
          {"why", problem.why},
          {"remedy", problem.remedy}};
}

std::string count(double number, const std::string& singular, const std::string& plural) {
  return report::format_number(number, 0) + " " + (number == 1.0 ? singular : plural);
}

std::string summarise(const scenario::Scenario& scenario, const scenario::Compiled& compiled) {
  double num_accounts = 0;
  double num_bystanders = 0;
  for (const model::Segment& segment : compiled.model.segments)
    (segment.are_bystanders ? num_bystanders : num_accounts) += segment.accounts;
  const auto num_strategies = static_cast<double>(scenario.strategy_names().size());
  const auto num_segments = static_cast<double>(scenario.segment_names().size());
  const std::string besides =
      num_bystanders > 0 ? " and " + count(num_bystanders, "partner or outsider", "partners and outsiders") : "";
  const std::size_t num_points = scenario.sweep().points.size();
  const std::string swept =
      num_points == 0 ? ""
                      : fmt::format("; swept over {} of {}", count(static_cast<double>(num_points), "point", "points"),
                                    count(static_cast<double>(scenario.sweep().keys.size()), "key", "keys"));
  return fmt::format("{}: {} of {} in {}{}, {} of {} days{}", scenario.title(),
                     count(num_strategies, "strategy", "strategies"), count(num_accounts, "account", "accounts"),
                     count(num_segments, "segment", "segments"), besides,
                     count(scenario.experiment().replications, "replication", "replications"),
                     report::format_number(compiled.model.horizon_days, 0), swept);
}

/// A scenario is checked to the end: what only compiling or running would refuse belongs to it.
struct Checked {
  std::vector<Problem> warnings;
  std::vector<std::string> differences;
  std::string summary;
};

Checked check_scenario(const ScenarioOptions& options) {
  const scenario::Scenario scenario = load(options, make_overrides(options));
  const Points points = plan_points(scenario);
  check_metrics(scenario, points.layout);
  return {points.compiled.warnings, scenario::describe_strategy_differences(scenario),
          summarise(scenario, points.compiled.points.front())};
}

ExitCode check_for_people(const Options& options) {
  const Checked checked = check_scenario(options.scenario);
  for (const Problem& warning : checked.warnings) tell_problem(warning);
  print("ok: " + checked.summary + "\n");
  if (!checked.differences.empty()) print("\nWhat differs between the strategies:\n");
  for (const std::string& line : checked.differences) print("  " + line + "\n");
  return ExitCode::success;
}

ExitCode check_for_programs(const Options& options) {
  nlohmann::ordered_json json{{"ok", true}, {"problems", nlohmann::ordered_json::array()}};
  ExitCode code = ExitCode::success;
  try {
    const Checked checked = check_scenario(options.scenario);
    for (const Problem& warning : checked.warnings) json["problems"].push_back(make_json(warning));
    json["summary"] = checked.summary;
    json["differences"] = checked.differences;
  } catch (const Error& error) {
    if (error.code() != ExitCode::usage) throw;
    json["ok"] = false;
    for (const Problem& problem : error.problems()) json["problems"].push_back(make_json(problem));
    if (error.problems().empty()) json["problems"].push_back({{"severity", "error"}, {"what", error.what()}});
    code = error.code();
  }
  print(json.dump(2) + '\n');
  return code;
}

}  // namespace

void add_check(CLI::App& app, Request& request) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand("check", "Validate a scenario without running it");
  add_scenario_options(command, options->scenario);
  command.add_flag("--json", options->json, "Print for programs");
  command.footer(footer);
  command.callback([options, &request] {
    request.action = [options] { return options->json ? check_for_programs(*options) : check_for_people(*options); };
  });
}

}  // namespace vouch::cli
