// SPDX-License-Identifier: Apache-2.0
#include "stopped_work.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

#include "report/number.hpp"
#include "terminal.hpp"

namespace vouch::cli {

std::string describe_kept(const results::Journal& journal, std::uint64_t num_done, bool has_aim) {
  using report::format_count;
  if (has_aim) return fmt::format("{} worlds are kept in {}", format_count(num_done), journal.path());
  return fmt::format("{} of {} worlds are kept in {}", format_count(num_done), format_count(journal.num_planned()),
                     journal.path());
}

ExitCode tell_stop(StopCause cause, const std::string& kept) {
  tell(fmt::format("{}: {}; {}\n", describe_stop(cause), kept, how_to_go_on));
  return exit_code_of(cause);
}

RunLog::RunLog(std::string path, std::vector<std::string> words, int num_threads) : path_(std::move(path)) {
  record_.command_line = std::move(words);
  record_.num_threads = num_threads;
  record_.started = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

void RunLog::write(const std::string& ending, const results::Journal& journal) {
  record_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  record_.num_resumed = journal.num_resumed();
  record_.num_simulated = journal.num_simulated();
  record_.ending = ending;
  try {
    results::append_run_log(path_, record_);
  } catch (const Error& error) {
    tell_problem(std::string("warning: ") + error.what());
  }
}

}  // namespace vouch::cli
