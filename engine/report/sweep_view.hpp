// SPDX-License-Identifier: Apache-2.0
// Comparisons at all points of a sweep, for people and for programs. Pure: numbers in, text out.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/comparison_view.hpp"
#include "results/run_identity.hpp"

namespace vouch::report {

struct SweepView {
  std::vector<results::SweptKey> keys;
  std::vector<ComparisonView> points;  ///< by point; all of the same metric, strategies and confidence
};

/// What the worlds of one point say of who comes first.
struct PointCall {
  std::vector<std::size_t> by_itself;  ///< contenders at this point, best first; empty if nothing has a value
  /// The same such that all points' statements hold at once, by Bonferroni's inequality: a strategy is left out only if
  /// it is surely behind at the confidence 1 - (1 - confidence) / points. Holds by_itself.
  std::vector<std::size_t> together;
};
std::vector<PointCall> call_points(const SweepView& view);

/// By strategy, the points at which all say together that it alone can be best.
std::vector<std::vector<std::size_t>> list_won_points(const SweepView& view, const std::vector<PointCall>& calls);

/// "30 worlds each", or from the fewest to the most of any point and strategy.
std::string format_sweep_worlds(const SweepView& view, Wording wording = Wording::worlds);

/// Points whose lead's interval may hold the truth less often than it says.
std::size_t count_cautious_points(const SweepView& view);

/// Which rows the table of points has.
enum class PointRows {
  extract,  ///< of more than 36 points, the 24 whose leads are least certain
  all
};

/// Where each strategy is best, and a row for each point.
std::string format_sweep(const SweepView& view, PointRows rows);

/// Unrounded, all points, each with its whole comparison. What is unknown is null.
nlohmann::ordered_json make_sweep_json(const SweepView& view);

/// The last parts of dotted names that tell them apart: "weights.fatigue".
std::vector<std::string> shorten_keys(const std::vector<results::SweptKey>& keys);

}  // namespace vouch::report
