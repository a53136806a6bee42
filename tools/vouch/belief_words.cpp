// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <string_view>

#include "belief.hpp"
#include "report/number.hpp"
#include "scenario/features.hpp"

namespace vouch::cli {
namespace {

using scenario::Node;
using scenario::Section;

struct OutcomeWords {
  std::string_view name;
  std::string_view event;  ///< after "the odds of"
};
constexpr OutcomeWords outcome_words[] = {{"ask", "a yes to an ask"},
                                          {"second_ask", "a yes when pressed"},
                                          {"opt_out", "an opt-out after an ask"},
                                          {"testimonial", "a testimonial when asked for one"},
                                          {"introduce", "a promised introduction being made"},
                                          {"organic", "a referral nobody asked for"},
                                          {"qualify", "a lead being worth a deal"},
                                          {"win", "a deal being won"},
                                          {"renew", "a contract being renewed"},
                                          {"expand", "an expansion at a renewal"},
                                          {"accept_call", "a yes to a reference call"}};

std::string name_event(const std::string& outcome) {
  for (const OutcomeWords& words : outcome_words)
    if (words.name == outcome) return std::string(words.event);
  return outcome;
}

/// The shortest text that reads back the same, with thousands separators.
std::string format_plain(double value) {
  if (std::isinf(value)) return value < 0.0 ? "-infinite" : "infinite";
  if (value == std::floor(value) && std::abs(value) < 1e15) return report::format_number(value, 0);
  return fmt::format("{}", value);
}

std::string describe_node(const Node& node);

/// "at 0.3 of its length: credibility gap 0.4, access gap 0.2" and the like.
std::string describe_members(const Node& table) {
  std::string text;
  for (const scenario::Member& member : table.members) {
    if (scenario::is_annotation(member.key)) continue;
    std::string name = member.key;
    for (char& c : name)
      if (c == '_') c = ' ';
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, describe_node(member.value));
  }
  return text;
}

/// "1 (80 %), 2 (15 %), 3 (5 %)".
std::string describe_empirical(const Node& values, const Node* weights) {
  double total = 0.0;
  if (weights != nullptr)
    for (const Node& weight : weights->items) total += weight.number();
  std::string text;
  for (std::size_t i = 0; i < values.items.size(); ++i) {
    text += (i == 0 ? "" : ", ") + describe_node(values.items[i]);
    if (total > 0.0 && i < weights->items.size())
      text += fmt::format(" ({})", report::format_share(weights->items[i].number() / total));
  }
  return text;
}

std::string describe_table(const Node& node) {
  const Node* const family = node.find("distribution");
  if (family == nullptr) {
    const Node* const amount = node.find("amount");
    if (amount == nullptr) return describe_members(node);
    const Node* const times = node.find("times");
    return describe_node(*amount) + (times == nullptr ? std::string() : " x " + describe_node(*times));
  }
  if (const Node* const values = node.find("values")) return describe_empirical(*values, node.find("weights"));
  Node parameters = node;
  parameters.erase("distribution");
  return fmt::format("{}: {}", family->text, describe_members(parameters));
}

std::string describe_node(const Node& node) {
  const Node& value = *scenario::unwrap(node).value;
  switch (value.kind) {
    case Node::Kind::flag:
      return value.flag ? "yes" : "no";
    case Node::Kind::whole:
    case Node::Kind::real:
      return format_plain(value.number());
    case Node::Kind::list: {
      std::string text;
      for (const Node& item : value.items) text += (text.empty() ? "" : "; ") + describe_node(item);
      return text;
    }
    case Node::Kind::table:
      return describe_table(value);
    default:
      return value.text;
  }
}

/// The first clause, to stand inside a sentence: "whether the account has had its first real result".
std::string shorten(std::string_view description) {
  std::string text(description.substr(0, description.find_first_of(":;")));
  if (text.ends_with('.')) text.pop_back();
  if (text.size() > 1 && text[1] >= 'a' && text[1] <= 'z' && text[0] >= 'A' && text[0] <= 'Z')
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

/// What a weight's feature is; empty for stocks and conduct, whose names say it.
std::string explain_feature(const std::string& feature, const std::string& outcome) {
  const bool is_of_deal = outcome == "qualify" || outcome == "win";
  std::string text;
  for (const scenario::FeatureInfo& info : scenario::describe_features())
    if (info.name == feature && (text.empty() || is_of_deal == (info.owner == "deal")))
      text = shorten(info.description);
  return text;
}

std::string describe_member(const Belief& belief) {
  const std::string& member = belief.path.back();
  const std::string owner = belief.owner();
  if (belief.rule->section == Section::touch) return fmt::format("What {} adds to {}", owner, member);
  if (belief.rule->section != Section::outcome) return fmt::format("{}: {}", member, shorten(belief.rule->description));
  if (belief.rule->key == "segments") return fmt::format("How {} differ in {}", member, name_event(owner));
  if (belief.rule->key == "programs") return fmt::format("How program {} differs in {}", member, name_event(owner));
  const std::string feature = explain_feature(member, owner);
  return fmt::format("How {}{} sways {}", member, feature.empty() ? "" : " (" + feature + ")", name_event(owner));
}

/// Two significant digits: "0.78", "3.0", "12".
std::string format_multiplier(double factor) {
  if (factor >= 10.0) return report::format_number(factor, 0);
  return factor >= 1.0 ? fmt::format("{:.1f}", factor) : fmt::format("{:.2g}", factor);
}

}  // namespace

std::string describe_value(const Belief& belief) { return describe_node(*belief.node); }

std::string describe_meaning(const Belief& belief) {
  if (belief.is_member()) return describe_member(belief);
  if (belief.rule->section == Section::outcome) {
    if (belief.rule->key == "probability") return "Chance of " + name_event(belief.owner());
    if (belief.rule->key == "intercept")
      return fmt::format("Where {} starts from, when all that sways it is 0", name_event(belief.owner()));
  }
  if (belief.rule->section == Section::stock && belief.rule->key == "half_life_days")
    return fmt::format("Time in which {} halves", belief.owner());
  std::string text(belief.rule->description);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string describe_influence(const Belief& belief, const std::string& link) {
  const Node& value = *scenario::unwrap(*belief.node).value;
  if (belief.rule->section != Section::outcome || !value.is_number()) return {};
  const std::string event = name_event(belief.owner());
  const double weight = value.number();
  if (belief.rule->key == "intercept") {
    const double chance = link == "logit" ? 1.0 / (1.0 + std::exp(-weight)) : std::exp(std::min(weight, 0.0));
    return link == "identity" ? std::string() : fmt::format("by itself a chance of {}", report::format_chance(chance));
  }
  if (!belief.is_member()) return {};
  const char* const step = belief.rule->key == "weights" ? "one unit more" : "which";
  if (link == "identity") return fmt::format("{} adds {} to the chance of {}", step, format_plain(weight), event);
  return fmt::format("{} multiplies the {} of {} by {}", step, link == "log" ? "chance" : "odds", event,
                     format_multiplier(std::exp(weight)));
}

}  // namespace vouch::cli
