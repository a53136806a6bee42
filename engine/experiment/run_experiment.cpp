// SPDX-License-Identifier: Apache-2.0
#include "experiment/run_experiment.hpp"

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <mutex>
#include <new>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "experiment/ordered_rows.hpp"
#include "experiment/part_sink.hpp"
#include "experiment/require_threads.hpp"
#include "experiment/round.hpp"
#include "experiment/usable_cpus.hpp"
#include "simulation/run_worlds.hpp"

namespace vouch::experiment {
namespace {

constexpr std::uint64_t no_unit = std::numeric_limits<std::uint64_t>::max();

/// What went wrong first on one thread.
struct Failure {
  std::uint64_t unit = no_unit;
  std::exception_ptr error;
};

/// Worlds that all points simulate well at once.
std::uint32_t find_batch(const Plan& plan) {
  int batch = std::numeric_limits<int>::max();
  for (const Point& point : plan.points) batch = std::min(batch, simulation::suggest_batch_size(*point.model));
  return static_cast<std::uint32_t>(std::max(1, batch));
}

int find_num_threads(const Plan& plan) {
  const int most = plan.shared != nullptr ? plan.shared->num_threads() : count_usable_cpus();
  if (plan.num_threads == 0) return most;
  return plan.shared != nullptr ? std::min(plan.num_threads, most) : plan.num_threads;
}

/// What a thread keeps from one round to the next.
struct Worker {
  simulation::Workspace workspace;
  std::vector<std::int64_t> rows;
  Failure failure;
};

class Experiment {
 public:
  Experiment(const Plan& plan, WorldSink& sink, Director& director,
             const std::function<void(const Progress&)>& on_progress, const std::atomic<bool>* stop)
      : plan_(plan),
        sink_(sink, plan.first_replication),
        director_(director),
        on_progress_(on_progress),
        stop_(stop),
        block_(plan.block > 0 ? plan.block : choose_block(plan)),
        num_threads_(find_num_threads(plan)),
        workers_(static_cast<std::size_t>(num_threads_)),
        ordered_(sink_, director, plan.layout->size(), units_kept_a_thread * workers_.size()) {}

  Ending run() {
    std::optional<tbb::global_control> allow;
    if (plan_.shared == nullptr) {  // else that has seen to both
      require_threads(num_threads_, num_threads_);
      allow.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(num_threads_));
    }
    // Not on their threads: where TBB has no memory to carry an exception, it drops it.
    for (Worker& worker : workers_) worker.rows.resize(block_ * plan_.layout->size());
    tbb::task_arena arena(num_threads_);
    std::vector<std::uint32_t> have(plan_.num_lanes());
    for (;;) {
      std::vector<std::uint32_t> wanted = director_.plan_round();
      round_ = Round(have, wanted, block_);
      if (round_.is_empty()) return Ending::finished;
      progress_.num_worlds = std::accumulate(wanted.begin(), wanted.end(), std::uint64_t{0});
      ordered_.start(round_);
      next_ = 0;
      arena.execute([&] {
        tbb::parallel_for(
            0, num_threads_, [&](int slot) { work(workers_[static_cast<std::size_t>(slot)]); },
            tbb::simple_partitioner{});
      });
      throw_failure();
      if (progress_.num_done < progress_.num_worlds) return Ending::stopped;
      have = std::move(wanted);
    }
  }

 private:
  static constexpr std::size_t units_kept_a_thread = 4;

  bool is_stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

  bool has_nothing_to_start() const {
    return is_stopped() || ended_.load(std::memory_order_relaxed) ||
           next_.load(std::memory_order_relaxed) >= round_.num_units();
  }

  std::optional<SharedThreads::Permit> ask_permit() const {
    if (plan_.shared == nullptr) return std::nullopt;
    return plan_.shared->acquire(plan_.rank, [this] { return has_nothing_to_start(); });
  }

  /// Those that wait for a permit need none any more.
  void wake_waiting() const {
    if (plan_.shared != nullptr) plan_.shared->wake();
  }

