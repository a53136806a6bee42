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

/// A comparison, given the value of its feature.
inline bool compare(const GuardStep& step, double left) noexcept {
  using Op = GuardStep::Op;
  switch (step.op) {
    case Op::less:
      return left < step.value;
    case Op::less_equal:
      return left <= step.value;
    case Op::greater:
      return left > step.value;
    case Op::greater_equal:
      return left >= step.value;
    case Op::equal:
      return left == step.value;
    default:
      return left != step.value;
  }
}

/// `read(feature)` gives the feature's value.
template <typename Read>
bool holds(const Guard& guard, const Read& read) {
  bool stack[Guard::max_depth + 1] = {true};
  int top = 0;
  for (const GuardStep& step : guard.steps) {
    using Op = GuardStep::Op;
    switch (step.op) {
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
      default:
        stack[++top] = compare(step, read(step.feature));
    }
  }
  return stack[top];
}

}  // namespace vouch::model
