// SPDX-License-Identifier: Apache-2.0
#include "results/results_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "core/error.hpp"
#include "results/hdf5_reading.hpp"
#include "results/results_file_impl.hpp"

namespace vouch::results {
namespace {

using Shape = std::vector<hsize_t>;

/// By lane, then the axes given.
Shape shape_of(const RunIdentity& identity, const Shape& then) {
  Shape shape;
  if (!identity.sweep.empty()) shape.push_back(identity.num_points());
  shape.push_back(identity.strategy_names.size());
  shape.insert(shape.end(), then.begin(), then.end());
  return shape;
}

/// Where to read along the first axes of a variable.
struct Block {
  std::vector<hsize_t> start;
  std::vector<hsize_t> count;

  Block then(hsize_t first, hsize_t length) const {
    Block block = *this;
    block.start.push_back(first);
    block.count.push_back(length);
    return block;
  }
};

Block place_lane(const RunIdentity& identity, int lane) {
  const auto strategies = std::max<hsize_t>(1, identity.strategy_names.size());
  const auto index = static_cast<hsize_t>(lane);
  if (identity.sweep.empty()) return {{index}, {1}};
  return {{index / strategies, index % strategies}, {1, 1}};
}

const char* suffix_of(Statistic statistic) {
  switch (statistic) {
    case Statistic::mean:
      return "_mean";
    case Statistic::variance:
      return "_variance";
    case Statistic::difference_mean:
      return "_difference_mean";
    case Statistic::difference_variance:
      return "_difference_variance";
  }
  return "";
}

std::vector<std::string> list_summaries(hid_t file, const std::string& group) {
  const std::string suffix = "_difference_mean";
  std::vector<std::string> names;
  for (const std::string& name : list_datasets(file, group)) {
    if (name.size() > suffix.size() && name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0) {
      names.push_back(name.substr(0, name.size() - suffix.size()));
    }
  }
  return names;
}

/// What stands behind the lanes of a summary must be bins, and sources where there is another axis; or a curve's bands.
void require_axes(const ResultsFile& file, const std::string& group, const std::string& name, const Shape& axes) {
  const bool is_series = group == "series";
  const std::size_t length = is_series ? file.bin_starts().size() : file.curve_axis(name).lower.size();
  const bool are_sources = is_series && axes.size() == 2 && axes[1] == file.source_names().size();
  if (axes.empty() || axes[0] != length || (axes.size() > 1 && !are_sources))
    throw Hdf5Failure("HDF5 found '" + name + "' in another shape than the file tells");
}

bool has_dataset(hid_t file, const std::string& name) { return H5Lexists(file, name.c_str(), H5P_DEFAULT) > 0; }

[[noreturn]] void refuse_name(const std::string& path, const std::string& what, const std::string& name,
                              const std::vector<std::string>& known) {
  const std::string nearest = find_nearest(name, known);
  throw Error(ExitCode::usage,
              fmt::format("'{}' has no {} '{}'; {}", path, what, name,
                          nearest.empty() ? "vouch inspect lists what it has" : "did you mean '" + nearest + "'?"));
}

}  // namespace

ResultsFile::ResultsFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ResultsFile::~ResultsFile() {
  const RequiredMemory required("out of memory");  // so short that it needs none
  impl_.reset();
}
ResultsFile::ResultsFile(ResultsFile&&) noexcept = default;
ResultsFile& ResultsFile::operator=(ResultsFile&&) noexcept = default;

const std::string& ResultsFile::path() const noexcept { return impl_->path; }
const RunIdentity& ResultsFile::identity() const noexcept { return impl_->identity; }
const std::string& ResultsFile::worlds() const noexcept { return impl_->worlds; }
const std::optional<Unfinished>& ResultsFile::unfinished() const noexcept { return impl_->unfinished; }
const std::string& ResultsFile::worlds_digest() const noexcept { return impl_->worlds_digest; }
std::string ResultsFile::created() const { return impl_->created; }
int ResultsFile::num_strategies() const noexcept { return static_cast<int>(impl_->identity.strategy_names.size()); }
std::uint32_t ResultsFile::num_replications() const noexcept { return impl_->num_replications; }
const std::vector<MetricInfo>& ResultsFile::metrics() const noexcept { return impl_->metrics; }
const std::vector<std::string>& ResultsFile::source_names() const noexcept { return impl_->source_names; }
const std::vector<std::string>& ResultsFile::cohort_names() const noexcept { return impl_->cohort_names; }

const MetricInfo* ResultsFile::find_metric(const std::string& name) const noexcept {
  const auto found =
      std::find_if(impl_->metrics.begin(), impl_->metrics.end(), [&](const auto& info) { return info.name == name; });
  return found == impl_->metrics.end() ? nullptr : &*found;
}

Replications ResultsFile::clip(Replications replications) const noexcept {
  const std::uint32_t first = std::min(replications.first, num_replications());
  return {first, std::min(replications.count, num_replications() - first)};
}

std::vector<std::uint8_t> ResultsFile::completed(int lane, Replications replications) const {
  const auto [first, count] = clip(replications);
  return read_or_refuse(impl_->path, [&, first = first, count = count] {
    const Block block = place_lane(impl_->identity, lane).then(first, count);
    const Shape shape = shape_of(impl_->identity, {num_replications()});
    const auto values = read_integers_in(open_shaped(impl_->file, "completed", shape), block.start, block.count);
    return std::vector<std::uint8_t>(values.begin(), values.end());
  });
}

std::uint32_t ResultsFile::count_completed(int lane) const {
  const std::vector<std::uint8_t> there = completed(lane);
  return static_cast<std::uint32_t>(std::count(there.begin(), there.end(), std::uint8_t{1}));
}

std::size_t ResultsFile::num_elements() const {
  return read_or_refuse(impl_->path, [&] { return std::size_t{read_length(impl_->file, "element")}; });
}

std::vector<std::int64_t> ResultsFile::read_rows(int lane, Replications replications) const {
  const auto [first, count] = clip(replications);
  const std::size_t size = num_elements();
  const auto turned = read_or_refuse(impl_->path, [&, first = first, count = count] {
    const Block block = place_lane(impl_->identity, lane).then(0, size).then(first, count);
    const Shape shape = shape_of(impl_->identity, {size, num_replications()});
    // The lanes of small sweeps lie in chunks together: these are not to be decompressed for each lane anew.
    constexpr std::size_t cache_bytes = std::size_t{72} << 20;  // of the largest tile, see choose_slab
    if (impl_->rows < 0)
      impl_->rows = open_shaped(impl_->file, "worlds/rows", shape, impl_->identity.sweep.empty() ? 0 : cache_bytes);
    return read_integers_in(impl_->rows, block.start, block.count);
  });
  std::vector<std::int64_t> rows(turned.size());
  for (std::size_t k = 0; k < size; ++k)
    for (std::size_t i = 0; i < count; ++i) rows[i * size + k] = turned[k * count + i];
  return rows;
}

const MetricInfo& ResultsFile::require_metric(const std::string& name) const {
  if (const MetricInfo* info = find_metric(name)) return *info;
  std::vector<std::string> known;
  for (const MetricInfo& info : impl_->metrics) known.push_back(info.name);
  refuse_name(impl_->path, "metric", name, known);
}

std::vector<double> ResultsFile::read_metric(const std::string& name, int lane, const Slice& slice,
                                             Replications replications) const {
  const bool by_source = require_metric(name).by_source;
  if (slice.source && !by_source)
    throw Error(ExitCode::usage, fmt::format("'{}' is not known by source; only quantities of the funnel are", name));
  // Behind the replication stand the source, if there is one, and the segment or cohort.
  const std::size_t parts = slice.segment  ? impl_->identity.segment_names.size()
                            : slice.cohort ? impl_->cohort_names.size()
                                           : 1;
  const auto part = static_cast<std::size_t>(slice.segment.value_or(slice.cohort.value_or(0)));
  const char* const group = slice.segment ? "by_segment/" : slice.cohort ? "by_cohort/" : "";
  const auto [first, count] = clip(replications);
  const auto values = read_or_refuse(impl_->path, [&, first = first, count = count] {
    const Block block = place_lane(impl_->identity, lane).then(first, count);
    Shape then = {num_replications()};
    if (by_source) then.push_back(impl_->source_names.size());
    if (*group != '\0') then.push_back(parts);
    return read_numbers_in(open_shaped(impl_->file, group + name, shape_of(impl_->identity, then)), block.start,
                           block.count);
  });
  const std::size_t width = values.size() / std::max<std::size_t>(1, count);
  std::vector<double> sums(count, 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t source = i % width / parts;
    if (i % parts == part && (!slice.source || source == static_cast<std::size_t>(*slice.source)))
      sums[i / width] += values[i];
  }
  const auto done = completed(lane, {first, count});
  for (std::size_t r = 0; r < count; ++r) {
    if (done[r] == 0) sums[r] = std::numeric_limits<double>::quiet_NaN();
  }
  return sums;
}

std::vector<std::string> ResultsFile::series_names() const {
  return read_or_refuse(impl_->path, [&] { return list_summaries(impl_->file, "series"); });
}

std::vector<std::string> ResultsFile::curve_names() const {
  return read_or_refuse(impl_->path, [&] { return list_summaries(impl_->file, "curves"); });
}

std::vector<SeriesInfo> ResultsFile::series() const {
  return read_or_refuse(impl_->path, [&] {
    std::vector<SeriesInfo> series;
    const std::size_t num_lane_axes = place_lane(impl_->identity, 0).start.size();
    for (const std::string& name : list_summaries(impl_->file, "series")) {
      const Hdf5Handle dataset = open_dataset(impl_->file, "series/" + name + suffix_of(Statistic::mean));
      std::string text = read_text_attribute(dataset, "long_name");
      text.resize(std::min(text.size(), text.rfind(": ")));  // behind it stands which statistic this is
      series.push_back({name, read_unit(dataset), std::move(text), read_shape(dataset).size() == num_lane_axes + 2});
    }
    return series;
  });
}

void ResultsFile::require_summary(const std::string& group, const std::string& name) const {
  const auto known = list_summaries(impl_->file, group);
  if (std::find(known.begin(), known.end(), name) == known.end())
    refuse_name(impl_->path, group == "series" ? "series" : "curve", name, known);
}

std::vector<double> ResultsFile::read_summary(const std::string& group, const std::string& name, int lane,
                                              const std::string& suffix) const {
  return read_or_refuse(impl_->path, [&] {
    require_summary(group, name);
    const Block block = place_lane(impl_->identity, lane);
    const std::string first = group + "/" + name + suffix_of(Statistic::mean);
    const std::size_t num_lane_axes = block.start.size();
    Shape then = read_shape(open_dataset(impl_->file, first));
    then.erase(then.begin(), then.begin() + static_cast<std::ptrdiff_t>(std::min(num_lane_axes, then.size())));
    require_axes(*this, group, name, then);
    if (suffix == "_quantiles") then.push_back(quantiles().size());
    return read_numbers_in(open_shaped(impl_->file, group + "/" + name + suffix, shape_of(impl_->identity, then)),
                           block.start, block.count);
  });
}

std::vector<double> ResultsFile::read_series(const std::string& name, int lane, Statistic statistic) const {
  return read_summary("series", name, lane, suffix_of(statistic));
}

std::vector<double> ResultsFile::read_curve(const std::string& name, int lane, Statistic statistic) const {
  return read_summary("curves", name, lane, suffix_of(statistic));
}

std::vector<double> ResultsFile::read_series_quantiles(const std::string& name, int lane) const {
  return read_summary("series", name, lane, "_quantiles");
}

std::vector<double> ResultsFile::quantiles() const {
  return read_or_refuse(impl_->path, [&] { return read_numbers(impl_->file, "quantile"); });
}

std::vector<double> ResultsFile::bin_starts() const {
  return read_or_refuse(impl_->path, [&] {
    return has_dataset(impl_->file, "bin") ? read_numbers(impl_->file, "bin") : std::vector<double>{};
  });
}

CurveAxis ResultsFile::curve_axis(const std::string& name) const {
  return read_or_refuse(impl_->path, [&] {
    require_summary("curves", name);
    const std::string trait = name.substr(0, name.find('_'));
    // Traits share the dimension of profile bands: the edges of each are beside it.
    std::string edges = trait;
    for (const char* const ending : {"_band", "_band_lower"})
      if (has_dataset(impl_->file, trait + ending)) edges = trait + ending;
    return CurveAxis{trait, read_unit(open_dataset(impl_->file, edges)), read_numbers(impl_->file, edges)};
  });
}

}  // namespace vouch::results
