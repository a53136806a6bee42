// SPDX-License-Identifier: Apache-2.0
#include "scenario/show.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "scenario/resolved.hpp"
#include "scenario/toml_writer.hpp"

namespace vouch::scenario {
namespace {

enum class Comments { none, all };

/// The value itself, or the part of it that the command line set.
const Node& find_override(const Node& node) {
  if (node.origin == Origin::override_) return node;
  for (const Member& member : node.members)
    if (const Node& inner = find_override(member.value); inner.origin == Origin::override_) return inner;
  return node;
}

std::string keep_on_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return text;
}

/// Strategies that a sweep changes through what they extend: written out in full they would not follow it.
std::set<std::string> find_heirs(const Resolved& resolved) {
  std::set<std::string> changed;
  std::set<std::string> heirs;
  const Node* strategies = resolved.given ? resolved.given->find("strategies") : nullptr;
  if (strategies == nullptr) return heirs;
  for (const Member& strategy : strategies->members) {
    const std::string path = fmt::format("strategies.{}.", format_key(strategy.key));
    for (const Sweep::Key& swept : resolved.sweep.keys) {
      if (swept.key == path + "extends") heirs.insert(strategy.key);
      if (swept.key.starts_with(path)) changed.insert(strategy.key);
    }
  }
  for (std::size_t before = changed.size() + 1; before != changed.size();) {
    before = changed.size();
    for (const Member& strategy : strategies->members) {
      const Node* base = strategy.value.find("extends");
      if (base == nullptr || !changed.contains(unwrap(*base).value->text)) continue;
      heirs.insert(strategy.key);
      changed.insert(strategy.key);
    }
  }
  return heirs;
}

class Writer {
 public:
  Writer(const Resolved& resolved, Comments comments)
      : resolved_(resolved), heirs_(find_heirs(resolved)), comments_(comments) {}

  std::string write() {
    const Node& root = resolved_.root;
    write_section(root, Section::root, "");
    for (const TopLevel& top : top_level()) {
      const Node& table = *root.find(top.key);
      if (top.section == Section::sweep && table.find("keys")->members.empty()) continue;
      if (!top.is_collection) {
        write_section(table, top.section, std::string(top.key));
      } else {
        for (const Member& member : table.members)
          write_section(find_text(member, top.section), top.section,
                        fmt::format("{}.{}", top.key, format_key(member.key)));
      }
    }
    for (const Node& figure : root.find("published")->items) {
      text_ += "\n[[published]]\n";
      write_section(figure, Section::figure, "");
    }
    return std::move(text_);
  }

 private:
  /// What is written of a strategy or segment.
  const Node& find_text(const Member& member, Section section) const {
    if (section != Section::strategy || !heirs_.contains(member.key)) return member.value;
    return *resolved_.given->find("strategies")->find(member.key);
  }

  void write_section(const Node& table, Section section, const std::string& path) {
    if (!path.empty()) text_ += fmt::format("\n[{}]\n", path);
    for (const Member& member : table.members) {
      const Rule* rule = find_rule(section, member.key);
      const bool follows = rule != nullptr && rule->type == Type::figures && !member.value.items.empty();
      if (rule != nullptr && !follows && !is_shown_as_table(*rule, member.value))
        write_key(*rule, member.key, member.value);
    }
    for (const Member& member : table.members) {
      const Rule* rule = find_rule(section, member.key);
      if (rule == nullptr || !is_shown_as_table(*rule, member.value)) continue;
      text_ += fmt::format("\n[{}.{}]\n", path, member.key);
      for (const Member& inner : member.value.members) write_key(*rule, inner.key, inner.value);
    }
    if (section != Section::strategy) return;
    for (const StrategyTable& inner : strategy_tables)
      if (const Node* own = table.find(inner.key))
        write_section(*own, inner.section, fmt::format("{}.{}", path, inner.key));
    const Node* programs = table.find("programs");
    if (programs == nullptr) return;
    if (programs->members.empty()) text_ += fmt::format("\n[{}.programs]\n", path);
    for (const Member& program : programs->members)
      write_section(program.value, Section::program, fmt::format("{}.programs.{}", path, format_key(program.key)));
  }

  void write_key(const Rule& rule, const std::string& key, const Node& value) {
    text_ += fmt::format("{} = {}", format_key(key), format_value(value));
    if (comments_ == Comments::all) {
      const std::string status = status_of(rule, value);
      text_ += "  #";
      if (!rule.unit.empty()) text_ += fmt::format(" {};", rule.unit);
      if (status == "source" || status == "guess") text_ += fmt::format(" {};", status);
      text_ += ' ' + keep_on_line(origin_of(value));
    }
    text_ += '\n';
  }

  const Resolved& resolved_;
  std::set<std::string> heirs_;
  Comments comments_;
  std::string text_;
};

}  // namespace

std::string status_of(const Rule& rule, const Node& node) {
  if (node.origin == Origin::fallback) return "default";
  if (unwrap(node).source != nullptr) return "source";
  const bool is_name =
      rule.type == Type::text || rule.type == Type::names || rule.type == Type::choice || rule.key == "id";
  return info_of(rule.section).is_belief && !is_name ? "guess" : "choice";
}

std::string origin_of(const Node& node) {
  const Node& given = find_override(node);
  if (given.origin == Origin::fallback) return "default";
  if (given.where.line == 0) return given.where.file;
  return fmt::format("{}:{}", given.where.file, given.where.line);
}

bool is_shown_as_table(const Rule& rule, const Node& node) {
  return (merges(rule) || rule.type == Type::swept) && unwrap(node).value == &node && !node.members.empty();
}

std::string format_scenario(const Scenario& scenario) { return Writer(scenario.resolved(), Comments::all).write(); }

std::string canonical_text(const Scenario& scenario) { return Writer(scenario.resolved(), Comments::none).write(); }

}  // namespace vouch::scenario
