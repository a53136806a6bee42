// SPDX-License-Identifier: Apache-2.0
#include "report/panel_scale.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vouch::report {
namespace {

bool has_mark(const Panel& panel, Mark mark) {
  return std::any_of(panel.series.begin(), panel.series.end(),
                     [mark](const Series& series) { return series.mark == mark; });
}

/// Along x of a plane: what is drawn must not stick out.
Extent find_plane_x(const Panel& panel) {
  Extent extent;
  visit_data(panel, [&](const Series&, const Datum& datum) { extent.add(datum.x); });
  if (extent.is_empty() || extent.low == extent.high) return extent;
  double room = 0.0;
  if (has_mark(panel, Mark::point) || has_mark(panel, Mark::interval)) room = 0.02 * (extent.high - extent.low);
  if (has_mark(panel, Mark::bar)) room = std::max(room, 0.5 * find_spacing(panel));
  return {extent.low - room, extent.high + room};
}

/// Along the axis of values.
Extent find_values(const Panel& panel, double Datum::*value) {
  Extent extent;
  if (panel.rule) extent.add(*panel.rule);
  visit_data(panel, [&](const Series& series, const Datum& datum) {
    if (series.mark != Mark::band) extent.add(datum.*value);
    if (series.mark == Mark::bar) extent.add(0.0);
    if (datum.low) extent.add(*datum.low);
    if (datum.high) extent.add(*datum.high);
  });
  return extent;
}

Extent find_extent(const Panel& panel, Axis Panel::*axis) {
  if (kind_of(panel) == Kind::plane && axis == &Panel::x) return find_plane_x(panel);
  return find_values(panel, axis == &Panel::x ? &Datum::x : &Datum::y);
}

}  // namespace

Kind kind_of(const Panel& panel) {
  if (panel.y.categories.empty()) return panel.x.categories.empty() ? Kind::plane : Kind::columns;
  return panel.x.categories.empty() ? Kind::rows : Kind::cells;
}

bool has_values_along(Kind kind, Axis Panel::*axis) {
  return kind == Kind::plane || kind == (axis == &Panel::x ? Kind::rows : Kind::columns);
}

double find_spacing(const Panel& panel) {
  std::vector<double> places;
  visit_data(panel, [&](const Series& series, const Datum& datum) {
    if (series.mark == Mark::bar && std::isfinite(datum.x)) places.push_back(datum.x);
  });
  std::sort(places.begin(), places.end());
  double spacing = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < places.size(); ++i) {
    if (places[i] > places[i - 1]) spacing = std::min(spacing, places[i] - places[i - 1]);
  }
  return std::isfinite(spacing) ? spacing : 0.0;
}

SharedExtent find_shared_extent(const Chart& chart, const Panel& panel, Axis Panel::*axis) {
  const Axis& own = panel.*axis;
  const Kind kind = kind_of(panel);
  SharedExtent shared{find_extent(panel, axis), kind == Kind::plane && axis == &Panel::x ? Ends::data : Ends::ticks};
  for (const Panel& other : chart.panels) {
    const Axis& theirs = other.*axis;
    const bool is_alike = kind_of(other) == kind && !own.title.empty() && theirs.title == own.title;
    if (is_alike && !own.low && !own.high && !theirs.low && !theirs.high) shared.extent.add(find_extent(other, axis));
  }
  return shared;
}

}  // namespace vouch::report
