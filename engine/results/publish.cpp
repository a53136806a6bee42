// SPDX-License-Identifier: Apache-2.0
#include "results/publish.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <new>

#include "core/error.hpp"
#include "results/coordinates.hpp"
#include "results/file_layout.hpp"
#include "results/labelled_file.hpp"
#include "results/sealed_file.hpp"
#include "results/summary.hpp"

namespace vouch::results {
namespace {

constexpr std::uint64_t largest_in_memory = std::uint64_t{256} << 20;
constexpr std::size_t largest_summary = std::size_t{64} << 20;  ///< bytes of worlds kept for quantiles at a time

/// One variable over (strategy, replication, kept axes ...): a block of the row, summed over its other axes.
struct Column {
  const model::ObservationBlock* block;
  std::vector<hsize_t> kept;         ///< lengths of the kept axes
  std::vector<std::size_t> targets;  ///< by element of the block: which element of the variable it adds to
  std::size_t width = 1;
  LabelledFile::Variable variable;
};

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

class Publication {
 public:
  Publication(const std::string& scratch_path, const RunIdentity& identity, const model::Model& model,
              const model::ObservationLayout& layout, const Journal& journal, Detail detail)
      : identity_(identity),
        model_(model),
        layout_(layout),
        journal_(journal),
        detail_(detail),
        slab_(choose_slab(layout.size(), identity.replications)),
        baseline_(static_cast<int>(
            std::find(identity.strategy_names.begin(), identity.strategy_names.end(), identity.baseline) -
            identity.strategy_names.begin())),
        file_(scratch_path) {
    if (baseline_ == num_strategies()) throw std::logic_error("the baseline is none of the strategies");
  }

  std::span<const std::byte> build() {
    write_root_attributes(file_, identity_, layout_, results_schema_version);
    write_coordinates(file_, identity_, model_, layout_);
    write_completed();
    add_columns();
    write_columns();
    write_summaries();
    return file_.finish();
  }

  int error_number() const { return file_.error_number(); }

 private:
  int num_strategies() const { return static_cast<int>(identity_.strategy_names.size()); }
  bool is_done(int strategy, std::uint32_t replication) const { return journal_.is_done({strategy, replication}); }

  static std::vector<Attribute> describe(const model::ObservationBlock& block) {
    return {{"long_name", std::string(block.description)}, {"units", std::string(file_units(block.unit))}};
  }

  void write_completed() {
    const auto variable =
        file_.add_variable("", "completed", ValueType::int8, {"strategy", "replication"},
                           {{"long_name", std::string("1 where the world was simulated, 0 where it was not")}});
    std::vector<std::int8_t> values(identity_.replications);
    for (int s = 0; s < num_strategies(); ++s) {
      for (std::uint32_t r = 0; r < identity_.replications; ++r) values[r] = is_done(s, r) ? 1 : 0;
      file_.write(variable, {static_cast<hsize_t>(s), 0}, {1, identity_.replications}, values.data());
    }
  }

  void add_column(const std::string& group, const model::ObservationBlock& block, const std::vector<bool>& kept) {
    Column column{&block, {}, compute_targets(block, kept), 1, {}};
    std::vector<std::string> dimensions = {"strategy", "replication"};
    std::vector<hsize_t> chunk = {1, slab_};
    for (std::size_t axis = 0; axis < block.axes.size(); ++axis) {
      if (!kept[axis]) continue;
      dimensions.emplace_back(dimension_of(block.axes[axis]));
      chunk.push_back(block.shape[axis]);
      column.kept.push_back(block.shape[axis]);
      column.width *= block.shape[axis];
    }
    const ValueType type = block.unit == model::Unit::count ? ValueType::int64 : ValueType::float64;
    column.variable = file_.add_variable(group, name_in_file(block), type, dimensions, describe(block), chunk);
    columns_.push_back(std::move(column));
  }

