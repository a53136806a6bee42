// SPDX-License-Identifier: Apache-2.0
#include "core/printable.hpp"

#include <cstdint>

namespace vouch {
namespace {

struct Character {
  std::size_t size = 1;
  char32_t code = 0;
  bool is_whole = true;
};

/// Of UTF-8 as RFC 3629 has it: no overlong forms, no surrogates.
Character read_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {1, lead};
  const std::size_t size = lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
  if (size == 0 || size > text.size()) return {1, lead, false};
  char32_t code = lead & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if (next >> 6 != 2) return {1, lead, false};
    code = code << 6 | (next & 0x3fU);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_whole = code >= least[size] && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return is_whole ? Character{size, code} : Character{1, lead, false};
}

bool is_acted_on(char32_t code) noexcept {
  const bool is_control = code < 0x20 || (code >= 0x7f && code < 0xa0);
  return (is_control && code != '\n' && code != '\t') || (code >= 0x202a && code <= 0x202e) ||
         (code >= 0x2066 && code <= 0x2069);
}

std::string escape(const Character& character) {
  constexpr char digits[] = "0123456789abcdef";
  const bool is_byte = !character.is_whole || character.code < 0x80;
  std::string text = is_byte ? "\\x" : "\\u";
  for (int shift = is_byte ? 4 : 12; shift >= 0; shift -= 4) text += digits[character.code >> shift & 15U];
  return text;
}

/// Bytes of a sequence that sets colours at the text's beginning; 0 if there is none.
std::size_t measure_colour(std::string_view text) {
  if (text.substr(0, 2) != "\x1b[") return 0;
  const std::size_t end = text.find_first_not_of("0123456789;", 2);
  return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

template <typename Keep>
std::string escape_all(std::string_view text, const Keep& measure_kept) {
  std::string printable;
  while (const auto found = find_unprintable(text)) {
    const std::size_t kept = measure_kept(text.substr(found->at));
    printable += text.substr(0, found->at + kept);
    if (kept == 0) printable += found->escaped;
    text.remove_prefix(found->at + (kept == 0 ? found->size : kept));
  }
  return printable += text;
}

}  // namespace

std::optional<Unprintable> find_unprintable(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte < 0x7f) {
      ++at;
      continue;
    }
    const Character character = read_character(text.substr(at));
    if (!character.is_whole || is_acted_on(character.code)) return Unprintable{at, character.size, escape(character)};
    at += character.size;
  }
  return std::nullopt;
}

std::string make_printable(std::string_view text) {
  return escape_all(text, [](std::string_view) { return std::size_t{0}; });
}

std::string make_printable_in_colour(std::string_view text) { return escape_all(text, measure_colour); }

}  // namespace vouch
