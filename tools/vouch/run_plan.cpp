// SPDX-License-Identifier: Apache-2.0
#include "run_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "open_worlds.hpp"
#include "other_worlds.hpp"
#include "published_figures.hpp"
#include "report/find_name.hpp"
#include "report/metric_choice.hpp"
#include "report/text.hpp"
#include "shard.hpp"
#include "sweep_points.hpp"

namespace vouch::cli {
namespace {

constexpr const char* seed_key = "experiment.seed";
constexpr const char* replications_key = "experiment.replications";

std::vector<scenario::Override> make_overrides(const RunOptions& options) {
  std::vector<scenario::Override> overrides = make_overrides(options.scenario);
  if (options.seed) overrides.push_back({seed_key, std::to_string(*options.seed)});
  if (options.replications) overrides.push_back({replications_key, std::to_string(*options.replications)});
  return overrides;
}

/// The resolved scenario with everything that changes no world set to one value, so that runs are known to be of the
/// same worlds.
std::string make_worlds_text(const RunOptions& options, const scenario::Scenario& scenario) {
  std::vector<scenario::Override> overrides = make_overrides(options);
  for (scenario::Override& one : list_neutral_overrides(scenario)) overrides.push_back(std::move(one));
  return scenario::canonical_text(load(options.scenario, overrides));
}

Until plan_until(const std::string& aim, const results::RunIdentity& identity, const model::ObservationLayout& layout) {
  const auto baseline = std::find(identity.strategy_names.begin(), identity.strategy_names.end(), identity.baseline);
  return parse_until(aim, {report::list_metrics(layout), identity.metric, identity.strategy_names,
                           static_cast<std::size_t>(baseline - identity.strategy_names.begin()), identity.confidence,
                           identity.replications});
}

/// Indices of the chosen strategies, in the scenario's order.
std::vector<std::size_t> choose_strategies(const std::vector<std::string>& chosen,
                                           const std::vector<std::string>& names) {
  std::vector<std::size_t> indices;
  for (const std::string& name : chosen) indices.push_back(report::find_name("strategy", name, names));
  if (chosen.empty())
    for (std::size_t i = 0; i < names.size(); ++i) indices.push_back(i);
  std::sort(indices.begin(), indices.end());
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
  return indices;
}

results::RunIdentity make_identity(const RunOptions& options, const scenario::Scenario& scenario,
                                   const std::vector<std::size_t>& chosen,
                                   const std::vector<model::Strategy>& strategies) {
  const scenario::Experiment& experiment = scenario.experiment();
  results::RunIdentity identity;
  identity.title = scenario.title();
  identity.question = scenario.question();
  identity.scenario_text = scenario::canonical_text(scenario);
  identity.worlds_text = make_worlds_text(options, scenario);
  identity.seed = experiment.seed;
  identity.antithetic = experiment.antithetic;
  identity.replications = experiment.replications;
  identity.metric = experiment.metric;
  identity.confidence = experiment.confidence;
  identity.currency = scenario.currency();
  identity.segment_names = scenario.segment_names();
  identity.segment_names.insert(identity.segment_names.end(), scenario.population_names().begin(),
                                scenario.population_names().end());
  for (const std::size_t s : chosen) identity.strategy_names.push_back(scenario.strategy_names()[s]);
  identity.canonical_command = format_canonical_command(options, experiment, identity.strategy_names);
  const bool has_baseline =
      std::find(chosen.begin(), chosen.end(), static_cast<std::size_t>(experiment.baseline)) != chosen.end();
  identity.baseline = has_baseline ? scenario.strategy_names()[static_cast<std::size_t>(experiment.baseline)]
                                   : identity.strategy_names.front();
  for (const model::Strategy& strategy : strategies) {
    std::vector<std::string>& programs = identity.program_names.emplace_back();
    for (const model::Program& program : strategy.programs) programs.push_back(program.name);
  }
  identity.sweep = list_swept_keys(scenario.sweep());
  return identity;
}

/// All of a plan that the scenario alone decides.
RunPlan make_plan(const scenario::Scenario& scenario, const std::vector<std::size_t>& chosen,
                  const std::string& output) {
  Points compiled = plan_points(scenario);
  const statistics::Metric metric = check_metrics(scenario, compiled.layout);
  const bool has_worlds_detail = scenario.experiment().detail == scenario::Experiment::Detail::world;
  RunPlan plan{{},
               std::move(compiled.layout),
               {},
               has_worlds_detail ? results::Detail::world : results::Detail::summary,
               metric,
               {},
               std::move(compiled.compiled.warnings),
               output};
  for (scenario::Compiled& point : compiled.compiled.points) {
    RunPoint& planned = plan.points.emplace_back(RunPoint{std::move(point.model), {}});
    for (const std::size_t s : chosen) planned.strategies.push_back(std::move(point.strategies[s]));
  }
  return plan;
}

/// Makes the plan one of a part of the run.
void take_shard(const std::string& text, RunPlan& plan) {
  results::RunIdentity& identity = plan.identity;
  const Shard shard = parse_shard(text, [](const char* name) { return std::getenv(name); });
  identity.part = compute_part(shard, identity.replications, identity.antithetic);
  identity.canonical_command += format_shard_option(*identity.part);
  plan.output = find_shard_path(plan.output, shard);
}

}  // namespace

std::string format_canonical_command(const RunOptions& options, const scenario::Experiment& experiment,
                                     const std::vector<std::string>& strategies) {
  std::string command =
      fmt::format("vouch run {} --seed {} --replications {}",
                  report::quote_for_shell(std::filesystem::path(options.scenario.path).filename().string()),
                  experiment.seed, experiment.replications);
  if (options.scenario.allow_outside) command += " --allow-outside";
  if (options.scenario.without_sweep) command += " --no-sweep";
  for (const std::string& sweep : options.scenario.sweeps) command += " --sweep " + report::quote_for_shell(sweep);
  for (const scenario::Override& set : parse_overrides(options.scenario.sets))
    if (set.key != seed_key && set.key != replications_key)
      command += " --set " + report::quote_for_shell(set.key + "=" + set.value);
  if (options.strategies.empty()) return command;
  std::string names;
  for (const std::string& name : strategies) names += (names.empty() ? "" : ",") + name;
  return command + " --strategies " + report::quote_for_shell(names);
}

RunPlan plan_run(const RunOptions& options) {
  const scenario::Scenario scenario = load(options.scenario, make_overrides(options));
  const std::vector<std::size_t> chosen = choose_strategies(options.strategies, scenario.strategy_names());
  RunPlan plan = make_plan(scenario, chosen, options.output);
  plan.identity = make_identity(options, scenario, chosen, plan.points.front().strategies);
  if (options.until) {
    plan.until = plan_until(*options.until, plan.identity, plan.layout);
    plan.identity.stopping.aim = format_until(*plan.until, plan.identity.strategy_names);
    plan.identity.canonical_command += " --until " + report::quote_for_shell(plan.identity.stopping.aim);
  }
  for (std::size_t point = 0; point < plan.points.size(); ++point) {
    const RunPoint& own = plan.points[point];
    results::set_known_means(plan.identity, point, model::list_known_means(own.model, own.strategies), plan.layout);
  }
  if (plan.output.empty())
    plan.output = "outputs/" + std::filesystem::path(options.scenario.path).stem().string() + ".h5";
  if (options.shard) take_shard(*options.shard, plan);
  return plan;
}

RunPlan plan_resume(const results::RunIdentity& identity, const std::string& output) {
  const scenario::Scenario scenario = read_scenario(identity, output + ".journal");
  RunPlan plan = make_plan(scenario, choose_strategies(identity.strategy_names, scenario.strategy_names()), output);
  plan.identity = identity;
  if (!identity.stopping.aim.empty()) plan.until = plan_until(identity.stopping.aim, identity, plan.layout);
  return plan;
}

}  // namespace vouch::cli
