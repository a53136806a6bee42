// SPDX-License-Identifier: Apache-2.0
#include "merge_shards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "merge_candidates.hpp"
#include "open_worlds.hpp"
#include "other_worlds.hpp"
#include "report/metric_choice.hpp"
#include "report/number.hpp"
#include "results/results_file.hpp"
#include "run_plan.hpp"
#include "shard.hpp"
#include "sweep_points.hpp"

namespace vouch::cli {
namespace {

/// " (shard 4 of 10)", " (shards 4 to 6 of 10)": the replications from `first` to `end`, if they are whole shards of a
/// run that was cut into `num_shards`.
std::string name_shards(std::uint32_t first, std::uint32_t end, std::uint32_t num_shards,
                        const results::RunIdentity& identity) {
  const std::uint64_t num_groups = identity.replications / (identity.antithetic ? 2 : 1);
  const auto compute = [&](std::uint32_t index) {
    return compute_part({index, num_shards}, identity.replications, identity.antithetic);
  };
  if (num_shards == 0 || num_shards > num_groups) return {};
  const auto guess = [&](std::uint64_t replication) {  // the shard that holds it
    const std::uint64_t group = replication / (identity.antithetic ? 2 : 1);
    return static_cast<std::uint32_t>(((group + 1) * num_shards - 1) / num_groups + 1);
  };
  const std::uint32_t from = guess(first);
  const std::uint32_t to = guess(end - 1);
  if (compute(from).first != first || compute(to).end() != end) return {};
  return from == to ? fmt::format(" (shard {} of {})", from, num_shards)
                    : fmt::format(" (shards {} to {} of {})", from, to, num_shards);
}

std::string describe_gap(std::uint32_t first, std::uint32_t end, const std::vector<PartFile>& files,
                         const results::RunIdentity& identity) {
  std::uint32_t num_shards = 0;
  for (const PartFile& file : files) num_shards = std::max(num_shards, file.part.num_shards);
  return fmt::format("no file holds {}{}", report::format_replications(first, end - first),
                     name_shards(first, end, num_shards, identity));
}

/// What the joined file tells about all its worlds is computed anew: by the vouch that simulated them.
void require_same_vouch(const results::ResultsFile& file) {
  const results::RunIdentity& identity = file.identity();
  if (identity.is_of_this_vouch()) return;
  throw Error(ExitCode::data,
              fmt::format("'{}' was made by vouch {} ({}), and this is vouch {} ({}); merge it with the "
                          "vouch that made it",
                          file.path(), identity.version, identity.git_sha1, results::version(), results::git_commit()));
}

/// The run that a part is of, as a run of all its replications knows itself.
void complete_identity(const results::ResultsFile& file, const scenario::Scenario& scenario, MergePlan& plan) {
  results::RunIdentity& identity = plan.identity;
  identity.worlds_text = scenario::canonical_text(
      scenario::parse_scenario(identity.scenario_text, file.path(), list_neutral_overrides(scenario)));
  identity.canonical_command = find_whole_command(identity.canonical_command, *identity.part);
  for (const results::MetricInfo& metric : file.metrics())
    if (!metric.expectation.empty()) identity.expectations.push_back({metric.name, metric.expectation});
  const auto worlds = results::describe_worlds(identity, plan.layout);
  if (file.worlds() != results::format_worlds(worlds) || file.num_elements() != plan.layout.size())
    throw Error(ExitCode::data, fmt::format("'{}' does not hold what its scenario makes: {}", file.path(),
                                            results::describe_difference(file.worlds(), worlds)));
}

/// The plan as far as it follows from one file.
MergePlan start_plan(const std::string& path) {
  const results::ResultsFile file = results::open_results(path);
  require_same_vouch(file);
  const scenario::Scenario scenario = read_scenario(file.identity(), path);
  Points points = plan_points(scenario);
  const auto metrics = report::list_metrics(points.layout);
  MergePlan plan{{},
                 file.identity(),
                 std::move(points.compiled.points.front().model),
                 std::move(points.layout),
                 report::choose_metric(metrics, file.identity().metric),
                 scenario.experiment().detail == scenario::Experiment::Detail::world ? results::Detail::world
                                                                                     : results::Detail::summary,
                 {}};
  complete_identity(file, scenario, plan);
  return plan;
}

/// The name that all files have in common. Throws Error (usage) if there is none.
std::string find_common_name(const std::vector<PartFile>& files) {
  const std::string name = find_whole_path(files.front().path);
  const bool is_common =
      std::all_of(files.begin(), files.end(), [&](const PartFile& file) { return find_whole_path(file.path) == name; });
  if (name.empty() || !is_common)
    throw Error(ExitCode::usage,
                "these files have no name in common, as a.shard-1-of-2.h5 and a.shard-2-of-2.h5 have: "
                "name the joined file with -o");
  return name;
}

std::string choose_output(const MergeOptions& options, const MergePlan& plan) {
  std::string output = options.output;
  if (output.empty()) {
    output = find_common_name(plan.files);
    if (plan.identity.part) output = find_part_path(output, *plan.identity.part, plan.identity.replications);
  }
  std::error_code failure;
  for (const PartFile& file : plan.files)
    if (std::filesystem::equivalent(output, file.path, failure))
      throw Error(ExitCode::usage,
                  fmt::format("'{}' is one of the files that are to be joined; name another with -o", output));
  return output;
}

}  // namespace

std::vector<std::string> find_misfits(const std::vector<PartFile>& files, const results::RunIdentity& identity,
                                      std::uint32_t first, std::uint32_t end) {
  std::vector<std::string> misfits;
  const PartFile* furthest = nullptr;
  std::uint32_t next = first;
  for (const PartFile& file : files) {
    const results::Part& part = file.part;
    if (part.first > next) misfits.push_back(describe_gap(next, part.first, files, identity));
    if (furthest != nullptr && part.first < next)
      misfits.push_back(fmt::format("'{}' and '{}' both hold {}", furthest->path, file.path,
                                    report::format_replications(part.first, std::min(next, part.end()) - part.first)));
    if (part.end() <= next) continue;
    next = part.end();
    furthest = &file;
  }
  if (next < end) misfits.push_back(describe_gap(next, end, files, identity));
  return misfits;
}

MergePlan plan_merge(const MergeOptions& options) {
  Candidates candidates = read_candidates(options.paths);
  if (candidates.files.empty()) throw Error(candidates.code, std::move(candidates.problems));
  MergePlan plan = start_plan(candidates.files.front().path);
  const std::uint32_t replications = plan.identity.replications;
  std::uint32_t first = 0;
  std::uint32_t end = replications;
  if (options.partial) {
    first = candidates.files.front().part.first;
    end = 0;
    for (const PartFile& file : candidates.files) end = std::max(end, file.part.end());
  }
  for (std::string& misfit : find_misfits(candidates.files, plan.identity, first, end))
    candidates.problems.emplace_back().what = std::move(misfit);
  if (!candidates.problems.empty()) {
    const ExitCode code = candidates.code == ExitCode::success ? ExitCode::usage : candidates.code;
    throw Error(code, std::move(candidates.problems));
  }
  plan.files = std::move(candidates.files);
  plan.identity.part.reset();
  if (first > 0 || end < replications) plan.identity.part = results::Part{first, end - first};
  plan.output = choose_output(options, plan);
  return plan;
}

}  // namespace vouch::cli
