// SPDX-License-Identifier: Apache-2.0
#include "report/svg_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <stdexcept>

namespace vouch::report {
namespace {

constexpr std::string_view spaces = " \t\r\n";

class Reader {
 public:
  explicit Reader(std::string_view svg) : svg_(svg) {}

  SvgNode read_document() {
    SvgNode outside;
    read_children(outside);
    for (SvgNode& child : outside.children) {
      if (child.name == "svg") return std::move(child);
    }
    throw std::logic_error("there is no <svg> in what ECharts drew");
  }

 private:
  std::size_t find(std::string_view what) const {
    const std::size_t found = svg_.find(what, at_);
    if (found == std::string_view::npos) throw std::logic_error("an SVG ends before " + std::string(what));
    return found;
  }

  std::string_view take_until(std::string_view what) {
    const std::size_t begin = at_;
    const std::size_t end = find(what);
    at_ = end + what.size();
    return svg_.substr(begin, end - begin);
  }

  /// Up to the end tag of `parent`, which is taken.
  void read_children(SvgNode& parent) {
    while (at_ < svg_.size()) {
      if (svg_[at_] != '<') {
        const std::size_t end = std::min(svg_.find('<', at_), svg_.size());
        add_text(parent, svg_.substr(at_, end - at_));
        at_ = end;
      } else if (starts_with("</")) {
        at_ += 2;
        const std::string_view name = take_until(">");
        if (name != parent.name) throw std::logic_error(fmt::format("an SVG has </{}> out of place", name));
        return;
      } else if (starts_with("<![CDATA[")) {
        take_until("]]>");
      } else if (starts_with("<?") || starts_with("<!")) {
        take_until(">");
      } else {
        parent.children.push_back(read_element());
      }
    }
    if (!parent.name.empty()) throw std::logic_error(fmt::format("an SVG ends inside <{}>", parent.name));
  }

  static void add_text(SvgNode& parent, std::string_view text) {
    if (parent.name != "text" && text.find_first_not_of(spaces) == std::string_view::npos) return;
    parent.children.push_back({{}, std::string(text), {}, {}});
  }

  SvgNode read_element() {
    ++at_;
    SvgNode node;
    const std::size_t name_end = svg_.find_first_of(" \t\r\n/>", at_);
    node.name = svg_.substr(at_, name_end - at_);
    at_ = std::min(name_end, svg_.size());
    for (;;) {
      at_ = std::min(svg_.find_first_not_of(spaces, at_), svg_.size());
      if (starts_with("/>")) {
        at_ += 2;
        return node;
      }
      if (starts_with(">")) break;
      const std::string_view name = take_until("=\"");
      node.attributes.emplace_back(name, take_until("\""));
    }
    ++at_;
    read_children(node);
    return node;
  }

  bool starts_with(std::string_view what) const { return svg_.substr(at_).starts_with(what); }

  std::string_view svg_;
  std::size_t at_ = 0;
};

}  // namespace

const std::string* SvgNode::find(std::string_view attribute) const {
  const auto found =
      std::find_if(attributes.begin(), attributes.end(), [&](const auto& own) { return own.first == attribute; });
  return found == attributes.end() ? nullptr : &found->second;
}

std::string* SvgNode::find(std::string_view attribute) {
  return const_cast<std::string*>(std::as_const(*this).find(attribute));
}

void SvgNode::set(std::string_view attribute, std::string value) {
  if (std::string* own = find(attribute); own != nullptr) {
    *own = std::move(value);
  } else {
    attributes.emplace_back(attribute, std::move(value));
  }
}

void SvgNode::remove(std::string_view attribute) {
  std::erase_if(attributes, [&](const auto& own) { return own.first == attribute; });
}

SvgNode parse_svg(std::string_view svg) { return Reader(svg).read_document(); }

void write_svg(const SvgNode& node, std::string& out) {
  if (node.name.empty()) {
    out += node.text;
    return;
  }
  const auto write = std::back_inserter(out);
  fmt::format_to(write, "<{}", node.name);
  for (const auto& [name, value] : node.attributes) fmt::format_to(write, " {}=\"{}\"", name, value);
  if (node.children.empty()) {
    out += "/>";
    return;
  }
  out += ">";
  for (const SvgNode& child : node.children) write_svg(child, out);
  fmt::format_to(write, "</{}>", node.name);
}

}  // namespace vouch::report
