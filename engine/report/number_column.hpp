// SPDX-License-Identifier: Apache-2.0
// The numbers of one column of a table.
#pragma once

#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "report/comparison_view.hpp"
#include "report/number.hpp"
#include "report/unit.hpp"

namespace vouch::report {

inline constexpr const char* unknown_number = "–";

template <typename Value, typename Format>
std::string format_optional(const std::optional<Value>& value, const Format& format) {
  return value ? format(*value) : unknown_number;
}

/// Numbers of one column: all with the same scale and decimals.
class NumberColumn {
 public:
  NumberColumn(const Scale& scale, std::span<const statistics::Estimate> estimates)
      : factor_(scale.factor), decimals_(choose_decimals(estimates, scale.factor)) {}

  /// The same numbers in a larger unit, to as many digits.
  NumberColumn(const NumberColumn& numbers, double factor, int more_decimals)
      : factor_(numbers.factor_ * factor), decimals_(numbers.decimals_ + more_decimals) {}

  std::string plain(const std::optional<double>& value) const {
    return format_optional(value, [this](double v) { return format_number(v * factor_, decimals_); });
  }
  std::string with_sign(const std::optional<double>& value) const {
    return format_optional(value, [this](double v) { return format_signed(v * factor_, decimals_); });
  }
  std::string plain(const std::optional<statistics::Interval>& interval) const {
    return format_optional(interval,
                           [this](const statistics::Interval& i) { return plain(i.low) + " to " + plain(i.high); });
  }
  std::string with_sign(const std::optional<statistics::Interval>& interval) const {
    return format_optional(
        interval, [this](const statistics::Interval& i) { return with_sign(i.low) + " to " + with_sign(i.high); });
  }
  /// Where exactly 0 is a bound of its own, which "0.00" would hide.
  std::string with_sign_or_zero(const std::optional<statistics::Interval>& interval) const {
    const auto bound = [this](double value) { return value == 0.0 ? "0" : with_sign(value); };
    return format_optional(interval,
                           [&](const statistics::Interval& i) { return bound(i.low) + " to " + bound(i.high); });
  }
  /// What is estimated to be small, but is not known to be nothing.
  std::string small(double value) const {
    const double least = std::pow(10.0, -decimals_);
    if (value * factor_ >= least / 2.0) return plain(value);
    return "< " + format_number(least, decimals_);
  }

 private:
  double factor_;
  int decimals_;
};

/// Of the strategies, as given; of their differences from the baseline.
std::vector<statistics::Estimate> list_estimates(const ComparisonView& view);
std::vector<statistics::Estimate> list_differences(const ComparisonView& view);

}  // namespace vouch::report
