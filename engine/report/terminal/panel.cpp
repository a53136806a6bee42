// SPDX-License-Identifier: Apache-2.0
#include "report/terminal/panel.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "report/text.hpp"

namespace vouch::report::terminal {
namespace {

struct TickLabel {
  std::size_t begin;
  std::string text;
};

TickLabel centre_label(const Grid& grid, std::size_t centre, const std::string& text) {
  const std::size_t width = compute_width(text);
  return {std::min(centre - std::min(centre, width / 2), grid.width() - std::min(grid.width(), width)), text};
}

/// Whether they fit without touching each other.
bool do_fit(const Grid& grid, const std::vector<TickLabel>& labels) {
  std::size_t next = 0;
  for (const TickLabel& label : labels) {
    if (label.begin < next || label.begin + compute_width(label.text) > grid.width()) return false;
    next = label.begin + compute_width(label.text) + 1;
  }
  return true;
}

}  // namespace

bool needs_letters(const Panel& panel) {
  const bool is_rows = kind_of(panel) == Kind::rows;
  // By row: where a row has only one strategy, its name is that strategy's.
  std::set<std::pair<double, std::size_t>> seen;
  for (const Series& series : panel.series)
    for (const Datum& datum : series.data) {
      const Colour colour = colour_of(series, datum);
      if (colour.role != Colour::Role::strategy) continue;
      seen.emplace(is_rows && std::isfinite(datum.y) ? std::round(datum.y) : 0.0, colour.strategy);
    }
  return std::adjacent_find(seen.begin(), seen.end(), [](auto& a, auto& b) { return a.first == b.first; }) !=
         seen.end();
}

std::string letter_of(std::size_t strategy) {
  const std::size_t place = strategy % 52;
  return {static_cast<char>(place < 26 ? 'A' + place : 'a' + (place - 26))};
}

std::string symbol_of(const Colour& colour, bool has_letters, const std::string& plain) {
  return has_letters && colour.role == Colour::Role::strategy ? letter_of(colour.strategy) : plain;
}

Colour colour_of(const Series& series, const Datum& datum) {
  return series.has_own_colours ? datum.colour : series.colour;
}

double place(double value, const AxisScale& scale) {
  if (!std::isfinite(value)) return gap;
  return (value / 2 - scale.low / 2) / (scale.high / 2 - scale.low / 2);  // halves: the difference may overflow
}

std::size_t place_on(double value, const AxisScale& scale, std::size_t count) {
  const double share = std::clamp(place(value, scale), 0.0, 1.0);
  return static_cast<std::size_t>(std::round(share * static_cast<double>(count - 1)));
}

AxisScale make_category_scale(const Axis& axis) {
  return {-0.5, static_cast<double>(axis.categories.size()) - 0.5, 1.0, 0};
}

AxisScale make_shared_scale(const Chart& chart, const Panel& panel, Axis Panel::*axis, double num_ticks) {
  const SharedExtent shared = find_shared_extent(chart, panel, axis);
  return make_scale(shared.extent, panel.*axis, shared.ends, num_ticks);
}

void append_x_axis(Grid& grid, std::size_t begin, std::size_t columns, const AxisScale& scale, const Axis& axis) {
  const std::size_t row = grid.height();
  const std::vector<double> ticks = list_ticks(scale);
  grid.add_row();
  grid.add_row();
  for (std::size_t i = 0; i < columns; ++i) grid.put(begin + i, row, "─", muted_ink);
  for (const double value : ticks) grid.put(begin + place_on(value, scale, columns), row, "┬", muted_ink);
  const std::size_t share = std::max<std::size_t>(columns / std::max<std::size_t>(ticks.size(), 1), 8);
  // Where labels would touch, each second has one, or each third ...; a lone one that is missing looks like an error.
  for (std::size_t every = 1; every <= std::max<std::size_t>(ticks.size(), 1); ++every) {
    std::vector<TickLabel> labels;
    for (const double value : ticks) {
      if (std::fmod(std::round(value / scale.step), static_cast<double>(every)) != 0.0) continue;
      const bool is_named = !axis.categories.empty();
      const std::string label = is_named ? shorten(axis.categories[static_cast<std::size_t>(value)], share - 1)
                                         : format_tick(value, scale, axis);
      labels.push_back(centre_label(grid, begin + place_on(value, scale, columns), label));
    }
    if (!do_fit(grid, labels)) continue;
    for (const TickLabel& label : labels) grid.put(label.begin, row + 1, label.text);
    break;
  }
  if (axis.title.empty()) return;
  for (const std::string& line : wrap(axis.title, columns)) {
    grid.add_row();
    grid.put(begin + (columns - std::min(columns, compute_width(line))) / 2, grid.height() - 1, line);
  }
}

}  // namespace vouch::report::terminal
