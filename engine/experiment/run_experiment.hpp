// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>

#include "experiment/director.hpp"
#include "experiment/shared_threads.hpp"
#include "experiment/world_sink.hpp"
#include "model/model.hpp"
#include "model/observations.hpp"
#include "model/strategy.hpp"

namespace vouch::experiment {

/// One point of a sweep. Every point has as many strategies as the first, with the same names.
struct Point {
  const model::Model* model = nullptr;
  std::span<const model::Strategy> strategies;
};

/// Points x strategies x replications; without a sweep there is one point. What is pointed to must outlive the run.
struct Plan {
  std::span<const Point> points;
  const model::ObservationLayout* layout = nullptr;
  std::uint64_t seed = 0;
  std::uint32_t replications = 0;  ///< how many of every lane; with a director, the most
  bool antithetic = false;
  int num_threads = 0;                  ///< 0: all that this process may use (affinity and container quota)
  std::uint32_t block = 0;              ///< replications of a lane that are simulated together; 0: as choose_block
  std::uint32_t first_replication = 0;  ///< of a part of a run: what it begins with
  SharedThreads* shared = nullptr;      ///< with experiments that run at the same time; null: all threads are its own
  int rank = 0;                         ///< among those

  std::size_t num_strategies() const noexcept { return points.empty() ? 0 : points.front().strategies.size(); }
  std::size_t num_lanes() const noexcept { return points.size() * num_strategies(); }
};

struct Progress {
  std::uint64_t num_done = 0;     ///< worlds finished, resumed ones included
  std::uint64_t num_resumed = 0;  ///< of these, found done so far
  std::uint64_t num_worlds = 0;   ///< in all, as far as they are planned
};

enum class Ending { finished, stopped };

/// How many replications of a lane are simulated together if their number is fixed: as long as batches gain from it,
/// but enough blocks to keep many threads busy to the end. Independent of the number of threads.
std::uint32_t choose_block(const Plan& plan);

/// The same for a run that looks at its worlds again and again: shorter, so that a round has work for several threads.
/// Independent of the limit too, so that with a higher one a run goes the same way, only further.
std::uint32_t choose_directed_block(const Plan& plan);

/// The sink knows worlds by their replication, the director counts from `first_replication`.
/// Simulates the worlds that the director asks for and the sink has not yet, round by round, all lanes advancing
/// together by blocks of replications. `on_progress` (may be empty) is called after each block, never twice at the same
/// time, nor while the director observes: keep it short.
/// `stop` (may be null) ends the run soon after it becomes true; finished blocks have then reached the sink.
/// Throws what the sink or the director throws; or, when worlds fail, the first failure in the order of (round, block
/// of replications, lane, replication), with the world's name in its message: the same for any number of threads. No
/// block is started after a failure, and those under way reach the sink. Throws Error (resources) if so many threads
/// cannot be started. With shared threads it may run in several threads at once, each with its own plan, sink and
/// director.
Ending run_experiment(const Plan& plan, WorldSink& sink, Director& director,
                      const std::function<void(const Progress&)>& on_progress = {},
                      const std::atomic<bool>* stop = nullptr);

/// The same with `replications` worlds for each lane.
Ending run_experiment(const Plan& plan, WorldSink& sink, const std::function<void(const Progress&)>& on_progress = {},
                      const std::atomic<bool>* stop = nullptr);

}  // namespace vouch::experiment
