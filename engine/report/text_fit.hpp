// SPDX-License-Identifier: Apache-2.0
// Text in pictures, without a font at hand: widths are as text_extent.hpp has them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vouch::report {

/// Pixels that the longest line of `text` takes at a font size in pixels.
double estimate_text_width(std::string_view text, double font_size);

/// Lines of `text`, at least one.
std::size_t count_lines(std::string_view text);

/// The widest part of `text` that is never broken but by force.
double estimate_word_width(std::string_view text, double font_size);

/// `text` with line breaks such that its lines fit into `width` pixels: behind spaces, "_", "-", "/" and ",", or inside
/// a word that is too long by itself. What does not fit on `most_lines` is cut, with "…" at the end.
std::string fit_text(std::string_view text, double width, double font_size, std::size_t most_lines);

}  // namespace vouch::report
