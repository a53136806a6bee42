// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "experiment/run_experiment.hpp"

namespace vouch::cli {

/// Tells on the error stream how far a run is: on a terminal one line that is drawn again, elsewhere a line at each
/// tenth, at most one a second.
class ProgressReporter {
 public:
  enum class Mode { terminal, lines, silent };

  /// `limit`: of worlds, for a run that may end earlier; 0 for one whose number of worlds is known.
  explicit ProgressReporter(Mode mode, std::uint64_t limit = 0);
  ~ProgressReporter();
  ProgressReporter(const ProgressReporter&) = delete;
  ProgressReporter& operator=(const ProgressReporter&) = delete;

  /// `remark` says who leads so far, longest wording first, or nothing; asked only when a line is due.
  void update(const experiment::Progress& progress, const std::function<std::vector<std::string>()>& remark);
  /// Removes the line from the terminal.
  void clear();

 private:
  Mode mode_;
  std::uint64_t limit_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_drawn_;
  int tenths_told_ = 0;
};

/// How to tell of progress on this error stream, or silent.
ProgressReporter::Mode choose_progress_mode(bool is_quiet);

/// "42 % of 1,400 worlds, 350 worlds/s, 0:12 left, leading so far: early"; with a limit "590 of at most 1,400 worlds,
/// 350 worlds/s, leading so far: early". Pure, for tests.
std::string format_progress(const experiment::Progress& progress, double seconds, const std::string& remark,
                            std::uint64_t limit = 0);

/// The same with the first of the remarks that lets it fit into `width` columns, else the last. Pure, for tests.
std::string fit_progress(const experiment::Progress& progress, double seconds, const std::vector<std::string>& remarks,
                         std::uint64_t limit, std::size_t width);

/// As many whole characters as fit into `width` columns. Pure.
std::string cut_to_width(std::string text, std::size_t width);

}  // namespace vouch::cli
