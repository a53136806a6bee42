// SPDX-License-Identifier: Apache-2.0
// The titles of charts of comparisons: findings, made from the numbers, that claim no more than the intervals do.
#pragma once

#include <cstddef>
#include <string>

#include "report/comparison_view.hpp"

namespace vouch::report {

/// "B is best, with 12 customers; A, the baseline, has 9". Some strategy has a value.
std::string find_value_title(const ComparisonView& view);

/// How many strategies surely differ from the baseline: "Five of seven others surely do better than A, one surely
/// worse; one is too close to call". Several strategies have a value, the baseline too.
std::string find_difference_title(const ComparisonView& view);

/// "no", "one", "twelve", "13".
std::string spell_count(std::size_t count);

}  // namespace vouch::report
