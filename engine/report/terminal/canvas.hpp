// SPDX-License-Identifier: Apache-2.0
// Dots finer than characters: a braille sign holds two columns of four.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "report/terminal/grid.hpp"

namespace vouch::report::terminal {

class Canvas {
 public:
  static constexpr std::size_t dots_across = 2;
  static constexpr std::size_t dots_down = 4;

  Canvas(std::size_t columns, std::size_t rows) : columns_(columns), cells_(columns * rows) {}

  std::size_t num_dots_across() const { return columns_ * dots_across; }
  std::size_t num_dots_down() const { return cells_.size() / columns_ * dots_down; }

  /// Counted from the left and the top; dots outside are left out. A sign has the ink of its last dot.
  void set(double x, double y, const Ink& ink);

  enum class Pattern { solid, dotted };
  /// Ends may lie outside; none of their coordinates is NaN.
  void draw_line(double x0, double y0, double x1, double y1, const Ink& ink, Pattern pattern = Pattern::solid);

  /// Signs without dots leave what is there.
  void paint(Grid& grid, std::size_t column, std::size_t row) const;

 private:
  struct Cell {
    std::uint8_t dots = 0;
    Ink ink;
  };
  std::size_t columns_;
  std::vector<Cell> cells_;
};

}  // namespace vouch::report::terminal
