// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "experiment/run_experiment.hpp"

namespace vouch::cli {

/// Tells on the error stream how far a run is: on a terminal one line that is drawn again, elsewhere a line at each
/// tenth, at most one a second.
class ProgressReporter {
 public:
  enum class Mode { terminal, lines, silent };

  explicit ProgressReporter(Mode mode);
  ~ProgressReporter();
  ProgressReporter(const ProgressReporter&) = delete;
  ProgressReporter& operator=(const ProgressReporter&) = delete;

  /// `leader` is the strategy that leads so far; empty: nobody yet.
  void update(const experiment::Progress& progress, const std::string& leader);
  /// Removes the line from the terminal.
  void clear();

 private:
  Mode mode_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_drawn_;
  int tenths_told_ = 0;
  bool is_drawn_ = false;
};

/// "42 % of 1,400 worlds, 350 worlds/s, 0:12 left, leading so far: early". Pure, for tests.
std::string format_progress(const experiment::Progress& progress, double seconds, const std::string& leader);

}  // namespace vouch::cli
