// SPDX-License-Identifier: Apache-2.0
// What `vouch inspect` tells of a journal: how far its run is, and how to go on.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "results/journal_survey.hpp"

namespace vouch::cli {

std::string format_journal(const std::string& path, const results::JournalSurvey& journal);

/// For programs.
nlohmann::ordered_json make_journal_json(const std::string& path, const results::JournalSurvey& journal);

}  // namespace vouch::cli
