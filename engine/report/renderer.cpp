// SPDX-License-Identifier: Apache-2.0
#include "report/renderer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <numeric>
#include <system_error>
#include <thread>

#include "experiment/usable_cpus.hpp"
#include "report/interpreter.hpp"

namespace vouch::report {
namespace {

constexpr std::size_t drawings_per_thread = 2;  // fewer do not pay for loading ECharts once more
constexpr std::size_t max_threads = 8;          // each takes up to 100 MB

std::size_t choose_num_threads(std::size_t num_drawings) {
  const std::size_t useful = (num_drawings + drawings_per_thread - 1) / drawings_per_thread;
  const auto usable = static_cast<std::size_t>(experiment::count_usable_cpus());
  return std::max<std::size_t>(1, std::min({useful, usable, max_threads}));
}

/// Drawings, and who takes which: whoever is free takes the next, those with most to draw first.
class Work {
 public:
  explicit Work(std::span<const Drawing> drawings)
      : drawings_(drawings), svgs_(drawings.size()), order_(drawings.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return drawings[a].option.size() > drawings[b].option.size();
    });
  }

  void run() noexcept {
    try {
      Interpreter interpreter;
      for (std::size_t next = next_++; next < order_.size(); next = next_++) {
        const std::size_t index = order_[next];
        svgs_[index] = interpreter.draw(drawings_[index], fmt::format("v{}", index));
      }
    } catch (...) {
      next_ = order_.size();
      if (!has_failed_.exchange(true)) failure_ = std::current_exception();
    }
  }

  std::vector<std::string> finish() {
    if (failure_) std::rethrow_exception(failure_);
    return std::move(svgs_);
  }

 private:
  std::span<const Drawing> drawings_;
  std::vector<std::string> svgs_;
  std::vector<std::size_t> order_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> has_failed_{false};
  std::exception_ptr failure_;
};

/// Threads that are waited for.
class Workers {
 public:
  Workers() = default;
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers() {
    for (std::thread& thread : threads_) thread.join();
  }

  /// False if the system gives no further thread.
  template <typename Run>
  bool add(const Run& run) {
    try {
      threads_.emplace_back(run);
      return true;
    } catch (const std::system_error&) {
      return false;
    }
  }

 private:
  std::vector<std::thread> threads_;
};

}  // namespace

std::vector<std::string> render(std::span<const Drawing> drawings) {
  if (drawings.empty()) return {};
  Work work(drawings);
  {
    Workers workers;
    const std::size_t num_threads = choose_num_threads(drawings.size());
    for (std::size_t i = 1; i < num_threads && workers.add([&] { work.run(); });) ++i;
    work.run();  // with those that there are, or alone
  }
  return work.finish();
}

}  // namespace vouch::report
