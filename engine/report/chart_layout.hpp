// SPDX-License-Identifier: Apache-2.0
// Where everything of a chart is, in pixels, before ECharts draws it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "report/chart.hpp"
#include "report/echarts_option.hpp"
#include "report/panel_scale.hpp"

namespace vouch::report {

/// Sizes that depend on the format, in pixels.
struct Style {
  double width;  ///< without the margins
  double font_size;
  double line_height;
  double gap;           ///< between panels
  double plane_height;  ///< of a single panel with two axes of values
  double small_height;  ///< of one among several
};

const Style& style_of(Format format);

struct Box {
  double left = 0.0;
  double top = 0.0;
  double width = 0.0;
  double height = 0.0;
};

enum class Side { left, middle, right };

/// Text that ECharts is told where to write: titles and ticks.
struct Text {
  std::string text;
  double x = 0.0;
  double y = 0.0;  ///< its top
  Side side = Side::left;
  bool is_bold = false;
  bool has_halo = false;  ///< stands upon marks
};

/// A panel's axes, labels and place.
struct PanelPlan {
  const Panel* panel = nullptr;
  Kind kind = Kind::plane;
  Box box;      ///< inside the axes
  Box room;     ///< what its labels need: at the left and top; width and height: right, bottom
  AxisScale x;  ///< of axes of values
  AxisScale y;
  std::vector<std::string> x_labels;  ///< of axes of categories, with line breaks
  std::vector<std::string> y_labels;
  std::vector<std::string> values;  ///< a column of text at the right of rows; empty: none
  bool has_names_above = false;     ///< each row has its name above it, not at its left
  std::vector<double> end_shifts;   ///< by series: lines have their names at their ends, so far below; empty: none
  double pitch = 0.0;               ///< from row to row
  std::size_t x_every = 1;          ///< every so many categories have their label
  double lift = 0.0;                ///< from the middle of a row to the name above it
  double name_margin = 0.0;         ///< between names at the left and the box
  double bar_width = 0.0;           ///< of rows
  bool shows_values = true;         ///< grid and ticks of the axis of values; bars with labels need none
  bool shows_x_labels = true;
  bool shows_y_labels = true;
  std::string title;  ///< with line breaks; empty: none, or one for all panels
  std::string x_title;
  std::string y_title;
  std::string rule_label;
  std::optional<Text> rule_spot;  ///< of the rule's label across upright values, from the box' left and top
};

/// The legend of all series with names, above everything.
struct Legend {
  std::vector<std::string> names;
  std::vector<double> widths;  ///< of the names, in pixels
  double symbol_width = 0.0;
  double height = 0.0;
};

struct Layout {
  Style style;
  std::vector<PanelPlan> panels;
  std::vector<Text> texts;
  Legend legend;  ///< without names: none
  double height = 0.0;
};

/// Along an axis of values of the box, from its left or top.
double find_place(double value, const AxisScale& scale, double length);

Legend make_legend(const Chart& chart, const Style& style);

inline constexpr double margin = 6.0;             ///< at the left and right: readers' fonts may be wider
inline constexpr double legend_gap = 8.0;         ///< between its items and between its lines
inline constexpr double legend_symbol_gap = 5.0;  ///< between a symbol and its name; ECharts has no option for it

Layout make_layout(const Chart& chart, Format format);

}  // namespace vouch::report
