// SPDX-License-Identifier: Apache-2.0
#include "statistics/allocation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "statistics/laboratory.hpp"
#include "statistics/leader.hpp"
#include "statistics/record.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch::statistics;
using namespace vouch::test;

namespace {

using Counts = std::vector<std::uint64_t>;

std::uint64_t sum_up(const Counts& counts) { return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}); }

std::size_t pick(const Population& population, std::uint64_t seed, int index, const Counts& counts) {
  Experiment experiment(population, seed, index);
  experiment.set_worlds(counts);
  return *find_leader(experiment.evidence());
}

/// 16 worlds of each strategy first, then 8 for each strategy at a time, shared out anew.
std::size_t pick_by_shares(const Population& population, std::uint64_t seed, int index, std::uint64_t total) {
  Experiment experiment(population, seed, index);
  const std::size_t k = population.values.size();
  Counts counts(k, 16);
  for (;;) {
    experiment.set_worlds(counts);
    const std::uint64_t used = sum_up(counts);
    if (used >= total) return *find_leader(experiment.evidence());
    counts = allocate_groups(experiment.evidence(), std::min<std::uint64_t>(total, used + 8 * k));
  }
}

}  // namespace

TEST_CASE("a budget that is shared out picks the best more often than an equal one") {
  struct Case {
    Population population;
    std::uint64_t total;
  };
  const std::vector<double> steps{0, -0.25, -0.5, -0.75, -1};
  const std::vector<double> more_steps{0, -0.15, -0.3, -0.45, -0.6, -0.75, -0.9, -1.05, -1.2, -1.35};
  const std::vector<Case> cases{
      {make_normal("normal, independent", steps, make_equals(5, 1.0), 0.0), 200},
      {make_normal("normal, correlation 0.8", more_steps, make_equals(10, 1.0), 0.8), 200},
      {make_normal("normal, unequal variances", {0.3, 0, -0.5, -0.5, -0.5}, {1, 1, 2, 2, 2}, 0.0), 300},
      {make_normal("normal, all others alike", {0.3, 0, 0, 0, 0}, make_equals(5, 1.0), 0.0), 300},
      {make_skewed("negative binomial, k = 0.2", {6, 4, 3.5, 3, 2}, Luck::own), 400},
      {make_rare("rare, 1 to 8 %", {0.01, 0.02, 0.08, 0.04, 0.03}, Luck::own), 600}};
  const double limit = compute_sidak_limit(static_cast<int>(cases.size()));
  Table table{
      {"data", "strategies", "worlds in all", "correct, shared out", "correct, equal", "standard error", "experiments"},
      {}};
  const int num_experiments = count_experiments(1000);
  for (const auto& [population, total] : cases) {
    INFO(population.name);
    const std::size_t k = population.values.size();
    const std::uint64_t seed = seed_of(population.name);
    const auto& values = population.values;
    const auto best = static_cast<std::size_t>(std::max_element(values.begin(), values.end()) - values.begin());
    const Share equal = measure_share(num_experiments, [&, &p = population, n = total / k](int index) {
      return pick(p, seed, index, Counts(k, n)) == best;
    });
    const Share shared_out = measure_share(num_experiments, [&, &p = population, n = total](int index) {
      return pick_by_shares(p, seed, index, n) == best;
    });
    const double error = shared_out.compute_error(equal.value());
    CHECK(shared_out.value() >= equal.value() - limit * std::sqrt(2.0) * error);
    table.rows.push_back({population.name, std::to_string(k), std::to_string(total), format_share(shared_out.value()),
                          format_share(equal.value()), format_share(error), std::to_string(num_experiments)});
    // What makes the difference: here it is far beyond chance.
    if (population.values == steps) CHECK(shared_out.value() > equal.value() + 0.02);
  }
  check_record(
      "selection.md", "Sharing out a budget",
      "How often the best one leads at the end, if worlds are shared out in rounds of 8 for each strategy, and "
      "if every strategy has as many.",
      table);
}

TEST_CASE("shares go by the square of spread over lead, and the leader has as many as any") {
  // Exact evidence: differences from the first alternate about their means, 1, 2 and 4, by 1, 1 and 4.
  Evidence evidence({4, 1.0, 1.0, false, false, Direction::higher_is_better, 1, {}});
  for (int i = 0; i < 100; ++i) {
    const std::int64_t sign = i % 2 == 0 ? 1 : -1;
    evidence.add_group(std::vector<std::optional<WorldValue>>{{{0}}, {{-1 + sign}}, {{-2 + sign}}, {{-4 + 4 * sign}}});
  }
  const Counts counts = allocate_groups(evidence, 325'000);  // 1 : 1/4 : 1, and 1 for the leader
  CHECK(sum_up(counts) == 325'000);
  for (const std::size_t s : {0, 1, 3}) CHECK(static_cast<double>(counts[s]) == Approx(100'000.0).margin(3));
  CHECK(static_cast<double>(counts[2]) == Approx(25'000.0).margin(3));
}

TEST_CASE("no strategy loses what it has, and the total is kept to") {
  const Population population = make_normal("shares", {0, -0.1, -3}, {1, 1, 1}, 0.0);
  Experiment experiment(population, seed_of("shares"), 0);
  for (const Counts& had : {Counts{20, 20, 20}, Counts{20, 20, 200}, Counts{200, 20, 20}, Counts{2, 50, 3}}) {
    experiment.set_worlds(had);
    for (const std::uint64_t total : {std::uint64_t{10}, sum_up(had), sum_up(had) + 1, std::uint64_t{5000}}) {
      const Counts counts = allocate_groups(experiment.evidence(), total);
      CHECK(sum_up(counts) == std::max(total, sum_up(had)));
      for (std::size_t s = 0; s < had.size(); ++s) CHECK(counts[s] >= had[s]);
    }
  }
}

TEST_CASE("budgets are shared out among strategies that tell nothing, too") {
  const Evidence nothing({3, 1.0, 1.0, false, false, Direction::higher_is_better, 1, {}});
  CHECK(allocate_groups(nothing, 30) == Counts{10, 10, 10});
  CHECK(allocate_groups(nothing, 4) == Counts{2, 2, 2});
  const Population same{"same", {1, 1, 1}, [](Draws& draws, std::span<Shown> shown) {
                          std::fill(shown.begin(), shown.end(), Shown{draws.normal()});
                        }};
  Experiment experiment(same, 1, 0);
  experiment.add_worlds(10);
  CHECK(allocate_groups(experiment.evidence(), 60) == Counts{20, 20, 20});
  const Evidence alone({1, 1.0, 1.0, false, false, Direction::higher_is_better, 1, {}});
  CHECK(allocate_groups(alone, 7) == Counts{7});
}
