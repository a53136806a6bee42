// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "merge_shards.hpp"

namespace vouch::cli {

/// Files that were given to be joined: those that are finished parts of one run, and what is wrong with the others.
struct Candidates {
  std::vector<PartFile> files;  ///< in the order of their replications
  std::vector<Problem> problems;
  ExitCode code = ExitCode::success;  ///< the gravest of the problems': usage, then data, then io
};

/// Opens one file after the other. Where they are of several runs, the one that most are of counts.
Candidates read_candidates(const std::vector<std::string>& paths);

}  // namespace vouch::cli
