// SPDX-License-Identifier: Apache-2.0
#include "report/svg_shrink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <map>
#include <vector>

#include "report/colours.hpp"
#include "report/svg_path_data.hpp"
#include "report/svg_paths.hpp"

namespace vouch::report {
namespace {

using Defaults = std::array<std::pair<std::string_view, std::string_view>, 9>;
constexpr Defaults defaults = {{{"fill-opacity", "1"},
                                {"stroke", "none"},
                                {"stroke-dasharray", "none"},
                                {"stroke-linecap", "butt"},
                                {"stroke-linejoin", "miter"},
                                {"stroke-opacity", "1"},
                                {"stroke-width", "1"},
                                {"opacity", "1"},
                                {"text-anchor", "start"}}};
constexpr std::array<std::string_view, 5> unneeded = {"class", "pointer-events", "cursor", "xml:space",
                                                      "stroke-miterlimit"};

double number_of(const SvgNode& node, std::string_view attribute, double otherwise) {
  const std::string* value = node.find(attribute);
  const std::vector<double> numbers = value == nullptr ? std::vector<double>{} : read_numbers(*value);
  return numbers.empty() ? otherwise : numbers.front();
}

bool is(const SvgNode& node, std::string_view attribute, std::string_view value) {
  const std::string* own = node.find(attribute);
  return own != nullptr && *own == value;
}

bool is_shape(const SvgNode& node) { return node.name == "path" || node.name == "rect" || node.name == "circle"; }

bool is_painted(const SvgNode& node, std::string_view paint) {
  const std::string* own = node.find(paint);
  if (own == nullptr) return paint == "fill";
  const std::string prefix(paint);
  return *own != "none" && *own != "transparent" && number_of(node, prefix + "-opacity", 1.0) > 0.0 &&
         (paint == "fill" || number_of(node, "stroke-width", 1.0) > 0.0);
}

bool is_invisible(const SvgNode& node) {
  if (node.name == "g" || node.name == "defs") return node.children.empty();
  return is_shape(node) && !is_painted(node, "fill") && !is_painted(node, "stroke");
}

/// "font-size:12px;font-family:sans-serif;" as attributes.
void unfold_style(SvgNode& node) {
  const std::string* found = node.find("style");
  if (found == nullptr) return;
  const std::string style = *found;
  node.remove("style");
  for (std::size_t begin = 0; begin < style.size();) {
    const std::size_t end = std::min(style.find(';', begin), style.size());
    const std::string_view rule = std::string_view(style).substr(begin, end - begin);
    const std::size_t colon = rule.find(':');
    if (colon != std::string_view::npos) node.set(rule.substr(0, colon), std::string(rule.substr(colon + 1)));
    begin = end + 1;
  }
  if (std::string* size = node.find("font-size"); size != nullptr && size->ends_with("px")) {
    size->resize(size->size() - 2);
  }
}

void remove_attributes(SvgNode& node) {
  std::erase_if(node.attributes, [](const auto& attribute) {
    return attribute.first.starts_with("ecmeta_") ||
           std::find(unneeded.begin(), unneeded.end(), attribute.first) != unneeded.end() ||
           std::any_of(defaults.begin(), defaults.end(),
                       [&](const auto& one) { return one.first == attribute.first && one.second == attribute.second; });
  });
  if (node.find("stroke") == nullptr) {
    std::erase_if(node.attributes, [](const auto& attribute) {
      return attribute.first.starts_with("stroke-") || attribute.first == "paint-order";
    });
  }
}

/// How far below the given y a line's baseline lies, as a share of the font's size.
double find_baseline(const SvgNode& text) {
  if (is(text, "dominant-baseline", "central") || is(text, "dominant-baseline", "middle")) return 0.35;
  if (is(text, "dominant-baseline", "hanging") || is(text, "dominant-baseline", "text-before-edge")) return 0.8;
  if (is(text, "dominant-baseline", "ideographic") || is(text, "dominant-baseline", "text-after-edge")) return -0.2;
  return 0.0;
}

void place_text(SvgNode& text) {
  double x = number_of(text, "x", 0.0);
  double y = number_of(text, "y", 0.0) + find_baseline(text) * number_of(text, "font-size", 12.0);
  text.remove("dominant-baseline");
  if (const std::string* transform = text.find("transform"); transform != nullptr) {
    const std::vector<double> shift = read_arguments(*transform, "translate");
    if (!shift.empty()) {
      x += shift[0];
      y += shift.size() > 1 ? shift[1] : 0.0;
      text.remove("transform");
    }
  }
  text.set("x", format_pixels(x));
  text.set("y", format_pixels(y));
}

std::string format_reference(const std::string& id) { return fmt::format("url(#{})", id); }

/// Paths that are alike, as those that each series is cut off by: the first stays.
void share_clip_paths(SvgNode& root) {
  std::map<std::string, std::string> first_by_content;
  std::map<std::string, std::string> replaced;
  for_each_node(root, [&](SvgNode& parent) {
    std::erase_if(parent.children, [&](SvgNode& node) {
      const std::string* id = node.find("id");
      if (node.name != "clipPath" || id == nullptr) return false;
      for (SvgNode& shape : node.children) shape.remove("fill");
      std::string content;
      for (const SvgNode& shape : node.children) write_svg(shape, content);
      const auto [first, is_new] = first_by_content.emplace(content, *id);
      if (!is_new) replaced[format_reference(*id)] = format_reference(first->second);
      return !is_new;
    });
  });
  for_each_node(root, [&](SvgNode& node) {
    std::string* clip = node.find("clip-path");
    if (clip == nullptr) return;
    if (const auto other = replaced.find(*clip); other != replaced.end()) *clip = other->second;
  });
}

/// Takes `next` into `last` if one element can draw both: groups with the same attributes, and paths of one look.
bool absorb(SvgNode& last, SvgNode& next) {
  if (last.name != next.name || last.find("id") != nullptr) return false;
  if (last.name == "g" && last.attributes == next.attributes) {
    std::move(next.children.begin(), next.children.end(), std::back_inserter(last.children));
    return true;
  }
  return last.name == "path" && absorb_path(last, next);
}

/// Cells of one look in a row of cells: they do not overlap, so need not be neighbours.
bool absorb_cell(std::vector<SvgNode>& earlier, SvgNode& cell) {
  if (!is_cell(cell)) return false;
  for (auto last = earlier.rbegin(); last != earlier.rend() && is_cell(*last); ++last)
    if (absorb(*last, cell)) return true;
  return false;
}

void join_neighbours(SvgNode& parent) {
  std::vector<SvgNode> joined;
  for (SvgNode& child : parent.children) {
    const bool is_absorbed = !joined.empty() && (absorb(joined.back(), child) || absorb_cell(joined, child));
    if (!is_absorbed) joined.push_back(std::move(child));
  }
  parent.children = std::move(joined);
  for (SvgNode& child : parent.children) join_neighbours(child);
}

bool is_of_its_own(const std::pair<std::string, std::string>& attribute) {
  static constexpr std::array<std::string_view, 6> own = {"d", "x", "y", "id", "transform", "clip-path"};
  return std::find(own.begin(), own.end(), attribute.first) != own.end();
}

/// The attributes of `node` that `other` has too and that can stand at a group around both.
SvgNode find_common(const SvgNode& node, const SvgNode& other) {
  SvgNode common{"g", {}, {}, {}};
  if (node.name != other.name || (node.name != "path" && node.name != "text")) return common;
  for (const auto& attribute : node.attributes)
    if (!is_of_its_own(attribute) && is(other, attribute.first, attribute.second))
      common.attributes.push_back(attribute);
  return common;
}

/// Of its name, with the attributes of a group.
SvgNode group_like(const SvgNode& node, const SvgNode& group) { return {node.name, {}, group.attributes, {}}; }

/// What neighbours have in common is said once, at a group around them.
void group_neighbours(SvgNode& parent) {
  std::vector<SvgNode> grouped;
  for (std::size_t first = 0; first < parent.children.size();) {
    std::vector<SvgNode>& all = parent.children;
    std::size_t last = first + 1;
    SvgNode group = last < all.size() ? find_common(all[first], all[last]) : SvgNode{};
    while (last < all.size() && find_common(group_like(all[first], group), all[last]).attributes == group.attributes)
      ++last;
    std::size_t saved = 0;
    for (const auto& [name, value] : group.attributes) saved += (last - first - 1) * (name.size() + value.size() + 4);
    constexpr std::size_t cost_of_group = 8;
    if (saved <= cost_of_group) {
      group_neighbours(all[first]);
      grouped.push_back(std::move(all[first++]));
      continue;
    }
    for (; first < last; ++first) {
      for (const auto& attribute : group.attributes) all[first].remove(attribute.first);
      group.children.push_back(std::move(all[first]));
    }
    grouped.push_back(std::move(group));
  }
  parent.children = std::move(grouped);
}

/// What most text has is said once, at the root.
void raise_text_attribute(SvgNode& root, const std::string& attribute) {
  std::map<std::string, int> counts;
  bool is_everywhere = true;
  for_each_node(root, [&](SvgNode& node) {
    if (node.name != "text") return;
    const std::string* value = node.find(attribute);
    if (value == nullptr) {
      is_everywhere = false;
    } else {
      ++counts[*value];
    }
  });
  if (!is_everywhere || counts.empty()) return;
  const std::string most =
      std::max_element(counts.begin(), counts.end(), [](auto& a, auto& b) { return a.second < b.second; })->first;
  for_each_node(root, [&](SvgNode& node) {
    if (node.name == "text" && is(node, attribute, most)) node.remove(attribute);
    if (attribute == "fill" && is_shape(node) && node.find("fill") == nullptr) node.set("fill", "#000");
  });
  root.set(attribute, most);
}

void remove_invisible(SvgNode& node) {
  if (node.name == "clipPath") return;
  for (SvgNode& child : node.children) remove_invisible(child);
  std::erase_if(node.children, is_invisible);
}

}  // namespace

void shrink_svg(SvgNode& root) {
  for_each_node(root, [](SvgNode& node) {
    unfold_style(node);
    remove_attributes(node);
    if (node.name == "text") place_text(node);
    if (node.name != "path") return;
    place_symbol(node);
    if (is_cell(node)) sharpen_cell(node);
  });
  remove_invisible(root);
  for (const char* attribute : {"font-family", "font-size", "fill"}) raise_text_attribute(root, attribute);
  share_clip_paths(root);
  join_neighbours(root);
  for_each_node(root, [](SvgNode& node) {
    if (node.name == "path") shorten_lines(node);
  });
  group_neighbours(root);
}

}  // namespace vouch::report
