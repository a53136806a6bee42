// SPDX-License-Identifier: Apache-2.0
#include "signals.hpp"

#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <thread>

namespace vouch::cli {
namespace {

// Touched by the signal thread until the process ends, so not owned by anything that is destroyed before.
std::atomic<bool> is_guarded{false};
std::atomic<bool> stop_requested{false};
std::atomic<int> received{0};

sigset_t make_set() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

[[noreturn]] void wait_for_signals() {
  const sigset_t set = make_set();
  while (true) {
    int number = 0;
    if (sigwait(&set, &number) != 0) continue;
    if (!is_guarded || stop_requested) _exit(128 + number);
    received = number;
    stop_requested = true;
  }
}

}  // namespace

void block_signals() {
  const sigset_t set = make_set();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void start_signal_thread() { std::thread(wait_for_signals).detach(); }

StopGuard::StopGuard() { is_guarded = true; }

StopGuard::~StopGuard() { is_guarded = false; }

const std::atomic<bool>& StopGuard::flag() const noexcept { return stop_requested; }

int StopGuard::signal() const noexcept { return received; }

}  // namespace vouch::cli
