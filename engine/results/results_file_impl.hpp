// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <memory>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/required_memory.hpp"
#include "results/file_io.hpp"
#include "results/hdf5_handle.hpp"
#include "results/labelled_file.hpp"
#include "results/publish.hpp"
#include "results/reading_guard.hpp"
#include "results/results_file.hpp"

namespace vouch::results {

struct ResultsFile::Impl {
  std::string path;
  std::unique_ptr<LabelledFile> built;  ///< what `file` was built in, if it is on no disk
  std::vector<std::byte> image;         ///< the bytes of `file`, if it is not too large to be held
  Hdf5Handle file;
  Hdf5Handle rows;  ///< what worlds reported, open from the first reading on
  RunIdentity identity;
  std::uint32_t num_replications = 0;
  std::optional<Unfinished> unfinished;
  std::string worlds;
  std::string worlds_digest;
  std::string created;
  std::vector<MetricInfo> metrics;
  std::vector<std::string> source_names;
  std::vector<std::string> cohort_names;
};

/// The seal is intact, or the file is of our making: so whatever is missing now was written so.
template <typename Read>
auto read_or_refuse(const std::string& path, const Read& read) {
  const RequiredMemory required(fmt::format("cannot read '{}': out of memory; make memory free and try again", path));
  try {
    const ReadingGuard guard(path);
    return read();
  } catch (const std::bad_alloc&) {
    throw Error(ExitCode::resources,
                fmt::format("out of memory while reading '{}'; make memory free and try again", path));
  } catch (const Hdf5Failure& failure) {
    if (failure.error_number != 0) throw_io_error("read", path, failure.error_number, "try again");
    throw Error(ExitCode::data,
                fmt::format("'{}' does not hold what results of schema version {} must hold ({}); make it "
                            "again with vouch run",
                            path, results_schema_version, failure.what()));
  }
}

/// Of a dataset, as MetricInfo names it.
std::string read_unit(hid_t dataset);

/// Reads what ResultsFile has at hand: `impl` has its path and its open file. Throws Hdf5Failure; Error (data) for
/// another schema version.
void read_contents(ResultsFile::Impl& impl);

}  // namespace vouch::results
