// SPDX-License-Identifier: Apache-2.0
#include "open_worlds.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "report/metric_choice.hpp"
#include "report/number.hpp"
#include "report/table.hpp"
#include "report/text.hpp"
#include "results/journal.hpp"
#include "results/publish.hpp"
#include "sweep_points.hpp"

namespace vouch::cli {
namespace {

results::ResultsFile open_journal(const std::string& path) {
  const results::RunIdentity identity = results::read_journal_identity(path);
  const scenario::Scenario scenario = read_scenario(identity, path);
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

std::string describe_unfinished(const results::ResultsFile& file) {
  if (!file.unfinished()) return {};
  return report::wrap_page(fmt::format(
      "Unfinished run: {} of {}{} worlds so far. Intervals of differences hold whenever one looks; values' intervals "
      "are made as if the number had been fixed beforehand.",
      report::format_count(file.unfinished()->num_done), file.identity().stopping.aim.empty() ? "" : "at most ",
      report::format_count(file.unfinished()->num_planned)));
}

void add_unfinished(nlohmann::ordered_json& json, const results::ResultsFile& file) {
  if (file.unfinished())
    json["unfinished"] = {{"worlds", file.unfinished()->num_done}, {"planned", file.unfinished()->num_planned}};
}

}  // namespace vouch::cli
