// SPDX-License-Identifier: Apache-2.0
// What other tests take for the truth is the truth.
#include <array>
#include <cmath>

#include "statistics/laboratory.hpp"
#include "statistics/spread.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch::statistics;
using namespace vouch::test;

TEST_CASE("made-up worlds have the expected values they claim") {
  const Population populations[] = {
      make_normal("normal", {1, 0, -2}, {1, 2, 0.5}, 0.8),   make_skewed("own luck", {2, 1.5}, Luck::own),
      make_skewed("shared luck", {2, 1.5}, Luck::shared),    make_rare("rare", {0.01, 0.02}, Luck::own),
      make_rare("rare, shared", {0.01, 0.02}, Luck::shared), make_shares("shares", {0.1, 0.3})};
  const double limit = compute_sidak_limit(13);
  for (const Population& population : populations) {
    INFO(population.name);
    Experiment experiment(population, seed_of(population.name), 0);
    experiment.add_worlds(20'000);
    for (std::size_t s = 0; s < population.values.size(); ++s) {
      const Spread spread = *compute_spread(experiment.evidence(), s);
      CHECK(std::abs(spread.value - population.values[s]) < limit * std::sqrt(*spread.variance / 20'000));
    }
  }
}

TEST_CASE("made-up worlds vary and depend on each other as they claim") {
  const Population bell = make_normal("normal", {0, 0}, {1, 2}, 0.8);
  Experiment normal(bell, seed_of("spread of worlds"), 0);
  normal.add_worlds(20'000);
  CHECK(*compute_spread(normal.evidence(), 1)->variance == Approx(4.0).epsilon(0.05));
  CHECK(*compute_pair_spread(normal.evidence(), 0, 1)->covariance == Approx(1.6).epsilon(0.05));
  const Population counts = make_skewed("skewed", {2}, Luck::own);
  Experiment skewed(counts, seed_of("spread of worlds"), 0);
  skewed.add_worlds(20'000);
  CHECK(*compute_spread(skewed.evidence(), 0)->variance == Approx(22.0).epsilon(0.15));
}

TEST_CASE("an experiment's worlds are the same however they are added") {
  const Population population = make_skewed("skewed", {2, 1}, Luck::shared);
  Experiment at_once(population, 7, 3);
  at_once.add_worlds(50);
  Experiment again(population, 7, 3);
  again.add_worlds(20, std::array<std::size_t, 1>{1});
  again.set_worlds(std::array<std::uint64_t, 2>{50, 50});
  CHECK(again.evidence().pair(0, 1) == at_once.evidence().pair(0, 1));
}
