// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace vouch::report {

/// About how wide a line of text is, in CSS pixels, in a font that is given as CSS has it: "bold 12px sans-serif".
/// Which sans-serif a reader's screen has is unknown: these are the widths of Helvetica and a little more. Neither
/// allocates nor throws.
double compute_text_extent(std::string_view text, std::string_view font) noexcept;

}  // namespace vouch::report
