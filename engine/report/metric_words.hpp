// SPDX-License-Identifier: Apache-2.0
// What metrics are called in sentences. describe_metric is declared with the headline.
#pragma once

#include <string>

#include "report/unit.hpp"
#include "statistics/metric.hpp"

namespace vouch::report {

/// How differences of a quantity are said.
enum class Manner {
  count,   ///< "3 more customers", "3 fewer"
  amount,  ///< "3 EUR more net value", "3 EUR less"
  level    ///< "a yes rate that is 3 percentage points higher", "lower"
};

struct MetricWords {
  std::string noun;  ///< "net value"
  Manner manner = Manner::level;
  bool is_plain = true;  ///< plain words; else the metric's own name, which its description has to explain
};

MetricWords find_words(const statistics::Metric& metric);

/// What the metric is, in words that follow its noun and a colon: its description without formulas and names of other
/// metrics, for those that have plain words. May be empty.
std::string explain_metric(const statistics::Metric& metric);

/// How values are shown beside those words: as find_scale, but what is counted per customer is told per 100 of them,
/// which the noun says. Tables of `vouch compare` and files have the metric's own unit.
Scale find_told_scale(const statistics::Metric& metric, const std::string& currency);

/// "more", "fewer", "less", "higher" or "lower".
const char* name_direction(Manner manner, bool is_more);

/// The title of an axis in `unit`, which tick labels do not say unless it is "%": "net value, EUR".
std::string name_axis(const statistics::Metric& metric, const std::string& unit);

}  // namespace vouch::report
