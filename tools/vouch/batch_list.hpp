// SPDX-License-Identifier: Apache-2.0
// What a batch runs: the scenarios of a folder or the lines of a list.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "run_plan.hpp"

namespace vouch::cli {

/// What the command line of `batch` asks for.
struct BatchOptions {
  std::string source;              ///< a folder or a list
  std::string output = "outputs";  ///< the folder for results
  std::string log;                 ///< empty: batch.log.jsonl in that folder
  std::optional<int> threads;
  std::optional<std::string> time_limit;
  bool force = false;
  bool report = false;  ///< a page for each
  bool json = false;
  bool quiet = false;

  std::string find_log() const;
};

/// One run of a batch. Its options' paths are as this process finds them.
struct BatchJob {
  std::string name;  ///< of the results file, within the output folder and without .h5: unlike all others
  RunOptions options;
  std::vector<Problem> problems = {};  ///< why it cannot be run; its name is then that of its line, and no path is set
};

/// In the order in which they are to be run: of a folder its *.toml by name, of a list its lines. One that cannot be
/// read, or would replace what one above it makes, has that as its problem. Throws Error: usage for nothing to run; io.
std::vector<BatchJob> list_jobs(const BatchOptions& options);

}  // namespace vouch::cli
