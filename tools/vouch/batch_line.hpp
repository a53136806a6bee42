// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "run_plan.hpp"

namespace vouch::cli {

/// What a line of a list, or a file of a folder, asks for.
struct BatchLine {
  Location where;
  RunOptions options;
  std::vector<Problem> problems;  ///< why it cannot be run; the options are then not all there
};

/// "SCENARIO [options of vouch run]", quoted as for a shell, the scenario's path relative to the list's folder. Nothing
/// for an empty line or a comment. A line that cannot be read has one problem, at `where`.
std::optional<BatchLine> parse_batch_line(const std::string& line, const Location& where);

}  // namespace vouch::cli
