// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "scenario/families.hpp"
#include "scenario/reader.hpp"
#include "scenario/toml_writer.hpp"

namespace vouch::scenario {
namespace {

using random::Distribution;
using random::Family;

bool is_whole(double x) noexcept { return x >= 0.0 && std::floor(x) == x; }

std::optional<std::vector<double>> read_list(const Node& node) {
  if (!node.is(Node::Kind::list)) return std::nullopt;
  std::vector<double> values;
  for (const Node& item : node.items) {
    if (!item.is_number() || !std::isfinite(item.number())) return std::nullopt;
    values.push_back(item.number());
  }
  return values;
}

/// The parameters, or nothing and problems.
std::optional<std::vector<double>> read_parameters(const FamilyInfo& info, const Node& table, Problems& problems) {
  std::vector<double> parameters;
  bool good = true;
  for (const std::string_view name : info.parameters) {
    if (name.empty()) continue;
    const Node* value = table.find(name);
    if (value == nullptr) {
      problems.error(table.where, fmt::format("{} needs '{}'", info.name, name), "",
                     fmt::format("write {}", info.example));
      good = false;
    } else if (!value->is_number() || std::isnan(value->number()) ||
               (std::isinf(value->number()) && info.family != Family::constant)) {
      problems.error(value->where,
                     fmt::format("{} of {} must be a number, not {}", name, info.name, format_excerpt(*value)), "",
                     fmt::format("write {}", info.example));
      good = false;
    } else {
      parameters.push_back(value->number());
    }
  }
  return good ? std::optional(parameters) : std::nullopt;
}

void check_keys(const FamilyInfo& info, const Node& table, Problems& problems) {
  std::vector<std::string> valid = {"distribution", "source", "note", "identified_by"};
  for (const std::string_view name : info.parameters)
    if (!name.empty()) valid.emplace_back(name);
  if (info.family == Family::empirical) valid.insert(valid.end(), {"values", "weights"});
  for (const Member& member : table.members)
    if (std::find(valid.begin(), valid.end(), member.key) == valid.end())
      problems.error(member.value.key_where, fmt::format("{} has no parameter '{}'", info.name, member.key),
                     "a key that nothing reads would be ignored", fmt::format("write {}", info.example));
}

std::optional<Distribution> read_empirical(const FamilyInfo& info, const Node& table, Problems& problems) {
  const Node* values = table.find("values");
  const Node* weights = table.find("weights");
  const auto list = values == nullptr ? std::nullopt : read_list(*values);
  const auto weight_list =
      weights == nullptr ? std::optional(std::vector<double>(list ? list->size() : 0, 1.0)) : read_list(*weights);
  if (list && weight_list) return random::make_empirical(*list, *weight_list);
  const Node& wrong = !list && values != nullptr ? *values : (!weight_list ? *weights : table);
  problems.error(wrong.where, "empirical needs lists of numbers", "", fmt::format("write {}", info.example));
  return std::nullopt;
}

}  // namespace

std::span<const FamilyInfo> families() {
  static constexpr FamilyInfo table[] = {
      {"constant", Family::constant, {"value", ""}, "{ distribution = \"constant\", value = 30 }"},
      {"uniform", Family::uniform, {"low", "high"}, "{ distribution = \"uniform\", low = 0, high = 10 }"},
      {"exponential", Family::exponential, {"mean", ""}, "{ distribution = \"exponential\", mean = 30 }"},
      {"gamma", Family::gamma, {"mean", "shape"}, "{ distribution = \"gamma\", mean = 30, shape = 2 }"},
      {"lognormal",
       Family::lognormal,
       {"median", "sigma"},
       "{ distribution = \"lognormal\", median = 42, sigma = 0.6 }"},
      {"weibull", Family::weibull, {"scale", "shape"}, "{ distribution = \"weibull\", scale = 30, shape = 1.5 }"},
      {"normal", Family::normal, {"mean", "sd"}, "{ distribution = \"normal\", mean = 0, sd = 1 }"},
      {"beta", Family::beta, {"a", "b"}, "{ distribution = \"beta\", a = 2, b = 3 }"},
      {"empirical", Family::empirical, {"", ""}, "{ distribution = \"empirical\", values = [1, 2], weights = [3, 1] }"},
      {"poisson", Family::poisson, {"mean", ""}, "{ distribution = \"poisson\", mean = 0.8 }"},
      {"geometric", Family::geometric, {"mean", ""}, "{ distribution = \"geometric\", mean = 1 }"},
      {"negative_binomial",
       Family::negative_binomial,
       {"mean", "dispersion"},
       "{ distribution = \"negative_binomial\", mean = 2, dispersion = 0.5 }"},
      {"zeta", Family::zeta, {"exponent", "truncation"}, "{ distribution = \"zeta\", exponent = 2, truncation = 100 }"},
  };
  return table;
}

bool Reader::fits(const Rule& rule, const Distribution& distribution) const {
  switch (distribution.family) {
    case Family::constant:
    case Family::uniform:
      return in_range(rule, distribution.parameters[0]);
    case Family::empirical:
      return std::all_of(distribution.values.begin(), distribution.values.end(),
                         [&](double x) { return in_range(rule, x); });
    default:
      return true;
  }
}

std::optional<Distribution> Reader::constant(const Rule& rule, const Node& value) {
  const double number = value.number();
  if (!in_range(rule, number) || (rule.type == Type::count && !is_whole(number))) {
    complain(rule, value);
    return std::nullopt;
  }
  return random::make_distribution(Family::constant, number);
}

std::optional<Distribution> Reader::family(const Rule& rule, const Node& table) {
  const Node& name = *table.find("distribution");
  const auto all = families();
  const auto info = std::find_if(all.begin(), all.end(), [&](const FamilyInfo& f) { return f.name == name.text; });
  if (!name.is(Node::Kind::text) || info == all.end()) {
    std::vector<std::string> valid;
    for (const FamilyInfo& f : all) valid.emplace_back(f.name);
    problems_.error(
        name.where, fmt::format("unknown distribution {}", format_excerpt(name)), "",
        suggest(name.text, valid, "distributions", fmt::format("distributions: {}", fmt::join(valid, ", "))));
    return std::nullopt;
  }
  check_keys(*info, table, problems_);
  try {
    std::optional<Distribution> made;
    if (info->family == Family::empirical) {
      made = read_empirical(*info, table, problems_);
    } else if (const auto p = read_parameters(*info, table, problems_)) {
      made = random::make_distribution(info->family, p->at(0), p->size() > 1 ? p->at(1) : 0.0);
    }
    if (!made) return std::nullopt;
    const bool counts =
        random::is_count_family(info->family) || (info->family == Family::constant && is_whole(made->parameters[0])) ||
        (info->family == Family::empirical && std::all_of(made->values.begin(), made->values.end(), is_whole));
    if (rule.type == Type::count && !counts) {
      problems_.error(table.where, fmt::format("{} is no distribution of counts here", info->name),
                      fmt::format("{} is a number of {}", rule.key, rule.unit),
                      "use poisson, geometric, negative_binomial, zeta or whole numbers");
      return std::nullopt;
    }
    if (fits(rule, *made)) return made;
    complain(rule, table);
  } catch (const std::invalid_argument& reason) {
    problems_.error(table.where, fmt::format("impossible parameters of {}", info->name), reason.what(),
                    fmt::format("write for example {}", info->example));
  }
  return std::nullopt;
}

std::optional<Distribution> Reader::distribution(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  if (is_off(rule, value)) return std::nullopt;
  if (value.is(Node::Kind::text) && !value.text.empty() && value.text == rule.choices) return std::nullopt;
  if (value.is_number()) return constant(rule, value);
  if (value.is_table() && value.find("distribution") != nullptr) return family(rule, value);
  complain(rule, value);
  return std::nullopt;
}

}  // namespace vouch::scenario
