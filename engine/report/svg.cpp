// SPDX-License-Identifier: Apache-2.0
#include "report/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "report/chart_layout.hpp"
#include "report/colour_roles.hpp"
#include "report/panel_plan.hpp"
#include "report/svg_shrink.hpp"
#include "report/svg_tree.hpp"
#include "report/text_fit.hpp"

namespace vouch::report {
namespace {

/// Those that charts are laid out for, where they are there.
constexpr const char* file_fonts = "Helvetica, Arial, sans-serif";

/// What is written around the picture of a file, in pixels.
struct FileText {
  double font_size;
  double line_height;
  bool is_bold;
};
constexpr FileText title_text{17.0, 22.0, true};
constexpr FileText caption_text{11.0, 15.0, false};
constexpr double file_margin = 16.0;
constexpr double file_gap = 14.0;
constexpr std::size_t most_file_lines = 40;

bool is_legal(char c) { return static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t' || c == '\r'; }

/// Without what XML forbids.
std::string remove_control_characters(std::string_view text) {
  std::string legal;
  legal.reserve(text.size());
  for (const char c : text) {
    if (is_legal(c)) legal += c;
  }
  return legal;
}

template <typename Replace>
void replace_colours(SvgNode& root, const Replace& replace) {
  for_each_node(root, [&](SvgNode& node) {
    for (const char* name : {"fill", "stroke", "stop-color"}) {
      if (std::string* paint = node.find(name); paint != nullptr) *paint = replace(*paint);
    }
  });
}

/// Nothing that acts or is elsewhere, and no style sheet, whose classes would hold for the whole page.
void remove_behaviour(SvgNode& root) {
  constexpr std::array<std::string_view, 4> names = {"style", "script", "image", "foreignObject"};
  for_each_node(root, [&](SvgNode& node) {
    std::erase_if(node.children, [&](const SvgNode& child) {
      return std::find(names.begin(), names.end(), child.name) != names.end();
    });
    for (const char* reference : {"href", "xlink:href"}) node.remove(reference);
  });
}

SvgNode make_text_element(std::string name, std::string_view text) {
  return {std::move(name), {}, {}, {SvgNode{{}, escape(text), {}, {}}}};
}

void describe(SvgNode& root, std::string_view id, std::string_view title, std::string_view description) {
  SvgNode title_node = make_text_element("title", title);
  SvgNode description_node = make_text_element("desc", description);
  const std::string prefix(id);
  title_node.set("id", prefix + "-title");
  description_node.set("id", prefix + "-desc");
  root.set("role", "img");
  root.set("aria-labelledby", prefix + "-title " + prefix + "-desc");
  root.children.insert(root.children.begin(), {std::move(title_node), std::move(description_node)});
}

/// Ids are numbered, behind `prefix`.
void rename_ids(SvgNode& root, std::string_view prefix) {
  std::vector<std::pair<std::string, std::string>> names;
  for_each_node(root, [&](SvgNode& node) {
    if (std::string* id = node.find("id"); id != nullptr) {
      names.emplace_back(*id, fmt::format("{}-{}", prefix, names.size()));
      *id = names.back().second;
    }
  });
  for_each_node(root, [&](SvgNode& node) {
    for (auto& [attribute, value] : node.attributes) {
      for (const auto& [old_name, new_name] : names) {
        if (value == fmt::format("url(#{})", old_name)) value = fmt::format("url(#{})", new_name);
      }
    }
  });
}

SvgNode prepare(std::string_view svg, std::string_view id) {
  SvgNode root = parse_svg(remove_control_characters(svg));
  remove_behaviour(root);
  shrink_svg(root);
  rename_ids(root, id);
  for (const char* name : {"xmlns:xlink", "version", "baseProfile"}) root.remove(name);
  return root;
}

double find_number(const SvgNode& root, std::string_view attribute) {
  const std::string* const text = root.find(attribute);
  return text == nullptr ? 0.0 : std::strtod(text->c_str(), nullptr);
}

/// Lines of text below each other from `top` on; gives where they end.
double add_lines(SvgNode& root, const std::string& text, const FileText& style, double top) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    SvgNode line = make_text_element("text", std::string_view(text).substr(begin, end - begin));
    line.set("x", fmt::format("{}", file_margin));
    line.set("y", fmt::format("{:.1f}", top + 0.8 * style.line_height));
    line.set("font-size", fmt::format("{}", style.font_size));
    if (style.is_bold) line.set("font-weight", "bold");
    line.set("fill", text_sentinel);
    root.children.push_back(std::move(line));
    top += style.line_height;
    begin = end + 1;
  }
  return top;
}

/// The title above the picture and the caption below it, with a margin around all.
void frame(SvgNode& root, const PictureTexts& texts) {
  SvgNode picture{"g", {}, {}, std::move(root.children)};
  root.children.clear();
  const double width = find_number(root, "width") + 2.0 * (file_margin - margin);
  const double text_width = width - 2.0 * file_margin;
  const auto fit = [&](const std::string& text, const FileText& style) {
    return fit_text(text, text_width / (style.is_bold ? bold_factor : 1.0), style.font_size, most_file_lines);
  };
  double top = add_lines(root, fit(texts.title, title_text), title_text, file_margin);
  if (!texts.title.empty()) top += file_gap;
  picture.set("transform", fmt::format("translate({},{})", file_margin - margin, top));
  top += find_number(root, "height");
  root.children.push_back(std::move(picture));
  if (!texts.caption.empty()) top = add_lines(root, fit(texts.caption, caption_text), caption_text, top + file_gap);
  const double height = std::ceil(top + file_margin);
  root.set("width", fmt::format("{}", width));
  root.set("height", fmt::format("{}", height));
  root.set("viewBox", fmt::format("0 0 {} {}", width, height));
}

}  // namespace

std::string escape(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
#ifndef VOUCH_FAULT_raw_text
      case '<':
        escaped += "&lt;";
        break;
#endif
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        if (is_legal(c)) escaped += c;
    }
  }
  return escaped;
}

std::string finish_for_page(std::string_view svg, std::string_view id, std::string_view title,
                            std::string_view description) {
  SvgNode root = prepare(svg, id);
  replace_colours(root, replace_sentinel_by_variable);
  for (const char* name : {"width", "height", "xmlns", "font-family"}) root.remove(name);  // the page has a font
  describe(root, id, title, description);
  std::string out;
  write_svg(root, out);
  return out;
}

std::string finish_for_file(std::string_view svg, Theme theme, const PictureTexts& texts) {
  SvgNode root = prepare(svg, "chart");
  root.set("font-family", file_fonts);
  frame(root, texts);
  SvgNode background{"rect", {}, {{"width", "100%"}, {"height", "100%"}, {"fill", background_sentinel}}, {}};
  root.children.insert(root.children.begin(), std::move(background));
  replace_colours(root, [&](std::string_view paint) { return replace_sentinel(paint, theme); });
  describe(root, "chart", texts.title, texts.description);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  write_svg(root, out);
  return out + "\n";
}

}  // namespace vouch::report
