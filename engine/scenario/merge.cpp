// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "scenario/rules.hpp"
#include "scenario/tree.hpp"

namespace vouch::scenario {
namespace {

bool rule_merges(Section section, const std::string& key) {
  const Rule* rule = find_rule(section, key);
  return rule != nullptr && merges(*rule);
}

bool is_strategy_table(std::string_view key) {
  return std::any_of(std::begin(strategy_tables), std::end(strategy_tables),
                     [&](const StrategyTable& table) { return table.key == key; });
}

/// Whether the tables of two files at this path are merged key by key.
bool is_mergeable(const std::vector<std::string>& path) {
  if (path.empty()) return true;
  const auto tops = top_level();
  const auto top = std::find_if(tops.begin(), tops.end(), [&](const TopLevel& t) { return t.key == path[0]; });
  if (top == tops.end() || top->section == Section::sweep) return false;
  if (path.size() == 1) return true;
  if (!top->is_collection) return path.size() == 2 && rule_merges(top->section, path[1]);
  const bool in_programs = top->section == Section::strategy && path.size() > 2 && path[2] == "programs";
  switch (path.size()) {
    case 2:
      return true;
    case 3:
      return in_programs || (top->section == Section::strategy && is_strategy_table(path[2])) ||
             rule_merges(top->section, path[2]);
    case 4:
      return in_programs;
    case 5:
      return in_programs && rule_merges(Section::program, path[4]);
    default:
      return false;
  }
}

}  // namespace

void merge(Node& base, const Node& over, const std::vector<std::string>& path) {
  for (const Member& member : over.members) {
    Node* existing = base.find(member.key);
    std::vector<std::string> inner = path;
    inner.push_back(member.key);
    const bool both = existing != nullptr && existing->is_table() && member.value.is_table();
    if (both && is_mergeable(inner)) {
      existing->where = member.value.where;
      existing->key_where = member.value.key_where;
      merge(*existing, member.value, inner);
    } else {
      base.set(member.key, member.value);
    }
  }
  // An outcome says either what its probability is or what its sum is: the later form wins.
  if (path.size() == 2 && path[0] == "outcomes") {
    const bool plain = over.find("probability") != nullptr;
    const bool sum = over.find("link") != nullptr || over.find("intercept") != nullptr;
    if (plain && !sum) {
      base.erase("link");
      base.erase("intercept");
    }
    if (sum && !plain) base.erase("probability");
  }
}

}  // namespace vouch::scenario
