// SPDX-License-Identifier: Apache-2.0
// Probabilities of correct selection, measured where the best is ahead of all others by exactly the indifference.
#include "statistics/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

#include "statistics/laboratory.hpp"
#include "statistics/leader.hpp"
#include "statistics/record.hpp"
#include "statistics/spread.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch::statistics;
using namespace vouch::test;

namespace {

struct Outcome {
  std::size_t selected = 0;
  double used = 0.0;        ///< worlds of all strategies
  double if_equal = 0.0;    ///< had every strategy gone as far as the furthest
  bool is_in_order = true;  ///< nobody was dropped by one that was behind
};

constexpr std::uint64_t block = 16;  // groups between looks

/// As a relative aim fixes its indifference: `share` of the baseline's value at the first look.
struct FirstLook {
  std::size_t baseline;
  double share;
};

Outcome select(const Population& population, SelectionOptions options, std::uint64_t seed, int index,
               Direction direction = Direction::higher_is_better, std::optional<FirstLook> first_look = std::nullopt) {
  Experiment experiment(population, seed, index, direction);
  experiment.add_worlds(options.first_stage);
  if (first_look)
    options.indifference =
        first_look->share * std::abs(compute_spread(experiment.evidence(), first_look->baseline)->value);
  Selection selection(population.values.size(), options);
  Outcome outcome;
  outcome.used = static_cast<double>(options.first_stage * population.values.size());
  while (true) {
    const std::size_t num_before = selection.dropped().size();
    selection.look(experiment.evidence());
    for (std::size_t i = num_before; i < selection.dropped().size(); ++i) {
      const Selection::Dropped& dropped = selection.dropped()[i];
      if (*compute_advantage(experiment.evidence(), dropped.strategy, dropped.by) > 0.0) outcome.is_in_order = false;
    }
    if (selection.is_decided()) break;
    experiment.add_worlds(block, selection.survivors());
    outcome.used += static_cast<double>(block * selection.survivors().size());
  }
  outcome.selected = selection.survivors().front();
  outcome.if_equal = static_cast<double>(experiment.num_worlds() * population.values.size());
  return outcome;
}

struct Case {
  Population population;
  double indifference;
  int num_experiments;
  double confidence = 0.95;
  Direction direction = Direction::higher_is_better;
  std::optional<FirstLook> first_look = std::nullopt;
};

std::size_t find_best(const Case& c) {
  const auto& values = c.population.values;
  const auto best = c.direction == Direction::higher_is_better ? std::max_element(values.begin(), values.end())
                                                               : std::min_element(values.begin(), values.end());
  return static_cast<std::size_t>(best - values.begin());
}

/// The best is the first to be asked whether it can be dropped.
std::vector<double> make_slippage(std::size_t num_strategies, double lead) {
  return put_first(lead, make_equals(num_strategies, 0.0));
}

std::string tell_indifference(const Case& c) {
  if (!c.first_look) return fmt::format("{:.4g}", c.indifference);
  return fmt::format("{:.4g} % of {}", 100 * c.first_look->share, c.population.values[c.first_look->baseline]);
}

/// Measures all, requires no less than nominal less `shortfall`, and records.
void check_cases(const char* title, const char* text, const std::vector<Case>& cases, double shortfall) {
  Table table{{"data", "strategies", "indifference", "nominal", "correct", "standard error", "experiments",
               "worlds used, mean", "if all had gone as far"},
              {}};
  const double limit = compute_sidak_limit(static_cast<int>(cases.size()));
  for (const Case& c : cases) {
    INFO(c.population.name);
    const SelectionOptions options{c.confidence, c.indifference};
    const std::uint64_t seed = seed_of(c.population.name);
    double used = 0.0, if_equal = 0.0;
    bool is_in_order = true;
    const Share share = measure_share(count_experiments(c.num_experiments), [&](int index) {
      const Outcome outcome = select(c.population, options, seed, index, c.direction, c.first_look);
      used += outcome.used;
      if_equal += outcome.if_equal;
      is_in_order = is_in_order && outcome.is_in_order;
      return outcome.selected == find_best(c);
    });
    CHECK(is_in_order);
    const double least = c.confidence - shortfall;
    CHECK(share.value() >= least - limit * share.compute_error(least));
    const double n = share.num_experiments;
    table.rows.push_back({c.population.name, std::to_string(c.population.values.size()), tell_indifference(c),
                          format_share(c.confidence), format_share(share.value()),
                          format_share(share.compute_error(c.confidence)), std::to_string(share.num_experiments),
                          fmt::format("{:.0f}", used / n), fmt::format("{:.0f}", if_equal / n)});
  }
  check_record("selection.md", title, text, table);
}

}  // namespace

