// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "experiment/run_experiment.hpp"

namespace vouch::cli {

/// Tells how far a batch is, by the first of the runs that are under way: on a terminal one line that is drawn again,
/// as JSON a line at each tenth of a run, at most one a second. Elsewhere nothing: there every end is told. For use by
/// any number of threads.
class BatchProgress {
 public:
  enum class Mode { terminal, json, silent };

  BatchProgress(Mode mode, std::vector<std::string> names);

  /// `limit` as in SharedRun.
  void update(std::size_t run, const experiment::Progress& progress, std::uint64_t limit);
  void end(std::size_t run);

 private:
  using Clock = std::chrono::steady_clock;
  struct UnderWay {
    Clock::time_point start;
    int tenths_told = 0;
  };

  Mode mode_;
  std::vector<std::string> names_;
  std::mutex mutex_;  ///< guards what follows
  std::map<std::size_t, UnderWay> under_way_;
  Clock::time_point last_told_;
};

/// "3 of 40: when-to-ask, 42 % of 1,400 worlds, 350 worlds/s, 0:02 left". Pure, for tests.
std::string format_batch_progress(std::size_t run, const std::vector<std::string>& names,
                                  const experiment::Progress& progress, double seconds, std::uint64_t limit);

}  // namespace vouch::cli
