// SPDX-License-Identifier: Apache-2.0
// The values of swept ranges. Their bits must not depend on the processor: no libm.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "random/maths.hpp"
#include "scenario/sweep.hpp"

namespace vouch::scenario {
namespace {

constexpr int digits = 6;

/// The decimals that show `size` > 0 to six digits; at least 0.
int count_decimals(double size) {
  int decimals = digits - 1;
  for (; size >= 10.0 && decimals > 0; size /= 10.0) --decimals;
  for (; size < 1.0 && decimals < 300; size *= 10.0) ++decimals;
  return decimals;
}

std::string format_shortest(double value) {
  return fmt::format("{}", value == 0.0 ? 0.0 : value);  // no -0
}

std::string format_rounded(const SweptRange& range, double value) {
  const double width = range.to - range.from;
  const double size = range.is_log ? std::min(width, value) : width;
  const std::string text = fmt::format("{:.{}f}", value, count_decimals(size));
  double rounded = value;
  std::from_chars(text.data(), text.data() + text.size(), rounded);
  return format_shortest(std::clamp(rounded, range.from, range.to));
}

/// From `low` to `high` as `position` goes from 0 to 1.
double interpolate(const SweptRange& range, double low, double high, double position) {
  if (!range.is_log) return low + (high - low) * position;
  return low * maths::exp(position * maths::log(high / low));
}

}  // namespace

std::string format_value_at(const SweptRange& range, double position) {
  if (!range.is_whole) return format_rounded(range, interpolate(range, range.from, range.to, position));
  const double value = std::floor(interpolate(range, range.from, range.to + 1.0, position));
  return format_shortest(std::clamp(value, range.from, range.to));
}

std::vector<std::string> format_steps(const SweptRange& range, std::size_t steps) {
  std::vector<std::string> values{format_shortest(range.from)};
  for (std::size_t i = 1; i + 1 < steps; ++i) {
    const double position = static_cast<double>(i) / static_cast<double>(steps - 1);
    const double value = interpolate(range, range.from, range.to, position);
    values.push_back(range.is_whole ? format_shortest(std::floor(value + 0.5)) : format_rounded(range, value));
  }
  values.push_back(format_shortest(range.to));
  return values;
}

}  // namespace vouch::scenario
