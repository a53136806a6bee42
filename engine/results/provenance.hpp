// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace vouch::results {

/// Version of vouch, as in CMakeLists.txt: "0.1.0".
std::string version();

/// The commit; of a changed tree "COMMIT-dirty-DIGEST", outside a repository "unknown-DIGEST" (of the sources).
std::string git_commit();

}  // namespace vouch::results
