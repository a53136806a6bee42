// SPDX-License-Identifier: Apache-2.0
// How the runs of a batch ended, for people and for programs. Pure.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "batch_answer.hpp"
#include "core/error.hpp"

namespace vouch::cli {

enum class BatchStatus { made, up_to_date, failed, stopped, not_started };

/// "made", "up to date", "failed", "stopped", "not started".
const char* name_of(BatchStatus status);

/// How one run ended.
struct BatchOutcome {
  std::string name;
  std::string scenario;  ///< path; empty: of a line that could not be read
  std::string results;   ///< path; empty likewise
  BatchStatus status = BatchStatus::not_started;
  ExitCode code = ExitCode::success;  ///< as `vouch run` would have ended
  std::string message;                ///< why it failed, or what a stopped run has kept
  std::string started;                ///< ISO 8601, UTC
  double seconds = 0.0;
  std::optional<std::uint64_t> num_worlds;  ///< in the results
  std::uint64_t num_simulated = 0;
  std::uint64_t num_resumed = 0;
  std::optional<std::uint64_t> seed;  ///< unknown where the scenario could not be read
  std::optional<std::uint32_t> replications;
  std::optional<BatchAnswer> answer;
};

/// The gravest of the failures: permanent ones (1, 3, 2, 6) before those that can be tried again (4, 5); but a signal's
/// where one has stopped a run.
ExitCode find_batch_code(const std::vector<BatchOutcome>& outcomes);

/// "2 made, 1 up to date, 1 failed".
std::string count_outcomes(const std::vector<BatchOutcome>& outcomes);

/// How many, a row for each, and below what went wrong, in full. `folder`: that of the results.
std::string format_batch(const std::vector<BatchOutcome>& outcomes, double seconds, const std::string& folder);

/// "made when-to-ask: 1,400 worlds in 3.2 s, early is best"; not for a failure.
std::string format_outcome(const BatchOutcome& outcome);

/// A line of the batch's log; what is unknown is null.
nlohmann::ordered_json make_outcome_json(const BatchOutcome& outcome);

/// The summary, with every run as in the log.
nlohmann::ordered_json make_batch_json(const std::vector<BatchOutcome>& outcomes, double seconds, ExitCode code);

}  // namespace vouch::cli
