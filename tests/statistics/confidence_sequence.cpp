// SPDX-License-Identifier: Apache-2.0
// Whoever watches a run looks after every block: the sequences must not be fooled by that, and intervals that were made
// for one look must be seen to be.
#include "statistics/confidence_sequence.hpp"

#include <fmt/format.h>

#include <cmath>

#include "statistics/estimate.hpp"
#include "statistics/laboratory.hpp"
#include "statistics/leader.hpp"
#include "statistics/record.hpp"
#include "statistics/spread.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch::statistics;
using namespace vouch::test;

namespace {

constexpr double alpha = 0.05;

/// The two ways of looking, at the same worlds.
struct Calls {
  bool by_sequence = false;
  bool by_one_look = false;  ///< Student's interval of the lead over the closest, as if it were the only look
};

bool is_sure_at_one_look(const Evidence& evidence) {
  const std::size_t leader = *find_leader(evidence);
  const double each = 1.0 - alpha / static_cast<double>(evidence.num_strategies() - 1);
  for (std::size_t s = 0; s < evidence.num_strategies(); ++s) {
    if (s == leader) continue;
    const Spread spread = *compute_difference_spread(evidence, leader, s);
    const auto n = static_cast<double>(spread.num_groups);
    if (std::abs(spread.value) <= compute_t_quantile(each, spread.num_groups - 1) * std::sqrt(*spread.variance / n))
      return false;
  }
  return true;
}

/// Whether someone is called the best, though all are equal, at any look: every 32 worlds up to `horizon`.
Calls watch(const Population& population, std::uint64_t seed, int index, std::uint64_t horizon) {
  Experiment experiment(population, seed, index);
  Calls calls;
  while (experiment.num_worlds() < horizon && !(calls.by_sequence && calls.by_one_look)) {
    experiment.add_worlds(first_sequence_look);
    const auto lead = find_anytime_lead(experiment.evidence(), 1.0 - alpha);
    calls.by_sequence = calls.by_sequence || lead->is_sure;
    calls.by_one_look = calls.by_one_look || is_sure_at_one_look(experiment.evidence());
  }
  return calls;
}

}  // namespace

