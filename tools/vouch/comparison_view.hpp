// SPDX-License-Identifier: Apache-2.0
// A comparison for people and for programs. Pure: numbers in, text out.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "statistics/comparison.hpp"
#include "statistics/metric.hpp"

namespace vouch::cli {

/// What is shown: a comparison and the names that belong to it.
struct ComparisonView {
  statistics::Comparison comparison;
  statistics::Metric metric;
  std::vector<std::string> strategy_names;
  std::size_t baseline = 0;
  double confidence = 0.95;
  std::string currency;        ///< "EUR"; stands for "currency" in units
  std::size_t num_worlds = 0;  ///< that every strategy completed
};

/// Whether there is anything to come first in: several strategies, and a metric that is good or bad.
bool is_contest(const ComparisonView& view);

/// The answer in one or two plain sentences, which claim no more than the intervals do.
std::string format_verdict(const ComparisonView& view);

/// The verdict and two tables: each strategy by itself, and its differences from the baseline.
std::string format_comparison(const ComparisonView& view);

/// Why differences have intervals of their own, to be said once below comparisons; empty for one strategy.
std::string explain_pairing(const ComparisonView& view);

/// Unrounded. What is unknown is null.
nlohmann::ordered_json make_comparison_json(const ComparisonView& view);

}  // namespace vouch::cli
