// SPDX-License-Identifier: Apache-2.0
// What a panel's axes are, and where they begin and end: the same for every way to draw it.
#pragma once

#include "report/chart.hpp"
#include "report/scale.hpp"

namespace vouch::report {

/// What a panel's axes are.
enum class Kind {
  plane,    ///< values along both
  rows,     ///< categories down
  columns,  ///< categories across
  cells     ///< categories along both
};

Kind kind_of(const Panel& panel);

/// Whether that axis is one of values.
bool has_values_along(Kind kind, Axis Panel::*axis);

/// Least distance between bars of a plane; 0 without two.
double find_spacing(const Panel& panel);

/// What an axis of values has to show, and how it ends.
struct SharedExtent {
  Extent extent;
  Ends ends;
};

/// Axes of values that share a title, but for those with ends of their own, have the same ends, to be compared.
SharedExtent find_shared_extent(const Chart& chart, const Panel& panel, Axis Panel::*axis);

template <typename Visit>
void visit_data(const Panel& panel, const Visit& visit) {
  for (const Series& series : panel.series) {
    for (const Datum& datum : series.data) visit(series, datum);
  }
}

}  // namespace vouch::report
