// SPDX-License-Identifier: Apache-2.0
// One run, from its journal to its published file.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "experiment/run_experiment.hpp"
#include "run_plan.hpp"
#include "signals.hpp"

namespace vouch::cli {

/// What a run among others shares with them, and what is to be told of it by who started it.
struct SharedRun {
  experiment::SharedThreads* threads = nullptr;
  int rank = 0;
  std::unique_lock<std::mutex>* turn = nullptr;  ///< let go while worlds are simulated, and only then
  /// `limit`: of worlds, for a run that may end earlier; else 0. Called by any thread, but not twice at the same time.
  std::function<void(const experiment::Progress&, std::uint64_t limit)> on_progress;
  std::uint64_t num_simulated = 0;
  std::uint64_t num_resumed = 0;
  std::string kept;  ///< by a run that was stopped: "590 of 1,400 worlds are kept in FILE.journal"
};

/// Simulates what the journal beside the plan's output lacks, publishes the results, and logs the run with `words`, the
/// command line, in FILE.log.jsonl. Returns success; or, after telling what is kept, the exit code of what stopped it.
/// Throws Error: data for a journal of other worlds, io, resources; what was finished is kept.
ExitCode run_job(const RunPlan& plan, const RunOptions& options, const std::vector<std::string>& words,
                 const StopGuard& stop, SharedRun* shared = nullptr);

}  // namespace vouch::cli
