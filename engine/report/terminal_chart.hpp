// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "report/chart.hpp"

namespace vouch::report {

enum class Ansi : bool { plain, coloured };

/// A chart in Unicode, at most `width` columns wide: title, panels one below the other, legend, caption. Rows as bars
/// and intervals; lines, bands and points on a braille canvas; heat maps as blocks with their labels.
std::string draw_in_terminal(const Chart& chart, std::size_t width, Ansi ansi);

}  // namespace vouch::report
