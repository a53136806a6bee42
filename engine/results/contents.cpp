// SPDX-License-Identifier: Apache-2.0
#include "results/contents.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>

#include "results/comparison_group.hpp"
#include "results/coordinates.hpp"
#include "results/file_layout.hpp"
#include "results/summaries.hpp"
#include "results/world_columns.hpp"

namespace vouch::results {
namespace {

/// Of a sweep with few replications: so many points that their chunks are not tiny.
int choose_points_at_once(const RunIdentity& identity, std::uint32_t num_replications) {
  constexpr std::uint64_t enough_worlds = 512;
  const std::uint64_t worlds = std::uint64_t{num_replications} * identity.strategy_names.size();
  return static_cast<int>(std::clamp<std::uint64_t>(enough_worlds / std::max<std::uint64_t>(1, worlds), 1,
                                                    std::max<std::uint64_t>(1, identity.num_points())));
}

void write_completed(LabelledFile& file, const Contents& contents) {
  auto dimensions = contents.lane_dimensions();
  dimensions.emplace_back("replication");
  auto chunk = contents.point_chunk();
  chunk.push_back(std::min<hsize_t>(contents.num_replications, 65536));
  const auto variable =
      file.add_variable("", "completed", ValueType::int8, dimensions,
                        {{"long_name", std::string("1 where the world was simulated, 0 where it was not")}}, chunk);
  const int num_lanes = contents.num_points() * contents.num_strategies();
  std::vector<std::int8_t> values;
  for (int lane = 0; lane < num_lanes; lane += contents.lanes_at_once()) {
    const int count = std::min(contents.lanes_at_once(), num_lanes - lane);
    for (hsize_t first = 0; first < contents.num_replications; first += chunk.back()) {
      const hsize_t length = std::min(chunk.back(), contents.num_replications - first);
      values.clear();
      for (int l = lane; l < lane + count; ++l)
        for (hsize_t r = first; r < first + length; ++r)
          values.push_back(contents.is_done(l, static_cast<std::uint32_t>(r)) ? 1 : 0);
      auto start = contents.lane_start(lane);
      start.push_back(first);
      auto shape = contents.lane_counts(count);
      shape.push_back(length);
      file.write(variable, start, shape, values.data());
    }
  }
}

/// Everything that is made of the worlds' rows, read once.
void write_worlds(LabelledFile& file, const Contents& contents) {
  WorldColumns columns(file, contents);
  ComparisonGroup comparison(contents);
  const std::size_t size = contents.layout.size();
  std::vector<std::int64_t> rows;
  for (const Tile& tile : contents.list_tiles()) {
    rows.assign(tile.num_worlds() * size, 0);
    for (int l = 0; l < tile.num_lanes; ++l) {
      for (std::uint32_t i = 0; i < tile.count; ++i) {
        const experiment::WorldId world = contents.world(tile.first_lane + l, tile.first + i);
        const std::size_t place = static_cast<std::size_t>(l) * tile.count + i;
        if (contents.journal.is_done(world)) contents.journal.read(world, std::span(rows).subspan(place * size, size));
      }
    }
    columns.write(tile, rows);
    comparison.observe(tile, rows);
  }
  comparison.write(file);
}

}  // namespace

Contents::Contents(const RunIdentity& identity_, const model::Model& model_, const model::ObservationLayout& layout_,
                   const statistics::Metric& metric_, const Journal& journal_, Detail detail_,
                   std::uint32_t num_replications_)
    : identity(identity_),
      model(model_),
      layout(layout_),
      metric(metric_),
      journal(journal_),
      detail(detail_),
      first_replication(identity_.covered().first),
      num_replications(num_replications_),
      slab(choose_slab(layout_.size(), num_replications_)),
      points_at_once(choose_points_at_once(identity_, num_replications_)),
      has_whole_points(false),
      baseline(static_cast<int>(
          std::find(identity_.strategy_names.begin(), identity_.strategy_names.end(), identity_.baseline) -
          identity_.strategy_names.begin())) {
  if (baseline == num_strategies()) throw std::logic_error("the baseline is none of the strategies");
  const std::uint64_t worlds_at_once = std::uint64_t{num_replications} * static_cast<std::uint64_t>(lanes_at_once());
  const std::uint64_t most = choose_slab(layout.size(), 512);
  if (worlds_at_once > most) points_at_once = 1;
  has_whole_points = has_points() && std::uint64_t{num_replications} * identity.strategy_names.size() <= most;
}

std::vector<Tile> Contents::list_tiles() const {
  std::vector<Tile> tiles;
  if (has_whole_points) {
    for (int point = 0; point < num_points(); point += points_at_once) {
      const int count = std::min(points_at_once, num_points() - point);
      tiles.push_back({point * num_strategies(), count * num_strategies(), 0, num_replications});
    }
    return tiles;
  }
  for (int point = 0; point < num_points(); ++point)
    for (std::uint32_t first = 0; first < num_replications; first += slab)
      for (int strategy = 0; strategy < num_strategies(); ++strategy)
        tiles.push_back({point * num_strategies() + strategy, 1, first, std::min(slab, num_replications - first)});
  return tiles;
}

std::vector<std::string> Contents::lane_dimensions() const {
  return has_points() ? std::vector<std::string>{"point", "strategy"} : std::vector<std::string>{"strategy"};
}

std::vector<hsize_t> Contents::lane_start(int lane) const {
  const auto strategy = static_cast<hsize_t>(lane % num_strategies());
  if (!has_points()) return {strategy};
  return {static_cast<hsize_t>(lane / num_strategies()), strategy};
}

std::vector<hsize_t> Contents::lane_counts(int num_lanes) const {
  const auto lanes = static_cast<hsize_t>(num_lanes);
  if (!has_points()) return {lanes};
  if (num_lanes == 1) return {1, 1};
  const auto strategies = static_cast<hsize_t>(num_strategies());
  return {lanes / strategies, strategies};
}

std::vector<hsize_t> Contents::lane_chunk() const { return lane_counts(has_whole_points ? lanes_at_once() : 1); }

std::vector<hsize_t> Contents::point_chunk() const { return lane_counts(lanes_at_once()); }

void write_contents(LabelledFile& file, const Contents& contents) {
  write_root_attributes(file, contents.identity, contents.layout, results_schema_version);
  write_coordinates(file, contents);
  write_completed(file, contents);
  write_worlds(file, contents);
  write_summaries(file, contents);
}

std::uint64_t estimate_size(const Contents& contents) {
  std::uint64_t per_world = 1 + contents.layout.size();
  for (const model::ObservationBlock& block : contents.layout.blocks()) {
    if (!has_own_group(block)) per_world += 2 * block.size;
    if (has_own_group(block) && contents.detail == Detail::world) per_world += block.size;
  }
  return per_world * sizeof(std::int64_t) * contents.num_replications * contents.identity.num_lanes();
}

void require_memory(std::uint64_t size) {
  constexpr std::uint64_t for_metadata = std::uint64_t{32} << 20;
  ::operator delete(::operator new(static_cast<std::size_t>(size + for_metadata)));
}

}  // namespace vouch::results
