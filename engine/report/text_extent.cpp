// SPDX-License-Identifier: Apache-2.0
#include "report/text_extent.hpp"

#include <array>
#include <charconv>
#include <cstddef>

#include "report/text.hpp"

namespace vouch::report {
namespace {

/// Thousandths of the font size, of the characters from space to tilde: Helvetica's advance widths (Adobe Font Metrics,
/// 1997).
constexpr std::array<short, 95> widths = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
constexpr double column_width = 620.0;  // of a letter of another alphabet
constexpr double wide_width = 1000.0;   // of East Asian characters and emoji, which take two columns
constexpr double spare = 1.15;  // DejaVu Sans and Verdana are that much wider; Roboto, Segoe UI and Arial are not
constexpr double bold_factor = 1.07;

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

double find_size(std::string_view font) {
  double size = 12.0;
  const std::size_t end = font.find("px");
  if (end == std::string_view::npos) return size;
  const std::size_t begin = font.find_last_not_of("0123456789.", end == 0 ? 0 : end - 1) + 1;
  std::from_chars(font.data() + begin, font.data() + end, size);
  return size;
}

}  // namespace

double compute_text_extent(std::string_view text, std::string_view font) noexcept {
  double thousandths = 0.0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && continues(text[end])) ++end;
    const auto place = static_cast<unsigned char>(text[at]) - std::size_t{' '};
    if (place < widths.size()) {
      thousandths += widths[place];
    } else {
      const std::size_t columns = compute_width(text.substr(at, end - at));
      thousandths += columns == 0 ? 0.0 : columns == 1 ? column_width : wide_width;
    }
    at = end;
  }
  const bool is_bold = font.find("bold") != std::string_view::npos || font.find("600") != std::string_view::npos;
  return thousandths / 1000.0 * find_size(font) * spare * (is_bold ? bold_factor : 1.0);
}

}  // namespace vouch::report
