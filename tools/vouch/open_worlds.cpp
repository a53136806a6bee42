// SPDX-License-Identifier: Apache-2.0
#include "open_worlds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "report/metric_choice.hpp"
#include "report/number.hpp"
#include "report/table.hpp"
#include "report/text.hpp"
#include "results/journal.hpp"
#include "results/publish.hpp"
#include "shard.hpp"
#include "sweep_points.hpp"

namespace vouch::cli {
namespace {

/// A stranger's journal may say of its run what its scenario does not.
void require_same(const results::RunIdentity& identity, const scenario::Scenario& scenario, const std::string& path) {
  const auto contains = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  std::vector<std::string> segments = scenario.segment_names();
  segments.insert(segments.end(), scenario.population_names().begin(), scenario.population_names().end());
  const auto swept = list_swept_keys(scenario.sweep());
  const bool has_same_sweep =
      std::equal(swept.begin(), swept.end(), identity.sweep.begin(), identity.sweep.end(),
                 [](const auto& a, const auto& b) { return a.key == b.key && a.values == b.values; });
  const bool has_strategies = std::all_of(identity.strategy_names.begin(), identity.strategy_names.end(),
                                          [&](const auto& name) { return contains(scenario.strategy_names(), name); });
  if (!has_same_sweep || !has_strategies || segments != identity.segment_names)
    throw Error(ExitCode::data,
                fmt::format("'{}' is damaged or crafted: what it says of its run is not what its scenario "
                            "says; run the scenario again",
                            path));
}

results::ResultsFile open_journal(const std::string& path) {
  const results::RunIdentity identity = results::read_journal_identity(path);
  const scenario::Scenario scenario = read_scenario(identity, path);
  require_same(identity, scenario, path);
  const Points points = plan_points(scenario);
  const model::ObservationLayout& layout = points.layout;
  const auto metrics = report::list_metrics(layout);
  const results::Journal journal(results::Journal::Reading{path}, identity, layout);
  const bool has_worlds_detail = scenario.experiment().detail == scenario::Experiment::Detail::world;
  return results::open_unfinished(identity, points.compiled.points.front().model, layout,
                                  report::choose_metric(metrics, identity.metric), journal,
                                  has_worlds_detail ? results::Detail::world : results::Detail::summary);
}

}  // namespace

scenario::Scenario read_scenario(const results::RunIdentity& identity, const std::string& path) {
  try {
    return scenario::parse_scenario(identity.scenario_text, path);
  } catch (const Error& error) {
    if (error.code() != ExitCode::usage) throw;
    throw Error(ExitCode::data,
                fmt::format("'{}' holds a scenario that this vouch does not read; read it with vouch {}, which wrote "
                            "it ({})",
                            path, identity.version, error.what()));
  }
}

results::ResultsFile open_worlds(const std::string& path) {
  if (results::is_journal(path)) return open_journal(path);
  try {
    return results::open_results(path);
  } catch (const Error& error) {
    const std::string journal = path + ".journal";
    std::error_code failure;
    if (std::filesystem::exists(path, failure) || !results::is_journal(journal)) throw;
    throw Error(error.code(), fmt::format("{}; its run is not over: name {} to see what it has so far", error.what(),
                                          report::quote_for_shell(journal)));
  }
}

std::string describe_extent(const results::ResultsFile& file) {
  const std::string part = describe_part(file);
  if (!file.unfinished()) return part;
  return part + report::wrap_page(fmt::format("Unfinished run: {} of {}{} worlds so far. Intervals of differences hold "
                                              "whenever one looks; values' intervals "
                                              "are made as if the number had been fixed beforehand.",
                                              report::format_count(file.unfinished()->num_done),
                                              file.identity().stopping.aim.empty() ? "" : "at most ",
                                              report::format_count(file.unfinished()->num_planned)));
}

void add_part(nlohmann::ordered_json& json, const results::RunIdentity& identity) {
  if (!identity.part) return;
  const results::Part& part = *identity.part;
  nlohmann::ordered_json& told = json["part"];
  told = {{"first_replication", part.first}, {"replications", part.count}, {"of_replications", identity.replications}};
  if (part.shard > 0) told.update({{"shard", part.shard}, {"shards", part.num_shards}});
}

void add_extent(nlohmann::ordered_json& json, const results::ResultsFile& file) {
  add_part(json, file.identity());
  if (file.unfinished())
    json["unfinished"] = {{"worlds", file.unfinished()->num_done}, {"planned", file.unfinished()->num_planned}};
}

}  // namespace vouch::cli
