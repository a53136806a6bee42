// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "report/terminal/panel.hpp"
#include "report/text.hpp"

namespace vouch::report::terminal {
namespace {

struct Layout {
  std::size_t name_width = 0;
  std::size_t cell_width = 1;
  std::size_t num_columns = 0;
  bool has_letters = false;
  bool has_labels = false;
};

std::string make_text(const Series& series, const Datum& datum, const Layout& layout) {
  const std::string letter = symbol_of(colour_of(series, datum), layout.has_letters, "");
  if (!layout.has_labels || datum.label.empty()) return letter;
  return letter.empty() ? datum.label : letter + " " + datum.label;
}

/// As wide as the cells' texts, or as there is room for.
Layout plan_layout(const Panel& panel, std::size_t width) {
  Layout layout;
  layout.has_letters = needs_letters(panel);
  layout.num_columns = std::max<std::size_t>(panel.x.categories.size(), 1);
  for (const std::string& name : panel.y.categories)
    layout.name_width = std::max(layout.name_width, compute_width(name));
  layout.name_width = std::min(layout.name_width, width / 3);
  const std::size_t room = (width - layout.name_width - 1) / layout.num_columns;
  std::size_t needed = 3;
  for (const std::string& name : panel.x.categories) needed = std::max(needed, compute_width(name) + 1);
  layout.has_labels = true;
  std::size_t widest = 0;
  for (const Series& series : panel.series)
    for (const Datum& datum : series.data)
      widest = std::max(widest, compute_width(make_text(series, datum, layout)) + 3);  // shade and space between
  layout.has_labels = widest <= room;
  if (layout.has_labels) needed = std::max(needed, widest);
  layout.cell_width = std::clamp<std::size_t>(room, 1, needed);
  return layout;
}

void draw_cell(Grid& grid, const Series& series, const Datum& datum, const Layout& layout) {
  constexpr std::array<const char*, 4> shades = {" ", "░", "▒", "▓"};
  if (!(datum.x >= 0.0 && datum.y >= 0.0 && datum.x < static_cast<double>(layout.num_columns))) return;
  const auto column = layout.name_width + 1 + static_cast<std::size_t>(datum.x) * layout.cell_width;
  const auto row = static_cast<std::size_t>(datum.y);
  if (row >= grid.height()) return;
  const Ink ink{colour_of(series, datum), false};
  const double strength = std::isfinite(datum.size) ? std::clamp(datum.size, 0.0, 1.0) : 0.0;
  const auto shade = static_cast<std::size_t>(std::ceil(strength * 3.0));
  const std::size_t width = layout.cell_width > 2 ? layout.cell_width - 1 : layout.cell_width;
  for (std::size_t i = 0; i < width; ++i) grid.put(column + i, row, shades[shade], ink);
  const std::string text = shorten(make_text(series, datum, layout), width);
  grid.put(column + (width - compute_width(text)) / 2, row, text, {ink.colour, true});
}

}  // namespace

Grid draw_cells(const Panel& panel, const Room& room) {
  const Layout layout = plan_layout(panel, room.width);
  Grid grid(room.width, panel.y.categories.size());
  for (std::size_t row = 0; row < panel.y.categories.size(); ++row) {
    const std::string name = shorten(panel.y.categories[row], layout.name_width);
    grid.put(layout.name_width - compute_width(name), row, name);
  }
  for (const Series& series : panel.series)
    for (const Datum& datum : series.data)
      if (series.mark == Mark::cell) draw_cell(grid, series, datum, layout);
  Grid whole(room.width, 0);
  if (!panel.y.title.empty()) whole.append(panel.y.title);
  whole.append(grid);
  append_x_axis(whole, layout.name_width + 1, layout.num_columns * layout.cell_width, make_category_scale(panel.x),
                panel.x);
  return whole;
}

}  // namespace vouch::report::terminal
