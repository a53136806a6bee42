// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "statistics/metric.hpp"

namespace vouch::report {

/// How a metric's values are shown.
struct Scale {
  double factor = 1.0;          ///< 100 for shares
  std::string unit;             ///< "EUR", "days", "%"; empty for counts
  std::string difference_unit;  ///< "percentage points" for shares
};

inline Scale find_scale(const statistics::Metric& metric, const std::string& currency) {
  if (metric.unit == "share") return {100.0, "%", "percentage points"};
  if (metric.unit == "1") return {};
  std::string unit = metric.unit;
  constexpr std::string_view placeholder = "currency";
  if (unit.starts_with(placeholder)) unit.replace(0, placeholder.size(), currency);
  return {1.0, unit, unit};
}

/// Which values of a metric are better, for programs: "higher", "lower" or "neither".
inline const char* name_of_better(const statistics::Metric& metric) {
  if (metric.is_neutral) return "neither";
  return metric.direction == statistics::Direction::higher_is_better ? "higher" : "lower";
}

}  // namespace vouch::report
