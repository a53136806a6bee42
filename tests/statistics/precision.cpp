// SPDX-License-Identifier: Apache-2.0
// Whether the interval at the moment of stopping still has its confidence, though worlds chose the moment.
#include "statistics/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "statistics/estimate.hpp"
#include "statistics/laboratory.hpp"
#include "statistics/record.hpp"
#include "statistics/skewness.hpp"
#include "statistics/spread.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch::statistics;
using namespace vouch::test;

namespace {

constexpr std::uint64_t block = 16;  // groups between looks

Interval find_interval(const Evidence& evidence, const PrecisionAim& aim, std::size_t strategy) {
  if (aim.of == PrecisionAim::Of::values) return *estimate_value(evidence, strategy, aim.confidence).interval;
  return *estimate_difference(evidence, strategy, aim.baseline, aim.confidence).estimate.interval;
}

struct Stop {
  bool covers = false;
  std::uint64_t num_worlds = 0;
};

/// Looks after every block until the aim is reached, and then whether the interval holds the truth, of the strategy
/// that decided.
Stop run_until(const Population& population, const PrecisionAim& aim, std::uint64_t seed, int index) {
  Experiment experiment(population, seed, index);
  PrecisionState state;
  while (!state.is_reached) {
    experiment.add_worlds(block);
    state = judge_precision(experiment.evidence(), aim);
  }
  const Interval interval = find_interval(experiment.evidence(), aim, state.widest);
  double truth = population.values[state.widest];
  if (aim.of == PrecisionAim::Of::differences) truth -= population.values[aim.baseline];
  return {interval.low <= truth && truth <= interval.high, experiment.num_worlds()};
}

struct Case {
  Population population;
  const char* what;
  PrecisionAim aim;
  int num_experiments;
};

PrecisionAim aim_at(double half_width, double confidence = 0.95) {
  PrecisionAim aim;
  aim.half_width = half_width;
  aim.confidence = confidence;
  return aim;
}

PrecisionAim aim_at_share(double share) {
  PrecisionAim aim = aim_at(share);
  aim.is_relative = true;
  return aim;
}

PrecisionAim aim_at_difference(double half_width) {
  PrecisionAim aim = aim_at(half_width);
  aim.of = PrecisionAim::Of::differences;
  return aim;
}

PrecisionAim aim_at_any(double half_width) {
  PrecisionAim aim = aim_at(half_width);
  aim.needed = PrecisionAim::Needed::any;
  return aim;
}

void check_cases(const char* title, const char* text, const std::vector<Case>& cases, double shortfall) {
  Table table{{"data", "aim", "nominal", "measured", "standard error", "experiments", "worlds used, mean"}, {}};
  const double limit = compute_sidak_limit(static_cast<int>(cases.size()));
  for (const Case& c : cases) {
    INFO(c.population.name << ", " << c.what);
    double used = 0.0;
    const std::uint64_t seed = seed_of(c.population.name);
    const Share share = measure_share(count_experiments(c.num_experiments), [&](int index) {
      const Stop stop = run_until(c.population, c.aim, seed, index);
      used += static_cast<double>(stop.num_worlds);
      return stop.covers;
    });
    const double least = c.aim.confidence - shortfall;
    CHECK(share.value() >= least - limit * share.compute_error(least));
    table.rows.push_back({c.population.name, c.what, format_share(c.aim.confidence), format_share(share.value()),
                          format_share(share.compute_error(c.aim.confidence)), std::to_string(share.num_experiments),
                          fmt::format("{:.0f}", used / share.num_experiments)});
  }
  check_record("sequences.md", title, text, table);
}

}  // namespace

