// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "scenario/limits.hpp"
#include "scenario/rules.hpp"
#include "scenario/tree.hpp"

namespace vouch::scenario {
namespace {

class Inheritance {
 public:
  Inheritance(const Node& strategies, bool is_partial, Problems& problems)
      : strategies_(strategies), is_partial_(is_partial), problems_(problems) {}

  /// The strategy with all it extends merged in.
  const Node& resolve(const std::string& name) {
    if (const auto done = done_.find(name); done != done_.end()) return done->second;
    const Node& own = *strategies_.find(name);
    open_.push_back(name);
    Node merged = own;
    if (own.is_table()) {
      if (const Node* extends = own.find("extends")) merged = extend(own, *extends);
      merged.erase("extends");
    }
    open_.pop_back();
    num_values_ += count_values(merged);
    if (num_values_ > limits::total_values) {
      problems_.error(own.key_where,
                      fmt::format("more than {} values with all that is inherited", limits::total_values),
                      "no scenario has so many", "inherit less");
      problems_.throw_if_errors();
    }
    return done_[name] = std::move(merged);
  }

 private:
  Node extend(const Node& own, const Node& extends) {
    const Node& base_name = *unwrap(extends).value;
    if (!base_name.is(Node::Kind::text)) {
      problems_.error(base_name.where,
                      fmt::format("extends must be a strategy's name, not {}", name_of(base_name.kind)));
      return own;
    }
    if (base_name.text.empty()) return own;
    const Node* base = strategies_.find(base_name.text);
    if (base == nullptr && is_partial_ && find_nearest(base_name.text, strategies_.keys()).empty())
      return own;  // another file may have it
    if (base == nullptr) {
      problems_.error(base_name.where, fmt::format("unknown strategy '{}'", base_name.text),
                      "a strategy extends another of the same scenario",
                      suggest(base_name.text, strategies_.keys(), "strategies"));
      return own;
    }
    if (std::find(open_.begin(), open_.end(), base_name.text) != open_.end()) {
      problems_.error(base_name.where, fmt::format("strategy '{}' extends itself", base_name.text),
                      "the strategies extend one another in a circle", "remove one of the `extends`");
      return own;
    }
    Node merged = resolve(base_name.text);
    if (!merged.is_table()) return own;
    // What a strategy is called is its own.
    merged.erase("label");
    merged.erase("description");
    drop_unknown(merged);
    merged.where = own.where;
    merged.key_where = own.key_where;
    merge(merged, own, {"strategies", open_.back()});
    return merged;
  }

  /// What nothing knows is told of the strategy that says it, not of those that extend it.
  static void drop_unknown(Node& strategy) {
    const auto keep = [](Node& table, const std::vector<std::string>& valid) {
      std::erase_if(table.members, [&](const Member& member) {
        return std::find(valid.begin(), valid.end(), member.key) == valid.end();
      });
    };
    const auto keep_table = [&](std::string_view key) {
      Node* table = strategy.find(key);
      if (table != nullptr && !table->is_table()) strategy.erase(key);
      return strategy.find(key);
    };
    std::vector<std::string> valid = keys_of(Section::strategy);
    valid.emplace_back("programs");
    for (const StrategyTable& inner : strategy_tables) {
      valid.emplace_back(inner.key);
      if (Node* table = keep_table(inner.key)) keep(*table, keys_of(inner.section));
    }
    keep(strategy, valid);
    Node* programs = keep_table("programs");
    if (programs == nullptr) return;
    std::erase_if(programs->members, [](const Member& program) { return !program.value.is_table(); });
    for (Member& program : programs->members) keep(program.value, keys_of(Section::program));
  }

  const Node& strategies_;
  bool is_partial_;
  Problems& problems_;
  std::vector<std::string> open_;
  std::map<std::string, Node> done_;
  std::size_t num_values_ = 0;
};

}  // namespace

void inherit_strategies(Node& root, Problems& problems) {
  Node* strategies = root.find("strategies");
  if (strategies == nullptr || !strategies->is_table()) return;
  Inheritance inheritance(*strategies, is_part(root), problems);
  Node resolved = *strategies;
  for (Member& member : resolved.members) member.value = inheritance.resolve(member.key);
  *strategies = std::move(resolved);
}

}  // namespace vouch::scenario
