// SPDX-License-Identifier: Apache-2.0
#include "scenario/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/features.hpp"
#include "scenario/guard_parser.hpp"
#include "scenario/toml_writer.hpp"

namespace vouch::scenario {

std::string_view plural_of(Domain domain) noexcept {
  switch (domain) {
    case Domain::segment:
      return "segments";
    case Domain::population:
      return "populations";
    case Domain::cell:
      return "segments and populations";
    case Domain::source:
      return "sources";
    case Domain::stock:
      return "stocks";
    case Domain::feature:
      return "features";
    case Domain::program:
      return "programs";
    case Domain::strategy:
      return "strategies";
    case Domain::size_class:
      return "size classes";
    case Domain::seniority:
      return "seniorities";
    default:
      return "names";
  }
}

std::string_view singular_of(Domain domain) noexcept {
  switch (domain) {
    case Domain::segment:
      return "segment";
    case Domain::population:
      return "population";
    case Domain::cell:
      return "segment or population";
    case Domain::source:
      return "source of leads";
    case Domain::stock:
      return "stock";
    case Domain::feature:
      return "feature";
    case Domain::program:
      return "program";
    case Domain::strategy:
      return "strategy";
    case Domain::size_class:
      return "size class";
    case Domain::seniority:
      return "seniority";
    default:
      return "name";
  }
}

void Reader::complain(const Rule& rule, const Node& value) {
  const std::string key = fmt::format("{}{}", rule.section == Section::figure ? "published." : "", rule.key);
  const bool is_swept = rule.section == Section::sweep || rule.section == Section::swept_range;
  problems_.error(value.where, fmt::format("{} must be {}, not {}", key, describe_type(rule), format_excerpt(value)),
                  "", fmt::format("`vouch keys {}` explains it", is_swept ? "sweep" : key));
}

void Reader::check_annotations(const Node& node) {
  const Annotated annotated = unwrap(node);
  for (const Node* text : {annotated.source, annotated.note, annotated.identified_by})
    if (text != nullptr && !text->is(Node::Kind::text))
      problems_.error(text->where, fmt::format("a source or note must be a string, not {}", name_of(text->kind)));
  if (annotated.value == &node) return;  // no `value` of its own: the reader of its type knows the keys
  const std::vector<std::string> keys = {"value", "source", "note", "identified_by"};
  for (const Member& member : node.members)
    if (std::find(keys.begin(), keys.end(), member.key) == keys.end())
      problems_.error(member.value.key_where, fmt::format("unknown key '{}' beside a value", member.key),
                      "a key that nothing reads would be ignored", suggest(member.key, keys, "valid keys"));
}

bool Reader::is_off(const Rule& rule, const Node& value) const { return is_optional(rule) && value.is_false(); }

bool Reader::in_range(const Rule& rule, double value) const {
  if (std::isnan(value)) return false;
  if (std::isinf(value) && !(rule.range.infinite && value > 0.0)) return false;
  return (rule.range.above_low ? value > rule.range.low : value >= rule.range.low) && value <= rule.range.high;
}

bool Reader::flag(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  if (!value.is(Node::Kind::flag)) complain(rule, value);
  return value.flag;
}

std::string Reader::text(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  if (!value.is(Node::Kind::text)) {
    complain(rule, value);
  } else if (rule.domain == Domain::strategy && !value.text.empty() && rule.key != "extends") {
    check_name(rule, value.where, value.text, names_.strategies);
  } else if ((rule.domain == Domain::cell || rule.domain == Domain::source) && !value.text.empty()) {
    check_name(rule, value.where, value.text, valid_names(rule, {}));
  } else if (rule.domain == Domain::population) {
    check_name(rule, value.where, value.text, valid_names(rule, {}));
  }
  return value.text;
}

std::optional<double> Reader::real(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  if (is_off(rule, value)) return std::nullopt;
  if (value.is_number() && in_range(rule, value.number())) return value.number();
  complain(rule, value);
  return std::nullopt;
}

std::optional<std::int64_t> Reader::whole(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  if (is_off(rule, value)) return std::nullopt;
  if (value.is(Node::Kind::text) && !value.text.empty() && value.text == rule.choices) return std::nullopt;
  const bool is_whole = value.is_number() && std::floor(value.number()) == value.number();
  if (is_whole && in_range(rule, value.number())) return static_cast<std::int64_t>(value.number());
  complain(rule, value);
  return std::nullopt;
}

int Reader::choice(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  const std::vector<std::string> valid = split_words(rule.choices);
  if (!value.is(Node::Kind::text)) {
    complain(rule, value);
    return 0;
  }
  const auto found = std::find(valid.begin(), valid.end(), value.text);
  if (found != valid.end()) return static_cast<int>(found - valid.begin());
  problems_.error(value.where, fmt::format("{} cannot be '{}'", rule.key, value.text), "",
                  suggest(value.text, valid, "choose among"));
  return 0;
}

std::vector<int> Reader::choices(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  std::vector<int> chosen;
  if (is_off(rule, value)) return chosen;
  if (!value.is(Node::Kind::list)) return {choice(rule, node)};
  for (const Node& item : value.items) chosen.push_back(choice(rule, item));
  return chosen;
}

std::vector<std::string> Reader::name_list(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  std::vector<std::string> list;
  if (is_off(rule, value)) return list;
  const auto add = [&](const Node& item) {
    if (!item.is(Node::Kind::text)) return complain(rule, item);
    if (std::find(list.begin(), list.end(), item.text) != list.end())
      problems_.error(item.where, fmt::format("'{}' stands twice in {}", item.text, rule.key), "", "remove one");
    if (rule.domain != Domain::any && rule.domain != Domain::file)
      check_name(rule, item.where, item.text, valid_names(rule, {}));
    list.push_back(item.text);
  };
  if (value.is(Node::Kind::list)) {
    for (const Node& item : value.items) add(item);
  } else {
    add(value);
  }
  return list;
}

model::Guard Reader::guard_text(const Node& value) {
  try {
    return parse_guard(value.text, names_.stocks);
  } catch (const GuardError& error) {
    const std::string& name = error.unknown_name();
    if (!name.empty() && may_be_elsewhere(name, guard_features(names_.stocks))) return {};
    Location where = value.where;
    std::string why = fmt::format("at character {} of the guard", error.at() + 1);
    if (value.text_where.line > 0) {
      why = "in a guard";
      where = value.text_where;
      for (std::size_t i = 0; i < error.at() && i < value.text.size(); ++i) {
        ++where.column;
        if (value.text[i] == '\n') {
          ++where.line;
          where.column = 1;
        }
      }
    }
    problems_.error(where, error.what(), why, error.remedy());
    return {};
  }
}

model::Guard Reader::guard(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  if (value.is(Node::Kind::text)) return guard_text(value);
  complain(rule, value);
  return {};
}

std::vector<std::string> Reader::valid_names(const Rule& rule, const std::string& owner) const {
  switch (rule.domain) {
    case Domain::segment:
      return names_.segments;
    case Domain::population: {
      std::vector<std::string> names = names_.populations;
      names.insert(names.begin(), std::string(customers));
      return names;
    }
    case Domain::cell:
      return names_.cells();
    case Domain::source: {
      std::vector<std::string> names = split_words(source_words);
      names.insert(names.end(), names_.programs.begin(), names_.programs.end());
      return names;
    }
    case Domain::stock:
      return names_.stocks;
    case Domain::program:
      return names_.programs;
    case Domain::strategy:
      return names_.strategies;
    case Domain::size_class:
      return names_.size_classes;
    case Domain::seniority:
      return names_.seniorities;
    case Domain::match:
      return {"segment", "size_class", "seniority"};
    case Domain::feature:
      break;
    default:
      return {};
  }
  const auto& outcomes = outcome_names();
  const auto position = std::find(outcomes.begin(), outcomes.end(), owner);
  if (position == outcomes.end()) return {};
  const auto outcome = static_cast<model::OutcomeKind>(position - outcomes.begin());
  std::vector<std::string> names = features_of(outcome, names_.stocks);
  if (!reads_conduct(outcome)) return names;
  names.emplace_back("reward");
  names.insert(names.end(), names_.conduct.begin(), names_.conduct.end());
  return names;
}

bool Reader::may_be_elsewhere(const std::string& name, const std::vector<std::string>& valid) const {
  return names_.are_partial && find_nearest(name, valid).empty();
}

void Reader::check_name(const Rule& rule, const Location& where, const std::string& name,
                        const std::vector<std::string>& valid) {
  if (std::find(valid.begin(), valid.end(), name) != valid.end() || may_be_elsewhere(name, valid)) return;
  const std::string_view kind = singular_of(rule.domain);
  if (rule.domain == Domain::population && names_.populations.empty())
    return problems_.error(where, fmt::format("unknown population '{}'", name), "the scenario has no populations",
                           fmt::format("add [populations.{}] with accounts and peer_segments", name));
  std::string otherwise;
  if (rule.domain == Domain::feature)
    otherwise = fmt::format("features: {}{}", fmt::join(valid, ", "),
                            std::find(valid.begin(), valid.end(), "reward") == valid.end()
                                ? ""
                                : "; name a conduct feature in asking.conduct");
  problems_.error(where, fmt::format("unknown {} '{}'", kind, name), fmt::format("in {}", rule.key),
                  valid.empty() ? fmt::format("the scenario has no {}", plural_of(rule.domain))
                                : suggest(name, valid, plural_of(rule.domain), otherwise));
}

void Reader::check(const Rule& rule, const Node& node, const std::string& owner) {
  if (rule.type == Type::figures) return figures(rule, node);
  check_annotations(node);
  switch (rule.type) {
    case Type::text:
      text(rule, node);
      break;
    case Type::flag:
      flag(rule, node);
      break;
    case Type::whole:
      whole(rule, node);
      break;
    case Type::real:
      real(rule, node);
      break;
    case Type::choice:
      choice(rule, node);
      break;
    case Type::choices:
      choices(rule, node);
      break;
    case Type::names:
      name_list(rule, node);
      break;
    case Type::distribution:
    case Type::count:
      distribution(rule, node);
      break;
    case Type::guard:
      guard(rule, node);
      break;
    case Type::shares:
      shares(rule, node, valid_names(rule, owner));
      break;
    case Type::numbers: {
      const std::vector<std::string> valid = valid_names(rule, owner);
      numbers(rule, node, &valid);
      break;
    }
    case Type::impulses:
      impulses(rule, node);
      break;
    case Type::backlog:
      backlog(rule, node);
      break;
    case Type::favours:
      favours(rule, node);
      break;
    case Type::moments:
      moments(rule, node);
      break;
    case Type::interval:
      interval(rule, node);
      break;
    case Type::swept:
      if (!node.is_table()) complain(rule, node);
      break;
    case Type::figures:
      break;
  }
}

}  // namespace vouch::scenario
