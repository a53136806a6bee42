// SPDX-License-Identifier: Apache-2.0
// Typed reading of values by their rules. Checking reads everything and keeps the problems; compiling reads again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/guard.hpp"
#include "model/model.hpp"
#include "model/touch.hpp"
#include "random/distribution.hpp"
#include "scenario/node.hpp"
#include "scenario/rules.hpp"

namespace vouch::scenario {

/// What `population` says of a program that addresses customers.
inline constexpr std::string_view customers = "client";

/// The names that a scenario gives to things, each in the scenario's order.
struct Names {
  std::vector<std::string> segments;
  std::vector<std::string> populations;
  std::vector<std::string> stocks;
  std::vector<std::string> strategies;
  std::vector<std::string> programs;  ///< of any strategy
  std::vector<std::string> size_classes;
  std::vector<std::string> seniorities;
  std::vector<std::string> conduct;  ///< declared, or set by any strategy
  bool are_partial = false;          ///< of a file that others extend, which may have what these lack

  /// The segments, then the populations: what the model holds, in its order.
  std::vector<std::string> cells() const {
    std::vector<std::string> both = segments;
    both.insert(both.end(), populations.begin(), populations.end());
    return both;
  }
};

struct Favours {
  double gap_days = 0.0;  ///< 0: none
  model::Guard guard;
};

/// Each function gives the value, or a harmless one and a problem at the value's place.
class Reader {
 public:
  Reader(const Names& names, Problems& problems) : names_(names), problems_(problems) {}

  bool flag(const Rule& rule, const Node& node);
  std::string text(const Rule& rule, const Node& node);
  /// Nothing for `false` and for words such as "unlimited".
  std::optional<double> real(const Rule& rule, const Node& node);
  std::optional<std::int64_t> whole(const Rule& rule, const Node& node);
  /// Position among the rule's choices.
  int choice(const Rule& rule, const Node& node);
  std::vector<int> choices(const Rule& rule, const Node& node);
  std::vector<std::string> name_list(const Rule& rule, const Node& node);
  std::optional<random::Distribution> distribution(const Rule& rule, const Node& node);
  model::Guard guard(const Rule& rule, const Node& node);
  /// Cumulative probabilities in the order of `names`; empty for `false`.
  std::vector<double> shares(const Rule& rule, const Node& node, const std::vector<std::string>& names);
  /// In the order of the table. Names are checked against `valid`, if given and the rule does not take any.
  std::vector<std::pair<std::string, double>> numbers(const Rule& rule, const Node& node,
                                                      const std::vector<std::string>* valid = nullptr);
  std::vector<model::Impulse> impulses(const Rule& rule, const Node& node);
  /// Negative: skip.
  double backlog(const Rule& rule, const Node& node);
  Favours favours(const Rule& rule, const Node& node);
  std::vector<model::Moment> moments(const Rule& rule, const Node& node);
  std::optional<std::pair<double, double>> interval(const Rule& rule, const Node& node);
  /// Only that it is a list of tables; what they hold is checked as any section.
  void figures(const Rule& rule, const Node& node);

  /// Reads the value, whatever its type, for its problems only. `owner` is the table's name ("ask").
  void check(const Rule& rule, const Node& node, const std::string& owner);

 private:
  void complain(const Rule& rule, const Node& value);
  void check_annotations(const Node& node);
  bool is_off(const Rule& rule, const Node& value) const;
  bool in_range(const Rule& rule, double value) const;
  /// Whether a name that nothing here has may be another file's.
  bool may_be_elsewhere(const std::string& name, const std::vector<std::string>& valid) const;
  void check_name(const Rule& rule, const Location& where, const std::string& name,
                  const std::vector<std::string>& valid);
  std::vector<std::string> valid_names(const Rule& rule, const std::string& owner) const;
  double table_number(const Rule& rule, const std::string& key, const Node& node);
  model::Moment moment(const Rule& rule, const Node& node);
  std::optional<random::Distribution> family(const Rule& rule, const Node& table);
  std::optional<random::Distribution> constant(const Rule& rule, const Node& value);
  bool fits(const Rule& rule, const random::Distribution& distribution) const;
  model::Guard guard_text(const Node& value);

  const Names& names_;
  Problems& problems_;
};

std::string_view plural_of(Domain domain) noexcept;
std::string_view singular_of(Domain domain) noexcept;

}  // namespace vouch::scenario
