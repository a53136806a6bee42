// SPDX-License-Identifier: Apache-2.0
// What the program carries inside itself to draw and to make pages with.
#pragma once

#include <string_view>

namespace vouch::report {

/// ECharts as its makers publish it; see third_party/README.md.
std::string_view echarts_source();

/// drawing.js
std::string_view drawing_source();

/// style.css, of pages.
std::string_view page_style();

/// interactive.js, of pages with scripts.
std::string_view page_script();

}  // namespace vouch::report
