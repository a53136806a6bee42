// SPDX-License-Identifier: Apache-2.0
#include "results/results_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "core/error.hpp"
#include "results/hdf5_reading.hpp"
#include "results/publish.hpp"
#include "results/sealed_file.hpp"

namespace vouch::results {

struct ResultsFile::Impl {
  std::string path;
  Hdf5Handle file;
  RunIdentity identity;
  std::string worlds_digest;
  std::string created;
  std::vector<MetricInfo> metrics;
  std::vector<std::string> source_names;
  std::vector<std::string> cohort_names;
};

namespace {

Hdf5Handle open_hdf5(const std::string& path) {
  prepare_hdf5();
  const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "make a property list");
#if H5_VERSION_GE(1, 10, 7)
  // Files are replaced, never changed: locks would only fail on file systems that have none.
  check_hdf5(H5Pset_file_locking(access, false, true), "do without locks");
#endif
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access), H5Fclose, "open the file"};
}

/// The seal is intact, so whatever is missing now was written so.
template <typename Read>
auto read_or_refuse(const std::string& path, const Read& read) {
  try {
    return read();
  } catch (const Hdf5Failure& failure) {
    throw Error(ExitCode::data,
                fmt::format("'{}' does not hold what results of schema version {} must hold ({}); make it "
                            "again with vouch run",
                            path, results_schema_version, failure.what()));
  }
}

void check_schema(hid_t file, const std::string& path) {
  if (read_text_attribute(file, "filetype") != "vouch results") {
    throw Error(ExitCode::data,
                fmt::format("'{}' is no results file of vouch; give one that vouch run has written", path));
  }
  const std::int64_t schema = read_integer_attribute(file, "schema_version");
  if (schema != results_schema_version) {
    throw Error(
        ExitCode::data,
        fmt::format(
            "'{}' has results of schema version {}, and this vouch ({}) reads version {}; read it with vouch {}, "
            "which wrote it, or make it again with vouch run",
            path, schema, version(), results_schema_version, read_text_attribute(file, "vouch_version")));
  }
}

RunIdentity read_identity(hid_t file) {
  RunIdentity identity;
  identity.title = read_text_attribute(file, "title");
  identity.question = read_text_attribute(file, "question");
  identity.scenario_text = read_text_attribute(file, "scenario");
  identity.canonical_command = read_text_attribute(file, "command");
  identity.seed = static_cast<std::uint64_t>(read_integer_attribute(file, "seed"));
  identity.antithetic = read_integer_attribute(file, "antithetic") != 0;
  identity.replications = static_cast<std::uint32_t>(read_integer_attribute(file, "replications"));
  identity.baseline = read_text_attribute(file, "baseline");
  identity.metric = read_text_attribute(file, "metric");
  identity.confidence = read_number_attribute(file, "confidence");
  identity.currency = read_text_attribute(file, "currency");
  identity.version = read_text_attribute(file, "vouch_version");
  identity.git_sha1 = read_text_attribute(file, "git_sha1");
  identity.strategy_names = read_texts(file, "strategy");
  identity.segment_names = read_texts(file, "segment");
  const std::vector<std::string> names = read_texts(file, "source_name");
  const std::size_t num_sources = names.size() / std::max<std::size_t>(1, identity.strategy_names.size());
  for (std::size_t strategy = 0; strategy < identity.strategy_names.size(); ++strategy) {
    std::vector<std::string>& own = identity.program_names.emplace_back();
    for (std::size_t source = 2; source < num_sources; ++source) {
      const std::string& name = names[strategy * num_sources + source];
      if (!name.empty()) own.push_back(name);
    }
  }
  return identity;
}

/// Of a dataset, as MetricInfo names it.
std::string read_unit(hid_t dataset) {
  const std::string unit = read_text_attribute(dataset, "units");
  return unit == "day" ? "days" : unit == "min" ? "minutes" : unit;
}

std::vector<MetricInfo> read_metrics(hid_t file) {
  std::vector<MetricInfo> metrics;
  for (const std::string& name : list_datasets(file, "by_cohort")) {  // there every metric is, and nothing else
    const Hdf5Handle dataset = open_dataset(file, name);
    metrics.push_back(
        {name, read_unit(dataset), read_text_attribute(dataset, "long_name"), read_shape(dataset).size() == 3});
  }
  return metrics;
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

[[noreturn]] void refuse_name(const std::string& path, const std::string& what, const std::string& name,
                              const std::vector<std::string>& known) {
  const std::string nearest = find_nearest(name, known);
  throw Error(ExitCode::usage,
              fmt::format("'{}' has no {} '{}'; {}", path, what, name,
                          nearest.empty() ? "vouch inspect lists what it has" : "did you mean '" + nearest + "'?"));
}

}  // namespace

ResultsFile::ResultsFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ResultsFile::~ResultsFile() = default;
ResultsFile::ResultsFile(ResultsFile&&) noexcept = default;
ResultsFile& ResultsFile::operator=(ResultsFile&&) noexcept = default;

