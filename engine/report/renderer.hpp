// SPDX-License-Identifier: Apache-2.0
// ECharts inside duktape: an option goes in, a static SVG comes out, without a browser. See third_party/README.md.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace vouch::report {

/// A picture to be made.
struct Drawing {
  std::string option;  ///< of ECharts, as JSON in UTF-8 without functions or escaped emoji; see echarts_option.hpp
  int width = 0;       ///< CSS pixels
  int height = 0;
};

/// The SVG of each, in order, as ECharts gives it: sentinel colours as in colours.hpp, ids that are unique among them.
/// Several threads share the work, each with an interpreter of its own; the same drawings give the same text. Throws
/// std::logic_error, with ECharts' words, for an option that it refuses.
std::vector<std::string> render(std::span<const Drawing> drawings);

}  // namespace vouch::report
