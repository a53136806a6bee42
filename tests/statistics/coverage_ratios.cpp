// SPDX-License-Identifier: Apache-2.0
#include "random/distribution.hpp"
#include "statistics/coverage.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;
using namespace vouch::test;

namespace {

/// Normal numerators and denominators that depend on each other, in two strategies that share some luck.
Population make_normal_ratios(std::string name, double deviation) {
  auto draw = [=](Draws& draws, std::span<Shown> shown) {
    const double common = draws.normal();
    for (Shown& one : shown) {
      one.denominator = 10 + deviation * (0.6 * common + 0.8 * draws.normal());
      one.numerator = 3 * one.denominator + 5 * (0.6 * common + 0.8 * draws.normal());
    }
  };
  return {std::move(name), {3, 3}, draw, true};
}

/// A cost of 5 for each win and of more besides, over wins: skewed numbers of both.
Population make_costs_per_win() {
  const auto count = vouch::random::make_distribution(vouch::random::Family::negative_binomial, 4.0, 0.2);
  auto draw = [=](Draws& draws, std::span<Shown> shown) {
    const double num_wins = vouch::random::invert(count, draws.word());
    double factor = 1.0;
    for (Shown& one : shown) {
      one.denominator = num_wins + vouch::random::invert(count, draws.word());
      one.numerator = factor * (5 * one.denominator + vouch::random::invert(count, draws.word()));
      factor = 0.9;
    }
  };
  return {"skewed cost per win", {5.5, 0.9 * 5.5}, draw, true};
}

}  // namespace

TEST_CASE("intervals of ratios and shares have the confidence that they claim, or ask for caution") {
  CoverageTable coverage;
  const Population normal = make_normal_ratios("normal", 2);
  coverage.measure(normal, Data::easy, {state_value("ratio", Claim::exact, 3), state_difference(0)});
  for (const Population& population : {make_normal_ratios("vague denominator", 10), make_costs_per_win()})
    coverage.measure(population, Data::hard,
                     {state_value("ratio", Claim::exact, population.values[0]),
                      state_difference(population.values[0] - population.values[1])});
  const Population common = make_shares("shares of 30 % and 25 %", {0.3, 0.25});
  coverage.measure(common, Data::hard, {state_value("share", Claim::at_least, 0.3), state_difference(0.05)});
  for (const Population& population : {make_shares("share of 0.1 %", {0.001}), make_shares("share of 99 %", {0.99})})
    coverage.measure(population, Data::hard, {state_value("share", Claim::at_least, population.values[0])});
  check_record("coverage.md", "Ratios and shares",
               "Fieller's interval for ratios of totals, Korn and Graubard's for shares, Student's for differences of "
               "either. Vague denominator: normal, its mean 10 and its standard deviation too. Shares: of a negative "
               "binomial number of cases (mean 20, dispersion 2) with a chance that varies from world to world. What "
               "is measured is measured where there is an interval.",
               coverage.table());
}
