// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "report/charts/moment_intervals.hpp"
#include "report/charts/strategy_rows.hpp"
#include "report/charts/time_axis.hpp"

namespace vouch::report {

/// The series that shows over time what a metric is about.
struct TimeTopic {
  std::string series;  ///< "referral_wins"
  std::string title;   ///< of the axis: "referred customers won in each 30 days"
  std::string noun;    ///< in sentences, behind "more" and "fewer": "referred customers"
  bool is_counted = true;
  bool is_money = false;
  bool is_measure = true;  ///< the metric itself, that strategies are compared by
};

/// Of the series that the file has; empty if it has none that fits.
std::optional<TimeTopic> choose_topic(const statistics::Metric& metric, const std::vector<std::string>& series,
                                      const std::string& currency);

struct TimeData {
  StrategyOrder order;
  TimeTopic topic;
  TimeBins bins;
  double factor = 1.0;                                        ///< of what is drawn: 1e-6 for millions
  std::vector<std::vector<std::array<double, 5>>> quantiles;  ///< 5, 25, 50, 75, 95 %, by strategy and bin
  std::vector<std::vector<Spread>> spreads;                   ///< by strategy and bin
  std::vector<Sample> samples;                                ///< by strategy
  /// Minus the baseline, by strategy and bin; empty where they are not known.
  std::vector<std::vector<Spread>> differences;
  std::vector<Sample> common_samples;  ///< of the differences
  double confidence = 0.95;
};

/// Empty where there is nothing to show.
std::optional<TimeData> read_time(const Reading& reading);

Chart chart_time(const TimeData& data);

}  // namespace vouch::report
