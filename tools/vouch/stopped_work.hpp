// SPDX-License-Identifier: Apache-2.0
// What run and merge leave behind and say, when they end before their work is done: all worlds in the journal, a record
// in the log, and one line.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "results/journal.hpp"
#include "results/run_log.hpp"
#include "signals.hpp"

namespace vouch::cli {

inline constexpr std::string_view how_to_go_on = "give the same command again to go on";

/// "590 of 1,400 worlds are kept in FILE.journal"; how many worlds an aim takes is not known before.
std::string describe_kept(const results::Journal& journal, std::uint64_t num_done, bool has_aim);

/// "interrupted: KEPT; give the same command again to go on", and the exit code for it.
ExitCode tell_stop(StopCause cause, const std::string& kept);

/// The record of one run or merge in FILE.log.jsonl. That it cannot be written spoils no results: it is warned of.
class RunLog {
 public:
  /// `path`: of the results; `words`: the command line. The clock starts.
  RunLog(std::string path, std::vector<std::string> words, int num_threads);

  /// `ending`: "published", "stopped", or what went wrong.
  void write(const std::string& ending, const results::Journal& journal);

 private:
  std::string path_;
  results::RunRecord record_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace vouch::cli
