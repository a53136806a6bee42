// SPDX-License-Identifier: Apache-2.0
#include "experiment/run_experiment.hpp"

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <exception>
#include <latch>
#include <limits>
#include <mutex>
#include <new>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "core/error.hpp"
#include "experiment/usable_cpus.hpp"
#include "simulation/run_worlds.hpp"

namespace vouch::experiment {
namespace {

constexpr std::uint64_t no_unit = std::numeric_limits<std::uint64_t>::max();

/// One strategy's block of replications. Units are numbered block by block, strategies within.
struct Unit {
  std::uint64_t index;
  int strategy;
  std::uint32_t first;
  std::uint32_t count;
};

/// What went wrong first on one thread.
struct Failure {
  std::uint64_t unit = no_unit;
  std::exception_ptr error;
};

/// Replications in a unit: as long as batches gain from it, but enough units to keep many threads busy to the end.
/// Independent of the number of threads, since it decides which failure comes first.
std::uint32_t choose_block(const Plan& plan) {
  constexpr std::uint64_t enough_units = 64;
  const std::uint64_t num_worlds = std::uint64_t{plan.replications} * plan.strategies.size();
  const auto batch = static_cast<std::uint64_t>(std::max(1, simulation::suggest_batch_size(*plan.model)));
  return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(num_worlds / enough_units, 1, batch));
}

/// TBB ends the process when it cannot start a thread; so whether that many can live at once is tried before. They
/// allocate too, so that the allocator's share for each thread is taken when TBB starts its own.
void require_threads(int num_threads) {
  std::latch release(1);
  std::vector<std::thread> threads;
  std::string failure;
  try {
    threads.reserve(static_cast<std::size_t>(num_threads));
    while (static_cast<int>(threads.size()) < num_threads - 1) {
      threads.emplace_back([&release] {
        ::operator delete(::operator new(1, std::nothrow));
        release.wait();
      });
    }
  } catch (const std::system_error& error) {
    failure = error.code().message();
  } catch (const std::bad_alloc&) {
    failure = "out of memory";
  }
  release.count_down();
  for (std::thread& thread : threads) thread.join();
  if (!failure.empty()) {
    throw Error(ExitCode::resources,
                fmt::format("cannot start {} threads: {}; use fewer (--threads)", num_threads, failure));
  }
}

class Experiment {
 public:
  Experiment(const Plan& plan, WorldSink& sink, const std::function<void(const Progress&)>& on_progress,
             const std::atomic<bool>* stop)
      : plan_(plan),
        sink_(sink),
        on_progress_(on_progress),
        stop_(stop),
        block_(choose_block(plan)),
        num_units_((plan.replications + std::uint64_t{block_} - 1) / block_ * plan.strategies.size()) {
    progress_.num_worlds = std::uint64_t{plan.replications} * plan.strategies.size();
  }

  Ending run() {
    const int num_threads = plan_.num_threads > 0 ? plan_.num_threads : count_usable_cpus();
    require_threads(num_threads);
    const tbb::global_control allow(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(num_threads));
    std::vector<Failure> failures(static_cast<std::size_t>(num_threads));
    tbb::task_arena arena(num_threads);
    arena.execute([&] {
      tbb::parallel_for(
          0, num_threads, [&](int slot) { work(failures[static_cast<std::size_t>(slot)]); }, tbb::simple_partitioner{});
    });
    if (sink_error_) std::rethrow_exception(sink_error_);
    // Units are handed out in order, so the first that can fail was started whatever the threads did.
    const auto first = std::min_element(failures.begin(), failures.end(),
                                        [](const Failure& a, const Failure& b) { return a.unit < b.unit; });
    if (first != failures.end() && first->error) std::rethrow_exception(first->error);
    return is_stopped() && progress_.num_done < progress_.num_worlds ? Ending::stopped : Ending::finished;
  }

 private:
  bool is_stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

  void work(Failure& failure) {
    simulation::Workspace workspace;
    std::vector<std::int64_t> rows(block_ * plan_.layout->size());
    while (!is_stopped() && !ended_.load(std::memory_order_relaxed)) {
      const std::uint64_t index = next_.fetch_add(1, std::memory_order_relaxed);
      if (index >= num_units_) return;
      const std::uint64_t first = index / plan_.strategies.size() * block_;
      const Unit unit{index, static_cast<int>(index % plan_.strategies.size()), static_cast<std::uint32_t>(first),
                      static_cast<std::uint32_t>(std::min<std::uint64_t>(block_, plan_.replications - first))};
      try {
        run_unit(unit, workspace, rows);
      } catch (const simulation::Stopped&) {
        return;
      } catch (...) {
        if (index < failure.unit) failure = {index, std::current_exception()};
        ended_ = true;
        return;
      }
    }
  }

