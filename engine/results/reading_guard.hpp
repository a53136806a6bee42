// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace vouch::results {

/// While it lives, a crash of this thread, or far more processor time than reading such a file takes, ends the process
/// with one line and exit code 3. A seal proves that nothing changed since it was made, not who made it: a stranger can
/// seal a file of which HDF5 dies or never comes back. This is no sandbox: what a crafted file makes HDF5 do before
/// that, it does.
class ReadingGuard {
 public:
  explicit ReadingGuard(const std::string& path);
  ~ReadingGuard();
  ReadingGuard(const ReadingGuard&) = delete;
  ReadingGuard& operator=(const ReadingGuard&) = delete;

 private:
  bool is_outermost_;
};

}  // namespace vouch::results