TEST_CASE("the best of normal strategies is selected as surely as is asked for") {
  std::vector<Case> cases;
  for (const std::size_t k : {std::size_t{2}, std::size_t{5}, std::size_t{10}})
    cases.push_back({make_normal("normal, independent", make_slippage(k, 0.4), make_equals(k, 1.0), 0.0), 0.4,
                     k == 10 ? 1000 : 4000});
  cases.push_back({make_normal("normal, correlation 0.8", make_slippage(5, 0.1), make_equals(5, 1.0), 0.8), 0.1, 2000});
  cases.push_back({make_normal("normal, correlation 0.99", make_slippage(2, 0.03), {1, 1}, 0.99), 0.03, 4000});
  cases.push_back({make_normal("normal, small numbers", make_slippage(5, 0.02), make_equals(5, 0.1), 0.0), 0.02, 1000});
  cases.push_back(
      {make_normal("normal, the best varies most", make_slippage(5, 0.5), {3, 1, 1, 1, 1}, 0.0), 0.5, 2000});
  cases.push_back(
      {make_normal("normal, very unequal variances", make_slippage(5, 0.5), {1, 0.2, 3, 3, 3}, 0.0), 0.5, 2000});
  cases.push_back({make_normal("normal, at 80 %", make_slippage(2, 0.2), {1, 1}, 0.0), 0.2, 2000, 0.8});
  cases.push_back({make_normal("normal, at 99 %", make_slippage(2, 0.3), {1, 1}, 0.5), 0.3, 4000, 0.99});
  cases.push_back({make_normal("normal, the lowest is best", {0, 0.3, 0.3}, {1, 1, 2}, 0.3), 0.3, 2000, 0.95,
                   Direction::lower_is_better});
  cases.push_back(
      {make_normal("normal, evenly spread", {0, -0.6, -0.3, -0.9, 0.3}, make_equals(5, 1.0), 0.3), 0.3, 2000});
  // As a relative indifference is fixed: the baseline contends, or is far behind.
  const auto of_first = [](std::size_t baseline, double share) { return std::optional(FirstLook{baseline, share}); };
  cases.push_back({make_normal("normal, against a baseline", {10.1, 10, 10}, {1, 1, 1}, 0.0),
                   0.1,
                   2000,
                   0.95,
                   {},
                   of_first(1, 0.01)});
  cases.push_back({make_normal("normal, the baseline is best", {2.4, 2, 2}, {1, 1, 1}, 0.0),
                   0.4,
                   4000,
                   0.95,
                   {},
                   of_first(0, 0.4 / 2.4)});
  cases.push_back({make_normal("normal, against a noisy baseline", {1.4, 1, 1}, {1, 1, 1}, 0.0),
                   0.4,
                   4000,
                   0.95,
                   {},
                   of_first(1, 0.4)});
  cases.push_back({make_normal("normal, a baseline far behind", {2.4, 2, 2, 1}, {1, 1, 1, 1}, 0.0),
                   0.4,
                   4000,
                   0.95,
                   {},
                   of_first(3, 0.4)});
  check_cases("Selection among normal strategies",
              "How often the best one is kept when it is ahead by exactly the indifference; looks after 64 groups and "
              "every 16. An indifference in per cent is that of a strategy's value at the first look (its true value "
              "is told).",
              cases, 0.0);
}

TEST_CASE("the best of skewed strategies is selected nearly as surely as is asked for") {
  std::vector<Case> cases;
  for (const double lead : {1.876, 1.173, 0.704})
    cases.push_back({make_skewed("negative binomial, k = 0.2", {2, 2 + lead}, Luck::own), lead, 2000});
  cases.push_back({make_skewed("negative binomial, k = 0.2", {2, 2, 2, 2, 3.5}, Luck::own), 1.5, 1000});
  cases.push_back({make_skewed("negative binomial, k = 0.2, shared luck", {2, 2, 2.1}, Luck::shared), 0.1, 1000});
  cases.push_back({make_skewed("negative binomial, k = 0.2, against a baseline", {24, 20}, Luck::own),
                   4,
                   1000,
                   0.95,
                   {},
                   FirstLook{1, 0.2}});
  cases.push_back({make_skewed("negative binomial, k = 0.2, a baseline far behind", {24, 20, 2}, Luck::own),
                   4,
                   1000,
                   0.95,
                   {},
                   FirstLook{2, 2}});
  cases.push_back({make_one_sided("negative binomial, k = 0.2, over a constant", 2, 1.672), 0.328, 1000});
  cases.push_back({make_one_sided("negative binomial, k = 0.2, under a constant", 2, 2.328), 0.328, 1000});
  cases.push_back({make_rare("rare, 1 % and 2 %", {0.01, 0.02}, Luck::own), 0.01, 1000});
  cases.push_back({make_rare("rare, 1 % and 2 %, shared luck", {0.01, 0.02}, Luck::shared), 0.01, 1000});
  cases.push_back({make_shares("shares of cases", {0.3, 0.3, 0.33}), 0.03, 500});
  check_cases("Selection among skewed strategies", "As above, with worlds that are far from normal.", cases, 0.02);
}

