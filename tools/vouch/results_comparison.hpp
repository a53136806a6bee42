// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "comparison_view.hpp"
#include "results/results_file.hpp"
#include "world_evidence.hpp"

namespace vouch::cli {

enum class Controls : bool { unused, used };

struct ComparisonChoice {
  std::string metric;
  std::string baseline;
  double confidence = 0.95;
  statistics::Adjustment adjustment = statistics::Adjustment::best;
  Extras extras = {};
  Controls controls = Controls::unused;
  int point = 0;                               ///< of a sweep
  std::optional<double> sure_confidence = {};  ///< as ViewOptions has it
};

/// Compares a file's strategies. Throws Error (usage) for an unknown metric or baseline, or if controls are asked for
/// and the file has none.
ComparisonView compare_results(const results::ResultsFile& file, const ComparisonChoice& choice, const Part& part = {});

/// "At point 3 of a sweep (...): a = 1, b = 2."; empty without a sweep.
std::string describe_point(const results::RunIdentity& identity, int point);

/// The whole, as `run` and `compare` print it: the question, the point of a sweep, why a run with an aim ended, verdict
/// and tables of each metric, and published figures.
std::string format_results(const results::ResultsFile& file, const std::vector<ComparisonView>& views);
/// For programs; several metrics by their names, without what is of the run as a whole.
nlohmann::ordered_json make_results_json(const results::ResultsFile& file, const std::vector<ComparisonView>& views);

}  // namespace vouch::cli
