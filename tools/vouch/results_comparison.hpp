// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "comparison_view.hpp"
#include "metric_choice.hpp"
#include "results/results_file.hpp"

namespace vouch::cli {

struct ComparisonChoice {
  std::string metric;
  std::string baseline;
  double confidence = 0.95;
};

/// Compares a file's strategies. Throws Error (usage) for an unknown metric or baseline.
ComparisonView compare_results(const results::ResultsFile& file, const ComparisonChoice& choice, const Part& part = {});

/// The whole, as `run` and `compare` print it: the question, verdict and tables of each metric, and published figures.
std::string format_results(const results::ResultsFile& file, const std::vector<ComparisonView>& views);
/// For programs; several metrics by their names, without published figures.
nlohmann::ordered_json make_results_json(const results::ResultsFile& file, const std::vector<ComparisonView>& views);

}  // namespace vouch::cli
