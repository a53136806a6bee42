// SPDX-License-Identifier: Apache-2.0
#include "results_series.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "report/metric_choice.hpp"
#include "report/unit.hpp"
#include "report/world_evidence.hpp"

namespace vouch::cli {
namespace {

const results::SeriesInfo& choose_series(const results::ResultsFile& file, const std::vector<results::SeriesInfo>& all,
                                         const std::string& name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& info) { return info.name == name; });
  if (found != all.end()) return *found;
  const auto metrics = report::list_metrics(file);
  const bool is_metric = std::any_of(metrics.begin(), metrics.end(), [&](const auto& m) { return m.name == name; });
  std::vector<std::string> names;
  for (const results::SeriesInfo& info : all) names.push_back(info.name);
  const std::string nearest = find_nearest(name, names);
  throw Error(ExitCode::usage, fmt::format("unknown series '{}'; {}", name,
                                           is_metric         ? fmt::format("it is a metric: --metric {} shows it", name)
                                           : nearest.empty() ? "--series without a name lists them"
                                                             : fmt::format("did you mean '{}'?", nearest)));
}

/// The index of a source under a strategy, or that of none.
std::size_t find_source(const results::ResultsFile& file, std::size_t strategy, const std::string& name) {
  const auto& shared = file.source_names();  // cold, organic, program_1 ...
  constexpr std::size_t first_program = 2;
  for (std::size_t s = 0; s < first_program; ++s)
    if (shared[s] == name) return s;
  const auto& programs = file.identity().program_names[strategy];
  const auto found = std::find(programs.begin(), programs.end(), name);
  return found == programs.end() ? shared.size() : first_program + static_cast<std::size_t>(found - programs.begin());
}

std::vector<double> pick_source(const std::vector<double>& values, std::size_t source, std::size_t num_sources) {
  std::vector<double> picked;
  if (source == num_sources) return picked;
  for (std::size_t i = source; i < values.size(); i += num_sources) picked.push_back(values[i]);
  return picked;
}

}  // namespace

std::vector<std::string> list_sources(const results::ResultsFile& file) {
  std::vector<std::string> names{"cold", "organic"};
  for (const auto& programs : file.identity().program_names)
    for (const std::string& program : programs)
      if (std::find(names.begin(), names.end(), program) == names.end()) names.push_back(program);
  return names;
}

std::vector<results::SeriesInfo> list_series(const results::ResultsFile& file) {
  auto all = file.series();
  if (all.empty())
    throw Error(ExitCode::usage,
                fmt::format("'{}' was made without series; run it again with --set output.series=true", file.path()));
  return all;
}

SeriesView read_series(const results::ResultsFile& file, const std::string& name, int point) {
  const auto all = list_series(file);
  const results::SeriesInfo& info = choose_series(file, all, name);
  SeriesView view;
  view.name = info.name;
  view.description = info.description;
  statistics::Metric metric;
  metric.unit = info.unit;
  view.unit = report::find_scale(metric, file.identity().currency).unit;
  view.is_level = model::is_level(info.name);
  view.num_worlds = report::count_worlds(file, point);
  view.strategy_names = file.identity().strategy_names;
  view.bin_starts = file.bin_starts();
  std::vector<std::vector<double>> means;
  for (int s = 0; s < file.num_strategies(); ++s)
    means.push_back(file.read_series(name, point * file.num_strategies() + s, results::Statistic::mean));
  if (!info.by_source) {
    view.blocks.push_back({{}, std::move(means)});
    return view;
  }
  const std::size_t num_sources = file.source_names().size();
  for (const std::string& source : list_sources(file)) {
    SeriesBlock& block = view.blocks.emplace_back();
    block.source = source;
    for (std::size_t s = 0; s < means.size(); ++s)
      block.values.push_back(pick_source(means[s], find_source(file, s, source), num_sources));
  }
  return view;
}

}  // namespace vouch::cli