const std::string& ResultsFile::path() const noexcept { return impl_->path; }
const RunIdentity& ResultsFile::identity() const noexcept { return impl_->identity; }
const std::string& ResultsFile::worlds_digest() const noexcept { return impl_->worlds_digest; }
std::string ResultsFile::created() const { return impl_->created; }
int ResultsFile::num_strategies() const noexcept { return static_cast<int>(impl_->identity.strategy_names.size()); }
std::uint32_t ResultsFile::num_replications() const noexcept { return impl_->identity.replications; }
const std::vector<MetricInfo>& ResultsFile::metrics() const noexcept { return impl_->metrics; }
const std::vector<std::string>& ResultsFile::source_names() const noexcept { return impl_->source_names; }
const std::vector<std::string>& ResultsFile::cohort_names() const noexcept { return impl_->cohort_names; }

const MetricInfo* ResultsFile::find_metric(const std::string& name) const noexcept {
  const auto found =
      std::find_if(impl_->metrics.begin(), impl_->metrics.end(), [&](const auto& info) { return info.name == name; });
  return found == impl_->metrics.end() ? nullptr : &*found;
}

std::vector<std::uint8_t> ResultsFile::completed(int strategy) const {
  return read_or_refuse(impl_->path, [&] {
    const auto values = read_numbers_at(open_dataset(impl_->file, "completed"), static_cast<hsize_t>(strategy));
    return std::vector<std::uint8_t>(values.begin(), values.end());
  });
}

const MetricInfo& ResultsFile::require_metric(const std::string& name) const {
  if (const MetricInfo* info = find_metric(name)) return *info;
  std::vector<std::string> known;
  for (const MetricInfo& info : impl_->metrics) known.push_back(info.name);
  refuse_name(impl_->path, "metric", name, known);
}

std::vector<double> ResultsFile::read_metric(const std::string& name, int strategy, const Slice& slice) const {
  if (const bool by_source = require_metric(name).by_source; slice.source && !by_source)
    throw Error(ExitCode::usage, fmt::format("'{}' is not known by source; only quantities of the funnel are", name));
  // Behind the replication stand the source, if there is one, and the segment or cohort.
  const std::size_t parts = slice.segment  ? impl_->identity.segment_names.size()
                            : slice.cohort ? impl_->cohort_names.size()
                                           : 1;
  const auto part = static_cast<std::size_t>(slice.segment.value_or(slice.cohort.value_or(0)));
  const char* const group = slice.segment ? "by_segment/" : slice.cohort ? "by_cohort/" : "";
  const auto values = read_or_refuse(impl_->path, [&] {
    return read_numbers_at(open_dataset(impl_->file, group + name), static_cast<hsize_t>(strategy));
  });
  const std::size_t replications = num_replications();
  const std::size_t width = values.size() / std::max<std::size_t>(1, replications);
  std::vector<double> sums(replications, 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t source = i % width / parts;
    if (i % parts == part && (!slice.source || source == static_cast<std::size_t>(*slice.source)))
      sums[i / width] += values[i];
  }
  const auto done = completed(strategy);
  for (std::size_t r = 0; r < replications; ++r) {
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
    for (const std::string& name : list_summaries(impl_->file, "series")) {
      const Hdf5Handle dataset = open_dataset(impl_->file, "series/" + name + suffix_of(Statistic::mean));
      std::string text = read_text_attribute(dataset, "long_name");
      text.resize(std::min(text.size(), text.rfind(": ")));  // behind it stands which statistic this is
      series.push_back({name, read_unit(dataset), std::move(text), read_shape(dataset).size() == 3});
    }
    return series;
  });
}

std::vector<double> ResultsFile::read_summary(const std::string& group, const std::string& name, int strategy,
                                              Statistic statistic) const {
  return read_or_refuse(impl_->path, [&] {
    const auto known = list_summaries(impl_->file, group);
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      refuse_name(impl_->path, group == "series" ? "series" : "curve", name, known);
    }
    return read_numbers_at(open_dataset(impl_->file, group + "/" + name + suffix_of(statistic)),
                           static_cast<hsize_t>(strategy));
  });
}

std::vector<double> ResultsFile::read_series(const std::string& name, int strategy, Statistic statistic) const {
  return read_summary("series", name, strategy, statistic);
}

std::vector<double> ResultsFile::read_curve(const std::string& name, int strategy, Statistic statistic) const {
  return read_summary("curves", name, strategy, statistic);
}

std::vector<double> ResultsFile::bin_starts() const {
  return read_or_refuse(impl_->path, [&] {
    return H5Lexists(impl_->file, "bin", H5P_DEFAULT) > 0 ? read_numbers(impl_->file, "bin") : std::vector<double>{};
  });
}

ResultsFile open_results(const std::string& path) {
  verify_seal(path);
  return read_or_refuse(path, [&] {
    auto impl = std::make_unique<ResultsFile::Impl>();
    impl->path = path;
    impl->file = open_hdf5(path);
    check_schema(impl->file, path);
    impl->identity = read_identity(impl->file);
    impl->worlds_digest = read_text_attribute(impl->file, "worlds_digest");
    impl->created = read_text_attribute(impl->file, "created");
    impl->metrics = read_metrics(impl->file);
    impl->source_names = read_texts(impl->file, "source");
    impl->cohort_names = read_texts(impl->file, "cohort");
    return ResultsFile(std::move(impl));
  });
}

}  // namespace vouch::results
