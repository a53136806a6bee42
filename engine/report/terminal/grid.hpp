// SPDX-License-Identifier: Apache-2.0
// A page of characters: text is put anywhere on it, clipped at its edges, and read out as lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/chart.hpp"
#include "report/terminal_chart.hpp"

namespace vouch::report::terminal {

struct Ink {
  Colour colour = {};
  bool is_bold = false;

  friend bool operator==(const Ink&, const Ink&) = default;
};

inline constexpr Ink muted_ink = {{Colour::Role::muted, 0}, false};

class Grid {
 public:
  Grid(std::size_t width, std::size_t height);

  std::size_t width() const { return width_; }
  std::size_t height() const { return cells_.size() / width_; }

  /// From that column to the right; what does not fit is cut off. Control characters become "?".
  void put(std::size_t column, std::size_t row, std::string_view text, const Ink& ink = {});
  /// From `begin`, at most `width` columns; cut text ends in "…".
  void put_shortened(std::size_t column, std::size_t row, std::size_t width, std::string_view text,
                     const Ink& ink = {});
  bool is_blank(std::size_t column, std::size_t row) const;
  /// `columns` of them from `column`, all on the grid.
  bool is_blank(std::size_t column, std::size_t row, std::size_t columns) const;
  void paste(const Grid& part, std::size_t column, std::size_t row);
  void add_row() { cells_.resize(cells_.size() + width_); }
  /// Puts a part below all that there is.
  void append(const Grid& part);
  /// Lines, wrapped to the grid's width, below all that there is.
  void append(std::string_view text, const Ink& ink = {});

  /// Lines without trailing spaces, each ended by a line break.
  std::string format(Ansi ansi) const;

 private:
  struct Cell {
    std::string glyph = " ";  ///< empty: the right half of the one before
    Ink ink;
  };
  void clear(std::size_t column, std::size_t row);

  std::size_t width_;
  std::vector<Cell> cells_;
};

/// "…" at the end where it is wider than that.
std::string shorten(std::string_view text, std::size_t width);

}  // namespace vouch::report::terminal
