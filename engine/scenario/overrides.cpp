// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "core/printable.hpp"
#include "scenario/rules.hpp"
#include "scenario/toml_reader.hpp"
#include "scenario/tree.hpp"

namespace vouch::scenario {
namespace {

std::vector<std::string> split_dots(const std::string& key) {
  std::vector<std::string> parts{""};
  for (const char c : key) {
    if (c == '.') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

void mark(Node& node, const Location& key_where, const Location& where) {
  node.origin = Origin::override_;
  node.key_where = key_where;
  node.where = where;
  for (Node& item : node.items) mark(item, where, where);
  for (Member& member : node.members) mark(member.value, where, where);
}

/// The value's TOML, or the text itself if it is none: `--set strategies.x.when=purchase`.
Node read_value(const Override& override_) {
  std::optional<Node> value = parse_toml_value(override_.value);
  return value ? std::move(*value) : make_text(override_.value);
}

/// Names a strategy's programs, those it inherits and the implied one included.
std::vector<std::string> list_programs(const Node& strategies, const Node* strategy) {
  std::vector<std::string> names;
  for (int depth = 0; strategy != nullptr && depth < 64; ++depth) {
    if (const Node* programs = strategy->find("programs"))
      for (const std::string& name : programs->keys()) names.push_back(name);
    const Node* base = strategy->find("extends");
    strategy = base != nullptr && base->is(Node::Kind::text) ? strategies.find(base->text) : nullptr;
  }
  if (names.empty()) names.emplace_back("client");
  return names;
}

/// Who sets a key, as messages put it.
enum class Setting { override_, sweep };

class Setter {
 public:
  Setter(Node& root, const Override& override_, const Location& key_where, const Location& value_where, Setting setting,
         Problems& problems)
      : root_(root),
        override_(override_),
        problems_(problems),
        where_(key_where),
        value_where_(value_where),
        setting_(setting) {}

  void apply() {
    const std::vector<std::string> parts = split_dots(override_.key);
    const bool is_whole =
        std::none_of(parts.begin(), parts.end(), [](const std::string& part) { return part.empty(); });
    const std::size_t most_parts = parts[0] == "sweep" ? 10 : 8;
    if (!is_whole || parts.size() > most_parts) {
      problems_.error(where_, fmt::format("'{}' is no key", override_.key), "",
                      "write it with dots, as in strategies.at-signing.delay_days");
      return;
    }
    if (parts[0] == "extends") {
      problems_.error(where_, "extends cannot be set from the command line", "",
                      "write a scenario file that extends both");
      return;
    }
    if (const auto found = find_unprintable(override_.value)) {
      problems_.error(where_, fmt::format("the character {} in a value", found->escaped), "it would act on a terminal",
                      "leave it out");
      return;
    }
    if (!names_exist(parts)) return;
    Node* node = &root_;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      node = &descend(*node, parts[i]);
      if (!node->is_table()) *node = Node{};
    }
    Node value = read_value(override_);
    mark(value, where_, value_where_);
    Node& target = node->at_or_insert(parts.back());
    target = std::move(value);
    if (parts.size() == 3 && parts[0] == "outcomes") drop_other_form(*node, parts[2]);
  }

 private:
  /// The member; within an annotated value, the value's own. Its source would no longer speak for it.
  Node& descend(Node& node, const std::string& key) {
    const bool is_new = node.find(key) == nullptr;
    Node* member = &node.at_or_insert(key);
    if (is_new) member->where = member->key_where = where_;
    if (member->is_table() && member->find("value") != nullptr && member->find("distribution") == nullptr) {
      Node inner = *member->find("value");
      *member = std::move(inner);
    }
    if (member->is_table() && (member->find("distribution") != nullptr || member->find("amount") != nullptr))
      for (const char* annotation : {"source", "note", "identified_by"}) member->erase(annotation);
    return *member;
  }

  static void drop_other_form(Node& outcome, const std::string& key) {
    if (key == "probability") {
      outcome.erase("link");
      outcome.erase("intercept");
    } else if (key == "link" || key == "intercept") {
      outcome.erase("probability");
    }
  }

  bool names_exist(const std::vector<std::string>& parts) {
    for (const char* collection : {"segments", "populations", "stocks", "strategies"}) {
      if (parts[0] != collection || parts.size() < 2) continue;
      const Node* table = root_.find(collection);
      const std::vector<std::string> names = table == nullptr ? std::vector<std::string>{} : table->keys();
      const auto tops = top_level();
      const auto top = std::find_if(tops.begin(), tops.end(), [&](const TopLevel& t) { return t.key == collection; });
      if (!check_name(parts[1], names, top->singular, collection)) return false;
    }
    if (parts[0] != "strategies" || parts.size() < 4 || parts[2] != "programs") return true;
    const Node& strategies = *root_.find("strategies");
    return check_name(parts[3], list_programs(strategies, strategies.find(parts[1])), "program", "programs");
  }

  bool check_name(const std::string& name, const std::vector<std::string>& names, std::string_view singular,
                  std::string_view plural) {
    if (std::find(names.begin(), names.end(), name) != names.end()) return true;
    problems_.error(where_, fmt::format("unknown {} '{}'", singular, name),
                    setting_ == Setting::sweep ? "a sweep varies what the scenario has"
                                               : "an override changes what the scenario has",
                    suggest(name, names, plural));
    return false;
  }

  Node& root_;
  const Override& override_;
  Problems& problems_;
  Location where_;
  Location value_where_;
  Setting setting_;
};

}  // namespace

void apply_overrides(Node& root, std::span<const Override> overrides, Problems& problems) {
  for (const Override& override_ : overrides) {
    const Location where = find_place(override_);
    Setter(root, override_, where, where, Setting::override_, problems).apply();
  }
}

Location find_place(const Override& override_) {
  return {override_.shown.empty() ? fmt::format("--set {}={}", override_.key, override_.value) : override_.shown, 0, 0};
}

void apply_swept_value(Node& root, const Override& override_, const Location& key_where, const Location& value_where,
                       Problems& problems) {
  Setter(root, override_, key_where, value_where, Setting::sweep, problems).apply();
}

}  // namespace vouch::scenario
