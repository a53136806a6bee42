// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace vouch::report {

/// The PNG of an SVG as finish_for_file makes it, `scale` pixels to each of its CSS pixels, by librsvg and the fonts of
/// this machine. Throws Error (io) if it cannot be drawn.
std::string make_png(std::string_view svg, double scale);

}  // namespace vouch::report
