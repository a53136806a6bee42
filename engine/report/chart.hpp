// SPDX-License-Identifier: Apache-2.0
// A chart as a plain value: what it says and shows, before anything is drawn. Builders in charts/ make it from a
// results file; echarts_option turns it into pictures, terminal_chart into text.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace vouch::report {

/// What a colour stands for. Its value is decided where it is drawn: on a page by CSS variables, light or dark.
struct Colour {
  enum class Role {
    strategy,  ///< keeps its colour, symbol and line style through all charts
    ink,       ///< what has no strategy
    muted      ///< context: the baseline behind each panel, a range that is only looked past
  };
  Role role = Role::ink;
  std::size_t strategy = 0;  ///< index in the results file; only of Role::strategy

  friend bool operator==(const Colour&, const Colour&) = default;
};

inline Colour colour_of(std::size_t strategy) { return {Colour::Role::strategy, strategy}; }

enum class Mark {
  line,      ///< through (x, y); a gap where y is NaN
  band,      ///< between low and high, along x; no name in the legend
  interval,  ///< from low to high, with a dot at the value
  point,     ///< a symbol at (x, y)
  bar,       ///< from 0 to the value
  cell       ///< a square of a heat map: x and y are categories, `size` decides its strength
};

/// A position, in the units of its panel's axes; on an axis of categories the category's index.
struct Datum {
  double x = 0.0;
  double y = 0.0;
  std::optional<double> low = {};   ///< along the axis of values: x for panels of rows, else y
  std::optional<double> high = {};  ///< ends of bands and intervals; an interval without them is only a dot
  double size = 1.0;                ///< of cells: 0 (pale) to 1 (full)
  std::string label = {};           ///< printed beside the mark, or in the cell; mostly the rounded value
  Colour colour = {};               ///< of cells, bars, intervals and points whose series holds several strategies
};

struct Series {
  std::string name;  ///< in the legend; empty: none
  Mark mark = Mark::line;
  Colour colour = {};
  bool has_own_colours = false;  ///< each datum has its own; else all have the series'
  std::vector<Datum> data;
};

struct Axis {
  std::string title;                    ///< with its unit: "days since the purchase"
  std::vector<std::string> categories;  ///< not empty: an axis of categories, the first at the left, or at the top
  std::optional<double> low = {};       ///< else nice numbers around the data
  std::optional<double> high = {};
  bool from_zero = false;   ///< 0 belongs to it
  int decimals = 0;         ///< of tick labels, at least so many as they need
  std::string suffix = {};  ///< of tick labels: " %"
};

/// One coordinate system. Rows are horizontal charts: categories down the y axis, values along x.
struct Panel {
  std::string title;  ///< empty where there is only one
  Axis x;
  Axis y;
  std::vector<Series> series;
  std::optional<double> rule = {};  ///< a line across the axis of values, mostly at 0: "no difference"
  std::string rule_label = {};
};

/// Text in rows; numbers are right-aligned.
struct DataTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  ///< as many cells as the header has
  std::size_t num_text_columns = 1;            ///< at the left; the others hold numbers
};

struct Chart {
  std::string id;           ///< "comparison": names its anchor, its files and `vouch plot KIND`
  std::string title;        ///< the finding, a sentence that claims no more than its intervals
  std::string caption;      ///< what is shown: quantity, unit, what bands and intervals are
  std::string alternative;  ///< for who cannot see it: what the picture shows, with the numbers that matter
  std::vector<Panel> panels;
  std::size_t num_columns = 1;  ///< panels side by side where there is room
  DataTable table;              ///< the numbers that are drawn
};

/// No value, for Datum::y.
inline constexpr double gap = std::numeric_limits<double>::quiet_NaN();

}  // namespace vouch::report
