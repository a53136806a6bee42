// SPDX-License-Identifier: Apache-2.0
#include "report/terminal/grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "report/colours.hpp"
#include "report/text.hpp"

namespace vouch::report::terminal {
namespace {

/// Control characters would act on the terminal, and what is no UTF-8 shows as anything.
std::string_view make_safe(std::string_view glyph) {
  const auto lead = static_cast<unsigned char>(glyph[0]);
  const bool is_control =
      lead < 0x20 || lead == 0x7f || (lead == 0xc2 && glyph.size() == 2 && static_cast<unsigned char>(glyph[1]) < 0xa0);
  return is_control || (lead >= 0x80 && glyph.size() == 1) ? "?" : glyph;
}

/// The nearest of the 6 x 6 x 6 colours that almost every terminal has. Whether its page is dark is not known, so it is
/// half way between those for light and for dark pages, and can be read on both.
int find_cube_colour(const Colour& colour) {
  constexpr std::array<int, 6> levels = {0, 95, 135, 175, 215, 255};
  int index = 16;
  for (const std::size_t channel : {1u, 3u, 5u}) {
    const auto read = [&](Theme theme) { return std::stoi(value_of(colour, theme).substr(channel, 2), nullptr, 16); };
    const int wanted = (read(Theme::light) + read(Theme::dark)) / 2;
    const auto nearest = std::min_element(
        levels.begin(), levels.end(), [wanted](int a, int b) { return std::abs(a - wanted) < std::abs(b - wanted); });
    const int place = channel == 1 ? 36 : channel == 3 ? 6 : 1;
    index += place * static_cast<int>(nearest - levels.begin());
  }
  return index;
}

/// What starts an ink. The page of a terminal may be black or white: ink is left as the terminal has it.
std::string make_code(const Ink& ink) {
  std::string code = ink.is_bold ? "\x1b[1m" : "";
  if (ink.colour.role == Colour::Role::muted) code += "\x1b[90m";
  if (ink.colour.role == Colour::Role::strategy) code += fmt::format("\x1b[38;5;{}m", find_cube_colour(ink.colour));
  return code;
}

}  // namespace

std::string shorten(std::string_view text, std::size_t width) {
  if (compute_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::string kept;
  std::size_t used = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const Character character = take_character(rest);
    if (used + character.width + 1 > width) break;
    used += character.width;
    kept += character.bytes;
  }
  return kept + "…";
}

Grid::Grid(std::size_t width, std::size_t height) : width_(width), cells_(width * height) {}

void Grid::clear(std::size_t column, std::size_t row) {
  const std::size_t at = row * width_ + column;
  if (cells_[at].glyph.empty()) cells_[at - 1] = {};
  if (column + 1 < width_ && cells_[at + 1].glyph.empty()) cells_[at + 1] = {};
  cells_[at] = {};
}

void Grid::put(std::size_t column, std::size_t row, std::string_view text, const Ink& ink) {
  if (row >= height()) return;
  for (std::string_view rest = text; !rest.empty();) {
    const Character character = take_character(rest);
    if (character.width == 0) {
      if (column > 0 && column <= width_) {
        const std::size_t before = row * width_ + column - 1;
        cells_[before - (cells_[before].glyph.empty() ? 1 : 0)].glyph += character.bytes;
      }
      continue;
    }
    if (column + character.width > width_) return;
    for (std::size_t i = 0; i < character.width; ++i) clear(column + i, row);
    cells_[row * width_ + column] = {std::string(make_safe(character.bytes)), ink};
    if (character.width == 2) cells_[row * width_ + column + 1] = {"", ink};
    column += character.width;
  }
}

void Grid::put_shortened(std::size_t column, std::size_t row, std::size_t width, std::string_view text,
                         const Ink& ink) {
  put(column, row, shorten(text, width), ink);
}

bool Grid::is_blank(std::size_t column, std::size_t row) const {
  return column < width_ && row < height() && cells_[row * width_ + column].glyph == " ";
}

bool Grid::is_blank(std::size_t column, std::size_t row, std::size_t columns) const {
  for (std::size_t i = 0; i < columns; ++i)
    if (!is_blank(column + i, row)) return false;
  return true;
}

void Grid::paste(const Grid& part, std::size_t column, std::size_t row) {
  for (std::size_t y = 0; y < part.height() && row + y < height(); ++y)
    for (std::size_t x = 0; x < part.width(); ++x) {
      const Cell& cell = part.cells_[y * part.width() + x];
      if (!cell.glyph.empty()) put(column + x, row + y, cell.glyph, cell.ink);
    }
}

void Grid::append(const Grid& part) {
  const std::size_t row = height();
  cells_.resize(cells_.size() + width_ * part.height());
  paste(part, 0, row);
}

void Grid::append(std::string_view text, const Ink& ink) {
  for (const std::string& line : wrap(text, width_)) {
    add_row();
    put(0, height() - 1, line, ink);
  }
}

std::string Grid::format(Ansi ansi) const {
  std::string text;
  for (std::size_t row = 0; row < height(); ++row) {
    std::size_t end = width_;
    while (end > 0 && is_blank(end - 1, row)) --end;
    std::string code;
    for (std::size_t column = 0; column < end; ++column) {
      const Cell& cell = cells_[row * width_ + column];
      const std::string wanted = ansi == Ansi::plain ? "" : cell.glyph == " " ? code : make_code(cell.ink);
      if (wanted != code) {
        if (!code.empty()) text += "\x1b[0m";
        text += wanted;
        code = wanted;
      }
      text += cell.glyph;
    }
    text += code.empty() ? "\n" : "\x1b[0m\n";
  }
  return text;
}

}  // namespace vouch::report::terminal
