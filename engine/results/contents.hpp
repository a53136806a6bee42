// SPDX-License-Identifier: Apache-2.0
// What a results file is made from, and the pieces in which it is made.
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "model/observations.hpp"
#include "results/journal.hpp"
#include "results/labelled_file.hpp"
#include "results/publish.hpp"
#include "results/run_identity.hpp"
#include "statistics/metric.hpp"

namespace vouch::results {

/// Worlds that are read, written and compressed together: replications first .. first + count - 1 of consecutive lanes,
/// counted from the first that the file has.
struct Tile {
  int first_lane = 0;
  int num_lanes = 1;
  std::uint32_t first = 0;
  std::uint32_t count = 0;

  std::size_t num_worlds() const noexcept { return static_cast<std::size_t>(num_lanes) * count; }
};

/// All pointed to must outlive it.
struct Contents {
  Contents(const RunIdentity& identity, const model::Model& model, const model::ObservationLayout& layout,
           const statistics::Metric& metric, const Journal& journal, Detail detail, std::uint32_t num_replications);

  int num_strategies() const { return static_cast<int>(identity.strategy_names.size()); }
  int num_points() const { return static_cast<int>(identity.num_points()); }
  bool has_points() const { return !identity.sweep.empty(); }
  /// The world at a position along the dimension of replications, which is the replication unless this is of a part.
  experiment::WorldId world(int lane, std::uint32_t position) const { return {lane, first_replication + position}; }
  bool is_done(int lane, std::uint32_t position) const { return journal.is_done(world(lane, position)); }

  /// All tiles: by point, within by replication, within by strategy.
  std::vector<Tile> list_tiles() const;

  /// The dimensions that stand for the lane: ([point,] strategy).
  std::vector<std::string> lane_dimensions() const;
  std::vector<hsize_t> lane_start(int lane) const;        ///< index along them
  std::vector<hsize_t> lane_counts(int num_lanes) const;  ///< extents along them: one lane, or whole points
  std::vector<hsize_t> lane_chunk() const;                ///< of variables over worlds
  std::vector<hsize_t> point_chunk() const;               ///< of variables over lanes alone
  int lanes_at_once() const { return points_at_once * num_strategies(); }

  const RunIdentity& identity;
  const model::Model& model;
  const model::ObservationLayout& layout;
  const statistics::Metric& metric;
  const Journal& journal;
  Detail detail;
  std::uint32_t first_replication;
  std::uint32_t num_replications;  ///< length of the dimension
  std::uint32_t slab;              ///< replications in a tile, at most
  int points_at_once;              ///< more than one where they are small
  bool has_whole_points;           ///< a tile holds whole points rather than one lane
  int baseline;
};

/// Writes all of it; the file is then to be finished or read.
void write_contents(LabelledFile& file, const Contents& contents);

/// Bytes before compression, roughly.
std::uint64_t estimate_size(const Contents& contents);

/// Asks for the memory that HDF5 will need, since it may crash when memory runs out inside it. `size`: of the file, if
/// it is built in memory. Throws std::bad_alloc.
void require_memory(std::uint64_t size);

/// Files that are larger are built in a scratch file.
inline constexpr std::uint64_t largest_in_memory = std::uint64_t{256} << 20;

}  // namespace vouch::results
