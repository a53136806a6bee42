// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace vouch::experiment {

/// A world: one replication of one lane (point x strategies + strategy; without a sweep the strategy's index).
struct WorldId {
  int strategy;  ///< the lane
  std::uint32_t replication;
};

/// Where finished worlds go. run_experiment calls it from several threads, but never twice at the same time.
class WorldSink {
 public:
  virtual ~WorldSink() = default;

  /// Worlds kept from an earlier run are not simulated again.
  virtual bool is_done(WorldId world) const = 0;

  /// Takes consecutive replications of one lane. `rows`: count x layout.size(), a row after the other.
  /// May throw Error (ExitCode::io); the experiment then ends with that error.
  virtual void accept(int strategy, std::uint32_t first_replication, std::span<const std::int64_t> rows) = 0;

  /// Gives back the row of a world that is done. May throw Error, as accept.
  virtual void read(WorldId world, std::span<std::int64_t> row) const = 0;
};

}  // namespace vouch::experiment
