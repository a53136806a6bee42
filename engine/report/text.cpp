// SPDX-License-Identifier: Apache-2.0
#include "report/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace vouch::report {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// The blocks that matter for names; Unicode 15, East Asian Width W and F, and general category Mn.
constexpr std::array<Range, 12> wide = {{{0x1100, 0x115f},
                                         {0x2e80, 0x303e},
                                         {0x3041, 0x33ff},
                                         {0x3400, 0x4dbf},
                                         {0x4e00, 0x9fff},
                                         {0xa000, 0xa4cf},
                                         {0xac00, 0xd7a3},
                                         {0xf900, 0xfaff},
                                         {0xfe30, 0xfe6f},
                                         {0xff00, 0xff60},
                                         {0x1f300, 0x1faff},
                                         {0x20000, 0x3fffd}}};
constexpr std::array<Range, 9> zero = {{{0x0300, 0x036f},
                                        {0x0483, 0x0489},
                                        {0x0591, 0x05bd},
                                        {0x064b, 0x065f},
                                        {0x093c, 0x093c},
                                        {0x200b, 0x200f},
                                        {0x20d0, 0x20f0},
                                        {0xfe00, 0xfe0f},
                                        {0xfe20, 0xfe2f}}};

template <std::size_t size>
bool contains(const std::array<Range, size>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [c](Range r) { return r.first <= c && c <= r.last; });
}

struct Size {
  std::size_t bytes;
  std::size_t width;
};

Size measure_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t bytes = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
  if (bytes == 0 || bytes > text.size()) return {1, 1};
  char32_t code = bytes == 1 ? lead : lead & (0xffu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if (next >> 6 != 2) return {1, 1};
    code = code << 6 | (next & 0x3fu);
  }
  return {bytes, contains(zero, code) ? std::size_t{0} : contains(wide, code) ? std::size_t{2} : std::size_t{1}};
}

/// How many bytes of `text` fit into `width` columns; at least one character.
std::size_t find_fitting(std::string_view text, std::size_t width) {
  std::size_t end = 0;
  std::size_t used = 0;
  while (end < text.size()) {
    const Size c = measure_character(text.substr(end));
    if (used + c.width > width && end > 0) break;
    used += c.width;
    end += c.bytes;
  }
  return end;
}

/// Where the first line of `line` ends, of which at most `fitting` bytes fit.
std::size_t find_cut(std::string_view line, std::size_t fitting, Breaks breaks) {
  for (std::size_t cut = fitting; cut > 0; --cut) {
    const bool is_space = line[cut] == ' ' && !(cut + 1 < line.size() && line[cut + 1] == '%');
    if (is_space || (breaks == Breaks::spaces_and_hyphens && line[cut - 1] == '-')) return cut;
  }
  return fitting;
}

void wrap_line(std::string_view line, std::size_t width, Breaks breaks, std::vector<std::string>& lines) {
  while (true) {
    const std::size_t fitting = find_fitting(line, width);
    if (fitting == line.size()) break;
    const std::size_t cut = find_cut(line, fitting, breaks);
    lines.emplace_back(line.substr(0, cut));
    line.remove_prefix(cut);
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  }
  lines.emplace_back(line);
}

std::string join(const std::vector<std::string>& names, const char* last) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? last : ", ";
    text += names[i];
  }
  return text;
}

}  // namespace

std::size_t compute_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Size c = measure_character(text);
    width += c.width;
    text.remove_prefix(c.bytes);
  }
  return width;
}

Character take_character(std::string_view& text) {
  const Size size = measure_character(text);
  const Character character{text.substr(0, size.bytes), size.width};
  text.remove_prefix(size.bytes);
  return character;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width, Breaks breaks) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    wrap_line(text.substr(0, end), width, breaks, lines);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string pad(std::string_view text, std::size_t width, Align align) {
  const std::size_t used = compute_width(text);
  const std::string spaces(width > used ? width - used : 0, ' ');
  return align == Align::left ? std::string(text) + spaces : spaces + std::string(text);
}

std::string break_name(std::string_view name) {
  constexpr std::size_t widest = 16;
  std::string lines;
  std::size_t width = 0;
  while (!name.empty()) {
    const std::string_view part = name.substr(0, std::min(name.find_first_of("_-"), name.size() - 1) + 1);
    if (width > 0 && width + compute_width(part) > widest) {
      lines += '\n';
      width = 0;
    }
    lines += part;
    width += compute_width(part);
    name.remove_prefix(part.size());
  }
  return lines;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(part.size() + 1, text.size()));
  }
  return parts;
}

std::string join_names(const std::vector<std::string>& names) { return join(names, " and "); }

std::string join_alternatives(const std::vector<std::string>& names) {
  const char* const before = names.size() < 2 ? "" : names.size() == 2 ? "either " : "any of ";
  return before + join(names, " or ");
}

std::string capitalise(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string quote_for_shell(std::string_view text) {
  const auto is_safe = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-./=:,+@%").find(c) != std::string_view::npos;
  };
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_safe)) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace vouch::report
