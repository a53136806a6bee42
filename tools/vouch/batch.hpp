// SPDX-License-Identifier: Apache-2.0
// Many runs one after another, on threads that they share.
#pragma once

#include <atomic>
#include <exception>
#include <mutex>
#include <string>
#include <vector>

#include "batch_list.hpp"
#include "batch_progress.hpp"
#include "batch_summary.hpp"
#include "experiment/shared_threads.hpp"
#include "run_job.hpp"
#include "signals.hpp"

namespace vouch::cli {

/// Two runs may be under way: the later one simulates on the threads that the earlier one leaves free, such as at its
/// end. Whatever is not simulating is done by one of them at a time.
class Batch {
 public:
  /// `words`: the command line, for the logs of the runs. What is given must outlive it. Throws Error: resources if the
  /// threads cannot be started.
  Batch(const BatchOptions& options, const std::vector<BatchJob>& jobs, const std::vector<std::string>& words,
        const StopGuard& stop);

  /// Runs what is not up to date, goes on after failures, and tells and logs each end. In the order of the jobs.
  std::vector<BatchOutcome> run();

  /// Whether a line could not be added to the log.
  bool is_log_lost() const noexcept { return is_log_lost_; }

 private:
  void work();
  void run_one(std::size_t index);
  void run(const BatchJob& job, SharedRun& shared, BatchOutcome& outcome);
  void fail(const Error& error, BatchOutcome& outcome);
  void write_log(const BatchOutcome& outcome);

  const BatchOptions& options_;
  const std::vector<BatchJob>& jobs_;
  const std::vector<std::string>& words_;
  const StopGuard& stop_;
  experiment::SharedThreads threads_;
  BatchProgress progress_;
  std::atomic<std::size_t> next_{0};
  std::mutex turn_;  ///< guards what follows, and is held by who does anything but simulate
  std::vector<BatchOutcome> outcomes_;
  std::exception_ptr defect_;  ///< outside of any run
  bool is_log_lost_ = false;
};

}  // namespace vouch::cli
