// SPDX-License-Identifier: Apache-2.0
#include "report/colours.hpp"

#include <fmt/format.h>

#include <array>

#include "report/colour_roles.hpp"

namespace vouch::report {
namespace {

/// A role's variable, sentinel and values.
struct Look {
  const char* variable;
  const char* sentinel;
  const char* light;
  const char* dark;
};

/// Twelve strategies, then the other roles. The first seven have the hues of Okabe and Ito (2008), as dark or bright as
/// the background asks for: at least 3 to 1 in contrast, text 4.5 to 1 (WCAG 2.1). Lightness differs where hues look
/// alike to who lacks red or green cones.
constexpr std::array<Look, 17> looks = {{{"s0", "#0a0b00", "#0072b2", "#2f86dd"},
                                         {"s1", "#0a0b01", "#d55e00", "#ef6a25"},
                                         {"s2", "#0a0b02", "#009e73", "#0b9f73"},
                                         {"s3", "#0a0b03", "#8a1c6e", "#d98cc0"},
                                         {"s4", "#0a0b04", "#875a24", "#e69f00"},
                                         {"s5", "#0a0b05", "#4f95d8", "#86cdf9"},
                                         {"s6", "#0a0b06", "#444e03", "#f0e442"},
                                         {"s7", "#0a0b07", "#1b1f24", "#f2f3f5"},
                                         {"s8", "#0a0b08", "#6a2fa8", "#a59bfc"},
                                         {"s9", "#0a0b09", "#a84460", "#c43032"},
                                         {"s10", "#0a0b0a", "#1990a4", "#2f8695"},
                                         {"s11", "#0a0b0b", "#458f3c", "#bad27d"},
                                         {"ink", "#0a0bf3", "#3a4048", "#c3c8ce"},
                                         {"muted", "#0a0bf4", "#848b94", "#7d858e"},
                                         {"grid", grid_sentinel, "#e3e6ea", "#30363c"},
                                         {"text", text_sentinel, "#30353b", "#d9dde1"},
                                         {"background", background_sentinel, "#ffffff", "#14171a"}}};
constexpr std::size_t ink_place = num_strategy_colours;
constexpr std::size_t muted_place = num_strategy_colours + 1;

const Look& look_of(const Colour& colour) {
  switch (colour.role) {
    case Colour::Role::strategy:
      return looks[colour.strategy % num_strategy_colours];
    case Colour::Role::ink:
      return looks[ink_place];
    case Colour::Role::muted:
      return looks[muted_place];
  }
  return looks[ink_place];
}

const char* value_of(const Look& look, Theme theme) { return theme == Theme::light ? look.light : look.dark; }

}  // namespace

std::string sentinel_of(const Colour& colour) { return look_of(colour).sentinel; }

std::string value_of(const Colour& colour, Theme theme) { return value_of(look_of(colour), theme); }

std::string make_css_variables(Theme theme) {
  std::string css;
  for (const Look& look : looks) css += fmt::format("--{}:{};", look.variable, value_of(look, theme));
  return css;
}

std::string replace_sentinel(std::string_view paint, Theme theme) {
  for (const Look& look : looks) {
    if (paint == look.sentinel) return value_of(look, theme);
  }
  return std::string(paint);
}

std::string replace_sentinel_by_variable(std::string_view paint) {
  for (const Look& look : looks) {
    if (paint == look.sentinel) return fmt::format("var(--{})", look.variable);
  }
  return std::string(paint);
}

const char* symbol_of(std::size_t strategy) {
  static constexpr const char* plus = "path://M3 0H7V3H10V7H7V10H3V7H0V3H3Z";  // ECharts' arrow hangs below its place
  // Five, which shares no factor with twelve: where colours repeat, symbols do not.
  constexpr std::array symbols = {"circle", "diamond", "triangle", "rect", plus};
  return symbols[strategy % symbols.size()];
}

const char* line_type_of(std::size_t strategy) {
  constexpr std::array types = {"solid", "dashed", "dotted"};
  return types[(strategy + strategy / num_strategy_colours) % types.size()];
}

}  // namespace vouch::report
