// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "statistics/comparison.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;

TEST_CASE("a comparison ranks, and differs from the baseline") {
  const std::vector<Observations> strategies{{{10, 11, 12}, {}}, {{30, 31, 33}, {}}, {{20, 21, 22}, {}}};
  const Comparison comparison = compare_strategies(strategies, {});
  CHECK(comparison.ranking == std::vector<std::size_t>{1, 2, 0});
  CHECK(comparison.contenders == std::vector<std::size_t>{1});
  CHECK_FALSE(comparison.strategies[0].from_baseline);
  CHECK(*comparison.strategies[2].from_baseline->estimate.value == Approx(10));
  CHECK(*comparison.lead->estimate.value == Approx(31.0 + 1.0 / 3 - 21));
  CHECK(*comparison.strategies[1].share_of_firsts == 1.0);
}

TEST_CASE("the least is best where lower is better") {
  const std::vector<Observations> strategies{{{10, 11}, {}}, {{30, 31}, {}}};
  CHECK(compare_strategies(strategies, {0, Direction::lower_is_better, 0.95, 1}).ranking ==
        std::vector<std::size_t>{0, 1});
}

TEST_CASE("strategies that the worlds cannot tell apart are all contenders") {
  const std::vector<Observations> strategies{{{10, 20, 30, 40}, {}}, {{11, 19, 32, 39}, {}}, {{0, 1, 0, 1}, {}}};
  CHECK(compare_strategies(strategies, {}).contenders == std::vector<std::size_t>{1, 0});
}

TEST_CASE("a strategy further down that varies more may still be a contender") {
  const std::vector<Observations> strategies{{{10, 10, 10, 10}, {}}, {{9, 9, 9, 9}, {}}, {{-30, 40, -40, 50}, {}}};
  CHECK(compare_strategies(strategies, {}).contenders == std::vector<std::size_t>{0, 2});
}

TEST_CASE("with one world nothing is claimed") {
  const Comparison comparison = compare_strategies(std::vector<Observations>{{{1}, {}}, {{2}, {}}}, {});
  CHECK(comparison.ranking == std::vector<std::size_t>{1, 0});
  CHECK(comparison.contenders.size() == 2);
  CHECK_FALSE(comparison.strategies[0].chance_of_best);
  CHECK(*comparison.strategies[1].share_of_firsts == 1.0);
}

TEST_CASE("strategies without a value rank last and contend for nothing") {
  const std::vector<Observations> strategies{{{0, 0}, {0, 0}}, {{1, 2}, {4, 5}}};
  const Comparison comparison = compare_strategies(strategies, {});
  CHECK(comparison.ranking == std::vector<std::size_t>{1, 0});
  CHECK(comparison.contenders == std::vector<std::size_t>{1});
  CHECK_FALSE(comparison.lead);
  CHECK(compare_strategies(std::vector<Observations>{{{0}, {0}}}, {}).contenders.empty());
}

TEST_CASE("antithetic pairs count as one world each") {
  const Comparison comparison =
      compare_strategies(std::vector<Observations>{{{1, 3, 5, 7}, {}}}, {0, Direction::higher_is_better, 0.95, 2});
  CHECK(comparison.strategies[0].estimate.num_worlds == 2);
  CHECK(*comparison.strategies[0].estimate.standard_error == Approx(2.0));  // of 2 and 6
}

TEST_CASE("no comparison without its baseline, or of different worlds") {
  CHECK_THROWS_AS(compare_strategies(std::vector<Observations>{{{1}, {}}}, {1, {}, 0.95, 1}), std::logic_error);
  CHECK_THROWS_AS(compare_strategies(std::vector<Observations>{{{1}, {}}, {{1, 2}, {}}}, {}), std::logic_error);
}
