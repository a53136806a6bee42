// SPDX-License-Identifier: Apache-2.0
#include "report/told_number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "report/metric_words.hpp"
#include "report/number.hpp"
#include "report/unit.hpp"

namespace vouch::report {
namespace {

using statistics::Difference;
using statistics::Estimate;
using statistics::Interval;

constexpr double least_told_share = 0.001;
constexpr double lowest_told_share = -0.995;  ///< "100 % less", to which less is rounded, would be "nothing"
constexpr double most_told_share = 10.0;
constexpr int most_decimals = 12;
constexpr const char* points = "percentage points";  ///< said once, not of the interval again

bool prints_zero(double value, int decimals) {
  return format_number(value, decimals).find_first_of("123456789") == std::string::npos;
}

/// Three significant digits, for what has no error.
int count_exact_decimals(double value) {
  constexpr int most = 6;
  for (int decimals = 0; decimals < most; ++decimals)
    if (std::abs(value - std::round(value * std::pow(10.0, decimals)) / std::pow(10.0, decimals)) <=
        1e-3 * std::abs(value))
      return decimals;
  return most;
}

/// Decimals at which the error shows `digits` significant digits.
int count_decimals(double value, double error, int digits) {
  return error > 0.0 ? digits - 1 - static_cast<int>(std::floor(std::log10(error))) : count_exact_decimals(value);
}

struct Style {
  int digits = 2;               ///< of the error, as tables have them
  int fewest = -most_decimals;  ///< decimals
  int most = most_decimals;
};

/// Percentages: one digit of the error is enough, and no more decimals than anybody reads.
Style choose_percent_style(double percent) {
  const double size = std::abs(percent);
  return {1, 0, size < 1.0 ? 2 : size < 100.0 ? 1 : 0};
}

Style choose_style(const Scale& scale, double value) {
  return scale.factor == 1.0 ? Style{} : choose_percent_style(value);
}

class Rounding {
 public:
  Rounding(double value, const std::optional<Interval>& interval, const Style& style) {
    const double error = interval ? (interval->high - interval->low) / 4.0 : 0.0;
    decimals_ = std::clamp(count_decimals(value, error, style.digits), style.fewest, style.most);
    std::array<double, 3> shown{value, value, value};
    if (interval) shown = {value, interval->low, interval->high};
    // What is beside 0 must not look as if it were 0.
    const auto hides = [&](double x) { return x != 0.0 && prints_zero(x, decimals_); };
    for (int more = 0; more < 3 && decimals_ < most_decimals; ++more)
      if (std::any_of(shown.begin(), shown.end(), hides)) ++decimals_;
  }

  std::string format(double value) const {
    if (value != 0.0 && prints_zero(value, decimals_)) return fmt::format("{:.1g}", value);
    return format_number(value, decimals_);
  }

 private:
  int decimals_ = 0;
};

ToldNumber tell(double value, const std::optional<Interval>& interval, const std::string& unit, const Style& style) {
  const Rounding rounding(value, interval, style);
  const std::string suffix = unit.empty() ? "" : ' ' + unit;
  ToldNumber told{rounding.format(value) + suffix, {}};
  if (interval && interval->low < interval->high)
    told.interval = fmt::format("{} to {}{}", rounding.format(interval->low), rounding.format(interval->high),
                                unit == points ? "" : suffix);
  return told;
}

Interval scale_interval(const Interval& interval, double factor) {
  const double low = interval.low * factor;
  const double high = interval.high * factor;
  return {std::min(low, high), std::max(low, high)};
}

bool is_told_in_percent(const ComparisonView& view, const Difference& difference) {
  if (view.metric.unit == "share" || view.metric.is_neutral || !difference.relative_interval) return false;
  const double share = *difference.relative;
  return std::abs(share) >= least_told_share && share > lowest_told_share && share < most_told_share;
}

}  // namespace

ToldNumber tell_value(const ComparisonView& view, const Estimate& estimate) {
  const Scale scale = find_told_scale(view.metric, view.currency);
  std::optional<Interval> interval;
  if (estimate.interval) interval = scale_interval(*estimate.interval, scale.factor);
  const double value = *estimate.value * scale.factor;
  return tell(value, interval, scale.unit, choose_style(scale, value));
}

ToldNumber tell_difference(const ComparisonView& view, const Difference& difference, int sign) {
  if (is_told_in_percent(view, difference)) {
    const double percent = 100.0 * sign * *difference.relative;
    return tell(percent, scale_interval(*difference.relative_interval, 100.0 * sign), "%",
                choose_percent_style(percent));
  }
  const Scale scale = find_told_scale(view.metric, view.currency);
  const double factor = sign * scale.factor;
  std::optional<Interval> interval;
  if (difference.estimate.interval) interval = scale_interval(*difference.estimate.interval, factor);
  const double value = *difference.estimate.value * factor;
  return tell(value, interval, scale.difference_unit, choose_style(scale, value));
}

}  // namespace vouch::report
