// SPDX-License-Identifier: Apache-2.0
#include "run_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "published_figures.hpp"
#include "report/find_name.hpp"
#include "report/metric_choice.hpp"
#include "report/text.hpp"
#include "sweep_points.hpp"

namespace vouch::cli {
namespace {

constexpr const char* seed_key = "experiment.seed";
constexpr const char* largest_max_accounts = "4294967295";
constexpr const char* replications_key = "experiment.replications";

std::vector<scenario::Override> make_overrides(const RunOptions& options) {
  std::vector<scenario::Override> overrides = make_overrides(options.scenario);
  if (options.seed) overrides.push_back({seed_key, std::to_string(*options.seed)});
  if (options.replications) overrides.push_back({replications_key, std::to_string(*options.replications)});
  return overrides;
}

/// The resolved scenario with everything that changes no world set to one value, so that runs are known to be of the
/// same worlds.
std::string make_worlds_text(const RunOptions& options, std::vector<scenario::Override> overrides,
                             const scenario::Scenario& scenario) {
  const std::string first_strategy = nlohmann::json(scenario.strategy_names().front()).dump();  // a TOML string as well
  for (const auto& [key, value] :
       std::initializer_list<std::pair<const char*, std::string>>{{"title", "\"\""},
                                                                  {"question", "\"\""},
                                                                  {seed_key, "1"},
                                                                  {replications_key, "2"},
                                                                  {"published", "[]"},
                                                                  {"experiment.baseline", first_strategy},
                                                                  {"experiment.metric", "\"net_value\""},
                                                                  {"experiment.confidence", "0.95"},
                                                                  {"output.detail", "\"summary\""},
                                                                  {"money.currency", "\"EUR\""}})
    overrides.push_back({key, value});
  // A limit that was not reached, and names for people, change no world either.
  overrides.push_back({"experiment.max_accounts", largest_max_accounts});
  for (const std::string& name : scenario.strategy_names())
    for (const char* key : {"label", "description"})
      overrides.push_back({fmt::format("strategies.{}.{}", name, key), "\"\""});
  for (const std::string& name : scenario.segment_names())
    overrides.push_back({fmt::format("segments.{}.label", name), "\"\""});
  for (const std::string& name : scenario.population_names())
    overrides.push_back({fmt::format("populations.{}.label", name), "\"\""});
  return scenario::canonical_text(scenario::load_scenario(options.scenario.path, overrides));
}

/// Nothing without --until.
std::optional<Until> plan_until(const RunOptions& options, const results::RunIdentity& identity,
                                const model::ObservationLayout& layout) {
  if (!options.until) return {};
  const auto baseline = std::find(identity.strategy_names.begin(), identity.strategy_names.end(), identity.baseline);
  return parse_until(*options.until, {report::list_metrics(layout), identity.metric, identity.strategy_names,
                                      static_cast<std::size_t>(baseline - identity.strategy_names.begin()),
                                      identity.confidence, identity.replications});
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
  identity.worlds_text = make_worlds_text(options, make_overrides(options), scenario);
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

}  // namespace

std::string format_canonical_command(const RunOptions& options, const scenario::Experiment& experiment,
                                     const std::vector<std::string>& strategies) {
  std::string command =
      fmt::format("vouch run {} --seed {} --replications {}",
                  report::quote_for_shell(std::filesystem::path(options.scenario.path).filename().string()),
                  experiment.seed, experiment.replications);
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
  const scenario::Scenario scenario = scenario::load_scenario(options.scenario.path, make_overrides(options));
  const std::vector<std::size_t> chosen = choose_strategies(options.strategies, scenario.strategy_names());
  Points compiled = plan_points(scenario);
  const statistics::Metric metric = check_metrics(scenario, compiled.layout);
  RunPlan plan{{},
               std::move(compiled.layout),
               {},
               results::Detail::summary,
               metric,
               {},
               std::move(compiled.compiled.warnings),
               options.output};
  for (scenario::Compiled& point : compiled.compiled.points) {
    RunPoint& planned = plan.points.emplace_back(RunPoint{std::move(point.model), {}});
    for (const std::size_t s : chosen) planned.strategies.push_back(std::move(point.strategies[s]));
  }
  plan.identity = make_identity(options, scenario, chosen, plan.points.front().strategies);
  if ((plan.until = plan_until(options, plan.identity, plan.layout))) {
    plan.identity.stopping.aim = format_until(*plan.until, plan.identity.strategy_names);
    plan.identity.canonical_command += " --until " + report::quote_for_shell(plan.identity.stopping.aim);
  }
  for (std::size_t point = 0; point < plan.points.size(); ++point) {
    const RunPoint& own = plan.points[point];
    results::set_known_means(plan.identity, point, model::list_known_means(own.model, own.strategies), plan.layout);
  }
  if (scenario.experiment().detail == scenario::Experiment::Detail::world) plan.detail = results::Detail::world;
  if (plan.output.empty())
    plan.output = "outputs/" + std::filesystem::path(options.scenario.path).stem().string() + ".h5";
  return plan;
}

}  // namespace vouch::cli
