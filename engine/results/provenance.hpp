// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace vouch::results {

/// Version of vouch, as in CMakeLists.txt: "0.1.0".
std::string version();

/// The commit this was built from, with "-dirty" if the tree had changes; "unknown" outside a repository.
std::string git_commit();

}  // namespace vouch::results
