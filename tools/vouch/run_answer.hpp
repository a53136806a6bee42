// SPDX-License-Identifier: Apache-2.0
// What run, resume and merge have in common beside the work itself: how it is watched, and what it ends with.
#pragma once

#include <string>

#include "core/error.hpp"
#include "report_files.hpp"
#include "run_plan.hpp"

namespace vouch::cli {

/// --report.
void add_report_option(CLI::App& command, RunOptions& options);

/// --threads, --time-limit, --json, --quiet and --log-format.
void add_running_options(CLI::App& command, RunOptions& options);

/// The page of --report.
ReportOptions make_report_options(const std::string& output, const RunOptions& options);

/// Refuses, before anything is simulated, what give_answer could not write. Throws Error (usage, io).
void check_answer(const RunPlan& plan, const RunOptions& options);

/// Prints the comparison of the strategies, of a sweep at all points, before it which part of a run they are of, and
/// makes the page that was asked for. Throws Error (io, usage, data).
ExitCode give_answer(const std::string& output, const RunOptions& options);

}  // namespace vouch::cli
