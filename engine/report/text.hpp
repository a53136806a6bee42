// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vouch::report {

/// Columns that UTF-8 text takes on a terminal: 0 for combining marks, 2 for East Asian wide characters and emoji.
/// A byte that is no UTF-8 counts as one.
std::size_t compute_width(std::string_view text);

struct Character {
  std::string_view bytes;
  std::size_t width;  ///< as compute_width has it
};
/// Takes the first off a text that is not empty.
Character take_character(std::string_view& text);

enum class Breaks { spaces, spaces_and_hyphens };

/// Lines of at most `width` columns, broken at spaces (not before "%") and, if asked for, behind hyphens, or inside a
/// word that is longer by itself. Line breaks in the text are kept. At least one line.
std::vector<std::string> wrap(std::string_view text, std::size_t width, Breaks breaks = Breaks::spaces);

enum class Align { left, right };

/// Text filled up with spaces to `width` columns.
std::string pad(std::string_view text, std::size_t width, Align align);

/// A name on lines of at most 16 columns where it can be broken: behind "_" or "-".
std::string break_name(std::string_view name);

/// The parts between commas; those that are empty are left out.
std::vector<std::string> split_list(std::string_view text);

/// "a", "a and b", "a, b and c".
std::string join_names(const std::vector<std::string>& names);

/// "a", "either a or b", "any of a, b or c".
std::string join_alternatives(const std::vector<std::string>& names);

/// With a capital letter first, of a to z.
std::string capitalise(std::string text);

/// For a shell: as it is if that is safe, else in single quotes.
std::string quote_for_shell(std::string_view text);

}  // namespace vouch::report
