// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace vouch::experiment {

/// A world: one replication of one strategy (an index into the plan's strategies).
struct WorldId {
  int strategy;
  std::uint32_t replication;
};

/// Where finished worlds go. run_experiment calls it from several threads, but never twice at the same time.
class WorldSink {
 public:
  virtual ~WorldSink() = default;

  /// Worlds kept from an earlier run are not simulated again.
  virtual bool is_done(WorldId world) const = 0;

  /// Takes consecutive replications of one strategy. `rows`: count x layout.size(), a row after the other.
  /// May throw Error (ExitCode::io); the experiment then ends with that error.
  virtual void accept(int strategy, std::uint32_t first_replication, std::span<const std::int64_t> rows) = 0;
};

}  // namespace vouch::experiment
