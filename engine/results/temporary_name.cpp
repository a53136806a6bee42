// SPDX-License-Identifier: Apache-2.0
#include "results/temporary_name.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <vector>

namespace vouch::results {
namespace {

struct Names {
  std::timed_mutex mutex;
  std::vector<const std::string*> paths;
};

/// Needed until the process ends, so never destroyed.
Names& names() {
  static Names* const own = new Names;
  return *own;
}

}  // namespace

TemporaryName::TemporaryName(std::string path) : path_(std::move(path)) {
  const std::lock_guard lock(names().mutex);
  names().paths.push_back(&path_);
}

TemporaryName::~TemporaryName() {
  const std::lock_guard lock(names().mutex);
  auto& paths = names().paths;
  paths.erase(std::find(paths.begin(), paths.end(), &path_));
}

int TemporaryName::rename_to(const std::string& path) {
  const std::lock_guard lock(names().mutex);
  return std::rename(path_.c_str(), path.c_str()) == 0 ? 0 : errno;
}

void abandon_temporary_files() {
  constexpr auto patience = std::chrono::milliseconds(200);  // a renaming may hang in a file system
  if (!names().mutex.try_lock_for(patience)) return;
  for (const std::string* path : names().paths) ::unlink(path->c_str());
}

}  // namespace vouch::results
