// SPDX-License-Identifier: Apache-2.0
// `vouch run --append`: adding worlds to a results file that is already there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "results/results_file.hpp"
#include "run_plan.hpp"

namespace vouch::cli {

/// The results file at the plan's output, whose worlds the run shall keep; empty if nothing is there yet. Throws Error:
/// usage if it has more replications than the run asks for; data if it is damaged, no results file, or of other worlds
/// (the message names the difference); io.
std::optional<results::ResultsFile> open_to_append(const RunPlan& plan);

/// Throws Error (usage) if the file holds worlds beyond those that its new aim asks for, by lane: it would lose them.
/// `also_kept` is said besides, if there is anything to say.
void require_no_loss(const results::ResultsFile& file, const std::vector<std::uint32_t>& num_replications,
                     const std::string& also_kept = {});

/// The results file at the plan's output, if there is a whole one of the same worlds, no more than the plan's.
std::optional<results::ResultsFile> find_same_worlds(const RunPlan& plan);

/// A note for who is about to replace a results file: of fewer worlds, which --append would add to, of more, or of
/// others; a warning if it is damaged. Empty if nothing is lost.
std::string describe_loss(const RunPlan& plan);

}  // namespace vouch::cli
