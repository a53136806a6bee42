// SPDX-License-Identifier: Apache-2.0
// Why worlds of another run are not those of this one, in the words of the scenario.
#pragma once

#include <string>
#include <vector>

#include "run_plan.hpp"

namespace vouch::cli {

/// What sets everything that changes no world to one value.
std::vector<scenario::Override> list_neutral_overrides(const scenario::Scenario& scenario);

/// "its seed is '7', this run's '8'"; of scenarios the first keys that differ. `worlds` is what format_worlds gave for
/// the others, and `identity` what is known of their run.
std::string describe_other_worlds(const std::string& worlds, const results::RunIdentity& identity, const RunPlan& plan);

/// Throws Error (data) if the journal beside the plan's output was refused because its scenario is another, naming what
/// differs.
void explain_other_journal(const RunPlan& plan);

}  // namespace vouch::cli