  void end() {
    ended_ = true;
    wake_waiting();
  }

  void throw_failure() const {
    if (sink_error_) std::rethrow_exception(sink_error_);
    // Units are handed out in order, so the first that can fail was started whatever the threads did.
    const auto first = std::min_element(workers_.begin(), workers_.end(), [](const Worker& a, const Worker& b) {
      return a.failure.unit < b.failure.unit;
    });
    if (first->failure.error) std::rethrow_exception(first->failure.error);
  }

  void work(Worker& worker) {
    while (!has_nothing_to_start()) {
      // Before the unit is taken: one that was taken is run, whatever happens meanwhile.
      const std::optional<SharedThreads::Permit> permit = ask_permit();
      if (plan_.shared != nullptr && (!permit || has_nothing_to_start())) return;
      const std::uint64_t index = next_.fetch_add(1, std::memory_order_relaxed);
      if (index + 1 >= round_.num_units()) wake_waiting();
      if (index >= round_.num_units()) return;
      try {
        run_unit(round_.unit(index), worker);
      } catch (const simulation::Stopped&) {
        return;
      } catch (...) {
        if (index < worker.failure.unit) worker.failure = {index, std::current_exception()};
        end();
        return;
      }
    }
  }

  void run_unit(const Unit& unit, Worker& worker) {
    std::vector<std::uint8_t> done(unit.count);
    {
      const std::lock_guard lock(sink_mutex_);
      for (std::uint32_t i = 0; i < unit.count; ++i) done[i] = sink_.is_done({unit.lane, unit.first + i}) ? 1 : 0;
      const auto resumed = static_cast<std::uint64_t>(std::count(done.begin(), done.end(), 1));
      progress_.num_resumed += resumed;
      progress_.num_done += resumed;
    }
    const bool is_new = unit.count > 0 && std::count(done.begin(), done.end(), 0) == std::int64_t{unit.count};
    Rows rows = is_new ? Rows::at_hand : Rows::in_sink;
    for (std::uint32_t begin = 0; begin < unit.count;) {
      std::uint32_t end = begin;
      while (end < unit.count && done[end] == done[begin]) ++end;
      if (done[begin] == 0 && run_block(unit.lane, unit.first + begin, end - begin, worker) == Rows::in_sink)
        rows = Rows::in_sink;
      begin = end;
    }
    finish(unit, rows, worker);
  }

  /// Where a unit's rows can be had after it was run.
  enum class Rows { at_hand, in_sink };

  Rows run_block(int lane, std::uint32_t first, std::uint32_t count, Worker& worker) {
    try {
      simulate(lane, first, count, worker.workspace, worker.rows);
    } catch (const simulation::Stopped&) {
      throw;
    } catch (const std::exception&) {
      run_one_by_one(lane, first, count, worker.rows);
      return Rows::in_sink;
    }
    deliver(lane, first, count, worker.rows);
    return Rows::at_hand;
  }

  /// After a batch failed: finds the world to name, and keeps the others.
  void run_one_by_one(int lane, std::uint32_t first, std::uint32_t count, std::vector<std::int64_t>& rows) {
    std::exception_ptr failure;
    for (std::uint32_t replication = first; replication < first + count; ++replication) {
      try {
        simulation::Workspace workspace;  // the batch's may have been left half-way
        simulate(lane, replication, 1, workspace, rows);
      } catch (const simulation::Stopped&) {
        throw;
      } catch (...) {
        if (!failure) failure = name_world(lane, replication, std::current_exception());
        continue;
      }
      deliver(lane, replication, 1, rows);
    }
    if (failure) std::rethrow_exception(failure);
  }

  const Point& point_of(int lane) const {
    return plan_.points[static_cast<std::size_t>(lane) / plan_.num_strategies()];
  }
  const model::Strategy& strategy_of(int lane) const {
    return point_of(lane).strategies[static_cast<std::size_t>(lane) % plan_.num_strategies()];
  }

