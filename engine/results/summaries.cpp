// SPDX-License-Identifier: Apache-2.0
#include "results/summaries.hpp"

#include <algorithm>

#include "results/file_layout.hpp"
#include "results/summary.hpp"

namespace vouch::results {
namespace {

constexpr std::size_t largest_summary = std::size_t{64} << 20;  ///< bytes of worlds kept for quantiles at a time

/// The variables of one series or curve, and their values of the lanes that are written at once.
struct SummaryVariables {
  const model::ObservationBlock* block = nullptr;
  LabelledFile::Variable mean, variance, quantiles, difference_mean, difference_variance;
};

/// By statistic: the lanes' values, one lane after the other.
struct Values {
  std::vector<double> mean, variance, quantiles, difference_mean, difference_variance;
};

/// Several series and curves at a time, as many as fit in memory.
class SummaryBatch {
 public:
  SummaryBatch(LabelledFile& file, const Contents& contents, const std::vector<const model::ObservationBlock*>& blocks)
      : file_(file), contents_(contents) {
    for (const model::ObservationBlock* block : blocks) {
      width_ += block->size;
      add(*block);
    }
  }

  void write() {
    const int num_lanes = contents_.num_points() * contents_.num_strategies();
    for (int lane = 0; lane < num_lanes; lane += contents_.lanes_at_once())
      write_lanes(lane, std::min(contents_.lanes_at_once(), num_lanes - lane));
  }

 private:
  void add(const model::ObservationBlock& block) {
    const std::string units(file_units(block.unit));
    const std::string squared = units == "1" ? units : units + "2";
    const auto make = [&](const std::string& suffix, const std::string& what, const std::string& unit,
                          bool quantiles = false) {
      std::vector<std::string> dimensions = contents_.lane_dimensions();
      std::vector<hsize_t> chunk = contents_.point_chunk();
      for (const model::Axis axis : block.axes) dimensions.emplace_back(dimension_of(axis));
      chunk.insert(chunk.end(), block.shape.begin(), block.shape.end());
      if (quantiles) dimensions.emplace_back("quantile");
      if (quantiles) chunk.push_back(num_summary_quantiles);
      return file_.add_variable(std::string(block.group), name_in_file(block) + suffix, ValueType::float64, dimensions,
                                {{"long_name", std::string(block.description) + ": " + what}, {"units", unit}}, chunk);
    };
    SummaryVariables& own = variables_.emplace_back();
    own.block = &block;
    own.mean = make("_mean", "mean over worlds", units);
    own.variance = make("_variance", "variance over worlds", squared);
    own.quantiles = make("_quantiles", "quantiles over worlds", units, true);
    own.difference_mean = make("_difference_mean", "mean paired difference from the baseline", units);
    own.difference_variance =
        make("_difference_variance", "variance of the paired difference from the baseline", squared);
  }

  void write_lanes(int first_lane, int num_lanes) {
    std::vector<Values> by_lane;
    for (int lane = first_lane; lane < first_lane + num_lanes; ++lane) {
      const Summary summary = summarise(lane);
      by_lane.push_back({summary.moments().means(), summary.moments().variances(), summary.compute_quantiles(),
                         summary.differences().means(), summary.differences().variances()});
    }
    std::size_t offset = 0;
    for (const SummaryVariables& own : variables_) {
      const auto put = [&](const LabelledFile::Variable& variable, std::vector<double> Values::*statistic,
                           std::size_t per_element) {
        std::vector<double> values;
        for (const Values& lane : by_lane) {
          const auto begin = (lane.*statistic).begin() + static_cast<std::ptrdiff_t>(offset * per_element);
          values.insert(values.end(), begin, begin + static_cast<std::ptrdiff_t>(own.block->size * per_element));
        }
        std::vector<hsize_t> start = contents_.lane_start(first_lane);
        start.resize(variable.shape.size(), 0);
        std::vector<hsize_t> shape = contents_.lane_counts(num_lanes);
        shape.insert(shape.end(), variable.shape.begin() + static_cast<std::ptrdiff_t>(shape.size()),
                     variable.shape.end());
        file_.write(variable, start, shape, values.data());
      };
      put(own.mean, &Values::mean, 1);
      put(own.variance, &Values::variance, 1);
      put(own.quantiles, &Values::quantiles, num_summary_quantiles);
      put(own.difference_mean, &Values::difference_mean, 1);
      put(own.difference_variance, &Values::difference_variance, 1);
      offset += own.block->size;
    }
  }

  Summary summarise(int lane) const {
    const int baseline = lane / contents_.num_strategies() * contents_.num_strategies() + contents_.baseline;
    Summary summary(width_, contents_.num_replications);
    std::vector<double> own(contents_.slab * width_);
    std::vector<double> base(own.size());
    for (std::uint32_t first = 0; first < contents_.num_replications; first += contents_.slab) {
      const auto count = std::min(contents_.slab, contents_.num_replications - first);
      read_values(lane, first, count, own);
      read_values(baseline, first, count, base);
      for (std::uint32_t i = 0; i < count; ++i) {
        if (!contents_.is_done(lane, first + i)) continue;
        const auto values = std::span<const double>(own).subspan(i * width_, width_);
        summary.add(values);
        if (contents_.is_done(baseline, first + i))
          summary.add_pair(values, std::span<const double>(base).subspan(i * width_, width_));
      }
    }
    return summary;
  }

  /// The blocks' values of consecutive worlds, one world after the other.
  void read_values(int lane, std::uint32_t first, std::uint32_t count, std::vector<double>& values) const {
    std::vector<std::int64_t> row(contents_.layout.size());
    for (std::uint32_t i = 0; i < count; ++i) {
      if (!contents_.is_done(lane, first + i)) continue;
      contents_.journal.read(contents_.world(lane, first + i), row);
      double* out = values.data() + i * width_;
      for (const SummaryVariables& own : variables_) {
        const double divisor = divisor_of(own.block->unit);
        for (std::size_t k = 0; k < own.block->size; ++k)
          *out++ = static_cast<double>(row[own.block->offset + k]) / divisor;
      }
    }
  }

  LabelledFile& file_;
  const Contents& contents_;
  std::size_t width_ = 0;
  std::vector<SummaryVariables> variables_;
};

}  // namespace

void write_summaries(LabelledFile& file, const Contents& contents) {
  const std::size_t worlds = std::min<std::size_t>(contents.num_replications, max_quantile_worlds);
  std::vector<const model::ObservationBlock*> blocks;
  std::size_t width = 0;
  const auto write = [&] {
    if (!blocks.empty()) SummaryBatch(file, contents, blocks).write();
    blocks.clear();
    width = 0;
  };
  for (const model::ObservationBlock& block : contents.layout.blocks()) {
    if (!has_own_group(block)) continue;
    if ((width + block.size) * worlds * sizeof(double) > largest_summary) write();
    blocks.push_back(&block);
    width += block.size;
  }
  write();
}

}  // namespace vouch::results