TEST_CASE("strategies that are the same end where chance differences can no longer matter") {
  const Population equals = make_normal("equals", {1, 1, 1}, {1, 1, 1}, 0.0);
  for (int i = 0; i < 20; ++i) CHECK(select(equals, {0.95, 0.3}, seed_of("equals"), i).if_equal < 3 * 1000);
  // The very same in every world, and not varying at all.
  for (const double sd : {1.0, 0.0}) {
    const Population same{"same", {1, 1, 1}, [=](Draws& draws, std::span<Shown> shown) {
                            std::fill(shown.begin(), shown.end(), Shown{1 + sd * draws.normal()});
                          }};
    const Outcome outcome = select(same, {0.95, 0.3}, seed_of("same"), 0);
    CHECK(outcome.selected == 0);
    CHECK(outcome.if_equal == 3 * (64 + 59 * 16));  // the first look from 1 000 on
  }
}

TEST_CASE("a selection tells who was dropped by whom, and how far it may have to go") {
  const Population population = make_normal("told", {0, 5, 1}, {1, 1, 1}, 0.0);
  Experiment experiment(population, seed_of("told"), 0);
  Selection selection(3, {0.95, 0.1});
  CHECK_FALSE(selection.find_most_groups());
  experiment.add_worlds(64);
  selection.look(experiment.evidence());
  REQUIRE(selection.is_decided());
  CHECK(selection.survivors() == std::vector<std::size_t>{1});
  REQUIRE(selection.dropped().size() == 2);
  CHECK(selection.dropped()[0].strategy == 0);
  CHECK(selection.dropped()[0].num_groups == 64);
  CHECK(selection.dropped()[1].strategy == 2);
  CHECK(selection.dropped()[1].by == 1);
}

TEST_CASE("the continuation region is Kim and Nelson's") {
  // Differences 1, 3, 1, 3 ...: S^2 = 64/63. Of two at 95 %, h^2 = 63 (0.1^(-2/63) - 1).
  Evidence evidence({2, 1.0, 1.0, false, false, Direction::higher_is_better, 1, {}});
  for (int i = 0; i < 64; ++i)
    evidence.add_group(std::vector<std::optional<WorldValue>>{{{i % 2 == 0 ? 1 : 3}}, {{0}}});
  const double h2 = 63 * (std::pow(0.1, -2.0 / 63) - 1);
  Selection selection(2, {0.95, 0.01});
  selection.look(evidence);
  CHECK_FALSE(selection.is_decided());
  CHECK(*selection.find_most_groups() == static_cast<std::uint64_t>(std::ceil(h2 * (64.0 / 63) / 1e-4)));
  // It is left when the sum, 128, is beyond delta/2 (h^2 S^2 / delta^2 - 64): for delta just above the root.
  const double a = h2 * 64 / 63;
  const double root = (-256 + std::sqrt(256.0 * 256 + 4 * 64 * a)) / (2 * 64);
  Selection before(2, {0.95, root * 0.999}), after(2, {0.95, root * 1.001});
  before.look(evidence);
  after.look(evidence);
  CHECK_FALSE(before.is_decided());
  CHECK(after.is_decided());
}

TEST_CASE("a selection refuses what it is not made for") {
  for (const SelectionOptions& options : {SelectionOptions{0.95, 0.0}, SelectionOptions{0.5, 1.0},
                                          SelectionOptions{1.0, 1.0}, SelectionOptions{0.95, 1.0, 1}})
    CHECK_THROWS_AS(Selection(2, options), std::logic_error);
  CHECK(Selection(1, {0.95, 1.0}).is_decided());
  const Population population = make_normal("refused", {0, 0}, {1, 1}, 0.0);
  Experiment experiment(population, 1, 0);
  experiment.add_worlds(63);
  Selection selection(2, {0.95, 1.0});
  CHECK_THROWS_AS(selection.look(experiment.evidence()), std::logic_error);
  experiment.set_worlds(std::vector<std::uint64_t>{64, 65});
  CHECK_THROWS_AS(selection.look(experiment.evidence()), std::logic_error);
}
