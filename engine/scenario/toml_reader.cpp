// SPDX-License-Identifier: Apache-2.0
// The one file that knows the TOML library.
#include "scenario/toml_reader.hpp"

#include <stdexcept>
// A key such as [`] breaks an assertion of the library: make it an error like any other. (So the library is
// compiled here; its shared build would abort.)
#define TOML_ASSERT(e)                              \
  do {                                              \
    if (!(e)) throw std::runtime_error("not TOML"); \
  } while (0)
#define TOML_EXCEPTIONS 1
// Some of its assertions stand in noexcept functions; those hold for any text.
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wexceptions"
#else
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wterminate"
#endif
#include <toml++/toml.h>
#if defined(__clang__)
#pragma clang diagnostic pop
#else
#pragma GCC diagnostic pop
#endif

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace vouch::scenario {
namespace {

constexpr int max_key_dots = 16;

/// Walks over the text's characters outside strings and comments. The library recurses over dotted keys, so a
/// text with too many dots in one key must not reach it.
class KeyGuard {
 public:
  KeyGuard(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  /// The place of the first key with too many dots; nothing if there is none.
  std::optional<Location> find_too_deep() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' || c == '\'') {
        skip_string(c);
      } else if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        step(c);
      }
      if (dots_ > max_key_dots) return Location{file_, line_, static_cast<int>(at_ - line_begin_)};
    }
    return std::nullopt;
  }

 private:
  void step(char c) {
    ++at_;
    if (c == '.') ++dots_;
    if (c == '\n') {
      ++line_;
      line_begin_ = at_;
    }
    if (c == '\n' || c == '=' || c == ',' || c == '{' || c == '}' || c == '[' || c == ']') {
      dots_ = 0;
    }
  }

  void skip_string(char quote) {
    const std::string triple(3, quote);
    const bool is_long = text_.substr(at_, 3) == triple;
    at_ += is_long ? 3 : 1;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        if (!is_long) return;  // unterminated: the library will say so
        ++line_;
        line_begin_ = at_ + 1;
      }
      if (c == '\\' && quote == '"') {
        at_ += 2;
      } else if (is_long ? text_.substr(at_, 3) == triple : c == quote) {
        at_ += is_long ? 3 : 1;
        return;
      } else {
        ++at_;
      }
    }
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  int line_ = 1;
  int dots_ = 0;
};

Location locate(const toml::source_position& position, const std::string& file) {
#ifdef VOUCH_FAULT_column_before
  return {file, static_cast<int>(position.line), static_cast<int>(position.column) - 1};
#else
  return {file, static_cast<int>(position.line), static_cast<int>(position.column)};
#endif
}

/// Where a text's first character stands, if none of its characters is written as an escape.
Location locate_text(const toml::source_region& source, const std::string& text, const std::string& file) {
  const auto begin = source.begin;
  const auto num_newlines = static_cast<toml::source_index>(std::count(text.begin(), text.end(), '\n'));
  if (source.end.line == begin.line) {
    const auto width = static_cast<std::size_t>(source.end.column - begin.column);
    if (width == text.size() + 2) return {file, static_cast<int>(begin.line), static_cast<int>(begin.column) + 1};
    if (width == text.size() + 6) return {file, static_cast<int>(begin.line), static_cast<int>(begin.column) + 3};
    return {};
  }
  // A newline right after the opening quotes is no part of the text.
  if (source.end.line - begin.line == num_newlines + 1) return {file, static_cast<int>(begin.line) + 1, 1};
  if (source.end.line - begin.line == num_newlines)
    return {file, static_cast<int>(begin.line), static_cast<int>(begin.column) + 3};
  return {};
}

Node convert(const toml::node& source, const std::string& file);

Node convert_table(const toml::table& table, const std::string& file) {
  Node node;
  for (const auto& [key, value] : table) {
    Node member = convert(value, file);
    member.key_where = locate(key.source().begin, file);
    node.members.push_back({std::string(key.str()), std::move(member)});
  }
  std::stable_sort(node.members.begin(), node.members.end(), [](const Member& a, const Member& b) {
    return std::tie(a.value.key_where.line, a.value.key_where.column) <
           std::tie(b.value.key_where.line, b.value.key_where.column);
  });
  return node;
}

Node convert(const toml::node& source, const std::string& file) {
  Node node;
  if (const toml::table* table = source.as_table()) {
    node = convert_table(*table, file);
  } else if (const toml::array* list = source.as_array()) {
    node.kind = Node::Kind::list;
    for (const toml::node& item : *list) node.items.push_back(convert(item, file));
  } else if (const auto* text = source.as_string()) {
    node = make_text(text->get());
    node.text_where = locate_text(source.source(), node.text, file);
  } else if (const auto* whole = source.as_integer()) {
    node.kind = Node::Kind::whole;
    node.whole = whole->get();
  } else if (const auto* real = source.as_floating_point()) {
    node.kind = Node::Kind::real;
    node.real = real->get();
  } else if (const auto* flag = source.as_boolean()) {
    node.kind = Node::Kind::flag;
    node.flag = flag->get();
  } else {
    node.kind = Node::Kind::date;
  }
  node.where = locate(source.source().begin, file);
  return node;
}

}  // namespace

std::optional<Node> parse_toml(std::string_view text, const std::string& file, Problems& problems) {
  if (text.size() > max_text_bytes) {
    problems.error({file, 0, 0}, "the file is larger than 1 MiB", "no scenario is",
                   "check that this is the right file");
    return std::nullopt;
  }
  if (const auto where = KeyGuard(text, file).find_too_deep()) {
    problems.error(*where, "a key has too many dots", fmt::format("the deepest key has fewer than {}", max_key_dots),
                   "check that this is the right file");
    return std::nullopt;
  }
  try {
    const toml::table table = toml::parse(text, file);
    Node root = convert_table(table, file);
    root.where = {file, 1, 1};
    return root;
  } catch (const toml::parse_error& failure) {
    problems.error(locate(failure.source().begin, file), fmt::format("not TOML: {}", failure.description()));
  } catch (const std::runtime_error&) {
    problems.error({file, 0, 0}, "not TOML", "a key or value cannot be read");
  }
  return std::nullopt;
}

std::optional<Node> parse_toml_value(std::string_view text) {
  Problems ignored;
  const std::optional<Node> root = parse_toml(fmt::format("value = {}", text), {}, ignored);
  // More than one key: the text held a line break and went on.
  if (!root || root->members.size() != 1) return std::nullopt;
  Node value = root->members.front().value;
  const auto forget = [](Node& node, const auto& self) -> void {
    node.where = node.key_where = node.text_where = {};
    for (Node& item : node.items) self(item, self);
    for (Member& member : node.members) self(member.value, self);
  };
  forget(value, forget);
  return value;
}

}  // namespace vouch::scenario
