// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vouch::results {

/// What the results file must not hold, since it differs from run to run.
struct RunRecord {
  std::vector<std::string> command_line;
  std::string started;  ///< ISO 8601, UTC
  double seconds = 0.0;
  int num_threads = 0;
  std::uint64_t num_simulated = 0;
  std::uint64_t num_resumed = 0;
  std::string ending;  ///< "published", "stopped", or the error's message
};

/// Appends one line of JSON to FILE.log.jsonl beside the results file, with version and commit. Throws Error (io).
void append_run_log(const std::string& results_path, const RunRecord& record);

}  // namespace vouch::results
