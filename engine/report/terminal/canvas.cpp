// SPDX-License-Identifier: Apache-2.0
#include "report/terminal/canvas.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace vouch::report::terminal {
namespace {

/// U+2800 and its dots, in UTF-8.
std::string make_braille(std::uint8_t dots) {
  return {'\xe2', static_cast<char>(0xa0 | dots >> 6), static_cast<char>(0x80 | (dots & 0x3f))};
}

}  // namespace

void Canvas::set(double x, double y, const Ink& ink) {
  constexpr std::array<std::array<std::uint8_t, dots_down>, dots_across> bits = {
      {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}}};
  const double column = std::floor(x + 0.5);
  const double row = std::floor(y + 0.5);
  if (!(column >= 0.0 && column < static_cast<double>(num_dots_across()))) return;
  if (!(row >= 0.0 && row < static_cast<double>(num_dots_down()))) return;
  const auto i = static_cast<std::size_t>(column);
  const auto j = static_cast<std::size_t>(row);
  Cell& cell = cells_[j / dots_down * columns_ + i / dots_across];
  cell.dots = static_cast<std::uint8_t>(cell.dots | bits[i % dots_across][j % dots_down]);
  cell.ink = ink;
}

void Canvas::draw_line(double x0, double y0, double x1, double y1, const Ink& ink, Pattern pattern) {
  if (x1 < x0) {
    std::swap(x0, x1);
    std::swap(y0, y1);
  }
  const double slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0.0;
  const auto height_at = [&](double x) { return x <= x0 ? y0 : x >= x1 ? y1 : y0 + slope * (x - x0); };
  const double bottom = static_cast<double>(num_dots_down());
  const double last = std::min(std::round(x1), static_cast<double>(num_dots_across()) - 1.0);
  for (double x = std::max(std::round(x0), 0.0); x <= last; x += 1.0) {
    if (pattern == Pattern::dotted && std::fmod(x, 3.0) == 2.0) continue;
    // Half a dot to either side, so that steep lines have no holes.
    const double from = x1 - x0 < 1.0 ? y0 : height_at(x - 0.5);
    const double to = x1 - x0 < 1.0 ? y1 : height_at(x + 0.5);
    const double top = std::max(std::round(std::min(from, to)), -1.0);
    for (double y = top; y <= std::min(std::round(std::max(from, to)), bottom); y += 1.0) set(x, y, ink);
  }
}

void Canvas::paint(Grid& grid, std::size_t column, std::size_t row) const {
  for (std::size_t i = 0; i < cells_.size(); ++i)
    if (cells_[i].dots != 0)
      grid.put(column + i % columns_, row + i / columns_, make_braille(cells_[i].dots), cells_[i].ink);
}

}  // namespace vouch::report::terminal
