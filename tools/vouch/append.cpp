// SPDX-License-Identifier: Apache-2.0
#include "append.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "number.hpp"

namespace vouch::cli {
namespace {

bool is_nothing_there(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::exists(path, failure)) return true;
  return std::filesystem::is_regular_file(path, failure) && std::filesystem::file_size(path, failure) == 0;
}

std::string format_replications(std::uint32_t replications) {
  return format_number(static_cast<double>(replications), 0);
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
                            plan.output, results::describe_difference(file.worlds(), worlds)));
  if (file.identity().replications > plan.identity.replications)
    throw Error(ExitCode::usage,
                fmt::format("cannot add to '{}': it has {} replications, and {} are asked for; give --replications {} "
                            "or more, or leave out --append to replace it",
                            plan.output, format_replications(file.identity().replications),
                            format_replications(plan.identity.replications), file.identity().replications));
  return file;
}

std::string suggest_append(const RunPlan& plan) {
  try {
    if (is_nothing_there(plan.output)) return {};
    const results::ResultsFile file = results::open_results(plan.output);
    if (file.identity().replications > plan.identity.replications ||
        file.worlds_digest() != results::compute_worlds_digest(plan.identity, plan.layout))
      return {};
    return fmt::format(
        "note: {} has {} replications of these worlds; they are simulated again and the file is "
        "replaced; --append would keep them",
        plan.output, format_replications(file.num_replications()));
  } catch (const Error&) {
    return {};
  }
}

}  // namespace vouch::cli
