// SPDX-License-Identifier: Apache-2.0
#include "signals.hpp"

#include <pthread.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "results/temporary_name.hpp"
#include "terminal.hpp"
#include "time_limit.hpp"

namespace vouch::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto time_for_good_order = std::chrono::milliseconds(400);

struct State {
  std::mutex mutex;  ///< guards all but `stop`
  std::atomic<bool> stop{false};
  bool is_guarded = false;
  StopCause cause = StopCause::none;
  int signal = 0;  ///< the first that came
  Clock::time_point start = Clock::now();
  std::chrono::seconds limit{0};
  std::optional<Clock::time_point> limit_end;
  bool has_limit_passed = false;
  std::optional<Clock::time_point> order_end;  ///< of the time for good order
  std::vector<const LastWords*> words;
};

/// Touched by the signal thread until the process ends, so never destroyed.
State& state() {
  static State* const own = new State;
  return *own;
}

sigset_t make_set() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGINT, SIGTERM, SIGALRM}) sigaddset(&set, number);
  return set;
}

/// SIGALRM at the next end; the timer of setitimer does not look at the clock that can be set.
void set_alarm(const State& now) {
  std::optional<Clock::time_point> next = now.limit_end;
  if (now.order_end && (!next || *now.order_end < *next)) next = now.order_end;
  if (!next) return;
  constexpr std::int64_t second = 1'000'000;
  const std::int64_t left = std::chrono::duration_cast<std::chrono::microseconds>(*next - Clock::now()).count();
  const std::int64_t wait = std::max<std::int64_t>(left, 1);  // 0 would be none
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(wait / second);
  timer.it_value.tv_usec = static_cast<suseconds_t>(wait % second);
  setitimer(ITIMER_REAL, &timer, nullptr);
}

std::string describe(StopCause cause, std::chrono::seconds limit) {
  switch (cause) {
    case StopCause::interrupt:
      return "stopped by SIGINT";
    case StopCause::terminate:
      return "stopped by SIGTERM";
    case StopCause::time_limit:
      return "stopped at the time limit of " + format_time_limit(limit);
    case StopCause::none:
      break;
  }
  return "stopped";
}

[[noreturn]] void leave(const State& now) {
  results::abandon_temporary_files();
  if (!now.words.empty()) tell_without_waiting(describe(now.cause, now.limit) + ": " + now.words.back()->tell());
  _exit(static_cast<int>(exit_code_of(now.cause)));
}

void ask_for_stop(State& now, StopCause cause) {
  if (now.cause == StopCause::none) now.cause = cause;
  now.stop = true;
  now.order_end = Clock::now() + time_for_good_order;
}

bool are(const State& now, LastWords::When when) { return !now.words.empty() && now.words.back()->when() == when; }
bool is_at_once(const State& now) { return are(now, LastWords::When::at_once); }
bool is_when_late(const State& now) { return are(now, LastWords::When::when_late); }

void handle_signal(State& now, int number) {
  if (now.signal != 0) _exit(128 + number);
  now.signal = number;
  ask_for_stop(now, number == SIGINT ? StopCause::interrupt : StopCause::terminate);
  if (!now.is_guarded || is_at_once(now)) leave(now);
}

/// The time limit makes nobody leave who is about to publish.
void handle_alarm(State& now) {
  const Clock::time_point time = Clock::now();
  if (now.limit_end && time >= *now.limit_end) {
    now.limit_end.reset();
    now.has_limit_passed = true;
    if (now.is_guarded) ask_for_stop(now, StopCause::time_limit);
  }
  if (now.order_end && time >= *now.order_end) {
    now.order_end.reset();
    if (now.signal != 0 || is_when_late(now)) leave(now);
  }
}

[[noreturn]] void wait_for_signals() {
  const sigset_t set = make_set();
  while (true) {
    int number = 0;
    if (sigwait(&set, &number) != 0) continue;
    State& now = state();
    const std::lock_guard lock(now.mutex);
    if (number == SIGALRM)
      handle_alarm(now);
    else
      handle_signal(now, number);
    set_alarm(now);
  }
}

}  // namespace

void block_signals() {
  const sigset_t set = make_set();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  state();
}

void start_signal_thread() { std::thread(wait_for_signals).detach(); }

void set_time_limit(std::chrono::seconds limit) {
  State& now = state();
  const std::lock_guard lock(now.mutex);
  now.limit = limit;
  now.limit_end = now.start + limit;
  set_alarm(now);
}

std::string describe_stop(StopCause cause) {
  State& now = state();
  const std::lock_guard lock(now.mutex);
  return describe(cause, now.limit);
}

ExitCode exit_code_of(StopCause cause) {
  switch (cause) {
    case StopCause::none:
      return ExitCode::success;
    case StopCause::interrupt:
      return ExitCode::interrupted;
    case StopCause::terminate:
      return ExitCode::terminated;
    case StopCause::time_limit:
      break;
  }
  return ExitCode::time_limit;
}

StopGuard::StopGuard() {
  State& now = state();
  const std::lock_guard lock(now.mutex);
  now.is_guarded = true;
  if (now.has_limit_passed) ask_for_stop(now, StopCause::time_limit);
}

StopGuard::~StopGuard() {
  State& now = state();
  const std::lock_guard lock(now.mutex);
  now.is_guarded = false;
}

const std::atomic<bool>& StopGuard::flag() const noexcept { return state().stop; }

StopCause StopGuard::cause() const {
  State& now = state();
  const std::lock_guard lock(now.mutex);
  return now.cause;
}

LastWords::LastWords(When when, Words words) : when_(when), words_(std::move(words)) {
  State& now = state();
  const std::lock_guard lock(now.mutex);
  now.words.push_back(this);
  if (when_ == When::at_once && now.signal != 0) leave(now);
  if (when_ != When::at_once && now.stop) {
    now.order_end = Clock::now() + time_for_good_order;
    set_alarm(now);
  }
}

LastWords::~LastWords() {
  State& now = state();
  const std::lock_guard lock(now.mutex);
  now.words.erase(std::find(now.words.begin(), now.words.end(), this));
}

}  // namespace vouch::cli
