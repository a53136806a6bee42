// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/chart.hpp"
#include "report/renderer.hpp"

namespace vouch::report {

/// Where a chart is to be looked at.
enum class Format {
  wide,   ///< 720 pixels: desktops, projectors, paper, slides
  narrow  ///< 360 pixels: phones
};

/// How ECharts is to draw it, in sentinel colours (colours.hpp). The title, caption and table are not drawn: the page
/// has them as text.
Drawing make_drawing(const Chart& chart, Format format);

}  // namespace vouch::report
