// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/charts/moment_intervals.hpp"
#include "report/charts/strategy_rows.hpp"
#include "report/charts/time_axis.hpp"

namespace vouch::report {

/// Mean fatigue of active customers, by strategy and bin.
struct FatigueData {
  StrategyOrder order;
  TimeBins bins;
  std::vector<std::vector<Spread>> fatigue;  ///< by strategy and bin
  std::vector<Sample> samples;               ///< by strategy
  std::optional<double> limit;               ///< above which the scenario counts a customer as burned out
  double confidence = 0.95;
};

FatigueData read_fatigue(const Reading& reading);
/// There must be bins, and fatigue in one of them.
Chart chart_fatigue(const FatigueData& data);

/// Rates of which less is better, by strategy.
struct BurdenData {
  StrategyOrder order;
  std::vector<Quantity> burdens;                   ///< a panel each; the title is about the first that has a contrast
  std::vector<std::optional<Contrast>> contrasts;  ///< by burden; none where there are no two strategies to compare
  std::vector<std::string> phrases;                ///< by burden, behind a number: "of 1,000 customers opted out"
  double confidence = 0.95;
};

/// Burned out of those asked; opt-outs.
BurdenData read_people(const Reading& reading);
Chart chart_people(const BurdenData& data);

/// What the reference desk asks of customers, and what it could not serve.
BurdenData read_references(const Reading& reading);
Chart chart_references(const BurdenData& data);

}  // namespace vouch::report
