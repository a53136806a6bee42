// SPDX-License-Identifier: Apache-2.0
#include "append.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "other_worlds.hpp"
#include "report/number.hpp"
#include "report/text.hpp"
#include "shard.hpp"

namespace vouch::cli {
namespace {

bool is_nothing_there(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::exists(path, failure)) return true;
  return std::filesystem::is_regular_file(path, failure) && std::filesystem::file_size(path, failure) == 0;
}

}  // namespace

std::optional<results::ResultsFile> open_to_append(const RunPlan& plan) {
  if (is_nothing_there(plan.output)) return std::nullopt;
  results::ResultsFile file = results::open_results(plan.output);
  const auto worlds = results::describe_worlds(plan.identity, plan.layout);
  if (file.worlds() != results::format_worlds(worlds))
    throw Error(ExitCode::data,
                fmt::format("cannot add to '{}', which holds other worlds: {}; 'vouch inspect' tells how it was made; "
                            "choose another output with -o, or leave out --append to replace it",
                            plan.output, describe_other_worlds(file.worlds(), file.identity(), plan)));
  if (file.identity().part)
    throw Error(ExitCode::usage,
                fmt::format("cannot add to '{}': it is a part of a run, {}; vouch merge joins parts", plan.output,
                            report::format_replications(file.identity().part->first, file.identity().part->count)));
  if (file.identity().replications > plan.identity.replications)
    throw Error(ExitCode::usage,
                fmt::format("cannot add to '{}': it has {} replications, and {} are asked for; give --replications {} "
                            "or more, or leave out --append to replace it",
                            plan.output, report::format_count(file.identity().replications),
                            report::format_count(plan.identity.replications), file.identity().replications));
  return file;
}

void require_no_loss(const results::ResultsFile& file, const std::vector<std::uint32_t>& num_replications,
                     const std::string& also_kept) {
  for (int lane = 0; lane < file.num_lanes(); ++lane) {
    const std::uint32_t num_there = file.count_completed(lane);
    const std::uint32_t num_asked = num_replications[static_cast<std::size_t>(lane)];
    if (num_there <= num_asked) continue;
    const int num_strategies = file.num_strategies();
    const std::string where = file.num_points() > 1 ? fmt::format(" at point {}", lane / num_strategies) : "";
    throw Error(ExitCode::usage,
                fmt::format("cannot add to '{}': it already has more worlds than the aim asks for ({} of {}{}, which "
                            "takes {}), and stays as it is; compare it as it is with vouch compare {}, or choose "
                            "another output with -o for a run with that aim{}",
                            file.path(), report::format_count(num_there),
                            file.identity().strategy_names[static_cast<std::size_t>(lane % num_strategies)], where,
                            report::format_count(num_asked), report::quote_for_shell(file.path()), also_kept));
  }
}

std::optional<results::ResultsFile> find_same_worlds(const RunPlan& plan) {
  try {
    if (is_nothing_there(plan.output)) return std::nullopt;
    results::ResultsFile file = results::open_results(plan.output);
    if (plan.identity.part || file.identity().part || file.identity().replications > plan.identity.replications ||
        file.worlds_digest() != results::compute_worlds_digest(plan.identity, plan.layout))
      return std::nullopt;
    return file;
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::string describe_loss(const RunPlan& plan) {
  if (is_nothing_there(plan.output)) return {};
  try {
    const results::ResultsFile file = results::open_results(plan.output);
    const results::RunIdentity& identity = file.identity();
    if (file.worlds_digest() != results::compute_worlds_digest(plan.identity, plan.layout))
      return fmt::format("note: {} is replaced, which holds other worlds: {}", plan.output,
                         describe_other_worlds(file.worlds(), identity, plan));
    const std::string there = report::format_count(file.num_replications());
    if (identity.part != plan.identity.part)
      return fmt::format("note: {} is replaced by {} of the same run", plan.output,
                         plan.identity.part ? "a part" : "the whole");
    if (identity.part) return {};
    if (identity.replications > plan.identity.replications)
      return fmt::format("note: {} has {} replications of these worlds, and is replaced by {}", plan.output, there,
                         report::format_count(plan.identity.replications));
    return fmt::format(
        "note: {} has {} replications of these worlds; they are simulated again and the file is "
        "replaced; --append would keep them",
        plan.output, there);
  } catch (const Error& error) {
    return error.code() == ExitCode::data ? fmt::format("warning: {}; it is made again now", error.what()) : "";
  }
}

}  // namespace vouch::cli
