// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "report/comparison_view.hpp"
#include "results/results_file.hpp"

namespace vouch::cli {

/// "At point 3 of a sweep (...): a = 1, b = 2."; empty without a sweep.
std::string describe_point(const results::RunIdentity& identity, int point);

/// The whole, as `run` and `compare` print it: the question, the point of a sweep, why a run with an aim ended, verdict
/// and tables of each metric, and published figures.
std::string format_results(const results::ResultsFile& file, const std::vector<report::ComparisonView>& views);
/// For programs; several metrics by their names, without what is of the run as a whole.
nlohmann::ordered_json make_results_json(const results::ResultsFile& file,
                                         const std::vector<report::ComparisonView>& views);

}  // namespace vouch::cli
