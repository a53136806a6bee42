// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace vouch::results {

/// While alive, a file at this path means nothing to anyone but this process: abandon_temporary_files deletes it.
class TemporaryName {
 public:
  explicit TemporaryName(std::string path);
  ~TemporaryName();
  TemporaryName(const TemporaryName&) = delete;
  TemporaryName& operator=(const TemporaryName&) = delete;

  /// Gives the file its final name. Returns 0, or the errno of the failure.
  int rename_to(const std::string& path);

 private:
  std::string path_;
};

/// For a process that leaves in the middle of its work, from any thread: deletes what has a TemporaryName. From then on
/// threads that make, rename or end one wait for the process to end.
void abandon_temporary_files();

}  // namespace vouch::results
