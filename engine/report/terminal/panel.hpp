// SPDX-License-Identifier: Apache-2.0
// The three ways in which a panel is drawn in a terminal, and what they share.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/chart.hpp"
#include "report/panel_scale.hpp"
#include "report/terminal/grid.hpp"

namespace vouch::report::terminal {

/// A dot in the place of the context's.
inline constexpr const char* both_sign = "◉";

/// The room of a panel, in characters, and the chart that it shares its scales with.
struct Room {
  const Chart& chart;
  std::size_t width = 80;
  std::size_t plot_height = 12;  ///< of planes and columns
  bool has_y_titles = true;      ///< else the chart says it once
};

/// Categories down the side, values along x.
Grid draw_rows(const Panel& panel, const Room& room);
/// Lines, bands, points and upright bars over an axis of values or categories.
Grid draw_plane(const Panel& panel, const Room& room);
/// A block of characters for each cell.
Grid draw_cells(const Panel& panel, const Room& room);

/// Whether marks need letters, as several strategies could be meant by them.
bool needs_letters(const Panel& panel);
/// "A" to "Z", "a" to "z", then from the start: tells strategies apart where there are no colours.
std::string letter_of(std::size_t strategy);
/// For a mark: the strategy's letter, or `plain` if it is of none or there is no need.
std::string symbol_of(const Colour& colour, bool has_letters, const std::string& plain);

Colour colour_of(const Series& series, const Datum& datum);

/// Places values between the ends of an axis: 0 to 1, beyond for values outside, NaN for none.
double place(double value, const AxisScale& scale);
/// The same on an axis with `count` places, the nearest, kept inside.
std::size_t place_on(double value, const AxisScale& scale, std::size_t count);

/// Of an axis of categories, each in the middle of an equal share.
AxisScale make_category_scale(const Axis& axis);

/// With about so many ticks.
AxisScale make_shared_scale(const Chart& chart, const Panel& panel, Axis Panel::*axis, double num_ticks);

/// Below a plot: the line, its labels where they fit, and the axis's title. Adds the rows.
void append_x_axis(Grid& grid, std::size_t begin, std::size_t columns, const AxisScale& scale, const Axis& axis);

}  // namespace vouch::report::terminal
