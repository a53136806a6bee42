// SPDX-License-Identifier: Apache-2.0
#include "results/provenance.hpp"

namespace vouch::results {

std::string version() { return VOUCH_VERSION; }

std::string git_commit() {
  return
#include "git_commit.inc"
      ;
}

}  // namespace vouch::results
