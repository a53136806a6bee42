// SPDX-License-Identifier: Apache-2.0
#include "scenario/toml_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace vouch::scenario {
namespace {

std::string format_text(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        quoted += "\\\"";
        break;
      case '\\':
        quoted += "\\\\";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\t':
        quoted += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          quoted += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
        } else {
          quoted += c;
        }
    }
  }
  return quoted + '"';
}

std::string format_real(double real) {
  if (std::isnan(real)) return "nan";
  if (std::isinf(real)) return real < 0.0 ? "-inf" : "inf";
  std::string text = fmt::format("{}", real);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

}  // namespace

std::string format_key(const std::string& key) {
  const bool is_bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  return is_bare ? key : format_text(key);
}

std::string format_value(const Node& node) {
  switch (node.kind) {
    case Node::Kind::flag:
      return node.flag ? "true" : "false";
    case Node::Kind::whole:
      return fmt::format("{}", node.whole);
    case Node::Kind::real:
      return format_real(node.real);
    case Node::Kind::text:
      return format_text(node.text);
    case Node::Kind::list: {
      std::string text = "[";
      for (const Node& item : node.items) text += (text.size() > 1 ? ", " : "") + format_value(item);
      return text + "]";
    }
    case Node::Kind::table: {
      if (node.members.empty()) return "{}";
      std::string text;
      for (const Member& member : node.members)
        text += (text.empty() ? "{ " : ", ") + format_key(member.key) + " = " + format_value(member.value);
      return text + " }";
    }
    case Node::Kind::date:
      return "a date";
  }
  return {};
}

std::string format_excerpt(const Node& node) {
  constexpr std::size_t longest = 40;
  std::string text = format_value(node);
  if (text.size() <= longest) return text;
  std::size_t end = longest - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // keep UTF-8 whole
  return text.substr(0, end) + "...";
}

}  // namespace vouch::scenario
