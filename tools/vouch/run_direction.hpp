// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "experiment/gathering.hpp"
#include "experiment/ruled_director.hpp"
#include "experiment/run_experiment.hpp"
#include "results/run_identity.hpp"
#include "run_plan.hpp"
#include "standing.hpp"
#include "until_run.hpp"

namespace vouch::cli {

/// What `run` is directed by: its aim, or a fixed number of worlds; and who leads meanwhile.
class RunDirection {
 public:
  enum class Watched { yes, no };

  /// What is given must outlive it. With an aim, who leads by the aim's metric is known anyway; else only if watched.
  /// Several points have no leader.
  RunDirection(const RunPlan& plan, const experiment::Plan& experiment, Watched watched);

  experiment::Director& director();

  /// See Standing; empty if nobody watches.
  std::vector<std::string> describe_lead() const;

  /// The run's identity, when it is over: with the record of why it ended.
  results::RunIdentity finish() const;

  /// By lane, the worlds that it asked for: its results hold no others, whatever an earlier run left.
  std::vector<std::uint32_t> count_worlds() const;

 private:
  const RunPlan& plan_;
  UntilNames names_;
  std::size_t num_lanes_;
  Standing standing_;
  experiment::FixedDirector fixed_;
  std::unique_ptr<experiment::RuledDirector> ruled_;  ///< with an aim
  std::optional<experiment::Gathering> own_;          ///< without one, if watched
  std::optional<WatchedDirector> watching_;
  const experiment::Gathering* watched_ = nullptr;
};

}  // namespace vouch::cli
