// SPDX-License-Identifier: Apache-2.0
// Charts are drawn once, in colours that stand for roles. What a role looks like is decided afterwards.
#pragma once

#include <cstddef>
#include <string>

#include "report/chart.hpp"

namespace vouch::report {

enum class Theme { light, dark };

/// The sentinel, "#0a0b00" and so on, that a drawing has in place of a colour; grid lines and text have theirs too.
std::string sentinel_of(const Colour& colour);
inline constexpr const char* grid_sentinel = "#0a0bf0";
inline constexpr const char* text_sentinel = "#0a0bf1";
inline constexpr const char* background_sentinel = "#0a0bf2";

/// The value of a colour, "#0072b2". Strategies from the 13th on repeat colours, with other symbols and line styles.
std::string value_of(const Colour& colour, Theme theme);

/// The CSS variables of all roles under a theme, "--s0:#0072b2;...", for the page's style sheet.
std::string make_css_variables(Theme theme);

/// By strategy, such that neighbours differ in more than colour: a symbol as ECharts names it, and a line type
/// ("solid", "dashed", "dotted").
const char* symbol_of(std::size_t strategy);
const char* line_type_of(std::size_t strategy);

}  // namespace vouch::report
