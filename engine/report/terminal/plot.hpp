// SPDX-License-Identifier: Apache-2.0
// A plane's plot: where its marks go on the grid.
#pragma once

#include <cstddef>
#include <string_view>

#include "report/terminal/panel.hpp"

namespace vouch::report::terminal {

/// Where the plot stands on its grid, and its axes.
struct Plot {
  Grid* grid;
  std::size_t left = 0;
  std::size_t top = 0;
  std::size_t columns = 1;
  std::size_t rows = 1;
  AxisScale x;
  AxisScale y;
  bool has_letters = false;

  double dot_x(double value) const;  ///< on a Canvas of the plot's size; NaN stays
  double dot_y(double value) const;
  double column_of(double value) const;  ///< of the character that holds the dot; beyond the plot where the value is
  double row_of(double value) const;
  bool holds(double column, double row) const;
  /// Nothing where the plot does not hold the place.
  void put(double column, double row, std::string_view text, const Ink& ink) const;
  bool is_blank(double column, double row, std::size_t columns_needed) const;
};

/// From the back to the front.
void draw_bars(const Plot& plot, const Panel& panel);
void draw_bands(const Plot& plot, const Panel& panel);
void draw_rule(const Plot& plot, const Panel& panel);
void draw_intervals(const Plot& plot, const Panel& panel);
void draw_lines(const Plot& plot, const Panel& panel);
void draw_points(const Plot& plot, const Panel& panel);
/// How many lines end at the plot's right edge in one row: so many letters stand there side by side.
std::size_t find_most_letters(const Plot& plot, const Panel& panel);
/// Letters on lines, and beside their ends, at their own heights: right of the plot from its second column on.
void draw_letters(const Plot& plot, const Panel& panel);

}  // namespace vouch::report::terminal
