// SPDX-License-Identifier: Apache-2.0
// The SVG that ECharts writes, taken apart and put together again. No XML reader: it knows what ECharts writes only.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vouch::report {

struct SvgNode {
  std::string name;                                             ///< empty: text
  std::string text;                                             ///< of text; escaped, as all values here
  std::vector<std::pair<std::string, std::string>> attributes;  ///< in order
  std::vector<SvgNode> children;

  /// Null if there is none.
  std::string* find(std::string_view attribute);
  const std::string* find(std::string_view attribute) const;
  void set(std::string_view attribute, std::string value);
  void remove(std::string_view attribute);
};

/// Throws std::logic_error where tags do not match.
SvgNode parse_svg(std::string_view svg);

void write_svg(const SvgNode& node, std::string& out);

/// Calls `visit(node)` for it and all below it, parents first.
template <typename Node, typename Visit>
void for_each_node(Node& node, const Visit& visit) {
  visit(node);
  for (auto& child : node.children) for_each_node(child, visit);
}

}  // namespace vouch::report
