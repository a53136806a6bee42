// SPDX-License-Identifier: Apache-2.0
// The values of a key as they are written on a command line.
#include <fmt/format.h>

#include <optional>

#include "scenario/scenario.hpp"
#include "scenario/toml_reader.hpp"
#include "scenario/toml_writer.hpp"

namespace vouch::scenario {
namespace {

/// The parts between commas that stand in no brackets or quotes.
std::vector<std::string> split_values(std::string_view text) {
  std::vector<std::string> parts{""};
  int depth = 0;
  char quote = '\0';
  for (const char c : text) {
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (c == ']' || c == '}') {
      --depth;
    } else if (c == ',' && depth == 0) {
      parts.emplace_back();
      continue;
    }
    parts.back() += c;
  }
  return parts;
}

std::string read_value(const std::string& text) {
  return parse_toml_value(text) ? text : format_value(make_text(text));
}

bool is_number(const std::string& text) {
  const std::optional<Node> value = parse_toml_value(text);
  return value && value->is_number();
}

/// `FROM..TO/STEPS` or `FROM..TO` as a table; nothing if the text is neither.
std::optional<std::string> read_range(const std::string& text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) return std::nullopt;
  const std::size_t slash = text.find('/', dots);
  const std::string from = text.substr(0, dots);
  const std::string to = text.substr(dots + 2, slash == std::string::npos ? slash : slash - dots - 2);
  if (!is_number(from) || !is_number(to)) return std::nullopt;
  if (slash == std::string::npos) return fmt::format("{{ from = {}, to = {} }}", from, to);
  const std::string steps = text.substr(slash + 1);
  if (!is_number(steps)) return std::nullopt;
  return fmt::format("{{ from = {}, to = {}, steps = {} }}", from, to, steps);
}

}  // namespace

Override make_swept_override(const std::string& key, const std::string& values) {
  const std::string path = "sweep.keys." + key;
  const std::string shown = fmt::format("--sweep {}={}", key, values);
  if (const std::optional<Node> whole = parse_toml_value(values);
      whole && (whole->is_table() || whole->is(Node::Kind::list)))
    return {path, values, shown};
  if (const std::optional<std::string> range = read_range(values)) return {path, *range, shown};
  std::string list;
  if (!values.empty())
    for (const std::string& value : split_values(values)) list += (list.empty() ? "" : ", ") + read_value(value);
  return {path, fmt::format("[{}]", list), shown};
}

}  // namespace vouch::scenario
