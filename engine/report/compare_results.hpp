// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "report/comparison_view.hpp"
#include "report/sweep_view.hpp"
#include "report/world_evidence.hpp"
#include "results/results_file.hpp"

namespace vouch::report {

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

/// At every point of a file's sweep, with the contenders that all points' statements together need.
SweepView compare_points(const results::ResultsFile& file, ComparisonChoice choice);

}  // namespace vouch::report
