// SPDX-License-Identifier: Apache-2.0
#include "belief.hpp"

#include <algorithm>

#include "scenario/resolved.hpp"
#include "scenario/show.hpp"
#include "scenario/toml_reader.hpp"

namespace vouch::cli {
namespace {

using scenario::Node;
using scenario::Rule;
using scenario::Section;
using scenario::Type;

/// A key's default, or that of a member of a table that has one.
std::optional<Node> find_default(const Belief& belief) {
  auto value = scenario::parse_toml_value(belief.rule->default_value);
  if (!value || !belief.is_member()) return value;
  const Node* const member = value->find(belief.path.back());
  return member == nullptr ? std::nullopt : std::optional(*member);
}

bool is_default(const Belief& belief) {
  const scenario::Annotated given = scenario::unwrap(*belief.node);
  if (given.source != nullptr || given.note != nullptr) return false;
  const auto value = find_default(belief);
  return value && scenario::same_value(*given.value, *value);
}

bool is_name(const Rule& rule) {
  return rule.type == Type::text || rule.type == Type::names || rule.type == Type::choice ||
         rule.type == Type::choices || rule.key == "id";
}

bool has_values(const Node& node) { return !node.is_table() || !node.members.empty(); }

void add_table(std::vector<Belief>& beliefs, const Node& table, Section section, std::vector<std::string> path) {
  for (const scenario::Member& member : table.members) {
    const Rule* const rule = scenario::find_rule(section, member.key);
    if (rule == nullptr || is_name(*rule) || !has_values(member.value)) continue;
    path.push_back(member.key);
    if (scenario::is_shown_as_table(*rule, member.value)) {
      for (const scenario::Member& inner : member.value.members) {
        path.push_back(inner.key);
        beliefs.push_back({path, rule, &inner.value});
        path.pop_back();
      }
    } else {
      beliefs.push_back({path, rule, &member.value});
    }
    path.pop_back();
  }
}

/// An outcome that the scenario leaves out always succeeds or never happens.
bool is_absent_outcome(const Node& outcome) {
  const Node* const probability = outcome.find("probability");
  if (probability == nullptr || !probability->is_number()) return false;
  const auto is_empty = [&](const char* key) {
    const Node* const table = outcome.find(key);
    return table == nullptr || table->members.empty();
  };
  return (probability->number() == 0.0 || probability->number() == 1.0) && is_empty("weights") &&
         is_empty("segments") && is_empty("programs");
}

/// Without a table of its own a second ask is answered as an ask.
bool is_as_ask(const Node& second_ask, const Node& ask) {
  return std::all_of(second_ask.members.begin(), second_ask.members.end(), [&](const scenario::Member& member) {
    const Node* const other = ask.find(member.key);
    return other != nullptr && scenario::same_value(member.value, *other);
  });
}

bool is_left_out(const Node& outcomes, const scenario::Member& outcome) {
  return is_absent_outcome(outcome.value) ||
         (outcome.key == "second_ask" && is_as_ask(outcome.value, *outcomes.find("ask")));
}

}  // namespace

std::vector<Belief> list_beliefs(const scenario::Scenario& scenario) {
  std::vector<Belief> beliefs;
  for (const scenario::TopLevel& top : scenario::top_level()) {
    if (!scenario::info_of(top.section).is_belief) continue;
    const Node& table = *scenario.resolved().root.find(top.key);
    if (!top.is_collection) {
      add_table(beliefs, table, top.section, {std::string(top.key)});
      continue;
    }
    for (const scenario::Member& member : table.members)
      if (top.section != Section::outcome || !is_left_out(table, member))
        add_table(beliefs, member.value, top.section, {std::string(top.key), member.key});
  }
  beliefs.erase(std::remove_if(beliefs.begin(), beliefs.end(), is_default), beliefs.end());
  return beliefs;
}

}  // namespace vouch::cli
