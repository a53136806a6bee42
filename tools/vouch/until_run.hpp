// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "experiment/ruled_director.hpp"
#include "experiment/run_experiment.hpp"
#include "until.hpp"

namespace vouch::cli {

/// What an aim is pursued with, beside the plan of the experiment.
struct UntilNames {
  std::vector<std::string> strategies;
  std::size_t baseline = 0;
  double confidence = 0.95;
  std::string currency;
};

/// Directs a run towards its aim, each point of a sweep by itself. The plan's block must be set.
std::unique_ptr<experiment::RuledDirector> make_director(const Until& until, const UntilNames& names,
                                                         const experiment::Plan& plan);

/// What is to be recorded when such a run is over. Depends on its worlds only.
experiment::Stopping make_stopping(const Until& until, const UntilNames& names, std::uint32_t replications,
                                   const experiment::RuledDirector& director);

/// The same for a run of a fixed number of worlds.
experiment::Stopping make_fixed_stopping(std::uint32_t replications, std::size_t num_lanes);

}  // namespace vouch::cli