  void add_columns() {
    using model::Axis;
    const auto add_group = [this](const std::string& group, Axis extra) {
      for (const model::ObservationBlock& block : layout_.blocks()) {
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
    if (detail_ == Detail::summary) return;
    for (const model::ObservationBlock& block : layout_.blocks()) {
      if (has_own_group(block)) add_column(std::string(block.group), block, std::vector<bool>(block.axes.size(), true));
    }
  }

  void write_columns() {
    const std::size_t size = layout_.size();
    std::vector<std::int64_t> rows(slab_ * size);
    for (int strategy = 0; strategy < num_strategies(); ++strategy) {
      for (std::uint32_t first = 0; first < identity_.replications; first += slab_) {
        const auto count = std::min(slab_, identity_.replications - first);
        for (std::uint32_t i = 0; i < count; ++i) {
          if (is_done(strategy, first + i))
            journal_.read({strategy, first + i}, std::span(rows).subspan(i * size, size));
        }
        for (const Column& column : columns_) write_column(column, strategy, first, count, rows);
      }
    }
    columns_.clear();
  }

  void write_column(const Column& column, int strategy, std::uint32_t first, std::uint32_t count,
                    const std::vector<std::int64_t>& rows) {
    std::vector<std::int64_t>& sums = sums_;
    sums.assign(count * column.width, 0);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (!is_done(strategy, first + i)) continue;
      const std::int64_t* row = rows.data() + i * layout_.size() + column.block->offset;
      for (std::size_t k = 0; k < column.block->size; ++k) sums[i * column.width + column.targets[k]] += row[k];
    }
    std::vector<hsize_t> start(2 + column.kept.size(), 0);
    start[0] = static_cast<hsize_t>(strategy);
    start[1] = first;
    std::vector<hsize_t> shape = {1, count};
    shape.insert(shape.end(), column.kept.begin(), column.kept.end());
    if (column.variable.type == ValueType::int64) {
      file_.write(column.variable, start, shape, sums.data());
      return;
    }
    std::vector<double> values(sums.size());
    for (std::size_t i = 0; i < sums.size(); ++i) {
      values[i] = is_done(strategy, first + static_cast<std::uint32_t>(i / column.width))
                      ? static_cast<double>(sums[i]) / divisor_of(column.block->unit)
                      : std::numeric_limits<double>::quiet_NaN();
    }
    file_.write(column.variable, start, shape, values.data());
  }

  /// Series and curves, as many at a time as fit in memory.
  void write_summaries() {
    const std::size_t worlds = std::min<std::size_t>(identity_.replications, max_quantile_worlds);
    std::vector<const model::ObservationBlock*> batch;
    std::size_t width = 0;
    for (const model::ObservationBlock& block : layout_.blocks()) {
      if (!has_own_group(block)) continue;
      if (!batch.empty() && (width + block.size) * worlds * sizeof(double) > largest_summary) {
        write_summaries(batch, width);
        batch.clear();
        width = 0;
      }
      batch.push_back(&block);
      width += block.size;
    }
    if (!batch.empty()) write_summaries(batch, width);
  }

  struct SummaryVariables {
    LabelledFile::Variable mean, variance, quantiles, difference_mean, difference_variance;
  };

  SummaryVariables add_summary(const model::ObservationBlock& block) {
    const std::string units(file_units(block.unit));
    const std::string squared = units == "1" ? units : units + "2";
    const auto add = [&](const std::string& suffix, const std::string& what, const std::string& unit,
                         bool quantiles = false) {
      std::vector<std::string> dimensions = {"strategy"};
      for (const model::Axis axis : block.axes) dimensions.emplace_back(dimension_of(axis));
      if (quantiles) dimensions.emplace_back("quantile");
      return file_.add_variable(std::string(block.group), name_in_file(block) + suffix, ValueType::float64, dimensions,
                                {{"long_name", std::string(block.description) + ": " + what}, {"units", unit}});
    };
    SummaryVariables variables;
    variables.mean = add("_mean", "mean over worlds", units);
    variables.variance = add("_variance", "variance over worlds", squared);
    variables.quantiles = add("_quantiles", "quantiles over worlds", units, true);
    variables.difference_mean = add("_difference_mean", "mean paired difference from the baseline", units);
    variables.difference_variance =
        add("_difference_variance", "variance of the paired difference from the baseline", squared);
    return variables;
  }

  void write_summaries(const std::vector<const model::ObservationBlock*>& blocks, std::size_t width) {
    std::vector<SummaryVariables> variables;
    for (const model::ObservationBlock* block : blocks) variables.push_back(add_summary(*block));
    for (int strategy = 0; strategy < num_strategies(); ++strategy) {
      const Summary summary = summarise(strategy, blocks, width);
      const auto means = summary.moments().means();
      const auto variances = summary.moments().variances();
      const auto quantiles = summary.compute_quantiles();
      const auto difference_means = summary.differences().means();
      const auto difference_variances = summary.differences().variances();
      std::size_t offset = 0;
      for (std::size_t b = 0; b < blocks.size(); ++b) {
        std::vector<hsize_t> start(1 + blocks[b]->shape.size(), 0);
        start[0] = static_cast<hsize_t>(strategy);
        std::vector<hsize_t> shape = {1};
        shape.insert(shape.end(), blocks[b]->shape.begin(), blocks[b]->shape.end());
        file_.write(variables[b].mean, start, shape, means.data() + offset);
        file_.write(variables[b].variance, start, shape, variances.data() + offset);
        file_.write(variables[b].difference_mean, start, shape, difference_means.data() + offset);
        file_.write(variables[b].difference_variance, start, shape, difference_variances.data() + offset);
        start.push_back(0);
        shape.push_back(num_summary_quantiles);
        file_.write(variables[b].quantiles, start, shape, quantiles.data() + offset * num_summary_quantiles);
        offset += blocks[b]->size;
      }
    }
  }

  Summary summarise(int strategy, const std::vector<const model::ObservationBlock*>& blocks, std::size_t width) const {
    Summary summary(width, identity_.replications);
    std::vector<double> own(slab_ * width);
    std::vector<double> base(own.size());
    for (std::uint32_t first = 0; first < identity_.replications; first += slab_) {
      const auto count = std::min(slab_, identity_.replications - first);
      read_values(strategy, first, count, blocks, own);
      read_values(baseline_, first, count, blocks, base);
      for (std::uint32_t i = 0; i < count; ++i) {
        if (!is_done(strategy, first + i)) continue;
        const auto values = std::span<const double>(own).subspan(i * width, width);
        summary.add(values);
        if (is_done(baseline_, first + i))
          summary.add_pair(values, std::span<const double>(base).subspan(i * width, width));
      }
    }
    return summary;
  }

  /// The blocks' values of consecutive worlds, one world after the other.
  void read_values(int strategy, std::uint32_t first, std::uint32_t count,
                   const std::vector<const model::ObservationBlock*>& blocks, std::vector<double>& values) const {
    std::vector<std::int64_t> row(layout_.size());
    const std::size_t width = values.size() / slab_;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (!is_done(strategy, first + i)) continue;
      journal_.read({strategy, first + i}, row);
      double* out = values.data() + i * width;
      for (const model::ObservationBlock* block : blocks) {
        const double divisor = divisor_of(block->unit);
        for (std::size_t k = 0; k < block->size; ++k) *out++ = static_cast<double>(row[block->offset + k]) / divisor;
      }
    }
  }

