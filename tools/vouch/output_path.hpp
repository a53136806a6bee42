// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "run_plan.hpp"

namespace vouch::cli {

/// Refuses to replace a file that vouch did not write, or that has lost its seal (unless forced), and makes the default
/// folder. Throws Error (usage, io).
void prepare_output(const std::string& path, const RunOptions& options);

/// With those above it, unless it is there; nothing for "". Throws Error (io).
void make_folder(const std::string& folder);

}  // namespace vouch::cli
