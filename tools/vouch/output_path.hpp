// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "run_plan.hpp"

namespace vouch::cli {

/// Refuses to replace a file that is no results file (unless forced), makes the default folder, and with --force
/// removes the journal of an earlier run. Throws Error (usage, io).
void prepare_output(const std::string& path, const RunOptions& options);

}  // namespace vouch::cli
