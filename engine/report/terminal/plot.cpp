// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "report/terminal/canvas.hpp"
#include "report/terminal/plot.hpp"
#include "report/text.hpp"

namespace vouch::report::terminal {
namespace {

/// A band's ends at x, between its data; NaN outside them or at a gap.
struct Ends {
  double low = gap;
  double high = gap;
};
Ends interpolate(const Series& band, double x) {
  for (std::size_t i = 0; i < band.data.size(); ++i) {
    const Datum& b = band.data[i];
    const Datum& a = band.data[i == 0 ? 0 : i - 1];
    if (!(x <= b.x)) continue;
    if (x < a.x || !a.low || !a.high || !b.low || !b.high) return {};
    const double share = b.x > a.x ? (x - a.x) / (b.x - a.x) : 0.0;
    return {*a.low + share * (*b.low - *a.low), *a.high + share * (*b.high - *a.high)};
  }
  return {};
}

struct Bars {
  std::vector<const Series*> series;  ///< side by side around each x
  double width = 1.0;                 ///< of one, in columns
};

Bars plan_bars(const Plot& plot, const Panel& panel) {
  Bars bars;
  for (const Series& series : panel.series)
    if (series.mark == Mark::bar) bars.series.push_back(&series);
  if (bars.series.empty()) return bars;
  const double distance = find_spacing(panel);
  const double spacing = distance > 0.0 ? distance : plot.x.high - plot.x.low;
  const double room = spacing / (plot.x.high - plot.x.low) * static_cast<double>(plot.columns);
  const auto count = static_cast<double>(bars.series.size());
  bars.width = std::max(1.0, std::floor((room >= 3.0 * count ? room - 1.0 : room) / count));
  return bars;
}

/// A bar from 0 to y, from column `begin`.
void draw_bar(const Plot& plot, double begin, double width, double y, const Ink& ink) {
  constexpr std::array<const char*, 9> eighths = {"", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const auto height = static_cast<double>(8 * plot.rows);
  const double zero = std::clamp(place(0.0, plot.y), 0.0, 1.0) * height;
  const double end = std::clamp(place(y, plot.y), 0.0, 1.0) * height;
  for (std::size_t row = 0; row < plot.rows; ++row) {
    const auto bottom = static_cast<double>(8 * (plot.rows - 1 - row));
    const double filled = std::min(std::max(zero, end) - bottom, 8.0);
    if (filled < 0.5 || std::min(zero, end) - bottom >= 4.0) continue;
    const char* const block =
        ink.colour.role == Colour::Role::muted ? "░" : eighths[static_cast<std::size_t>(std::round(filled))];
    for (double i = 0.0; i < width; i += 1.0) plot.put(begin + i, static_cast<double>(row), block, ink);
  }
}

/// Beside a mark, where there is room.
void put_label(const Plot& plot, double column, double row, const std::string& label) {
  const std::size_t width = compute_width(label);
  if (width == 0) return;
  for (const double begin : {column + 2.0, column - 1.0 - static_cast<double>(width)})
    if (plot.is_blank(begin, row, width)) return plot.put(begin, row, label, {});
  const double centred = column - std::floor(static_cast<double>(width) / 2.0);
  for (const double beside : {row - 1.0, row + 1.0})
    if (plot.is_blank(centred, beside, width)) return plot.put(centred, beside, label, {});
}

void draw_interval(const Plot& plot, const Datum& datum, const Ink& ink) {
  if (!datum.low || !datum.high || !std::isfinite(*datum.low) || !std::isfinite(*datum.high)) return;
  const double column = plot.column_of(datum.x);
  const double top = plot.row_of(*datum.high);
  const double bottom = plot.row_of(*datum.low);
  if (!(top < bottom)) return;
  for (std::size_t i = 0; i < plot.rows; ++i) {
    const auto row = static_cast<double>(i);
    if (top <= row && row <= bottom) plot.put(column, row, row == top ? "╷" : row == bottom ? "╵" : "│", ink);
  }
}

/// Where lines end: those that end in one place stand together.
struct End {
  double column;
  double row;
  std::vector<Colour> colours;
};

std::vector<End> list_ends(const Plot& plot, const Panel& panel) {
  constexpr double edge = 4.0;
  std::vector<End> ends;
  for (const Series& series : panel.series) {
    if (series.mark != Mark::line || series.colour.role != Colour::Role::strategy) continue;
    const auto has_value = [](const Datum& datum) { return std::isfinite(datum.x) && std::isfinite(datum.y); };
    const auto last = std::find_if(series.data.rbegin(), series.data.rend(), has_value);
    if (last == series.data.rend()) continue;
    const auto outside = static_cast<double>(plot.columns);
    const double column = plot.column_of(last->x);
    const End wanted{column + edge >= outside ? outside : column, plot.row_of(last->y), {}};
    auto end = std::find_if(ends.begin(), ends.end(),
                            [&](const End& other) { return other.column == wanted.column && other.row == wanted.row; });
    if (end == ends.end()) end = ends.insert(end, wanted);
    end->colours.push_back(series.colour);
  }
  return ends;
}

/// Those that do not fit are left out: the legend has them.
void draw_end(const Plot& plot, const End& end) {
  if (!plot.holds(0.0, end.row)) return;
  const bool is_outside = end.column >= static_cast<double>(plot.columns);
  if (!is_outside && !plot.is_blank(end.column + 1.0, end.row, end.colours.size())) return;
  const std::size_t begin = plot.left + static_cast<std::size_t>(end.column) + 1;
  const std::size_t row = plot.top + static_cast<std::size_t>(end.row);
  const std::size_t room = plot.grid->width() - std::min(plot.grid->width(), begin);
  for (std::size_t i = 0; i < std::min(end.colours.size(), room); ++i) {
    const bool is_cut = i + 1 == room && end.colours.size() > room && room > 1;
    plot.grid->put(begin + i, row, is_cut ? "…" : letter_of(end.colours[i].strategy), {end.colours[i], true});
  }
}

}  // namespace

void draw_bars(const Plot& plot, const Panel& panel) {
  const Bars bars = plan_bars(plot, panel);
  const auto count = static_cast<double>(bars.series.size());
  for (std::size_t i = 0; i < bars.series.size(); ++i)
    for (const Datum& datum : bars.series[i]->data) {
      const double centre = place(datum.x, plot.x) * static_cast<double>(plot.columns);
      if (std::isnan(centre) || !std::isfinite(datum.y)) continue;
      const double begin = std::round(centre + bars.width * (static_cast<double>(i) - count / 2.0));
      draw_bar(plot, begin, bars.width, datum.y, {colour_of(*bars.series[i], datum), false});
      const std::size_t width = compute_width(datum.label);
      if (width > 0 && static_cast<double>(width) <= bars.width)
        plot.put(begin + std::floor((bars.width - static_cast<double>(width)) / 2.0), plot.row_of(datum.y) - 1.0,
                 datum.label, {});
    }
}

/// Shades grow darker where bands lie upon each other, as the quantiles of a fan do.
void draw_bands(const Plot& plot, const Panel& panel) {
  constexpr std::array<const char*, 4> shades = {"", "░", "▒", "▓"};
  std::vector<std::size_t> depth(plot.columns * plot.rows, 0);
  for (const Series& series : panel.series) {
    if (series.mark != Mark::band) continue;
    for (std::size_t column = 0; column < plot.columns; ++column) {
      const double share =
          static_cast<double>(column) / static_cast<double>(std::max<std::size_t>(plot.columns - 1, 1));
      const Ends ends = interpolate(series, plot.x.low + share * (plot.x.high - plot.x.low));
      const double top = plot.dot_y(ends.high);
      const double bottom = plot.dot_y(ends.low);
      for (std::size_t row = 0; row < plot.rows; ++row) {
        const double middle = (static_cast<double>(row) + 0.5) * Canvas::dots_down - 0.5;
        if (!(top <= middle && middle <= bottom)) continue;
        std::size_t& here = depth[row * plot.columns + column];
        here = std::min<std::size_t>(here + 1, shades.size() - 1);
        plot.put(static_cast<double>(column), static_cast<double>(row), shades[here], {series.colour, false});
      }
    }
  }
}

void draw_rule(const Plot& plot, const Panel& panel) {
  if (!panel.rule) return;
  const double row = plot.row_of(*panel.rule);
  for (std::size_t column = 0; column < plot.columns; ++column)
    plot.put(static_cast<double>(column), row, "─", muted_ink);
  const double width = static_cast<double>(compute_width(panel.rule_label));
  plot.put(std::max(static_cast<double>(plot.columns) - width, 0.0), row > 0.0 ? row - 1.0 : row + 1.0,
           shorten(panel.rule_label, plot.columns), muted_ink);
}

void draw_lines(const Plot& plot, const Panel& panel) {
  Canvas canvas(plot.columns, plot.rows);
  for (const Series& series : panel.series) {
    if (series.mark != Mark::line) continue;
    const bool is_context = series.colour.role == Colour::Role::muted;
    const Ink ink{series.colour, false};
    const Datum* last = nullptr;
    for (const Datum& datum : series.data) {
      if (!std::isfinite(datum.x) || !std::isfinite(datum.y)) {
        last = nullptr;
        continue;
      }
      const Datum& from = last == nullptr ? datum : *last;
      canvas.draw_line(plot.dot_x(from.x), plot.dot_y(from.y), plot.dot_x(datum.x), plot.dot_y(datum.y), ink,
                       is_context ? Canvas::Pattern::dotted : Canvas::Pattern::solid);
      last = &datum;
    }
  }
  canvas.paint(*plot.grid, plot.left, plot.top);
}

void draw_intervals(const Plot& plot, const Panel& panel) {
  for (const Series& series : panel.series)
    for (const Datum& datum : series.data)
      if (series.mark == Mark::interval) draw_interval(plot, datum, {colour_of(series, datum), false});
}

void draw_points(const Plot& plot, const Panel& panel) {
  for (const Series& series : panel.series) {
    if (series.mark == Mark::bar || series.mark == Mark::band) continue;
    for (const Datum& datum : series.data) {
      if (!std::isfinite(datum.x) || !std::isfinite(datum.y)) continue;
      const Ink ink{colour_of(series, datum), false};
      const double column = plot.column_of(datum.x);
      const double row = plot.row_of(datum.y);
      const std::string plain = ink.colour.role == Colour::Role::muted ? "○" : "●";
      if (series.mark != Mark::line || series.data.size() == 1)
        plot.put(column, row, symbol_of(ink.colour, plot.has_letters, plain), ink);
      put_label(plot, column, row, datum.label);
    }
  }
}

std::size_t find_most_letters(const Plot& plot, const Panel& panel) {
  std::size_t most = 0;
  for (const End& end : list_ends(plot, panel))
    if (end.column >= static_cast<double>(plot.columns)) most = std::max(most, end.colours.size());
  return most;
}

void draw_letters(const Plot& plot, const Panel& panel) {
  constexpr double spacing = 24.0;
  constexpr double stagger = 5.0;
  const double last_column = static_cast<double>(plot.columns) - stagger;  // the end has a letter of its own
  double first = stagger;
  for (const Series& series : panel.series) {
    if (series.mark != Mark::line || series.colour.role != Colour::Role::strategy) continue;
    double wanted = first;
    first = first + stagger < spacing ? first + stagger : first + stagger - spacing;
    for (const Datum& datum : series.data) {
      if (!std::isfinite(datum.x) || !std::isfinite(datum.y)) continue;
      const double column = plot.column_of(datum.x);
      if (column < wanted || column > last_column) continue;
      plot.put(column, plot.row_of(datum.y), letter_of(series.colour.strategy), {series.colour, true});
      wanted = column + spacing;
    }
  }
  for (const End& end : list_ends(plot, panel)) draw_end(plot, end);
}

}  // namespace vouch::report::terminal
