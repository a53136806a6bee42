// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "random/distribution.hpp"
#include "statistics/coverage.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;
using namespace vouch::test;

namespace {

/// Two strategies, each with two controls that explain most of it; the first control is the same in both.
Population make_controlled_normal() {
  auto draw = [=](Draws& draws, std::span<Shown> shown) {
    const double common = draws.normal();
    for (Shown& one : shown) {
      one.controls = {5 + common, 2 + draws.normal()};
      one.numerator = 10 + 2 * common + (one.controls[1] - 2) + 0.5 * draws.normal();
    }
  };
  return {"normal", {10, 10}, draw, false, false, {5, 2}};
}

/// Skewed counts, of which a number that is known in advance explains a part.
Population make_controlled_skewed() {
  const auto count = vouch::random::make_distribution(vouch::random::Family::negative_binomial, 20.0, 0.2);
  auto draw = [=](Draws& draws, std::span<Shown> shown) {
    const double num_cases = vouch::random::invert(count, draws.word());
    double factor = 0.5;
    for (Shown& one : shown) {
      one.controls = {num_cases};
      one.numerator = factor * num_cases + 0.1 * vouch::random::invert(count, draws.word());
      factor += 0.1;
    }
  };
  return {"skewed", {12, 14}, draw, false, false, {20}};
}

Population make_antithetic(Population population) {
  population.name = "pairs of " + population.name;
  population.group_size = 2;
  return population;
}

Outcome judge_controlled(const std::optional<ControlledEstimate>& estimate, double truth) {
  return estimate ? judge(estimate->estimate, truth) : Outcome{};
}

std::vector<Statement> state_controlled(const Population& population) {
  const std::vector<double>& truth = population.values;
  return {{"controlled mean", Claim::exact,
           [=](const Evidence& evidence) {
             return judge_controlled(estimate_controlled_value(evidence, 0, 0.95), truth[0]);
           }},
          {"controlled difference", Claim::exact, [=](const Evidence& evidence) {
             return judge_controlled(estimate_controlled_difference(evidence, 0, 1, 0.95), truth[0] - truth[1]);
           }}};
}

/// Normal, with luck that a mirrored word only partly turns round.
Population make_bent_normal() {
  auto draw = [=](Draws& draws, std::span<Shown> shown) {
    const double common = draws.normal();
    for (Shown& one : shown) one.numerator = common + draws.normal() * draws.normal();
  };
  return {"bent normals", {0, 0}, draw};
}

}  // namespace

TEST_CASE("controls and antithetic pairs leave intervals their confidence") {
  CoverageTable coverage;
  const Population normal = make_controlled_normal();
  coverage.measure(normal, Data::easy, state_controlled(normal));
  const Population skewed = make_controlled_skewed();
  coverage.measure(skewed, Data::hard, state_controlled(skewed));
  for (const Population& population :
       {make_antithetic(make_bent_normal()), make_antithetic(make_skewed("skewed", {20, 18}, Luck::shared))})
    coverage.measure(population, Data::hard,
                     {state_value("mean", Claim::exact, population.values[0]),
                      state_difference(population.values[0] - population.values[1])});
  check_record("coverage.md", "Controls and antithetic pairs",
               "Means and differences corrected by controls of known expected value, and of antithetic pairs: their "
               "number is that of pairs. Bent normals: a normal number that mirrored words turn round, plus a product "
               "of two, which they do not.",
               coverage.table());
}
