// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "report/compare_results.hpp"
#include "report/sweep_view.hpp"

namespace vouch::cli {

/// All points of a file that has a sweep, as `run` and `compare` print them: the question, then each metric.
std::string format_sweep_results(const results::ResultsFile& file, const std::vector<report::ComparisonChoice>& choices,
                                 report::PointRows rows);
/// For programs; several metrics by their names.
nlohmann::ordered_json make_sweep_results_json(const results::ResultsFile& file,
                                               const std::vector<report::ComparisonChoice>& choices);

}  // namespace vouch::cli
