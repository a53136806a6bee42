// SPDX-License-Identifier: Apache-2.0
// Finishing of a rendered SVG: colours, words for who cannot see it, fewer bytes.
#pragma once

#include <string>
#include <string_view>

#include "report/colours.hpp"

namespace vouch::report {

/// For a page: colours as CSS variables (make_css_variables), role "img", title and description,
/// no fixed size (it fills its width), only what is needed of ECharts' output. `id` makes its ids unique on the page.
std::string finish_for_page(std::string_view svg, std::string_view id, std::string_view title,
                            std::string_view description);

struct PictureTexts {
  std::string title;        ///< written above the picture
  std::string caption;      ///< written below it
  std::string description;  ///< for who cannot see it
};

/// For a file of its own: XML declaration, fixed size, plain colours of `theme` on its background, title and caption
/// in the picture, and a margin around all.
std::string finish_for_file(std::string_view svg, Theme theme, const PictureTexts& texts);

/// Text for XML and HTML, in content or in a quoted attribute.
std::string escape(std::string_view text);

}  // namespace vouch::report
