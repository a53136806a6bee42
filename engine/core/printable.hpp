// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace vouch {

/// A character that a terminal or page acts on instead of showing it.
struct Unprintable {
  std::size_t at = 0;    ///< byte of the text
  std::size_t size = 1;  ///< bytes
  std::string escaped;   ///< "\x1b", "\u202e"
};

/// The first control character (other than a line break or tab), overriding of the direction of writing, or byte that
/// is no UTF-8; nothing if there is none.
std::optional<Unprintable> find_unprintable(std::string_view text);

/// The text with each of them escaped.
std::string make_printable(std::string_view text);

/// As make_printable, but what sets colours stays: ESC [ digits and semicolons m. At worst a stranger's text is in
/// colour.
std::string make_printable_in_colour(std::string_view text);

}  // namespace vouch
