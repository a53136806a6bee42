// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/charts/moment_intervals.hpp"
#include "report/charts/strategy_rows.hpp"

namespace vouch::report {

/// Customers won for 100 of a group of customers, by what these are like.
struct Advocates {
  std::string title;                ///< of the panel: "by how well they are served"
  std::vector<std::string> groups;  ///< "least well (below -1)"
  std::vector<std::string> nouns;   ///< in sentences, behind a number: "of the least well served"
  /// By group; empty where too few were seen.
  std::vector<std::optional<RatioEstimate>> wins;   ///< at the chart's confidence
  std::vector<std::optional<RatioEstimate>> joint;  ///< in intervals that hold for all groups of the chart at once
  std::vector<std::optional<double>> baseline;      ///< of the baseline, to compare; empty if that is shown itself
};

struct AdvocateData {
  std::string strategy;
  std::size_t index = 0;      ///< of the strategy
  std::string baseline;       ///< empty if it is the strategy
  std::vector<Advocates> by;  ///< the title is about the first that shows a difference
  Sample sample;              ///< of the strategy
  double confidence = 0.95;
};

/// Fewer wins than this in all worlds together are too few for a normal interval.
inline constexpr double fewest_wins = 10.0;

/// Of the best strategy under which customers win others; empty if there is none.
std::optional<AdvocateData> read_advocates(const Reading& reading);

Chart chart_advocates(const AdvocateData& data);

}  // namespace vouch::report
