// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "experiment/world_sink.hpp"

namespace vouch::experiment {

/// A sink as an experiment sees it that begins with another replication than 0: both count from their own first.
class PartSink final : public WorldSink {
 public:
  /// `sink` must outlive it.
  PartSink(WorldSink& sink, std::uint32_t first_replication) : sink_(sink), first_(first_replication) {}

  bool is_done(WorldId world) const override { return sink_.is_done(place(world)); }
  void accept(int lane, std::uint32_t first, std::span<const std::int64_t> rows) override {
    sink_.accept(lane, first_ + first, rows);
  }
  void read(WorldId world, std::span<std::int64_t> row) const override { sink_.read(place(world), row); }

 private:
  WorldId place(WorldId world) const { return {world.strategy, first_ + world.replication}; }

  WorldSink& sink_;
  std::uint32_t first_;
};

}  // namespace vouch::experiment
