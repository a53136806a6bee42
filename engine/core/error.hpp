// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace vouch {

/// Exit codes of every vouch program; stable, documented in the README.
/// 4, 5, 130 and 143 can be tried again with the same command; the others cannot.
enum class ExitCode : int {
  success = 0,
  internal = 1,
  usage = 2,  ///< command line or scenario
  data = 3,   ///< a results file that is damaged, foreign or of another schema version
  io = 4,     ///< something could not be read or written
  time_limit = 5,
  resources = 6,  ///< memory, or a world that outgrew `max_accounts`
  interrupted = 130,
  terminated = 143,
};

/// A place in a text file. Line and column count from 1; 0 means unknown.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
};

enum class Severity { warning, error };

/// One thing that is wrong with what a user gave: what, why that is a problem, and what to do.
struct Problem {
  Severity severity = Severity::error;
  Location where;
  std::string what;    ///< "unknown key 'acounts'"
  std::string why;     ///< "a key that nothing reads would be ignored"; may be empty
  std::string remedy;  ///< "did you mean 'accounts'?"; may be empty
};

/// "file:line:column: error: what (why); remedy"
std::string format_problem(const Problem& problem);

/// A failure to be told to the user and answered with an exit code. Never thrown for a defect
/// of vouch itself (those are std::logic_error).
class Error : public std::runtime_error {
 public:
  Error(ExitCode code, std::string message);
  Error(ExitCode code, std::vector<Problem> problems);

  ExitCode code() const noexcept { return code_; }
  /// Empty if the error was made from a plain message.
  const std::vector<Problem>& problems() const noexcept { return problems_; }

 private:
  ExitCode code_;
  std::vector<Problem> problems_;
};

/// The candidate closest to `word` by edit distance, if close enough to be a likely misspelling; else "".
std::string find_nearest(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace vouch
