// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/error.hpp"
#include "results/contents.hpp"
#include "results/hdf5_reading.hpp"
#include "results/image_buffer.hpp"
#include "results/publish.hpp"
#include "results/results_file_impl.hpp"
#include "results/sealed_file.hpp"

namespace vouch::results {
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

/// What is read by ourselves cannot fail inside HDF5 any more, which may crash then. The bytes are not copied, and must
/// outlive the file.
Hdf5Handle open_image(std::vector<std::byte>& image) {
  prepare_hdf5();
  const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "make a property list");
  attach_image(access, image);
  return {H5Fopen(make_memory_name().c_str(), H5F_ACC_RDONLY, access), H5Fclose, "open the file"};
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

std::vector<SweptKey> read_sweep(hid_t file) {
  std::vector<SweptKey> sweep;
  for (const std::string& key : list_datasets(file, "sweep")) {
    const std::string values = read_text_attribute(open_dataset(file, "sweep/" + key), "toml");
    try {
      sweep.push_back({key, nlohmann::json::parse(values).get<std::vector<std::string>>()});
    } catch (const nlohmann::json::exception&) {
      throw Hdf5Failure("HDF5 found no values of '" + key + "'");
    }
  }
  return sweep;
}

experiment::Stopping read_stopping(hid_t file) {
  experiment::Stopping stopping;
  stopping.aim = read_text_attribute(file, "until");
  if (stopping.aim.empty()) return stopping;
  const auto read_count = [file](const std::string& name) {
    return static_cast<std::uint64_t>(read_integer_attribute(file, name));
  };
  stopping.is_reached = read_count("stop_reached") != 0;
  stopping.reason = read_text_attribute(file, "stop_reason");
  stopping.worlds_used = read_count("worlds_used");
  stopping.worlds_if_equal = read_count("worlds_if_equal");
  stopping.worlds_if_independent = read_count("worlds_if_independent");
  stopping.indifference = read_number_attribute(file, "indifference");
  return stopping;
}

std::optional<Part> read_part(hid_t file, std::uint32_t replications) {
  if (H5Aexists(file, "part_first") <= 0) return std::nullopt;
  const std::int64_t first = read_integer_attribute(file, "part_first");
  const std::int64_t count = read_integer_attribute(file, "part_count");
  if (first < 0 || first >= replications || count < 1 || count > replications - first)
    throw Hdf5Failure("HDF5 found a part that is none of the run");
  Part part{static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(count)};
  const std::string shard = read_text_attribute(file, "shard");
  const auto slash = shard.find('/');
  if (slash == std::string::npos) return part;
  const char* const end = shard.data() + shard.size();
  std::from_chars(shard.data(), shard.data() + slash, part.shard);
  std::from_chars(shard.data() + slash + 1, end, part.num_shards);
  return part;
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
  identity.part = read_part(file, identity.replications);
  identity.baseline = read_text_attribute(file, "baseline");
  identity.metric = read_text_attribute(file, "metric");
  identity.confidence = read_number_attribute(file, "confidence");
  identity.currency = read_text_attribute(file, "currency");
  identity.version = read_text_attribute(file, "vouch_version");
  identity.git_sha1 = read_text_attribute(file, "git_sha1");
  identity.strategy_names = read_texts(file, "strategy");
  identity.segment_names = read_texts(file, "segment");
  identity.sweep = read_sweep(file);
  identity.stopping = read_stopping(file);
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

std::vector<MetricInfo> read_metrics(hid_t file, std::size_t num_lane_axes) {
  std::vector<MetricInfo> metrics;
  for (const std::string& name : list_datasets(file, "by_cohort")) {  // there every metric is, and nothing else
    const Hdf5Handle dataset = open_dataset(file, name);
    metrics.push_back({name, read_unit(dataset), read_text_attribute(dataset, "long_name"),
                       read_shape(dataset).size() == num_lane_axes + 2,
                       read_number_attributes(dataset, "expectation")});
  }
  return metrics;
}

/// What readers rely on, of a file that anybody may have written and sealed.
void require_sense(const ResultsFile::Impl& impl) {
  const RunIdentity& identity = impl.identity;
  const auto require = [](bool holds, const char* what) {
    if (!holds) throw Hdf5Failure(what);
  };
  constexpr std::size_t most_points = 1'000'000;
  constexpr std::size_t most_names = 100'000;
  require(!identity.strategy_names.empty() && identity.strategy_names.size() <= most_names, "it has no strategies");
  require(std::count(identity.strategy_names.begin(), identity.strategy_names.end(), identity.baseline) > 0,
          "its baseline is none of its strategies");
  require(!identity.segment_names.empty() && !impl.cohort_names.empty() && impl.source_names.size() >= 2,
          "it has no segments, cohorts or sources");
  require(identity.num_points() > 0 && identity.num_points() <= most_points, "its sweep has no points");
  for (const SweptKey& swept : identity.sweep)
    require(swept.values.size() == identity.num_points(), "its swept keys have different numbers of values");
  require(identity.num_lanes() <= static_cast<std::size_t>(std::numeric_limits<int>::max()), "it has too many lanes");
  require(impl.num_replications > 0, "it has no replications");
  require(identity.confidence > 0.0 && identity.confidence < 1.0, "its confidence is no probability");
  for (const MetricInfo& metric : impl.metrics)
    require(metric.expectation.empty() || metric.expectation.size() == identity.num_points(),
            "its expectations are of other points");
}

}  // namespace

std::string read_unit(hid_t dataset) {
  const std::string unit = read_text_attribute(dataset, "units");
  return unit == "day" ? "days" : unit == "min" ? "minutes" : unit;
}

void read_contents(ResultsFile::Impl& impl) {
  const hid_t file = impl.file;
  check_schema(file, impl.path);
  impl.identity = read_identity(file);
  impl.num_replications = read_length(file, "replication");
  impl.worlds = read_text_attribute(file, "worlds");
  impl.worlds_digest = read_text_attribute(file, "worlds_digest");
  impl.created = read_text_attribute(file, "created");
  impl.metrics = read_metrics(file, impl.identity.sweep.empty() ? 1 : 2);
  impl.source_names = read_texts(file, "source");
  impl.cohort_names = read_texts(file, "cohort");
  require_sense(impl);
}

ResultsFile open_results(const std::string& path) {
  auto impl = std::make_unique<ResultsFile::Impl>();
  impl->path = path;
  try {
    impl->image = load_sealed(path, largest_in_memory);
  } catch (const std::bad_alloc&) {
    impl->image = load_sealed(path, 0);  // HDF5 reads it piece by piece
  }
  return read_or_refuse(path, [&] {
    impl->file = impl->image.empty() ? open_hdf5(path) : open_image(impl->image);
    read_contents(*impl);
    return ResultsFile(std::move(impl));
  });
}

}  // namespace vouch::results
