// SPDX-License-Identifier: Apache-2.0
// A report and its figures, from a results file to files.
#pragma once

#include <string>

#include "reading_options.hpp"
#include "results/results_file.hpp"

namespace vouch::cli {

struct ReportOptions {
  ReadingOptions reading;
  std::string output;   ///< "-": the standard output; empty: beside the results
  std::string figures;  ///< a folder; empty: none
  bool interactive = false;
  bool force = false;  ///< replace what is no report
  bool quiet = false;  ///< do not tell where the page is
};

/// "outputs/a.html" of "outputs/a.h5" and of "outputs/a.h5.journal".
std::string find_report_path(const ReportOptions& options);

/// Refuses, before anything is made, to replace what is no report of vouch (unless forced), and ever the results.
/// Throws Error (usage, io).
void check_report_path(const ReportOptions& options);

/// The command that makes the report again, in the folder of the results.
std::string format_report_command(const ReportOptions& options);

/// Makes the page, and the figures if there shall be any, and tells where they are. Throws Error (usage, io).
void write_report(const results::ResultsFile& file, const ReportOptions& options);

}  // namespace vouch::cli
