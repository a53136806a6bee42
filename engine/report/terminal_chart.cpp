// SPDX-License-Identifier: Apache-2.0
#include "report/terminal_chart.hpp"

#include <algorithm>
#include <vector>

#include "report/terminal/panel.hpp"
#include "report/text.hpp"

namespace vouch::report {
namespace {

using namespace terminal;

constexpr std::size_t least_panel_width = 38;
constexpr std::size_t gutter = 3;

struct Entry {
  std::string symbol;
  std::string name;
  Ink ink;
};

std::string find_symbol(const Series& series, bool has_letters) {
  const bool is_context = series.colour.role == Colour::Role::muted;
  switch (series.mark) {
    case Mark::line:
      return symbol_of(series.colour, has_letters, is_context ? "⠒⠂⠒" : "⠤⠤⠤");
    case Mark::band:
      return "░░";
    case Mark::bar:
      return symbol_of(series.colour, has_letters, is_context ? "░░" : "██");
    case Mark::cell:
      return symbol_of(series.colour, has_letters, "▒▒");
    default:
      return symbol_of(series.colour, has_letters, is_context ? "○" : "●");
  }
}

/// Whether the panel says by its title or its rows which strategy that is.
bool is_told(const Panel& panel, const std::string& name) {
  const auto& rows = panel.y.categories;
  return panel.title == name || std::find(rows.begin(), rows.end(), name) != rows.end();
}

std::vector<Entry> list_legend(const Chart& chart) {
  std::vector<Entry> entries;
  for (const Panel& panel : chart.panels)
    for (const Series& series : panel.series) {
      if (series.name.empty() || is_told(panel, series.name)) continue;
      const Entry entry{find_symbol(series, needs_letters(panel)), series.name, {series.colour, false}};
      const auto is_same = [&](const Entry& other) { return other.name == entry.name && other.symbol == entry.symbol; };
      if (std::none_of(entries.begin(), entries.end(), is_same)) entries.push_back(entry);
    }
  return entries;
}

/// Entries side by side, in as many lines as they need.
Grid draw_legend(const std::vector<Entry>& entries, std::size_t width) {
  Grid grid(width, 1);
  std::size_t column = 0;
  for (const Entry& entry : entries) {
    const std::size_t begin = compute_width(entry.symbol) + 1;
    const std::string name = shorten(entry.name, width - begin);
    if (column > 0 && column + begin + compute_width(name) > width) {
      grid.add_row();
      column = 0;
    }
    grid.put(column, grid.height() - 1, entry.symbol, {entry.ink.colour, true});
    grid.put(column + begin, grid.height() - 1, name);
    column += begin + compute_width(name) + gutter;
  }
  return grid;
}

Grid draw_panel(const Panel& panel, const Room& room) {
  Grid grid(room.width, 0);
  if (!panel.title.empty()) grid.append(panel.title, {{}, true});
  switch (kind_of(panel)) {
    case Kind::rows:
      grid.append(draw_rows(panel, room));
      break;
    case Kind::cells:
      grid.append(draw_cells(panel, room));
      break;
    case Kind::columns:
    case Kind::plane:
      grid.append(draw_plane(panel, room));
  }
  return grid;
}

/// Whether all panels are planes of the same quantity.
bool has_common_y_title(const Chart& chart) {
  const auto is_alike = [&](const Panel& panel) {
    return kind_of(panel) == Kind::plane && panel.y.title == chart.panels.front().y.title;
  };
  return chart.panels.size() > 1 && !chart.panels.front().y.title.empty() &&
         std::all_of(chart.panels.begin(), chart.panels.end(), is_alike);
}

/// Panels that stand side by side, their upper edges level.
Grid draw_shelf(std::size_t begin, std::size_t end, const Room& room, std::size_t width) {
  std::vector<Grid> parts;
  std::size_t height = 0;
  for (std::size_t i = begin; i < end; ++i) {
    parts.push_back(draw_panel(room.chart.panels[i], room));
    height = std::max(height, parts.back().height());
  }
  Grid shelf(width, height);
  for (std::size_t i = 0; i < parts.size(); ++i) shelf.paste(parts[i], i * (room.width + gutter), 0);
  return shelf;
}

}  // namespace

std::string draw_in_terminal(const Chart& chart, std::size_t width, Ansi ansi) {
  Grid grid(std::max<std::size_t>(width, 20), 0);
  grid.append(chart.title, {{}, true});
  const std::size_t fitting = std::max<std::size_t>((grid.width() + gutter) / (least_panel_width + gutter), 1);
  const std::size_t wanted = std::min(chart.num_columns, chart.panels.size());
  const std::size_t beside = std::clamp<std::size_t>(wanted, 1, fitting);
  const std::size_t panel_width = (grid.width() + gutter) / beside - gutter;
  const bool has_y_titles = !has_common_y_title(chart);
  const Room room{chart, panel_width, std::clamp<std::size_t>(panel_width / 5, 8, 16), has_y_titles};
  if (!has_y_titles) {
    grid.add_row();
    grid.append(chart.panels.front().y.title);
  }
  for (std::size_t begin = 0; begin < chart.panels.size(); begin += beside) {
    grid.add_row();
    const std::size_t end = std::min(begin + beside, chart.panels.size());
    grid.append(draw_shelf(begin, end, room, grid.width()));
  }
  std::vector<Entry> legend = list_legend(chart);
  if (grid.format(Ansi::plain).find(both_sign) != std::string::npos)
    legend.push_back({both_sign, "both in one place", muted_ink});
  if (!legend.empty()) {
    grid.add_row();
    grid.append(draw_legend(legend, grid.width()));
  }
  if (!chart.caption.empty()) {
    grid.add_row();
    grid.append(chart.caption, muted_ink);
  }
  return grid.format(ansi);
}

}  // namespace vouch::report