  void run_unit(const Unit& unit, simulation::Workspace& workspace, std::vector<std::int64_t>& rows) {
    std::vector<std::uint8_t> done(unit.count);
    {
      const std::lock_guard lock(sink_mutex_);
      for (std::uint32_t i = 0; i < unit.count; ++i) done[i] = sink_.is_done({unit.strategy, unit.first + i}) ? 1 : 0;
      const auto resumed = static_cast<std::uint64_t>(std::count(done.begin(), done.end(), 1));
      progress_.num_resumed += resumed;
      progress_.num_done += resumed;
    }
    for (std::uint32_t begin = 0; begin < unit.count;) {
      std::uint32_t end = begin;
      while (end < unit.count && done[end] == done[begin]) ++end;
      if (done[begin] == 0) run_block(unit.strategy, unit.first + begin, end - begin, workspace, rows);
      begin = end;
    }
  }

  void run_block(int strategy, std::uint32_t first, std::uint32_t count, simulation::Workspace& workspace,
                 std::vector<std::int64_t>& rows) {
    try {
      simulate(strategy, first, count, workspace, rows);
    } catch (const simulation::Stopped&) {
      throw;
    } catch (const std::exception&) {
      run_one_by_one(strategy, first, count, rows);
      return;
    }
    deliver(strategy, first, count, rows);
  }

  /// After a batch failed: finds the world to name, and keeps the others.
  void run_one_by_one(int strategy, std::uint32_t first, std::uint32_t count, std::vector<std::int64_t>& rows) {
    std::exception_ptr failure;
    for (std::uint32_t replication = first; replication < first + count; ++replication) {
      try {
        simulation::Workspace workspace;  // the batch's may have been left half-way
        simulate(strategy, replication, 1, workspace, rows);
      } catch (const simulation::Stopped&) {
        throw;
      } catch (...) {
        if (!failure) failure = name_world(strategy, replication, std::current_exception());
        continue;
      }
      deliver(strategy, replication, 1, rows);
    }
    if (failure) std::rethrow_exception(failure);
  }

  std::exception_ptr name_world(int strategy, std::uint32_t replication, const std::exception_ptr& error) const {
    const std::string world = fmt::format("strategy '{}', replication {}",
                                          plan_.strategies[static_cast<std::size_t>(strategy)].name, replication);
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

  void simulate(int strategy, std::uint32_t first, std::uint32_t count, simulation::Workspace& workspace,
                std::vector<std::int64_t>& rows) const {
    std::vector<simulation::WorldKey> keys(count);
    std::vector<simulation::WorldResult> results(count);
    const std::size_t size = plan_.layout->size();
    for (std::uint32_t i = 0; i < count; ++i) {
      keys[i] = {plan_.seed, first + i, plan_.antithetic};
      results[i].row = std::span(rows).subspan(i * size, size);
    }
    simulation::run_worlds(*plan_.model, plan_.strategies[static_cast<std::size_t>(strategy)], *plan_.layout, keys,
                           results, workspace, stop_);
  }

  void deliver(int strategy, std::uint32_t first, std::uint32_t count, const std::vector<std::int64_t>& rows) {
    const std::lock_guard lock(sink_mutex_);
    if (sink_error_) return;
    const std::size_t size = plan_.layout->size();
    try {
      sink_.accept(strategy, first, std::span(rows).first(count * size));
    } catch (...) {
      sink_error_ = std::current_exception();
      ended_ = true;
      return;
    }
    progress_.num_done += count;
    if (on_progress_) on_progress_(progress_);
  }

  const Plan& plan_;
  WorldSink& sink_;
  const std::function<void(const Progress&)>& on_progress_;
  const std::atomic<bool>* stop_;
  std::uint32_t block_;
  std::uint64_t num_units_;
  std::atomic<std::uint64_t> next_{0};
  std::atomic<bool> ended_{false};  ///< after a failure: start nothing new
  std::mutex sink_mutex_;           ///< guards everything below, and the sink
  std::exception_ptr sink_error_;
  Progress progress_;
};

}  // namespace

Ending run_experiment(const Plan& plan, WorldSink& sink, const std::function<void(const Progress&)>& on_progress,
                      const std::atomic<bool>* stop) {
  return Experiment(plan, sink, on_progress, stop).run();
}

}  // namespace vouch::experiment
