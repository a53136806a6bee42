// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <vector>

#include "results/journal_format.hpp"
#include "results/run_identity.hpp"

namespace vouch::results {

/// What can be told of a journal by itself, whatever vouch wrote it and whether its run is over.
struct JournalSurvey {
  std::string worlds;                     ///< format_worlds of them
  std::optional<RunIdentity> identity;    ///< of the run that it was opened for last; empty: stopped as it began
  std::vector<std::uint64_t> num_worlds;  ///< by lane, each world once, within the run's replications
  bool holds_more = false;                ///< worlds beyond those
  std::uint64_t num_bytes = 0;
  std::uint64_t num_bytes_damaged = 0;  ///< of a torn or damaged end; of a live run, perhaps what it is writing
  bool is_open = false;                 ///< a run has it open
  std::time_t written = 0;              ///< by the file system's clock
};

/// Reads all of it, without a lock. Throws Error: io; data when it is no journal, damaged at its beginning, or of
/// another schema version.
JournalSurvey survey_journal(const std::string& journal_path);

/// The header of a journal that is only to be read. Throws Error (data).
JournalHeader require_readable_journal(const FileHandle& file);

}  // namespace vouch::results
