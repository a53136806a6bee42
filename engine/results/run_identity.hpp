// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/observations.hpp"
#include "results/provenance.hpp"

namespace vouch::results {

/// What a run is: all that its results file says about how it was made. Nothing here depends on threads, time or place.
struct RunIdentity {
  std::string title;
  std::string question;
  std::string scenario_text;  ///< the resolved scenario, kept in the file
  std::string worlds_text;    ///< the same without what changes no world (replications, confidence, baseline ...), by
                              ///< which journals and files are matched; empty: scenario_text
  std::string canonical_command;  ///< makes the file again
  std::uint64_t seed = 0;         ///< below 2^53
  bool antithetic = false;
  std::uint32_t replications = 0;
  std::string baseline;  ///< one of strategy_names
  std::string metric;    ///< ranked by
  double confidence = 0.95;
  std::string currency = "EUR";  ///< of the metrics whose unit is "currency"
  std::string version = results::version();
  std::string git_sha1 = git_commit();
  std::vector<std::string> strategy_names;
  std::vector<std::vector<std::string>> program_names;  ///< by strategy; sources 2, 3, ... of the layout
  std::vector<std::string> segment_names;
};

/// What decides a world's numbers, as (name, value) pairs: worlds may be joined only if all agree. The number of
/// replications is not among them.
std::vector<std::pair<std::string, std::string>> describe_worlds(const RunIdentity& identity,
                                                                 const model::ObservationLayout& layout);

/// SHA-256 over describe_worlds, in hex.
std::string compute_worlds_digest(const RunIdentity& identity, const model::ObservationLayout& layout);

}  // namespace vouch::results
