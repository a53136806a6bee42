// SPDX-License-Identifier: Apache-2.0
// What a comparison comes to: the cases and the figures that every text about it, on the terminal or a page, goes by.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "report/comparison_view.hpp"
#include "report/unit.hpp"

namespace vouch::report {

enum class Outcome {
  nothing_run,  ///< no world, or no antithetic pair, has been completed
  no_value,     ///< of no strategy
  single,       ///< one strategy, which has a value
  only_one,     ///< of several one has a value
  won,          ///< by the first of the ranking, over all others at once
  too_few,      ///< a single world or pair, which cannot show how much worlds differ
  unjudged,     ///< worlds do not show, or not yet, how much the lead varies
  equal,        ///< all contenders are the same in every world
  settled,      ///< contenders are left, but the run's aim was reached
  open          ///< contenders are left: too close to call
};
Outcome find_outcome(const ComparisonView& view);

/// Whether of an open or settled comparison it can be told how far the first is ahead of the second.
bool has_told_lead(const ComparisonView& view);

/// "B and A", "B, A, D and 4 more", "all 12 strategies": those that may be the best, best first.
std::string name_contenders(const ComparisonView& view);
/// "either A or B", "any of A, B or C", "any of the 12 strategies".
std::string name_alternatives(const ComparisonView& view);

/// What choosing the first may cost, which these worlds cannot tell from others; empty if unknown.
std::string format_stake(const ComparisonView& view);
/// The same in a scale of one's own; `noun` follows numbers that have no unit.
std::string format_stake(const ComparisonView& view, const Scale& scale, const std::string& noun);

/// How many worlds would tell the first two apart nine times in ten if their difference is as it looks, to two digits:
/// "1,100"; empty if that is unknown, beyond reach, or not more than there are.
std::string format_worlds_needed(const ComparisonView& view);

}  // namespace vouch::report
