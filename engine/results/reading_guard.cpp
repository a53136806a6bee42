// SPDX-License-Identifier: Apache-2.0
#include "results/reading_guard.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <ctime>
#include <memory>

#include "core/error.hpp"
#include "core/printable.hpp"

namespace vouch::results {
namespace {

constexpr int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constexpr int out_of_time = SIGXCPU;
constexpr std::size_t alternative_stack_size = std::size_t{64} << 10;

/// What is said at the end; empty while nothing is read. The thread that crashes is the one that runs the handler.
thread_local std::array<char, 1024> last_words{};
thread_local std::size_t num_last_words = 0;
thread_local std::unique_ptr<char[]> alternative_stack;

/// Raised by this program itself, not sent from outside.
bool is_own(int number, const siginfo_t& info) {
  if (number == out_of_time) return info.si_code == SI_TIMER;
  return info.si_code > 0 || (number == SIGABRT && info.si_pid == ::getpid());
}

void end_reading(int number, siginfo_t* info, void*) {
  const bool is_ours = is_own(number, *info);
  if (num_last_words > 0 && is_ours) {
    static_cast<void>(!::write(STDERR_FILENO, last_words.data(), num_last_words));
    ::_exit(static_cast<int>(ExitCode::data));
  }
  std::signal(number, SIG_DFL);  // not ours: it happens again, without us
  if (number == SIGABRT || !is_ours) std::raise(number);
}

/// Where a sanitizer or debugger has its own handler, that stays.
void catch_signal(int number) {
  struct sigaction action {};
  if (::sigaction(number, nullptr, &action) != 0 || action.sa_handler != SIG_DFL) return;
  action = {};
  action.sa_sigaction = end_reading;
  action.sa_flags = SA_ONSTACK | SA_SIGINFO;
  ::sigaction(number, &action, nullptr);
}

void catch_signals() {
  static const bool are_caught = [] {
    for (const int number : crashes) catch_signal(number);
    catch_signal(out_of_time);
    return true;
  }();
  static_cast<void>(are_caught);
  stack_t own{};
  if (alternative_stack || ::sigaltstack(nullptr, &own) != 0 || (own.ss_flags & SS_DISABLE) == 0) return;
  alternative_stack = std::make_unique<char[]>(alternative_stack_size);
  stack_t stack{};
  stack.ss_sp = alternative_stack.get();
  stack.ss_size = alternative_stack_size;
  ::sigaltstack(&stack, nullptr);
}

/// Of this thread's processor time.
class Timer {
 public:
  Timer() {
    sigevent event{};
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = out_of_time;
    event._sigev_un._tid = static_cast<pid_t>(::syscall(SYS_gettid));
    has_timer_ = ::timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer_) == 0;
  }
  ~Timer() {
    if (has_timer_) ::timer_delete(timer_);
  }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  void set(std::time_t seconds) {
    itimerspec when{};
    when.it_value.tv_sec = seconds;
    if (has_timer_) ::timer_settime(timer_, 0, &when, nullptr);
  }

 private:
  timer_t timer_{};
  bool has_timer_ = false;
};

Timer& own_timer() {
  thread_local Timer timer;
  return timer;
}

/// Reading takes well under a second for each.
std::time_t choose_seconds(const std::string& path) {
  struct stat status {};
  const auto megabytes = ::stat(path.c_str(), &status) == 0 ? status.st_size >> 20 : 0;
  return 30 + static_cast<std::time_t>(megabytes);
}

}  // namespace

ReadingGuard::ReadingGuard(const std::string& path) : is_outermost_(num_last_words == 0) {
  if (!is_outermost_) return;
  catch_signals();
  const auto end = fmt::format_to_n(last_words.data(), last_words.size(),
                                    "error: '{:.400}' is damaged or crafted: the HDF5 library fails while it reads it, "
                                    "though its seal is whole; use it "
                                    "only if you know who made it, and make it again with vouch run\n",
                                    make_printable(path));
  num_last_words = std::min(end.size, last_words.size());
  own_timer().set(choose_seconds(path));
}

ReadingGuard::~ReadingGuard() {
  if (!is_outermost_) return;
  num_last_words = 0;
  own_timer().set(0);
}

}  // namespace vouch::results
