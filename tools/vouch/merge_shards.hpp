// SPDX-License-Identifier: Apache-2.0
// `vouch merge`: which files are joined, and what they make together.
#pragma once

#include <string>
#include <vector>

#include "model/model.hpp"
#include "model/observations.hpp"
#include "results/publish.hpp"
#include "results/run_identity.hpp"
#include "statistics/metric.hpp"

namespace vouch::cli {

struct MergeOptions {
  std::vector<std::string> paths;
  std::string output;    ///< empty: named after the shards
  bool partial = false;  ///< a stretch of the run will do
  bool force = false;
  bool json = false;
  bool quiet = false;
};

/// A file that is to be joined with others, and what it has.
struct PartFile {
  std::string path;
  results::Part part;
};

/// A merge, ready to start.
struct MergePlan {
  std::vector<PartFile> files;  ///< in the order of their replications
  results::RunIdentity identity;
  model::Model model;  ///< of the first point
  model::ObservationLayout layout;
  statistics::Metric metric;
  results::Detail detail = results::Detail::summary;
  std::string output;
};

/// Reads every file once, and keeps of each little more than its name. Throws Error with all that is wrong at once:
/// data if a file is damaged, no part of a run, of another run than the others or another vouch, or not finished; io if
/// one cannot be read; usage if replications are missing or there twice, or the output has no name.
MergePlan plan_merge(const MergeOptions& options);

/// What is missing between `first` and `end`, or there twice, as sentences. `files`: in the order of their
/// replications.
std::vector<std::string> find_misfits(const std::vector<PartFile>& files, const results::RunIdentity& identity,
                                      std::uint32_t first, std::uint32_t end);

}  // namespace vouch::cli
