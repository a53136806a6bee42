// SPDX-License-Identifier: Apache-2.0
#include "output_path.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "results/sealed_file.hpp"

namespace vouch::cli {
namespace {

constexpr const char* remedy = "name another file with -o, or give --force";

void refuse_to_replace(const std::string& path) {
  bool may_be_replaced = false;
  try {
    may_be_replaced = results::is_empty_or_sealed(path);
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("{}, so it is not replaced; {}", error.what(), remedy));
  }
  if (may_be_replaced) return;
  throw Error(
      ExitCode::usage,
      fmt::format("'{}' exists and is no whole results file of vouch, so it is not replaced; {}", path, remedy));
}

}  // namespace

void prepare_output(const std::string& path, const RunOptions& options) {
  namespace fs = std::filesystem;
  std::error_code failure;
  if (fs::is_directory(path, failure))
    throw Error(ExitCode::io, fmt::format("'{}' is a folder; name a file in it, as in -o {}", path,
                                          (fs::path(path) / "results.h5").string()));
  if (!options.force && fs::is_regular_file(path, failure)) refuse_to_replace(path);
  if (options.output.empty()) make_folder(fs::path(path).parent_path().string());
}

void make_folder(const std::string& folder) {
  std::error_code failure;
  if (!folder.empty()) std::filesystem::create_directories(folder, failure);
  if (failure) throw Error(ExitCode::io, fmt::format("cannot make the folder '{}': {}", folder, failure.message()));
}

}  // namespace vouch::cli
