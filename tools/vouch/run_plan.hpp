// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/observations.hpp"
#include "results/publish.hpp"
#include "results/run_identity.hpp"
#include "scenario/scenario.hpp"
#include "scenario_options.hpp"
#include "statistics/metric.hpp"
#include "until.hpp"

namespace vouch::cli {

/// What the command lines of `run` and `resume` ask for.
struct RunOptions {
  ScenarioOptions scenario;
  std::string output;
  std::optional<std::uint32_t> replications;
  std::optional<std::uint64_t> seed;
  std::optional<int> threads;
  std::vector<std::string> strategies;
  std::optional<std::string> until;  ///< none: a fixed number of worlds
  std::optional<std::string> shard;  ///< "3/10", "auto", "auto/10"; none: the whole run
  bool force = false;
  bool append = false;                    ///< keep the worlds that the output has
  std::optional<std::string> time_limit;  ///< as parse_time_limit reads it
  std::optional<std::string> report;      ///< where the page goes; empty: beside the results
  bool json = false;
  bool quiet = false;
};

/// One point of a sweep, ready to run.
struct RunPoint {
  model::Model model;
  std::vector<model::Strategy> strategies;  ///< those chosen
};

/// A run, ready to start.
struct RunPlan {
  std::vector<RunPoint> points;     ///< one without a sweep
  model::ObservationLayout layout;  ///< of every point
  results::RunIdentity identity;
  results::Detail detail = results::Detail::summary;
  statistics::Metric metric;
  std::optional<Until> until;  ///< replications are then the limit
  std::vector<Problem> warnings;
  std::string output;
};

/// Throws Error (usage): every problem of the scenario, an unknown strategy or metric.
RunPlan plan_run(const RunOptions& options);

/// The run that a journal was made by, from what the journal says of it. Throws Error (data) if this vouch cannot read
/// it.
RunPlan plan_resume(const results::RunIdentity& identity, const std::string& output);

/// The command that makes the same results again: the scenario's file name without its folder, seed and replications
/// spelt out, then the overrides and strategies.
std::string format_canonical_command(const RunOptions& options, const scenario::Experiment& experiment,
                                     const std::vector<std::string>& strategies);

}  // namespace vouch::cli
