// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "report/terminal/panel.hpp"
#include "report/text.hpp"

namespace vouch::report::terminal {
namespace {

struct Item {
  const Series* series;
  const Datum* datum;
  Colour colour() const { return colour_of(*series, *datum); }
};

/// What stands beside one name.
struct Row {
  std::vector<std::string> name;         ///< in lines
  std::vector<Item> behind;              ///< context, drawn on each line
  std::vector<std::vector<Item>> lines;  ///< several only where they are points without labels
};

struct Layout {
  std::size_t name_width = 0;
  bool has_names_above = false;
  bool has_letters = false;
  std::size_t plot_begin = 0;
  std::size_t plot_width = 1;
  std::size_t label_width = 0;
  AxisScale scale;
};

constexpr std::size_t least_plot_width = 20;

bool can_share(const Item& item) { return item.series->mark == Mark::point && item.datum->label.empty(); }

Row make_row(const Panel& panel, std::size_t category) {
  Row row;
  std::vector<Item> items;
  for (const Series& series : panel.series)
    for (const Datum& datum : series.data)
      if (std::round(datum.y) == static_cast<double>(category)) items.push_back({&series, &datum});
  const auto is_context = [](const Item& item) { return item.colour().role == Colour::Role::muted; };
  const bool has_front = !std::all_of(items.begin(), items.end(), is_context);
  for (const Item& item : items) {
    if (has_front && is_context(item) && item.datum->label.empty())
      row.behind.push_back(item);
    else if (can_share(item) && !row.lines.empty() && can_share(row.lines.back().back()))
      row.lines.back().push_back(item);
    else
      row.lines.push_back({item});
  }
  return row;
}

/// Lines behind the first stand in by one column, to tell them from names.
std::vector<std::string> break_name(const std::string& name, std::size_t width) {
  if (compute_width(name) <= width) return {name};
  std::vector<std::string> lines = wrap(name, std::max<std::size_t>(width, 2) - 1, Breaks::spaces_and_hyphens);
  for (std::size_t i = 1; i < lines.size(); ++i) lines[i].insert(lines[i].begin(), ' ');
  return lines;
}

Layout plan_layout(const Panel& panel, const std::vector<Row>& rows, const Room& room) {
  const std::size_t width = room.width;
  Layout layout;
  layout.has_letters = needs_letters(panel);
  for (const Row& row : rows)
    for (const auto& line : row.lines)
      for (const Item& item : line) layout.label_width = std::max(layout.label_width, compute_width(item.datum->label));
  layout.label_width = std::min(layout.label_width, width / 2);
  for (const std::string& name : panel.y.categories)
    layout.name_width = std::max(layout.name_width, compute_width(name));
  layout.name_width = std::min(layout.name_width, width / 3);
  const std::size_t letters = layout.has_letters ? 2 : 0;
  const std::size_t labels = layout.label_width > 0 ? layout.label_width + 2 : 0;
  layout.has_names_above = layout.name_width + 1 + letters + labels + least_plot_width > width;
  if (layout.has_names_above) layout.name_width = 0;
  layout.plot_begin = layout.name_width + (layout.has_names_above ? 0 : 1) + letters;
  const std::size_t used = layout.plot_begin + labels;
  layout.plot_width = width > used + 2 ? width - used : 2;
  layout.scale = make_shared_scale(room.chart, panel, &Panel::x, static_cast<double>(layout.plot_width) / 8.0);
  return layout;
}

void draw_bar(Grid& grid, std::size_t row, const Layout& layout, const Datum& datum, const Ink& ink) {
  constexpr std::array<const char*, 8> eighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const auto columns = static_cast<double>(layout.plot_width);
  const double zero = std::clamp(place(0.0, layout.scale), 0.0, 1.0) * columns;
  const double end = std::clamp(place(datum.x, layout.scale), 0.0, 1.0) * columns;
  const bool is_context = ink.colour.role == Colour::Role::muted;
  const auto first = static_cast<std::size_t>(std::round(std::min(zero, end)));
  const auto num_eighths = static_cast<std::size_t>(std::round(8.0 * std::max(zero, end)));
  std::size_t column = first;
  for (; column < num_eighths / 8; ++column) grid.put(layout.plot_begin + column, row, is_context ? "░" : "█", ink);
  if (end > zero && column < layout.plot_width && !is_context && column == num_eighths / 8)
    grid.put(layout.plot_begin + column, row, eighths[num_eighths % 8], ink);
}

void draw_interval(Grid& grid, std::size_t row, const Layout& layout, const Datum& datum, const Ink& ink) {
  if (!datum.low || !datum.high || !std::isfinite(*datum.low) || !std::isfinite(*datum.high)) return;
  const std::size_t low = layout.plot_begin + place_on(*datum.low, layout.scale, layout.plot_width);
  const std::size_t high = layout.plot_begin + place_on(*datum.high, layout.scale, layout.plot_width);
  if (low >= high) return;
  const bool is_context = ink.colour.role == Colour::Role::muted;
  for (std::size_t column = low + 1; column < high; ++column) grid.put(column, row, is_context ? "╌" : "─", ink);
  grid.put(low, row, is_context ? "╌" : "├", ink);
  grid.put(high, row, is_context ? "╌" : "┤", ink);
}

void draw_item(Grid& grid, std::size_t row, const Layout& layout, const Item& item) {
  const Ink ink{item.colour(), false};
  const Datum& datum = *item.datum;
  if (item.series->mark == Mark::bar) {
    if (std::isfinite(datum.x)) draw_bar(grid, row, layout, datum, ink);
    return;
  }
  draw_interval(grid, row, layout, datum, ink);
  if (!std::isfinite(datum.x)) return;
  const bool is_letter = item.series->mark == Mark::point;
  const std::string plain = ink.colour.role == Colour::Role::muted ? "○" : "●";
  grid.put(layout.plot_begin + place_on(datum.x, layout.scale, layout.plot_width), row,
           symbol_of(ink.colour, is_letter && layout.has_letters, plain), ink);
}

/// Context's dot is seen on what is drawn over it; where a dot covers it, both are one sign.
void uncover(Grid& grid, std::size_t row, const Layout& layout, const Item& hidden, const std::vector<Item>& line) {
  const auto has_dot = [](const Item& item) { return item.series->mark != Mark::bar && std::isfinite(item.datum->x); };
  if (!has_dot(hidden)) return;
  const std::size_t column = place_on(hidden.datum->x, layout.scale, layout.plot_width);
  const auto covers = [&](const Item& item) {
    return has_dot(item) && place_on(item.datum->x, layout.scale, layout.plot_width) == column;
  };
  const auto cover = std::find_if(line.begin(), line.end(), covers);
  if (cover == line.end()) return grid.put(layout.plot_begin + column, row, "○", {hidden.colour(), false});
  if (cover->series->mark == Mark::point && layout.has_letters) return;
  grid.put(layout.plot_begin + column, row, both_sign, {cover->colour(), false});
}

void draw_line(Grid& grid, std::size_t row, const Layout& layout, const Row& content, const std::vector<Item>& line) {
  for (const Item& item : content.behind) draw_item(grid, row, layout, item);
  for (const Item& item : line) draw_item(grid, row, layout, item);
  for (const Item& item : content.behind) uncover(grid, row, layout, item, line);
  if (line.empty()) return;
  const Item& first = line.front();
  if (layout.has_letters && line.size() == 1)
    grid.put(layout.plot_begin - 2, row, symbol_of(first.colour(), true, ""), {first.colour(), true});
  const std::string label = shorten(first.datum->label, layout.label_width);
  if (line.size() == 1) grid.put(grid.width() - compute_width(label), row, label);
}

void append_row(Grid& grid, const Layout& layout, const Row& content, const std::optional<double>& rule) {
  const std::size_t begin = grid.height();
  const std::size_t above = layout.has_names_above ? content.name.size() : 0;
  const std::size_t num_lines = std::max<std::size_t>(content.lines.size(), 1);
  const std::size_t height = layout.has_names_above ? above + num_lines : std::max(content.name.size(), num_lines);
  for (std::size_t i = 0; i < height; ++i) {
    grid.add_row();
    if (i < content.name.size()) grid.put(0, begin + i, content.name[i]);
    if (rule && i >= above)
      grid.put(layout.plot_begin + place_on(*rule, layout.scale, layout.plot_width), begin + i, "│", muted_ink);
  }
  for (std::size_t i = 0; i < content.lines.size(); ++i)
    draw_line(grid, begin + above + i, layout, content, content.lines[i]);
}

}  // namespace

Grid draw_rows(const Panel& panel, const Room& room) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < panel.y.categories.size(); ++i) rows.push_back(make_row(panel, i));
  const Layout layout = plan_layout(panel, rows, room);
  bool is_tall = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].name = break_name(panel.y.categories[i], layout.has_names_above ? room.width : layout.name_width);
    is_tall = is_tall || rows[i].lines.size() > 1;
  }
  Grid grid(room.width, 0);
  if (panel.rule && !panel.rule_label.empty()) {
    const std::string label = shorten(panel.rule_label, layout.plot_width);
    const std::size_t width = compute_width(label);
    const std::size_t centre = place_on(*panel.rule, layout.scale, layout.plot_width);
    grid.add_row();
    grid.put(layout.plot_begin + std::min(centre - std::min(centre, width / 2), layout.plot_width - width), 0, label,
             muted_ink);
  }
  for (const Row& row : rows) {
    if (is_tall && &row != &rows.front()) grid.add_row();
    append_row(grid, layout, row, panel.rule);
  }
  append_x_axis(grid, layout.plot_begin, layout.plot_width, layout.scale, panel.x);
  return grid;
}

}  // namespace vouch::report::terminal