TEST_CASE("among equals, looks after every block call a leader no more often than stated") {
  struct Case {
    Population population;
    int num_experiments;
    std::uint64_t horizon;
  };
  const std::vector<Case> cases{{make_normal("normal, correlation 0.5", {0, 0}, {1, 1}, 0.5), 10'000, 512},
                                {make_skewed("negative binomial, k = 0.2", {2, 2}, Luck::own), 10'000, 512},
                                {make_one_sided("negative binomial, k = 0.2, and a constant", 2, 2), 2'000, 1024},
                                {make_rare("rare, 2 %", {0.02, 0.02}, Luck::own), 2'000, 1024},
                                {make_normal("normal, unequal variances", {0, 0, 0}, {1, 2, 3}, 0.0), 2'000, 512}};
  const double limit = compute_sidak_limit(2 * static_cast<int>(cases.size()));
  Table table{{"data", "strategies", "worlds", "allowed", "false calls of the sequence", "of an interval for one look",
               "standard error", "experiments"},
              {}};
  for (const auto& [population, usual, horizon] : cases) {
    INFO(population.name);
    const int num_experiments = count_experiments(usual);
    Share one_look{0, num_experiments};
    const Share sequence = measure_share(num_experiments, [&, &p = population, h = horizon](int index) {
      const Calls calls = watch(p, seed_of(p.name), index, h);
      one_look.count += calls.by_one_look ? 1 : 0;
      return calls.by_sequence;
    });
    const double error = sequence.compute_error(alpha);
    CHECK(sequence.value() <= alpha + limit * error);
    if (population.values.size() == 2) CHECK(one_look.value() > 2 * alpha + limit * one_look.compute_error(2 * alpha));
    table.rows.push_back({population.name, std::to_string(population.values.size()), std::to_string(horizon),
                          format_share(alpha), format_share(sequence.value()), format_share(one_look.value()),
                          format_share(error), std::to_string(num_experiments)});
  }
  check_record(
      "sequences.md", "Leaders among equals",
      fmt::format("How often someone is surely ahead at any of the looks after every {} worlds, though all are "
                  "equal: by the sequence, and by Student's interval made for one look.",
                  first_sequence_look),
      table);
}

TEST_CASE("a sequence's interval ends where the test martingale reaches 1 / alpha") {
  const std::vector<double> groups{3.1, -0.4, 2.2, 5.0, 1.7, 0.3, 2.9, 4.1, 1.1, 2.6, 3.3, 0.9, 2.0, 1.4, 2.8, 3.6,
                                   1.9, 2.3,  0.6, 2.5, 4.4, 1.2, 3.0, 2.1, 1.6, 0.1, 3.9, 2.7, 1.5, 2.4, 3.2, 1.8};
  Sample sample;
  for (const double group : groups) sample.add(group);
  const auto n = static_cast<double>(groups.size());
  for (const double confidence : {0.5, 0.95}) {
    const double half_width = *compute_sequence_half_width(sample.variance(), groups.size(), confidence);
    for (const double mean : {sample.mean() - half_width, sample.mean() + half_width}) {
      double sum = 0.0, squares = 0.0;
      for (const double group : groups) sum += group - mean, squares += (group - mean) * (group - mean);
      const double c2 = 64.0;
      const double martingale = std::sqrt(c2 / (n + c2)) * std::pow(1.0 - sum * sum / ((n + c2) * squares), -n / 2.0);
      CHECK(martingale == Approx(1.0 / (1.0 - confidence)));
    }
  }
}

TEST_CASE("the test martingale of the sequences is one under normal groups") {
  // Its expectation stays 1: here after 3 groups, by the exact distribution of t with 2 degrees of freedom, integrated
  // over u = t^2 / (t^2 + 2), which is Beta(1/2, 1).
  const double c2 = 64.0, n = 3.0;
  double expectation = 0.0;
  constexpr int num_steps = 100'000;
  for (int i = 0; i < num_steps; ++i) {
    const double root = (i + 0.5) / num_steps;  // u = root^2 with root uniform: P(U <= u) = sqrt(u)
    const double u = root * root;
    // S^2 = n^2 d^2 and V = (n - 1) s^2 + n d^2, so that S^2 / V = n u.
    expectation += std::sqrt(c2 / (n + c2)) * std::pow(1.0 - n * u / (n + c2), -n / 2.0) / num_steps;
  }
  CHECK(expectation == Approx(1.0).epsilon(1e-8));
}

TEST_CASE("sequences shrink with groups, and are wider than intervals for one look, by less than twice") {
  double last = HUGE_VAL;
  for (const std::uint64_t n : {64, 100, 200, 1000, 10'000, 1'000'000}) {
    const double half_width = *compute_sequence_half_width(4.0, n, 0.95);
    const double one_look = compute_t_quantile(0.95, n - 1) * std::sqrt(4.0 / static_cast<double>(n));
    CHECK(half_width < last);
    CHECK(half_width > 1.4 * one_look);
    CHECK(half_width < 2.1 * one_look);
    last = half_width;
  }
  CHECK_FALSE(compute_sequence_half_width(4.0, 1, 0.95));
  CHECK_FALSE(compute_sequence_half_width(4.0, 8, 0.95));
  CHECK(*compute_sequence_half_width(0.0, 100, 0.95) == 0.0);
}

TEST_CASE("a lead is told with its closest rival, over the worlds both have") {
  const Population population = make_normal("leads", {0, 3, 2.5}, {1, 1, 1}, 0.0);
  Experiment experiment(population, seed_of("leads"), 0);
  experiment.add_worlds(31);
  CHECK_FALSE(find_anytime_lead(experiment.evidence(), 0.95));
  experiment.set_worlds(std::vector<std::uint64_t>{100, 2000, 2000});
  const AnytimeLead lead = *find_anytime_lead(experiment.evidence(), 0.95);
  CHECK(lead.leader == 1);
  CHECK(lead.closest == 2);
  CHECK(lead.is_sure);
  const Spread spread = *compute_difference_spread(experiment.evidence(), 1, 2);
  CHECK(lead.lead == spread.value);
  CHECK(*lead.half_width == *compute_sequence_half_width(*spread.variance, 2000, 0.975));  // two rivals
}

TEST_CASE("where lower is better the lowest leads") {
  const Population population = make_normal("lowest", {0, 3}, {1, 1}, 0.0);
  Experiment experiment(population, 1, 0, Direction::lower_is_better);
  experiment.add_worlds(200);
  const AnytimeLead lead = *find_anytime_lead(experiment.evidence(), 0.95);
  CHECK(lead.leader == 0);
  CHECK(lead.lead > 2.0);
  CHECK(lead.is_sure);
}

TEST_CASE("a lead that has not varied yet is not sure, between equals never") {
  const auto watch_constant = [](double first, std::uint64_t num_worlds) {
    const Population population{"constant", {first, 1}, [=](Draws&, std::span<Shown> shown) {
                                  shown[0].numerator = first;
                                  shown[1].numerator = 1;
                                }};
    Experiment experiment(population, 1, 0);
    experiment.add_worlds(num_worlds);
    return find_anytime_lead(experiment.evidence(), 0.95)->is_sure;
  };
  CHECK_FALSE(watch_constant(2.0, 999));
  CHECK(watch_constant(2.0, 1000));
  CHECK_FALSE(watch_constant(1.0, 1000));
}

TEST_CASE("one strategy leads nobody") {
  const Population population = make_normal("alone", {0}, {1}, 0.0);
  Experiment experiment(population, 1, 0);
  experiment.add_worlds(100);
  CHECK_FALSE(find_anytime_lead(experiment.evidence(), 0.95));
}
