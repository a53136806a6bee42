// SPDX-License-Identifier: Apache-2.0
// Axes of values: where they begin and end, and which round numbers they show.
#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "report/chart.hpp"

namespace vouch::report {

/// What is shown along an axis. Values that are not finite do not count.
struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void add(double value);
  void add(const Extent& other);
  bool is_empty() const { return low > high; }
};

struct AxisScale {
  double low = 0.0;
  double high = 1.0;
  double step = 0.2;  ///< between ticks, which are its multiples
  int decimals = 1;   ///< that ticks need
};

enum class Ends {
  ticks,  ///< the axis begins and ends at a tick, or nearer to the data where that would leave much of it empty
  data    ///< it is as long as the data, or reaches a tick that is all but there
};

/// About `num_ticks` ticks at round numbers; of an axis whose title begins with "days", "weeks" or "months" at those
/// that calendars have. The axis' own ends, if it has any, are kept as they are.
AxisScale make_scale(Extent extent, const Axis& axis, Ends ends, double num_ticks);

/// A tick's label.
std::string format_tick(double tick, const AxisScale& scale, const Axis& axis);

/// From low to high.
std::vector<double> list_ticks(const AxisScale& scale);

/// The widest of its labels, in pixels.
double estimate_label_width(const AxisScale& scale, const Axis& axis, double font_size);

}  // namespace vouch::report
