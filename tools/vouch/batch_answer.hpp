// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "report/comparison_view.hpp"
#include "results/results_file.hpp"

namespace vouch::cli {

/// What a results file comes to, by its scenario's metric, in a few words.
struct BatchAnswer {
  std::string text;                 ///< "early is best", "too close to call between late and early"
  std::optional<std::string> best;  ///< only where one strategy is surely the best; none for a sweep
};

/// Claims no more than the comparison that `run` prints.
BatchAnswer find_answer(const results::ResultsFile& file);

/// Of one comparison; for tests.
BatchAnswer find_answer(const report::ComparisonView& view);

}  // namespace vouch::cli
