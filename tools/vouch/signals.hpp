// SPDX-License-Identifier: Apache-2.0
// How the program is stopped: by SIGINT, SIGTERM or its time limit. Whatever it is doing, a signal ends it in under a
// second: in good order where it can, else with last words.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>

#include "core/error.hpp"

namespace vouch::cli {

/// Blocks SIGINT, SIGTERM and SIGALRM in this thread and all that it starts later, and ignores SIGPIPE and SIGXFSZ. To
/// be called before any library starts a thread; a time limit counts from here.
void block_signals();

/// Starts the one thread that waits for the blocked signals. A signal ends the program at once, with 128 + its
/// number, unless a StopGuard is alive: then the first one sets its flag, and the program has half a second to come to
/// an end in good order. A second signal always ends it at once.
void start_signal_thread();

/// When so much time has passed since the program's start, a StopGuard's flag is set. Setting the clock does not move
/// the end. The program is not made to leave: what is not guarded, or does not look at the flag, comes to its end.
void set_time_limit(std::chrono::seconds limit);

enum class StopCause { none, interrupt, terminate, time_limit };

/// "stopped by SIGINT", "stopped at the time limit of 10 minutes".
std::string describe_stop(StopCause cause);
ExitCode exit_code_of(StopCause cause);

/// While alive, a stop is asked for in its flag. At most one at a time.
class StopGuard {
 public:
  StopGuard();
  ~StopGuard();
  StopGuard(const StopGuard&) = delete;
  StopGuard& operator=(const StopGuard&) = delete;

  const std::atomic<bool>& flag() const noexcept;
  StopCause cause() const;  ///< of the stop that was asked for first
};

/// What is told, behind describe_stop, when a signal ends the program while this is alive. Of several the youngest's
/// counts. Files that are being written are deleted.
class LastWords {
 public:
  enum class When {
    at_once,     ///< what happens meanwhile looks at no flag: a signal, also one that came before, ends the program
    when_late,   ///< what happens meanwhile ends itself, and only if that takes too long, this ends the program
    when_killed  ///< the same for signals alone: a time limit waits however long it takes
  };
  /// Called in another thread. Must not wait for anything.
  using Words = std::function<std::string()>;

  LastWords(When when, Words words);
  ~LastWords();
  LastWords(const LastWords&) = delete;
  LastWords& operator=(const LastWords&) = delete;

  When when() const noexcept { return when_; }
  std::string tell() const { return words_(); }

 private:
  When when_;
  Words words_;
};

}  // namespace vouch::cli
