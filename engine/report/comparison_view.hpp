// SPDX-License-Identifier: Apache-2.0
// A comparison for people and for programs. Pure: numbers in, text out.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "report/number.hpp"
#include "statistics/comparison.hpp"
#include "statistics/metric.hpp"

namespace vouch::report {

/// Estimates that have the luck taken out which controls show; unknown where controls do not help to know.
struct ControlledRow {
  std::optional<statistics::ControlledEstimate> value;
  std::optional<statistics::ControlledEstimate> from_baseline;
};

/// What is shown besides the comparison.
struct Extras {
  std::vector<double> quantiles = {};  ///< probabilities in (0, 1), of which quantiles over worlds are shown
  bool pairs = false;                  ///< every pair of strategies
};

/// What is shown: a comparison and what belongs to it.
struct ComparisonView {
  statistics::Comparison comparison;
  statistics::Metric metric;
  std::vector<std::string> strategy_names;
  std::size_t baseline = 0;
  double confidence = 0.95;
  statistics::Adjustment adjustment = statistics::Adjustment::best;
  std::string currency;                   ///< "EUR"; stands for "currency" in units
  int point = 0;                          ///< of a sweep
  std::size_t group_size = 1;             ///< 2: antithetic pairs of worlds
  std::vector<std::uint64_t> num_worlds;  ///< by strategy, in whole groups
  Extras extras;
  statistics::Looks looks = statistics::Looks::fixed;
  std::string reached_aim;                   ///< "best by net_value within 1%", which ended the run; empty: none did
  std::vector<std::size_t> sure_contenders;  ///< at ViewOptions::sure_confidence
  std::vector<std::vector<statistics::QuantileEstimate>> quantiles;  ///< by strategy and Extras::quantiles
  std::vector<std::optional<double>> antithetic_gains;               ///< by strategy; empty without pairs of worlds
  std::vector<std::string> controls;                                 ///< names; empty if none were read
  std::vector<ControlledRow> controlled;                             ///< by strategy; empty without controls
};

/// What a view needs besides evidence.
struct ViewOptions {
  std::vector<std::string> strategy_names;
  std::size_t baseline = 0;
  double confidence = 0.95;
  statistics::Adjustment adjustment = statistics::Adjustment::best;
  std::string currency;
  Extras extras;
  statistics::Looks looks = statistics::Looks::fixed;  ///< any: of a run that is not over, or whose end hung on a lead
  std::string reached_aim = {};
  std::optional<double> sure_confidence = {};  ///< of any look: contenders at another confidence, too
};

ComparisonView make_view(const statistics::Evidence& evidence, const statistics::Metric& metric,
                         const ViewOptions& options);

/// Whether there is anything to come first in: several strategies, and a metric that is good or bad.
bool is_contest(const ComparisonView& view);

/// Whether worlds can tell if the two differ.
bool is_judged(const ComparisonView& view, const statistics::AdjustedDifference& adjusted);

/// Strategies that have a value.
std::size_t count_known(const ComparisonView& view);

/// "200 worlds each", "32 to 480 worlds each": of the strategies that have a value.
std::string format_num_worlds(const ComparisonView& view, Wording wording = Wording::worlds);

/// The answer in one or two plain sentences, which claim no more than the intervals do.
std::string format_verdict(const ComparisonView& view);

/// The verdict, tables of values and differences, and what to be careful about.
std::string format_comparison(const ComparisonView& view);

/// How the intervals are meant, to be said once below comparisons; empty for one strategy.
std::string explain_intervals(const ComparisonView& view);

/// "best", "bonferroni", "holm", "none".
const char* name_of(statistics::Adjustment adjustment);

/// Unrounded. What is unknown is null.
nlohmann::ordered_json make_comparison_json(const ComparisonView& view);

}  // namespace vouch::report
