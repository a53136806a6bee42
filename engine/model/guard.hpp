// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "model/feature.hpp"

namespace vouch::model {

/// One step of a guard in postfix order. Comparisons push a truth value; and_, or_, not_ combine them.
struct GuardStep {
  enum class Op : std::uint8_t { less, less_equal, greater, greater_equal, equal, not_equal, and_, or_, not_ };
  Op op;
  Feature feature = Feature::first_stock;  ///< left side of a comparison
  double value = 0.0;                      ///< right side
};

/// A condition over stocks, traits, flags and generation; `quality` reads quality_seen. Empty: always true.
struct Guard {
  static constexpr int max_depth = 16;  ///< truth values that may be pending; checked where guards are parsed
  std::vector<GuardStep> steps;
};

/// `read(feature)` gives the feature's value.
template <typename Read>
bool holds(const Guard& guard, const Read& read) {
  bool stack[Guard::max_depth + 1] = {true};
  int top = 0;
  for (const GuardStep& step : guard.steps) {
    using Op = GuardStep::Op;
    switch (step.op) {
      case Op::less:
        stack[++top] = read(step.feature) < step.value;
        break;
      case Op::less_equal:
        stack[++top] = read(step.feature) <= step.value;
        break;
      case Op::greater:
        stack[++top] = read(step.feature) > step.value;
        break;
      case Op::greater_equal:
        stack[++top] = read(step.feature) >= step.value;
        break;
      case Op::equal:
        stack[++top] = read(step.feature) == step.value;
        break;
      case Op::not_equal:
        stack[++top] = read(step.feature) != step.value;
        break;
      case Op::and_:
        --top;
        stack[top] = stack[top] && stack[top + 1];
        break;
      case Op::or_:
        --top;
        stack[top] = stack[top] || stack[top + 1];
        break;
      case Op::not_:
        stack[top] = !stack[top];
        break;
    }
  }
  return stack[top];
}

}  // namespace vouch::model
