// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string_view>

#include "report/colour_roles.hpp"
#include "report/colours.hpp"
#include "report/html.hpp"
#include "report/svg.hpp"

namespace vouch::report::html {
namespace {

/// The symbols of ECharts around (18, 8).
std::string make_shape(std::string_view symbol) {
  constexpr std::string_view path = "path://";  // of ours, in a square of 10
  if (symbol.starts_with(path))
    return fmt::format("<path transform=\"translate(13 3)\" d=\"{}\"/>", symbol.substr(path.size()));
  if (symbol == "rect") return "<path d=\"M13 3h10v10H13z\"/>";
  if (symbol == "triangle") return "<path d=\"M18 2l6 11H12z\"/>";
  if (symbol == "diamond") return "<path d=\"M18 1l6 7-6 7-6-7z\"/>";
  return "<circle cx=18 cy=8 r=5 />";
}

std::string_view find_dashes(std::string_view line_type) {
  if (line_type == "dashed") return " stroke-dasharray=\"6 3\"";
  return line_type == "dotted" ? " stroke-dasharray=\"2 3\"" : "";
}

std::string make_swatch(std::size_t strategy) {
  return fmt::format(
      "<svg class=key viewBox=\"0 0 36 16\" width=36 height=16 aria-hidden=true style=\"color:{}\" "
      "stroke=currentColor fill=currentColor><path d=\"M1 8h34\" stroke-width=\"2\"{}/><g stroke=none>{}</g></svg>",
      replace_sentinel_by_variable(sentinel_of(colour_of(strategy))), find_dashes(line_type_of(strategy)),
      make_shape(symbol_of(strategy)));
}

}  // namespace

std::string make_legend(const Reading& reading, const PageOptions& options) {
  const std::vector<std::string>& names = reading.strategy_names();
  std::string items;
  for (std::size_t s = 0; s < names.size(); ++s) {
    const StrategyText text = s < options.strategies.size() ? options.strategies[s] : StrategyText{};
    std::string words = fmt::format("<b dir=auto>{}</b>", escape(names[s]));
    if (s == reading.view.baseline && names.size() > 1) words += " <span class=tag>baseline</span>";
    if (!text.label.empty() && text.label != names[s])
      words += fmt::format(" <span dir=auto>{}</span>", escape(text.label));
    if (!text.description.empty())
      words += fmt::format("<span class=quiet dir=auto>{}</span>", make_words(text.description));
    items += fmt::format("<li data-strategy={}>{}<div>{}</div></li>\n", s, make_swatch(s), words);
  }
  return fmt::format(
      "<section class=legend aria-labelledby=strategies>\n<h2 id=strategies>{}</h2>\n<ul>\n{}</ul>\n</section>\n",
      names.size() == 1 ? "The strategy" : "The strategies", items);
}

}  // namespace vouch::report::html
