// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "results/results_file.hpp"
#include "scenario/scenario.hpp"

namespace vouch::cli {

/// A results file; or the journal of a run that is not over, also while it is being written: what the results would be
/// if it ended now. Throws Error as open_results; of a results file that is not there it names the journal.
results::ResultsFile open_worlds(const std::string& path);

/// The scenario that a file's worlds were made from. Throws Error (data) if it was written for another vouch.
scenario::Scenario read_scenario(const results::RunIdentity& identity, const std::string& path);

/// A line that says how far an unfinished run has come; empty for a published file.
std::string describe_unfinished(const results::ResultsFile& file);

/// Adds the same to an object, under "unfinished"; nothing for a published file.
void add_unfinished(nlohmann::ordered_json& json, const results::ResultsFile& file);

}  // namespace vouch::cli
