// SPDX-License-Identifier: Apache-2.0
// Values and differences as sentences tell them: in percent where that makes sense, rounded to what is known.
#pragma once

#include <optional>
#include <string>

#include "report/comparison_view.hpp"

namespace vouch::report {

/// An estimate in words. What is not 0 is not written as 0.
struct ToldNumber {
  std::string value;     ///< "27 %", "12,400 EUR"
  std::string interval;  ///< "24 to 30 %", "-2.1 to 2.6 EUR"; empty if unknown, or if nothing varies
};

/// A strategy's value.
ToldNumber tell_value(const ComparisonView& view, const statistics::Estimate& estimate);

/// How much larger (`sign` 1) or smaller (-1) the first of a difference is than the other: in percent of the other
/// where that is surely above zero, the metric is no share, and the difference at least 0.1 %, less than tenfold
/// and not all of it;
/// else in the metric's unit. The interval of a percentage allows for the error of what it is a percentage of
/// (Difference::relative_interval). `difference` has a value.
ToldNumber tell_difference(const ComparisonView& view, const statistics::Difference& difference, int sign);

}  // namespace vouch::report
