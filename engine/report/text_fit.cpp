// SPDX-License-Identifier: Apache-2.0
#include "report/text_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "report/text.hpp"
#include "report/text_extent.hpp"

namespace vouch::report {
namespace {

std::size_t count_code_bytes(std::string_view text) {
  std::size_t bytes = 1;
  while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xc0u) == 0x80u) ++bytes;
  return bytes;
}

/// Bytes of the first character, with the marks on it and what is joined to it.
std::size_t count_bytes(std::string_view text) {
  static constexpr std::string_view joiner = "\u200d";
  std::size_t bytes = count_code_bytes(text);
  bool is_joined = false;
  while (bytes < text.size() && static_cast<unsigned char>(text[bytes]) >= 0x80) {
    const std::string_view next = text.substr(bytes, count_code_bytes(text.substr(bytes)));
    if (compute_width(next) > 0 && !is_joined) break;
    is_joined = next == joiner;
    bytes += next.size();
  }
  return bytes;
}

double estimate_line_width(std::string_view line, double font_size) {
  return compute_text_extent(line, fmt::format("{}px", font_size));
}

/// The longest beginning that fits; at least one character.
std::size_t find_fitting(std::string_view text, double width, double font_size) {
  std::size_t end = count_bytes(text);
  while (end < text.size()) {
    const std::size_t next = end + count_bytes(text.substr(end));
    if (estimate_line_width(text.substr(0, next), font_size) > width) break;
    end = next;
  }
  return end;
}

/// Where a line ends of which `fitting` bytes fit: behind the last place for a break, else in the middle of the word.
std::size_t find_break(std::string_view text, std::size_t fitting) {
  if (fitting == text.size() || text[fitting] == ' ') return fitting;
  const std::size_t found = text.substr(0, fitting).find_last_of(" _-/,");
  return found == std::string_view::npos || found == 0 ? fitting : found + 1;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

double estimate_text_width(std::string_view text, double font_size) {
  double widest = 0.0;
  for (;;) {
    const std::size_t end = text.find('\n');
    widest = std::max(widest, estimate_line_width(text.substr(0, end), font_size));
    if (end == std::string_view::npos) return widest;
    text.remove_prefix(end + 1);
  }
}

double estimate_word_width(std::string_view text, double font_size) {
  double widest = 0.0;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(" _-/,");
    const std::size_t size = end == std::string_view::npos ? text.size() : end + (text[end] == ' ' ? 0 : 1);
    widest = std::max(widest, estimate_line_width(text.substr(0, size), font_size));
    text.remove_prefix(std::min(text.size(), std::max<std::size_t>(size, end + 1)));
  }
  return widest;
}

std::size_t count_lines(std::string_view text) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string fit_text(std::string_view text, double width, double font_size, std::size_t most_lines) {
  std::string flat(text);
  std::replace_if(
      flat.begin(), flat.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  std::string_view rest = trim(flat);
  std::string fitted;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    if (line > 1) fitted += '\n';
    const std::size_t fitting = find_fitting(rest, width, font_size);
    if (fitting == rest.size()) return fitted.append(rest);
    if (line >= most_lines) {
      const std::size_t end = find_fitting(rest, width - font_size, font_size);
      return fitted.append(trim(rest.substr(0, end))) + "…";
    }
    const std::size_t end = find_break(rest, fitting);
    fitted += trim(rest.substr(0, end));
    rest = trim(rest.substr(end));
  }
  return fitted;
}

}  // namespace vouch::report
