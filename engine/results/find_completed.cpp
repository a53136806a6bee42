// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "core/error.hpp"
#include "results/results_file.hpp"

namespace vouch::results {

bool find_completed(const std::string& path, const RunIdentity& identity, const model::ObservationLayout& layout) {
  try {
    const ResultsFile file = open_results(path);
    if (file.worlds_digest() != compute_worlds_digest(identity, layout)) return false;
    const RunIdentity& found = file.identity();
    if (found.replications != identity.replications || found.part != identity.part ||
        found.baseline != identity.baseline || found.scenario_text != identity.scenario_text ||
        found.stopping.aim != identity.stopping.aim) {
      return false;
    }
    if (!identity.stopping.aim.empty()) return true;  // published when the rule stopped it, with holes where it did
    for (int lane = 0; lane < file.num_lanes(); ++lane)
      if (file.count_completed(lane) != file.num_replications()) return false;
    return true;
  } catch (const Error& error) {
    // A disk that fails to read says nothing of the file: it may be finished, and is not to be replaced.
    std::error_code failure;
    const bool is_there = std::filesystem::is_regular_file(path, failure) && ::access(path.c_str(), R_OK) == 0;
    if (error.code() == ExitCode::io && is_there) throw;
    return false;
  }
}

}  // namespace vouch::results
