// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace vouch::cli {

/// Blocks SIGINT and SIGTERM in this thread and all that it starts later, and ignores SIGPIPE and SIGXFSZ. To be the
/// first statement of main, before any library starts a thread.
void block_signals();

/// Starts the one thread that waits for the blocked signals. A signal ends the program at once, with 128 + its
/// number, unless a StopGuard is alive: then the first one only sets its flag, and the second ends the program.
void start_signal_thread();

/// While alive, a first signal asks for an orderly stop. At most one at a time.
class StopGuard {
 public:
  StopGuard();
  ~StopGuard();
  StopGuard(const StopGuard&) = delete;
  StopGuard& operator=(const StopGuard&) = delete;

  const std::atomic<bool>& flag() const noexcept;
  /// The signal that asked for the stop; 0 if none has.
  int signal() const noexcept;
};

}  // namespace vouch::cli
