// SPDX-License-Identifier: Apache-2.0
#include "model/guard.hpp"

#include "support/catch.hpp"

using vouch::model::Feature;
using vouch::model::Guard;
using vouch::model::GuardStep;
using vouch::model::holds;
using Op = GuardStep::Op;

namespace {

GuardStep compare(Op op, double value) { return {op, Feature::generation, value}; }
GuardStep combine(Op op) { return {op, Feature::first_stock, 0.0}; }
bool holds_at(const Guard& guard, double generation) {
  return holds(guard, [&](Feature feature) { return feature == Feature::generation ? generation : -1.0; });
}

}  // namespace

TEST_CASE("an empty guard holds", "[model]") { CHECK(holds_at({}, 0.0)); }

TEST_CASE("each comparison compares the feature with the value", "[model]") {
  const auto table = [](Op op) {
    const Guard guard = {{compare(op, 2.0)}};
    return std::vector<bool>{holds_at(guard, 1.0), holds_at(guard, 2.0), holds_at(guard, 3.0)};
  };
  CHECK(table(Op::less) == std::vector<bool>{true, false, false});
  CHECK(table(Op::less_equal) == std::vector<bool>{true, true, false});
  CHECK(table(Op::greater) == std::vector<bool>{false, false, true});
  CHECK(table(Op::greater_equal) == std::vector<bool>{false, true, true});
  CHECK(table(Op::equal) == std::vector<bool>{false, true, false});
  CHECK(table(Op::not_equal) == std::vector<bool>{true, false, true});
}

TEST_CASE("a guard reads the feature it names", "[model]") {
  const Guard guard = {{{Op::less, Feature::quality, 0.0}}};
  CHECK(holds(guard, [](Feature feature) { return feature == Feature::quality ? -1.0 : 1.0; }));
  CHECK_FALSE(holds(guard, [](Feature feature) { return feature == Feature::quality ? 1.0 : -1.0; }));
}

TEST_CASE("and, or and not combine what stands before them", "[model]") {
  const auto truth = [](bool value) { return compare(value ? Op::greater : Op::less, -1.0); };  // of generation 0
  for (const bool a : {false, true}) {
    CHECK(holds_at({{truth(a), combine(Op::not_)}}, 0.0) == !a);
    for (const bool b : {false, true}) {
      CHECK(holds_at({{truth(a), truth(b), combine(Op::and_)}}, 0.0) == (a && b));
      CHECK(holds_at({{truth(a), truth(b), combine(Op::or_)}}, 0.0) == (a || b));
      for (const bool c : {false, true}) {
        CHECK(holds_at({{truth(a), truth(b), truth(c), combine(Op::or_), combine(Op::and_)}}, 0.0) == (a && (b || c)));
        CHECK(holds_at({{truth(a), truth(b), combine(Op::and_), truth(c), combine(Op::or_)}}, 0.0) == ((a && b) || c));
        CHECK(holds_at({{truth(a), truth(b), combine(Op::not_), combine(Op::and_), truth(c), combine(Op::or_)}}, 0.0) ==
              ((a && !b) || c));
      }
    }
  }
}

TEST_CASE("a guard may be as deep as it is allowed to be", "[model]") {
  Guard guard;
  for (int i = 0; i < Guard::max_depth; ++i) guard.steps.push_back(compare(Op::equal, 0.0));
  for (int i = 1; i < Guard::max_depth; ++i) guard.steps.push_back(combine(Op::and_));
  CHECK(holds_at(guard, 0.0));
  guard.steps[7] = compare(Op::equal, 1.0);
  CHECK_FALSE(holds_at(guard, 0.0));
}
