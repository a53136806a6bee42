// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scenario/reader.hpp"
#include "scenario/toml_writer.hpp"

namespace vouch::scenario {
namespace {

constexpr const char* ignored_key = "a key that nothing reads would be ignored";

std::size_t position_of(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

}  // namespace

double Reader::table_number(const Rule& rule, const std::string& key, const Node& node) {
  check_annotations(node);
  const Node& value = *unwrap(node).value;
  if (value.is_number() && in_range(rule, value.number())) return value.number();
  Rule number = rule;
  number.type = Type::real;
  number.default_value = "0";
  problems_.error(value.where,
                  fmt::format("{}.{} must be {}, not {}", rule.key, key, describe_type(number), format_excerpt(value)),
                  "", fmt::format("`vouch keys {}` explains it", rule.key));
  return 0.0;
}

std::vector<double> Reader::shares(const Rule& rule, const Node& node, const std::vector<std::string>& names) {
  const Node& value = *unwrap(node).value;
  if (is_off(rule, value)) return {};
  if (!value.is_table()) {
    complain(rule, value);
    return {};
  }
  std::vector<double> shares(names.size(), 0.0);
  const int errors_before = problems_.num_errors();
  double sum = 0.0;
  bool is_all_here = true;
  for (const Member& member : value.members) {
    check_name(rule, member.value.key_where, member.key, names);
    const double share = table_number(rule, member.key, member.value);
    const std::size_t position = position_of(names, member.key);
    if (position < names.size()) shares[position] = share;
    is_all_here = is_all_here && position < names.size();
    sum += share;
  }
  if (problems_.num_errors() > errors_before) return {};
  if (!(std::abs(sum - 1.0) <= 1e-9)) {
    problems_.error(value.where, fmt::format("{} sums to {}", rule.key, sum),
                    "they are probabilities of all that can be", "make them sum to 1");
    return {};
  }
  if (!is_all_here) return {};  // of a part, which compiles to nothing
  // From the last possible one on the sum is exactly 1, so that rounding gives nothing to the impossible.
  std::size_t last = shares.size();
  while (last > 0 && shares[last - 1] == 0.0) --last;
  std::partial_sum(shares.begin(), shares.end(), shares.begin());
  std::fill(shares.begin() + static_cast<std::ptrdiff_t>(last) - 1, shares.end(), 1.0);
  return shares;
}

std::vector<std::pair<std::string, double>> Reader::numbers(const Rule& rule, const Node& node,
                                                            const std::vector<std::string>* valid) {
  const Node& value = *unwrap(node).value;
  std::vector<std::pair<std::string, double>> numbers;
  if (!value.is_table()) {
    complain(rule, value);
    return numbers;
  }
  for (const Member& member : value.members) {
    // An offset for a program that only other scenarios have does no harm; `warnings` tells.
    if (valid != nullptr && rule.domain != Domain::any && rule.domain != Domain::program)
      check_name(rule, member.value.key_where, member.key, *valid);
    numbers.emplace_back(member.key, table_number(rule, member.key, member.value));
  }
  return numbers;
}

std::vector<model::Impulse> Reader::impulses(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  std::vector<model::Impulse> impulses;
  if (!value.is_table()) {
    complain(rule, value);
    return impulses;
  }
  for (const Member& member : value.members) {
    check_name(rule, member.value.key_where, member.key, names_.stocks);
    model::Impulse impulse{static_cast<std::int8_t>(position_of(names_.stocks, member.key)), -1, 0.0};
    const Node& given = *unwrap(member.value).value;
    const Node* amount = given.is_table() ? given.find("amount") : &given;
    if (given.is_table()) {
      for (const Member& inner : given.members) {
        const std::vector<std::string> keys = {"amount", "times", "source", "note", "identified_by"};
        if (std::find(keys.begin(), keys.end(), inner.key) == keys.end())
          problems_.error(inner.value.key_where, fmt::format("unknown key '{}' in an impulse", inner.key), ignored_key,
                          suggest(inner.key, keys, "valid keys"));
      }
      if (const Node* times = given.find("times")) {
        if (times->is(Node::Kind::text)) {
          check_name(rule, times->where, times->text, names_.stocks);
          impulse.times = static_cast<std::int8_t>(position_of(names_.stocks, times->text));
        } else {
          problems_.error(times->where, fmt::format("times must be a stock's name, not {}", format_excerpt(*times)));
        }
      }
    }
    if (amount == nullptr) {
      problems_.error(given.where, "an impulse has no amount", "", "write { amount = 0.3, times = \"STOCK\" }");
    } else {
      impulse.amount = table_number(rule, member.key, given.is_table() ? *amount : member.value);
    }
    impulses.push_back(impulse);
  }
  std::sort(impulses.begin(), impulses.end(), [](const auto& a, const auto& b) { return a.stock < b.stock; });
  return impulses;
}

double Reader::backlog(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  if (value.is(Node::Kind::text) && value.text == "skip") return -1.0;
  const Node* spread = value.is_table() ? value.find("spread_days") : nullptr;
  if (spread == nullptr || value.members.size() != 1) {
    complain(rule, value);
    return -1.0;
  }
  return table_number(rule, "spread_days", *spread);
}

Favours Reader::favours(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  Favours favours;
  if (is_off(rule, value)) return favours;
  const Node* gap = value.is_table() ? value.find("gap_days") : nullptr;
  if (gap == nullptr) {
    complain(rule, value);
    return favours;
  }
  for (const Member& member : value.members)
    if (member.key != "gap_days" && member.key != "guard")
      problems_.error(member.value.key_where, fmt::format("unknown key '{}' in favours", member.key), ignored_key,
                      suggest(member.key, {"gap_days", "guard"}, "valid keys"));
  favours.gap_days = table_number(rule, "gap_days", *gap);
  if (const Node* condition = value.find("guard")) {
    if (condition->is(Node::Kind::text)) {
      favours.guard = guard_text(*condition);
    } else {
      complain(rule, *condition);
    }
  }
  return favours;
}

/// One moment; a share of -1 where it cannot be read.
model::Moment Reader::moment(const Rule& rule, const Node& node) {
  const std::vector<std::string> keys = {"share", "credibility_gap", "access_gap"};
  model::Moment moment{-1.0};
  if (!node.is_table() || node.find("share") == nullptr) {
    problems_.error(node.where, fmt::format("a moment must be a table with a share, not {}", format_excerpt(node)), "",
                    "write { share = 0.6, credibility_gap = 0.3, access_gap = 0.1 }");
    return moment;
  }
  for (const Member& member : node.members) {
    const auto key = std::find(keys.begin(), keys.end(), member.key);
    if (key == keys.end()) {
      problems_.error(member.value.key_where, fmt::format("unknown key '{}' in a moment", member.key), ignored_key,
                      suggest(member.key, keys, "valid keys"));
      continue;
    }
    const int errors_before = problems_.num_errors();
    const double value = table_number(rule, member.key, member.value);
    if (problems_.num_errors() > errors_before) continue;
    (key == keys.begin() ? moment.share : key == keys.begin() + 1 ? moment.credibility_gap : moment.access_gap) = value;
  }
  return moment;
}

std::vector<model::Moment> Reader::moments(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  std::vector<model::Moment> moments;
  if (!value.is(Node::Kind::list)) {
    complain(rule, value);
    return moments;
  }
  for (const Node& item : value.items) {
    const model::Moment next = moment(rule, item);
    if (next.share < 0.0) continue;
    if (!moments.empty() && next.share <= moments.back().share)
      problems_.error(item.find("share")->where,
                      fmt::format("a moment at share {} stands after one at {}", next.share, moments.back().share),
                      "a deal passes its moments in their order", "list them by ascending share, each once");
    moments.push_back(next);
  }
  if (value.items.size() > model::max_moments)
    problems_.error(value.items[model::max_moments].where, fmt::format("{} moments", value.items.size()),
                    fmt::format("a deal has at most {}", model::max_moments), "remove some");
  return moments;
}

}  // namespace vouch::scenario
