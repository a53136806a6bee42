// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>

#include "experiment/world_sink.hpp"
#include "model/model.hpp"
#include "model/observations.hpp"
#include "model/strategy.hpp"

namespace vouch::experiment {

/// Strategies x replications. What is pointed to must outlive the run.
struct Plan {
  const model::Model* model = nullptr;
  std::span<const model::Strategy> strategies;
  const model::ObservationLayout* layout = nullptr;
  std::uint64_t seed = 0;
  std::uint32_t replications = 0;
  bool antithetic = false;
  int num_threads = 0;  ///< 0: all that this process may use (affinity and container quota)
};

struct Progress {
  std::uint64_t num_done = 0;     ///< worlds finished, resumed ones included
  std::uint64_t num_resumed = 0;  ///< of these, found done so far
  std::uint64_t num_worlds = 0;   ///< in all
};

enum class Ending { finished, stopped };

/// Simulates every world of the plan that the sink has not yet, all strategies advancing together by blocks of
/// replications. `on_progress` (may be empty) is called after each block, never twice at the same time: keep it short.
/// `stop` (may be null) ends the run soon after it becomes true; finished blocks have then reached the sink.
/// Throws the sink's error; or, when worlds fail, the first failure in the order of (block of replications, strategy,
/// replication), with the world's name in its message: the same for any number of threads. No block is started after
/// a failure, and those under way reach the sink. Throws Error (resources) if so many threads cannot be started.
Ending run_experiment(const Plan& plan, WorldSink& sink, const std::function<void(const Progress&)>& on_progress = {},
                      const std::atomic<bool>* stop = nullptr);

}  // namespace vouch::experiment
