// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/reading.hpp"
#include "report_files.hpp"

namespace vouch::cli {

/// Every chart of the report as ID.svg and ID.png in the folder, which is made if it is not there, but not the one
/// that it is in. Throws Error (usage) if a file of such a name is no figure of vouch (unless forced), io.
void write_figures(const report::Reading& reading, const ReportOptions& options);

}  // namespace vouch::cli
