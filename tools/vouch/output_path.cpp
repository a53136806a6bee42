// SPDX-License-Identifier: Apache-2.0
#include "output_path.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>

namespace vouch::cli {
namespace {

/// By the signature that every HDF5 file starts with; an empty file (mktemp) is nobody's loss.
bool may_be_replaced(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 8> bytes{};
  file.read(bytes.data(), bytes.size());
  const std::string_view start(bytes.data(), static_cast<std::size_t>(file.gcount()));
  return start.empty() || start == "\x89HDF\r\n\x1a\n";
}

}  // namespace

void prepare_output(const std::string& path, const RunOptions& options) {
  namespace fs = std::filesystem;
  std::error_code failure;
  if (fs::is_directory(path, failure))
    throw Error(ExitCode::io, fmt::format("'{}' is a folder; name a file in it, as in -o {}", path,
                                             (fs::path(path) / "results.h5").string()));
  if (!options.force && fs::is_regular_file(path, failure) && !may_be_replaced(path))
    throw Error(ExitCode::usage, fmt::format("'{}' exists and is no results file, so it is not replaced; "
                                             "name another file with -o, or give --force",
                                             path));
  if (options.output.empty()) {
    fs::create_directories(fs::path(path).parent_path(), failure);
    if (failure) throw Error(ExitCode::io, fmt::format("cannot make the folder for '{}': {}", path, failure.message()));
  }
  if (options.force)
    fs::remove(path + ".journal", failure);  // one that cannot be removed is told about when it is opened
}

}  // namespace vouch::cli