  std::exception_ptr name_world(int lane, std::uint32_t replication, const std::exception_ptr& error) const {
    const auto point = static_cast<std::size_t>(lane) / plan_.num_strategies();
    const std::string world =
        fmt::format("{}strategy '{}', replication {}", plan_.points.size() > 1 ? fmt::format("point {}, ", point) : "",
                    strategy_of(lane).name, plan_.first_replication + replication);
    try {
      std::rethrow_exception(error);
    } catch (const Error& e) {
      return std::make_exception_ptr(Error(e.code(), fmt::format("{}: {}", world, e.what())));
    } catch (const std::bad_alloc&) {
      return std::make_exception_ptr(
          Error(ExitCode::resources, world + ": out of memory; use fewer threads (--threads) or smaller populations"));
    } catch (...) {
      return error;
    }
  }

  void simulate(int lane, std::uint32_t first, std::uint32_t count, simulation::Workspace& workspace,
                std::vector<std::int64_t>& rows) const {
    std::vector<simulation::WorldKey> keys(count);
    std::vector<simulation::WorldResult> results(count);
    const std::size_t size = plan_.layout->size();
    for (std::uint32_t i = 0; i < count; ++i) {
      keys[i] = {plan_.seed, plan_.first_replication + first + i, plan_.antithetic};
      results[i].row = std::span(rows).subspan(i * size, size);
    }
    simulation::run_worlds(*point_of(lane).model, strategy_of(lane), *plan_.layout, keys, results, workspace, stop_);
  }

  void deliver(int lane, std::uint32_t first, std::uint32_t count, const std::vector<std::int64_t>& rows) {
    guard_sink([&] {
      sink_.accept(lane, first, std::span(rows).first(count * plan_.layout->size()));
      progress_.num_done += count;
    });
  }

  void finish(const Unit& unit, Rows rows, Worker& worker) {
    guard_sink([&] {
      if (director_.is_observing()) {
        if (rows == Rows::at_hand) {
          ordered_.finish(unit, worker.rows);
        } else {
          ordered_.finish(unit);
        }
      }
      if (on_progress_) on_progress_(progress_);
    });
  }

  /// Nothing is delivered or observed after an error there.
  template <typename Action>
  void guard_sink(const Action& action) {
    const std::lock_guard lock(sink_mutex_);
    if (sink_error_) return;
    try {
      action();
    } catch (...) {
      sink_error_ = std::current_exception();
      end();
    }
  }

  const Plan& plan_;
  PartSink sink_;
  Director& director_;
  const std::function<void(const Progress&)>& on_progress_;
  const std::atomic<bool>* stop_;
  std::uint32_t block_;
  int num_threads_;
  std::vector<Worker> workers_;
  Round round_;
  std::atomic<std::uint64_t> next_{0};
  std::atomic<bool> ended_{false};  ///< after a failure: start nothing new
  std::mutex sink_mutex_;           ///< guards everything below, the sink and the director
  std::exception_ptr sink_error_;
  Progress progress_;
  OrderedRows ordered_;
};

}  // namespace

std::uint32_t choose_block(const Plan& plan) {
  constexpr std::uint64_t enough_units = 64;
  const std::uint64_t num_worlds = std::uint64_t{plan.replications} * plan.num_lanes();
  return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(num_worlds / enough_units, 1, find_batch(plan)));
}

std::uint32_t choose_directed_block(const Plan& plan) {
  constexpr std::uint32_t longest = 16;  // longer batches gain little
  return std::min(find_batch(plan), longest);
}

Ending run_experiment(const Plan& plan, WorldSink& sink, Director& director,
                      const std::function<void(const Progress&)>& on_progress, const std::atomic<bool>* stop) {
  return Experiment(plan, sink, director, on_progress, stop).run();
}

Ending run_experiment(const Plan& plan, WorldSink& sink, const std::function<void(const Progress&)>& on_progress,
                      const std::atomic<bool>* stop) {
  FixedDirector director(plan.num_lanes(), plan.replications);
  return run_experiment(plan, sink, director, on_progress, stop);
}

}  // namespace vouch::experiment
