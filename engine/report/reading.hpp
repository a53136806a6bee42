// SPDX-License-Identifier: Apache-2.0
// What all charts of a report know of a results file.
#pragma once

#include <string>
#include <vector>

#include "report/compare_results.hpp"
#include "report/comparison_view.hpp"
#include "results/results_file.hpp"

namespace vouch::report {

/// A results file and how it is read: by its scenario's metric, baseline and confidence, or those that the user chose.
/// Of a sweep everything but the sweep's own answer and charts is of one point.
struct Reading {
  const results::ResultsFile& file;
  ComparisonChoice choice;
  ComparisonView view;  ///< compare_results(file, choice)

  int lane_of(std::size_t strategy) const { return choice.point * file.num_strategies() + static_cast<int>(strategy); }
  const std::vector<std::string>& strategy_names() const { return view.strategy_names; }
};

}  // namespace vouch::report
