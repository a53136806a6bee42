// SPDX-License-Identifier: Apache-2.0
#include "report/scale.hpp"

#include <fmt/format.h>

#include <cmath>

#include "report/number.hpp"
#include "report/text_fit.hpp"

namespace vouch::report {
namespace {

constexpr double least_size = 1e-290;  // numbers near the least that there are have lost digits
constexpr double largest = std::numeric_limits<double>::max();
constexpr double largest_step = 1e308;
constexpr int most_decimals = 6;
constexpr double largest_in_full = 1e12;
constexpr double most_empty = 0.15;  // of an axis' length, between the data and the tick at its end
constexpr double least_empty = 0.04;

struct Unit {
  const char* name;
  std::vector<double> steps;
};

const std::vector<Unit>& units_of_time() {
  static const std::vector<Unit> units = {{"days", {1, 2, 5, 10, 30, 60, 90, 180, 360, 720}},
                                          {"weeks", {1, 2, 4, 13, 26, 52, 104}},
                                          {"months", {1, 2, 3, 6, 12, 24, 36, 60, 120}}};
  return units;
}

/// A round number, at least `step`.
double round_step(double step, const std::string& title) {
  for (const Unit& unit : units_of_time()) {
    if (title.rfind(unit.name, 0) != 0 || step <= 0.5 || step > unit.steps.back()) continue;
    return *std::lower_bound(unit.steps.begin(), unit.steps.end(), step);
  }
  const double power = std::pow(10.0, std::floor(std::log10(step)));
  for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
    if (factor == 2.5 && power < 10.0) continue;  // 0, 25, 50 reads well; 0, 2.5, 5 does not
    if (factor * power >= step * (1.0 - 1e-9)) return std::min(factor * power, largest_step);
  }
  return std::min(10.0 * power, largest_step);
}

/// Room around a single value, or a range that is only rounding.
Extent widen(Extent extent) {
  if (extent.is_empty()) return {0.0, 1.0};
  const double size = std::max(std::abs(extent.low), std::abs(extent.high));
  if (size < least_size) return {0.0, 1.0};
  if (extent.high / 2.0 - extent.low / 2.0 > 1e-9 * size) return extent;  // halves: the difference may overflow
  const double middle = extent.low / 2.0 + extent.high / 2.0;
  return {middle - 0.1 * size, middle + 0.1 * size};
}

/// Without the dust of binary multiples: 0.3, not 0.30000000000000004.
double find_multiple(double count, const AxisScale& scale) {
  const double value = count * scale.step;
  if (scale.decimals == 0 || scale.decimals > 15) return value;
  const double power = std::pow(10.0, scale.decimals);
  return std::round(value * power) / power;
}

/// Ticks as ends may leave much of an axis empty: then it ends soon behind the data.
void trim_ends(AxisScale& scale, const Extent& extent, const Axis& axis) {
  const double length = scale.high - scale.low;
  const double room = least_empty * (extent.high - extent.low);
  AxisScale trimmed = scale;
  if (!axis.low && extent.low - scale.low > most_empty * length) trimmed.low = extent.low - room;
  if (!axis.high && scale.high - extent.high > most_empty * length) trimmed.high = extent.high + room;
  if (list_ticks(trimmed).size() >= 2) scale = trimmed;
}

/// Three years in bins of 30 days end at month 35.5, the last bin's middle is 35.0: an axis that all but reaches a tick
/// has it.
void reach_ticks(AxisScale& scale, const Axis& axis) {
  const double room = 0.04 * (scale.high - scale.low);
  const double before = find_multiple(std::floor(scale.low / scale.step + 1e-9), scale);
  const double behind = find_multiple(std::ceil(scale.high / scale.step - 1e-9), scale);
  if (!axis.low && before < scale.low && scale.low - before < room) scale.low = before;
  if (!axis.high && behind > scale.high && behind - scale.high < room) scale.high = behind;
}

}  // namespace

void Extent::add(double value) {
  if (!std::isfinite(value)) return;
  low = std::min(low, value);
  high = std::max(high, value);
}

void Extent::add(const Extent& other) {
  if (other.is_empty()) return;
  add(other.low);
  add(other.high);
}

AxisScale make_scale(Extent extent, const Axis& axis, Ends ends, double num_ticks) {
  if (axis.from_zero) extent.add(0.0);
  extent = widen({std::max(extent.low, -largest), std::min(extent.high, largest)});
  if (axis.low && axis.high && *axis.low < *axis.high) extent = {*axis.low, *axis.high};
  if (axis.low && *axis.low < extent.high) extent.low = *axis.low;
  if (axis.high && *axis.high > extent.low) extent.high = *axis.high;
  const double num_steps = std::max(2.0, num_ticks);
  AxisScale scale{extent.low, extent.high, round_step(extent.high / num_steps - extent.low / num_steps, axis.title), 0};
  scale.decimals = std::max(0, -static_cast<int>(std::floor(std::log10(scale.step) + 1e-9)));
  if (ends == Ends::data) {
    reach_ticks(scale, axis);
    return scale;
  }
  if (!axis.low) scale.low = std::max(-largest, find_multiple(std::floor(extent.low / scale.step + 1e-9), scale));
  if (!axis.high) scale.high = std::min(largest, find_multiple(std::ceil(extent.high / scale.step - 1e-9), scale));
  trim_ends(scale, extent, axis);
  return scale;
}

std::vector<double> list_ticks(const AxisScale& scale) {
  std::vector<double> ticks;
  const double last = std::floor(scale.high / scale.step + 1e-9);
  for (double count = std::ceil(scale.low / scale.step - 1e-9); count <= last; ++count) {
    ticks.push_back(find_multiple(count, scale));
  }
  return ticks;
}

std::string format_tick(double tick, const AxisScale& scale, const Axis& axis) {
  const int decimals = std::max(scale.decimals, axis.decimals);
  const bool is_long = decimals > most_decimals || std::max(-scale.low, scale.high) >= largest_in_full;
  return (is_long ? fmt::format("{:.4g}", tick) : format_number(tick, decimals)) + axis.suffix;
}

double estimate_label_width(const AxisScale& scale, const Axis& axis, double font_size) {
  double widest = 0.0;
  for (const double tick : list_ticks(scale)) {
    widest = std::max(widest, estimate_text_width(format_tick(tick, scale, axis), font_size));
  }
  return widest;
}

}  // namespace vouch::report
