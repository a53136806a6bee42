// SPDX-License-Identifier: Apache-2.0
#include "results/world_columns.hpp"

#include <algorithm>
#include <limits>

#include "results/file_layout.hpp"

namespace vouch::results {
namespace {

/// Where each element of a block goes when only some of its axes are kept.
std::vector<std::size_t> compute_targets(const model::ObservationBlock& block, const std::vector<bool>& kept) {
  std::vector<std::size_t> targets(block.size);
  for (std::size_t element = 0; element < block.size; ++element) {
    std::size_t rest = element;
    std::size_t stride = 1;
    for (std::size_t axis = block.axes.size(); axis-- > 0;) {
      const std::size_t position = rest % block.shape[axis];
      rest /= block.shape[axis];
      if (!kept[axis]) continue;
      targets[element] += position * stride;
      stride *= block.shape[axis];
    }
  }
  return targets;
}

/// Of the whole of a world, if it is known: a number, or one for each point of a sweep.
void add_expectation(const RunIdentity& identity, const model::ObservationBlock& block,
                     std::vector<Attribute>& attributes) {
  for (const Expectation& known : identity.expectations) {
    if (known.metric != block.name) continue;
    if (identity.sweep.empty())
      attributes.push_back({"expectation", known.values.front()});
    else
      attributes.push_back({"expectation", known.values});
  }
}

}  // namespace

WorldColumns::WorldColumns(LabelledFile& file, const Contents& contents) : file_(file), contents_(contents) {
  add_columns();
  add_rows();
}

void WorldColumns::add_column(const std::string& group, const model::ObservationBlock& block,
                              const std::vector<bool>& kept) {
  Column column{&block, {}, compute_targets(block, kept), 1, {}};
  std::vector<std::string> dimensions = contents_.lane_dimensions();
  dimensions.emplace_back("replication");
  std::vector<hsize_t> chunk = contents_.lane_chunk();
  chunk.push_back(contents_.slab);
  for (std::size_t axis = 0; axis < block.axes.size(); ++axis) {
    if (!kept[axis]) continue;
    dimensions.emplace_back(dimension_of(block.axes[axis]));
    chunk.push_back(block.shape[axis]);
    column.kept.push_back(block.shape[axis]);
    column.width *= block.shape[axis];
  }
  const ValueType type = block.unit == model::Unit::count ? ValueType::int64 : ValueType::float64;
  std::vector<Attribute> attributes{{"long_name", std::string(block.description)},
                                    {"units", std::string(file_units(block.unit))}};
  if (group.empty()) add_expectation(contents_.identity, block, attributes);
  column.variable = file_.add_variable(group, name_in_file(block), type, dimensions, attributes, chunk);
  columns_.push_back(std::move(column));
}

void WorldColumns::add_columns() {
  using model::Axis;
  const auto add_group = [this](const std::string& group, Axis extra) {
    for (const model::ObservationBlock& block : contents_.layout.blocks()) {
      if (has_own_group(block)) continue;
      std::vector<bool> kept;
      for (const Axis axis : block.axes)
        kept.push_back((axis != Axis::segment && axis != Axis::cohort) || axis == extra);
      add_column(group, block, kept);
    }
  };
  add_group("", Axis::source);
  add_group("by_segment", Axis::segment);
  add_group("by_cohort", Axis::cohort);
  if (contents_.detail == Detail::summary) return;
  for (const model::ObservationBlock& block : contents_.layout.blocks()) {
    if (has_own_group(block)) add_column(std::string(block.group), block, std::vector<bool>(block.axes.size(), true));
  }
}

/// Replications vary fastest, since a number resembles its neighbours in other worlds: that compresses best.
void WorldColumns::add_rows() {
  constexpr hsize_t largest_chunk = hsize_t{4} << 20;  // bytes
  std::vector<std::string> dimensions = contents_.lane_dimensions();
  dimensions.insert(dimensions.end(), {"element", "replication"});
  std::vector<hsize_t> chunk = contents_.lane_chunk();
  hsize_t bytes = sizeof(std::int64_t) * contents_.slab;
  for (const hsize_t length : chunk) bytes *= length;
  chunk.push_back(std::clamp<hsize_t>(largest_chunk / bytes, 1, contents_.layout.size()));
  chunk.push_back(contents_.slab);
  rows_ = file_.add_variable("worlds", "rows", ValueType::int64, dimensions,
                             {{"long_name", std::string("all that worlds reported, as vouch appends to it")}}, chunk);
}

void WorldColumns::write(const Tile& tile, std::span<const std::int64_t> rows) {
  done_.clear();
  for (int lane = tile.first_lane; lane < tile.first_lane + tile.num_lanes; ++lane)
    for (std::uint32_t r = tile.first; r < tile.first + tile.count; ++r) done_.push_back(contents_.is_done(lane, r));
  for (const Column& column : columns_) write_column(column, tile, rows);
  write_rows(tile, rows);
}

void WorldColumns::write_column(const Column& column, const Tile& tile, std::span<const std::int64_t> rows) {
  sums_.assign(tile.num_worlds() * column.width, 0);
  for (std::size_t w = 0; w < tile.num_worlds(); ++w) {
    const std::int64_t* row = rows.data() + w * contents_.layout.size() + column.block->offset;
    for (std::size_t k = 0; k < column.block->size; ++k) sums_[w * column.width + column.targets[k]] += row[k];
  }
  std::vector<hsize_t> start = contents_.lane_start(tile.first_lane);
  start.push_back(tile.first);
  start.resize(start.size() + column.kept.size(), 0);
  std::vector<hsize_t> shape = contents_.lane_counts(tile.num_lanes);
  shape.push_back(tile.count);
  shape.insert(shape.end(), column.kept.begin(), column.kept.end());
  if (column.variable.type == ValueType::int64) {
    file_.write(column.variable, start, shape, sums_.data());
    return;
  }
  values_.resize(sums_.size());
  const double divisor = divisor_of(column.block->unit);
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    values_[i] =
        done_[i / column.width] ? static_cast<double>(sums_[i]) / divisor : std::numeric_limits<double>::quiet_NaN();
  }
  file_.write(column.variable, start, shape, values_.data());
}

void WorldColumns::write_rows(const Tile& tile, std::span<const std::int64_t> rows) {
  if (std::find(done_.begin(), done_.end(), true) == done_.end()) return;  // 0 is what unwritten numbers read as
  const std::size_t size = contents_.layout.size();
  std::vector<std::int64_t>& turned = sums_;
  turned.resize(rows.size());
  for (std::size_t lane = 0; lane < static_cast<std::size_t>(tile.num_lanes); ++lane) {
    const std::int64_t* const from = rows.data() + lane * tile.count * size;
    std::int64_t* const to = turned.data() + lane * tile.count * size;
    for (std::size_t i = 0; i < tile.count; ++i)
      for (std::size_t k = 0; k < size; ++k) to[k * tile.count + i] = from[i * size + k];
  }
  std::vector<hsize_t> start = contents_.lane_start(tile.first_lane);
  start.insert(start.end(), {0, tile.first});
  std::vector<hsize_t> shape = contents_.lane_counts(tile.num_lanes);
  shape.insert(shape.end(), {size, tile.count});
  file_.write(rows_, start, shape, turned.data());
}

}  // namespace vouch::results
