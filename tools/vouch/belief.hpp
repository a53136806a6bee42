// SPDX-License-Identifier: Apache-2.0
// The beliefs of a scenario, one by one, before they are put in order.
#pragma once

#include <string>
#include <vector>

#include "scenario/node.hpp"
#include "scenario/rules.hpp"
#include "scenario/scenario.hpp"

namespace vouch::cli {

/// A value of the scenario and where it stands. Points into the scenario, which must outlive it.
struct Belief {
  std::vector<std::string> path;  ///< "outcomes", "ask", "weights", "fatigue"
  const scenario::Rule* rule = nullptr;
  const scenario::Node* node = nullptr;

  bool is_member() const { return path.back() != rule->key; }  ///< of a table such as `weights`
  /// The outcome, segment, stock ... that it is of; empty for those of a table that there is once.
  std::string owner() const { return path.size() > (is_member() ? 3U : 2U) ? path[1] : std::string(); }
};

/// In the scenario's order, without names, choices among words, and what is left at its default.
std::vector<Belief> list_beliefs(const scenario::Scenario& scenario);

/// The value without source and note, for people: "lognormal, median 6,000, sigma 0.6".
std::string describe_value(const Belief& belief);

/// What the key means, in a few words.
std::string describe_meaning(const Belief& belief);

/// Of a weight, offset or intercept, what it does to its outcome: "one unit more multiplies the odds of a yes to an ask
/// by 0.78"; else empty. `link` is the outcome's.
std::string describe_influence(const Belief& belief, const std::string& link);

}  // namespace vouch::cli
