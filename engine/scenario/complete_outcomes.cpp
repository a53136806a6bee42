// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <stdexcept>

#include "scenario/defaults.hpp"
#include "scenario/features.hpp"
#include "scenario/rules.hpp"
#include "scenario/toml_reader.hpp"

namespace vouch::scenario {
namespace {

Node absent_outcome(const std::string& name, const Node* ask) {
  if (name == "second_ask" && ask != nullptr) {
    Node copy = *ask;
    mark_fallback(copy);
    return copy;
  }
  const bool never =
      name == "ask" || name == "second_ask" || name == "opt_out" || name == "organic" || name == "expand";
  Node outcome;
  outcome.set("probability", make_default(never ? "0" : "1"));
  return outcome;
}

/// Whether the key is there, and not set to `false`.
bool has_value(const Node& outcome, std::string_view key) {
  const Node* found = outcome.find(key);
  return found != nullptr && !unwrap(*found).value->is_false();
}

void check_forms(const Node& outcome, const std::string& name, bool is_partial, Problems& problems) {
  const bool plain = has_value(outcome, "probability");
  const bool has_intercept = has_value(outcome, "intercept");
  const Node* other = has_intercept ? outcome.find("intercept") : outcome.find("link");
  if (plain && other != nullptr)
    problems.error(
        other->key_where,
        fmt::format("[outcomes.{}] has a probability and {}", name, has_intercept ? "an intercept" : "a link"),
        "a probability is an intercept under the identity link", "keep one of them");
  if (!plain && !has_intercept && !is_partial)
    problems.error(outcome.where, fmt::format("[outcomes.{}] needs 'intercept' or 'probability'", name), "",
                   "add intercept = ..., or probability = ...");
  if (const Node* margin = outcome.find("maybe_margin"); name != "ask" && margin != nullptr)
    problems.error(margin->key_where, fmt::format("unknown key 'maybe_margin' in [outcomes.{}]", name),
                   "only `ask` can be answered by a maybe", "remove it");
}

/// All its keys, in the order of the rules, but for those of the form that it does not have.
Node complete_outcome(const Node& outcome, const std::string& name) {
  const bool plain = has_value(outcome, "probability");
  Node ordered = outcome;
  ordered.members.clear();
  for (const Rule* rule : rules_of(Section::outcome)) {
    const bool unused = (plain && (rule->key == "link" || rule->key == "intercept")) ||
                        (!plain && rule->key == "probability") || (rule->key == "maybe_margin" && name != "ask");
    if (unused) continue;
    const Node* given = outcome.find(rule->key);
    ordered.members.push_back({std::string(rule->key), given != nullptr ? *given : make_default(rule->default_value)});
  }
  return ordered;
}

}  // namespace

void mark_fallback(Node& node) {
  node.origin = Origin::fallback;
  for (Member& member : node.members) mark_fallback(member.value);
}

Node make_default(std::string_view toml) {
  std::optional<Node> node = parse_toml_value(toml);
  if (!node) throw std::logic_error("a default that is no TOML: " + std::string(toml));
  mark_fallback(*node);
  return std::move(*node);
}

void complete_outcomes(Node& root, bool is_partial, Problems& problems) {
  Node& outcomes = *root.find("outcomes");
  Node ordered = outcomes;
  ordered.members.clear();
  for (const std::string& name : outcome_names()) {
    const Node* given = outcomes.find(name);
    const Node* ask = outcomes.find("ask");
    Node outcome = given != nullptr ? *given : absent_outcome(name, ask);
    if (name != "ask" && given == nullptr) outcome.erase("maybe_margin");
    if (given != nullptr) check_forms(outcome, name, is_partial, problems);
    ordered.members.push_back({name, complete_outcome(outcome, name)});
  }
  outcomes = std::move(ordered);
}

}  // namespace vouch::scenario
