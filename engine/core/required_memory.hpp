// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace vouch {

/// While one lives, an allocation that fails on its thread shall end the program with `words`. It is for what does not
/// survive one: HDF5 crashes, or leaves a filter out and tells of success. The program's malloc looks for it
/// (tools/vouch/allocation.cpp); where that is another's, nothing changes. They nest, and the innermost speaks.
class RequiredMemory {
 public:
  explicit RequiredMemory(std::string words);
  ~RequiredMemory();
  RequiredMemory(const RequiredMemory&) = delete;
  RequiredMemory& operator=(const RequiredMemory&) = delete;

  /// Of this thread; nullptr if none lives.
  static const RequiredMemory* current() noexcept;
  const std::string& words() const noexcept { return words_; }

 private:
  std::string words_;
  const RequiredMemory* outer_;
};

}  // namespace vouch
