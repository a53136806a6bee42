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

/// Lines that say which part of a run it is, and how far an unfinished run has come; empty for a run that is published
/// whole.
std::string describe_extent(const results::ResultsFile& file);

/// Adds which part of a run it is, under "part"; nothing for a whole one.
void add_part(nlohmann::ordered_json& json, const results::RunIdentity& identity);

/// Adds the same to an object, under "part" and "unfinished".
void add_extent(nlohmann::ordered_json& json, const results::ResultsFile& file);

}  // namespace vouch::cli