TEST_CASE("intervals of normal worlds keep their confidence when the run stopped because they were narrow enough") {
  const Population one = make_normal("normal", {3}, {1}, 0.0);
  check_cases("Stopping at a precision, normal worlds",
              "How often the interval holds the truth when the run stops at the first look (every 16 worlds) at "
              "which it is narrow enough.",
              {{one, "+- 0.45", aim_at(0.45), 16'000},
               {one, "+- 0.22", aim_at(0.22), 2000},
               {one, "+- 0.14", aim_at(0.14), 2000},
               {one, "+- 0.09", aim_at(0.09), 1000},
               {one, "+- 0.14", aim_at(0.14, 0.8), 4000},
               {one, "+- 0.22", aim_at(0.22, 0.99), 4000},
               {one, "+- 4 %", aim_at_share(0.04), 1000},
               {make_normal("normal, mean 0", {0}, {1}, 0.0), "+- 0.2", aim_at(0.2), 4000},
               {make_normal("normal, correlation 0.8", {0, 1}, {1, 1}, 0.8), "difference +- 0.12",
                aim_at_difference(0.12), 4000},
               {make_normal("normal, unequal variances", {0, 1, 2}, {1, 2, 0.5}, 0.5), "all +- 0.3", aim_at(0.3), 2000},
               {make_normal("normal, three alike", {0, 1, 2}, {1, 1, 1}, 0.0), "any +- 0.1", aim_at_any(0.1), 1000}},
              0.01);
}

TEST_CASE("intervals of skewed worlds nearly keep their confidence when the run stopped because they were narrow") {
  const Population skewed = make_skewed("negative binomial, k = 0.2", {2}, Luck::own);
  check_cases(
      "Stopping at a precision, skewed worlds", "As above, with worlds that are far from normal.",
      {{skewed, "+- 1", aim_at(1.0), 1000},
       {skewed, "+- 0.4", aim_at(0.4), 1000},
       {make_skewed("negative binomial, k = 0.2", {2, 3}, Luck::own), "difference +- 1", aim_at_difference(1.0), 1000},
       {make_one_sided("negative binomial, k = 0.2, and a constant", 2, 2), "difference +- 0.6", aim_at_difference(0.6),
        1000},
       {make_rare("rare, 2 %", {0.02}, Luck::own), "+- 0.01", aim_at(0.01), 1000},
       {make_shares("shares of cases", {0.3}), "+- 5 %", aim_at_share(0.05), 1000},
       {make_shares("shares of cases", {0.02}), "+- 20 %", aim_at_share(0.2), 1000}},
      0.02);
}

TEST_CASE("an aim is reached when the interval is as narrow as asked for, not before") {
  const Population population = make_normal("aims", {10, 20}, {1, 2}, 0.0);
  Experiment experiment(population, seed_of("aims"), 0);
  experiment.add_worlds(400);
  const Evidence& evidence = experiment.evidence();
  const auto half_width = [&](std::size_t s) {
    return compute_t_quantile(0.95, 399) * std::sqrt(*compute_spread(evidence, s)->variance / 400);
  };
  PrecisionAim aim = aim_at(half_width(1) * 1.0001);
  CHECK(judge_precision(evidence, aim).is_reached);
  CHECK(judge_precision(evidence, aim).widest == 1);
  aim.half_width = half_width(1) * 0.9999;
  CHECK_FALSE(judge_precision(evidence, aim).is_reached);
  aim.needed = PrecisionAim::Needed::any;
  CHECK(judge_precision(evidence, aim).is_reached);
  CHECK(judge_precision(evidence, aim).widest == 0);
  aim.strategies = {1};
  CHECK_FALSE(judge_precision(evidence, aim).is_reached);
  aim = aim_at_share(half_width(0) / compute_spread(evidence, 0)->value * 1.0001);
  aim.strategies = {0};
  CHECK(judge_precision(evidence, aim).is_reached);
  aim.half_width *= 0.999;
  CHECK_FALSE(judge_precision(evidence, aim).is_reached);
}

TEST_CASE("no aim is reached before there are groups enough to know how much they vary") {
  const Population three = make_normal("three for a look", {0, 0, 0}, {1, 1, 1}, 0.0);
  for (const auto& [aim, first] :
       {std::pair{aim_at(10), 64}, {aim_at_difference(10), 64}, {aim_at_any(10), 2 * 64 * 3}}) {
    Experiment experiment(three, seed_of("three for a look"), 0);
    experiment.add_worlds(first - 1);
    CHECK_FALSE(judge_precision(experiment.evidence(), aim).is_reached);
    experiment.add_worlds(1);
    CHECK(judge_precision(experiment.evidence(), aim).is_reached);
  }
}

TEST_CASE("of ratios and shares the longer side of the interval that is told is judged") {
  Population ratios = make_shares("ratios", {0.02});
  ratios.is_proportion = false;
  for (const Population& population : {make_shares("shares", {0.02}), ratios}) {
    INFO(population.name);
    Experiment experiment(population, seed_of(population.name), 0);
    experiment.add_worlds(400);
    const Estimate estimate = estimate_value(experiment.evidence(), 0, 0.95);
    const double longer = std::max(estimate.interval->high - *estimate.value, *estimate.value - estimate.interval->low);
    CHECK(std::abs(longer / *estimate.half_width - 1) > 0.001);  // so that the test tells one from the other
    CHECK(judge_precision(experiment.evidence(), aim_at(longer * 1.0001)).is_reached);
    const PrecisionState state = judge_precision(experiment.evidence(), aim_at(longer * 0.9999));
    CHECK_FALSE(state.is_reached);
    CHECK(*state.groups_needed > 400);
    CHECK(*state.groups_needed < 405);
  }
}

TEST_CASE("a share that no world shows is known as well as its interval says") {
  const Population never = make_shares("never", {0.0});
  Experiment experiment(never, seed_of("never"), 0);
  experiment.add_worlds(groups_to_be_constant);
  const double high = estimate_value(experiment.evidence(), 0, 0.95).interval->high;  // 3.7 in 1 000 groups
  CHECK(judge_precision(experiment.evidence(), aim_at(high * 1.001)).is_reached);
  const PrecisionState state = judge_precision(experiment.evidence(), aim_at(high / 2));
  CHECK_FALSE(state.is_reached);
  experiment.add_worlds(*state.groups_needed - groups_to_be_constant);
  CHECK(judge_precision(experiment.evidence(), aim_at(high / 2 * 1.01)).is_reached);
  CHECK_FALSE(judge_precision(experiment.evidence(), aim_at(high / 2 * 0.99)).is_reached);
  CHECK_FALSE(judge_precision(experiment.evidence(), aim_at_share(0.5)).groups_needed);
}

TEST_CASE("a ratio without an interval reaches no aim") {
  // Nearly all denominators are 0 or cancel out: of mean 1 and standard deviation 25.
  const Population vague{"vague",
                         {1},
                         [](Draws& draws, std::span<Shown> shown) {
                           shown[0].denominator = 1 + 25 * draws.normal();
                           shown[0].numerator = shown[0].denominator + draws.normal();
                         },
                         true};
  Experiment experiment(vague, seed_of("vague"), 0);
  experiment.add_worlds(100);
  REQUIRE(compute_spread(experiment.evidence(), 0));
  REQUIRE_FALSE(estimate_value(experiment.evidence(), 0, 0.95).interval);
  CHECK_FALSE(judge_precision(experiment.evidence(), aim_at(1e6)).is_reached);
  CHECK_FALSE(judge_precision(experiment.evidence(), aim_at(1e6)).groups_needed);
}

TEST_CASE("the groups still needed are told as they turn out to be") {
  const Population population = make_normal("needed", {10}, {1}, 0.0);
  Experiment experiment(population, seed_of("needed"), 0);
  experiment.add_worlds(400);
  const double variance = *compute_spread(experiment.evidence(), 0)->variance;
  const auto needed = *judge_precision(experiment.evidence(), aim_at(0.02)).groups_needed;
  const auto n = static_cast<double>(needed);
  CHECK(compute_t_quantile(0.95, needed - 1) * std::sqrt(variance / n) <= 0.02);
  CHECK(compute_t_quantile(0.95, needed - 3) * std::sqrt(variance / (n - 2)) > 0.02);
  CHECK(*judge_precision(experiment.evidence(), aim_at(5.0)).groups_needed == first_precision_look);
  CHECK_FALSE(judge_precision(experiment.evidence(), aim_at(1e-12)).groups_needed);
}

TEST_CASE("what cannot be told yet is not reached, and what never will be is not promised") {
  const Population zero{"zero", {0}, [](Draws& draws, std::span<Shown> shown) {
                          shown[0].numerator = draws.uniform() < 0.5 ? -1.0 : 1.0;
                        }};
  Experiment signs(zero, 2, 0);
  while (compute_spread(signs.evidence(), 0).value_or(Spread{1.0, 0, {}}).value != 0.0 || signs.num_worlds() < 64)
    signs.add_worlds(1);
  CHECK_FALSE(judge_precision(signs.evidence(), aim_at_share(0.5)).is_reached);
  CHECK_FALSE(judge_precision(signs.evidence(), aim_at_share(0.5)).groups_needed);
  CHECK(judge_precision(signs.evidence(), aim_at(0.5)).is_reached);

  const Population nothing{"nothing", {0}, [](Draws&, std::span<Shown> shown) { shown[0].numerator = 0.0; }};
  Experiment constant(nothing, 2, 0);
  CHECK_FALSE(judge_precision(constant.evidence(), aim_at(1.0)).is_reached);
  constant.add_worlds(groups_to_be_constant - 1);
  CHECK_FALSE(judge_precision(constant.evidence(), aim_at(1.0)).is_reached);
  CHECK(*judge_precision(constant.evidence(), aim_at(1.0)).groups_needed == groups_to_be_constant);
  constant.add_worlds(1);
  CHECK(judge_precision(constant.evidence(), aim_at(1.0)).is_reached);
  CHECK(judge_precision(constant.evidence(), aim_at_share(0.01)).is_reached);
}

TEST_CASE("a baseline does not differ from itself") {
  const Population population = make_normal("baseline", {10, 20}, {1, 2}, 0.0);
  Experiment experiment(population, seed_of("baseline"), 0);
  experiment.add_worlds(100);
  PrecisionAim aim = aim_at_difference(5.0);
  CHECK(judge_precision(experiment.evidence(), aim).is_reached);
  CHECK(judge_precision(experiment.evidence(), aim).widest == 1);
  aim.baseline = 1;
  aim.strategies = {0, 1};
  CHECK(judge_precision(experiment.evidence(), aim).is_reached);
  CHECK(judge_precision(experiment.evidence(), aim).widest == 0);
  aim.strategies = {1};
  CHECK_FALSE(judge_precision(experiment.evidence(), aim).is_reached);
}
