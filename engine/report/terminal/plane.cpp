// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "report/terminal/canvas.hpp"
#include "report/terminal/plot.hpp"
#include "report/text.hpp"

namespace vouch::report::terminal {
namespace {

void draw_y_axis(const Plot& plot, const Axis& axis) {
  for (std::size_t row = 0; row < plot.rows; ++row) plot.grid->put(plot.left - 1, plot.top + row, "│", muted_ink);
  double last_row = -1.0;
  for (const double value : list_ticks(plot.y)) {
    const double row = plot.row_of(value);
    if (row == last_row || !plot.holds(0.0, row)) continue;
    last_row = row;
    const std::string label = format_tick(value, plot.y, axis);
    const std::size_t line = plot.top + static_cast<std::size_t>(row);
    plot.grid->put(plot.left - 1 - std::min(plot.left - 1, compute_width(label) + 1), line, label);
    plot.grid->put(plot.left - 1, line, "┤", muted_ink);
  }
}

}  // namespace

double Plot::dot_x(double value) const {
  return place(value, x) * static_cast<double>(columns * Canvas::dots_across - 1);
}
double Plot::dot_y(double value) const {
  return (1.0 - place(value, y)) * static_cast<double>(rows * Canvas::dots_down - 1);
}
double Plot::column_of(double value) const { return std::floor(std::round(dot_x(value)) / Canvas::dots_across); }
double Plot::row_of(double value) const { return std::floor(std::round(dot_y(value)) / Canvas::dots_down); }

bool Plot::holds(double column, double row) const {
  return column >= 0.0 && column < static_cast<double>(columns) && row >= 0.0 && row < static_cast<double>(rows);
}

void Plot::put(double column, double row, std::string_view text, const Ink& ink) const {
  if (holds(column, row))
    grid->put(left + static_cast<std::size_t>(column), top + static_cast<std::size_t>(row), text, ink);
}

bool Plot::is_blank(double column, double row, std::size_t columns_needed) const {
  return holds(column, row) && holds(column + static_cast<double>(columns_needed) - 1.0, row) &&
         grid->is_blank(left + static_cast<std::size_t>(column), top + static_cast<std::size_t>(row), columns_needed);
}

Grid draw_plane(const Panel& panel, const Room& room) {
  Grid grid(room.width, 0);
  if (room.has_y_titles && !panel.y.title.empty()) grid.append(panel.y.title);
  Plot plot{&grid, 0, grid.height(), 1, room.plot_height, {}, {}, needs_letters(panel)};
  plot.y = make_shared_scale(room.chart, panel, &Panel::y, static_cast<double>(plot.rows) / 3.0);
  for (const double value : list_ticks(plot.y))
    plot.left = std::max(plot.left, compute_width(format_tick(value, plot.y, panel.y)) + 2);
  plot.left = std::clamp<std::size_t>(plot.left, 1, room.width / 3);
  plot.columns = std::max<std::size_t>(room.width - std::min(room.width, plot.left + (plot.has_letters ? 2 : 0)), 2);
  const auto choose_x = [&] {
    return kind_of(panel) == Kind::columns
               ? make_category_scale(panel.x)
               : make_shared_scale(room.chart, panel, &Panel::x, static_cast<double>(plot.columns) / 10.0);
  };
  plot.x = choose_x();
  if (plot.has_letters) {
    const std::size_t more = std::min(find_most_letters(plot, panel), plot.columns / 8);
    plot.columns -= std::min(std::max<std::size_t>(more, 1) - 1, plot.columns - 2);
    plot.x = choose_x();
  }
  for (std::size_t row = 0; row < plot.rows; ++row) grid.add_row();
  draw_bars(plot, panel);
  draw_bands(plot, panel);
  draw_rule(plot, panel);
  draw_intervals(plot, panel);
  draw_lines(plot, panel);
  draw_points(plot, panel);
  if (plot.has_letters) draw_letters(plot, panel);
  draw_y_axis(plot, panel.y);
  append_x_axis(grid, plot.left, plot.columns, plot.x, panel.x);
  grid.put(plot.left - 1, plot.top + plot.rows, "└", muted_ink);
  return grid;
}

}  // namespace vouch::report::terminal