  const RunIdentity& identity_;
  const model::Model& model_;
  const model::ObservationLayout& layout_;
  const Journal& journal_;
  Detail detail_;
  std::uint32_t slab_;  ///< replications read, written and compressed at once
  int baseline_;
  LabelledFile file_;
  std::vector<Column> columns_;
  std::vector<std::int64_t> sums_;
};

/// Bytes before compression, roughly.
std::uint64_t estimate_size(const RunIdentity& identity, const model::ObservationLayout& layout, Detail detail) {
  std::uint64_t per_world = 0;
  for (const model::ObservationBlock& block : layout.blocks()) {
    if (!has_own_group(block)) per_world += 2 * block.size;
    if (has_own_group(block) && detail == Detail::world) per_world += block.size;
  }
  return per_world * sizeof(std::int64_t) * identity.replications * identity.strategy_names.size();
}

/// HDF5 may crash when memory runs out inside it; so what it will need is asked for before. Throws std::bad_alloc.
void require_memory(std::uint64_t bytes) {
  constexpr std::uint64_t for_metadata = std::uint64_t{32} << 20;
  ::operator delete(::operator new(static_cast<std::size_t>(bytes + for_metadata)));
}

}  // namespace

void publish_results(const std::string& path, const RunIdentity& identity, const model::Model& model,
                     const model::ObservationLayout& layout, Journal& journal, Detail detail) {
  int error_number = 0;
  std::unique_ptr<Publication> publication;
  journal.sync();
  try {
    const std::uint64_t size = estimate_size(identity, layout, detail);
    const std::string scratch = size > largest_in_memory ? path + ".scratch" : "";
    require_memory(scratch.empty() ? size : 0);
    publication = std::make_unique<Publication>(scratch, identity, model, layout, journal, detail);
    try {
      publish_sealed(path, publication->build());
    } catch (...) {
      error_number = publication->error_number();
      throw;
    }
  } catch (const std::bad_alloc&) {
    // HDF5 may crash while it closes what lacks memory: it is left as it is, the program ends anyway.
    static_cast<void>(publication.release());
    throw Error(ExitCode::resources,
                fmt::format("cannot write '{}': out of memory; every finished world is kept; make memory free and run "
                            "the same command again",
                            path));
  } catch (const Hdf5Failure& failure) {
    const std::string reason = error_number != 0 ? std::strerror(error_number) : failure.what();
    throw Error(
        error_number == ENOMEM ? ExitCode::resources : ExitCode::io,
        fmt::format("cannot write '{}': {}; every finished world is kept; make room and run the same command again",
                    path, reason));
  } catch (const Error& error) {
    if (error.code() != ExitCode::io) throw;
    throw Error(
        ExitCode::io,
        fmt::format("{}; every finished world is kept; run the same command again when it is put right", error.what()));
  }
  journal.remove();
}

}  // namespace vouch::results
