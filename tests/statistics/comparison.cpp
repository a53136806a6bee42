// SPDX-License-Identifier: Apache-2.0
#include <boost/math/distributions/non_central_t.hpp>
#include <cmath>
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

TEST_CASE("strategies that are the same in every world are told from those that only may be") {
  const std::vector<Observations> strategies{{{1, 2, 6}, {}}, {{6, 2, 1}, {}}, {{1, 2, 6}, {}}, {{1, 2, 6}, {}}};
  const Comparison comparison = compare_strategies(strategies, {});
  CHECK(comparison.contenders == std::vector<std::size_t>{0, 1, 2, 3});
  CHECK(comparison.equals == std::vector<std::size_t>{0, 2, 3});
}

TEST_CASE("a strategy further down that varies more may still be a contender") {
  const std::vector<Observations> strategies{{{10, 10, 10, 10}, {}}, {{9, 9, 9, 9}, {}}, {{-30, 40, -40, 50}, {}}};
  CHECK(compare_strategies(strategies, {}).contenders == std::vector<std::size_t>{0, 2});
}

TEST_CASE("the more strategies, the more the best must be ahead by") {
  CHECK(compute_contest_confidence(0.95, 2) == 0.95);
  CHECK(compute_contest_confidence(0.95, 3) == Approx(0.95));
  CHECK(compute_contest_confidence(0.95, 11) == Approx(0.99));
  // t = 6 with 3 degrees of freedom: past 3.18 for two and three strategies, not past 7.45 for twelve (1 - 0.1 / 11).
  const Observations first{{10 - 1, 10 + 1, 10 - 1, 10 + 1}, {}};
  const double behind = 10 - 6 * std::sqrt(4.0 / 3 / 4);
  std::vector<Observations> strategies{first};
  for (std::size_t k = 2; k <= 12; ++k) {
    strategies.push_back({std::vector<double>(4, behind), {}});
    if (k <= 3) CHECK(compare_strategies(strategies, {}).contenders.size() == 1);
  }
  const Comparison comparison = compare_strategies(strategies, {});
  CHECK(comparison.contenders.size() == 12);
  CHECK(comparison.lead_confidence == Approx(1 - 0.1 / 11));
  CHECK_FALSE(comparison.lead->estimate.excludes_zero());
  CHECK(*comparison.strategies[1].from_baseline->estimate.half_width < *comparison.lead->estimate.half_width);
}

TEST_CASE("a strategy without a value does not make the others harder to tell apart") {
  std::vector<Observations> strategies(6, {{0, 0, 0}, {0, 0, 0}});
  strategies[0] = {{1, 2, 3}, {}};
  strategies[1] = {{2, 4, 3}, {}};
  CHECK(compare_strategies(strategies, {}).lead_confidence == 0.95);
}

TEST_CASE("a lead that does not vary while the worlds do makes no winner") {
  CHECK(compare_strategies(std::vector<Observations>{{{1, 5}, {}}, {{2, 6}, {}}}, {}).contenders.size() == 2);
  CHECK(compare_strategies(std::vector<Observations>{{{1, 1}, {}}, {{2, 2}, {}}}, {}).contenders.size() == 1);
}

TEST_CASE("the worlds needed are those that Student's quantiles ask for") {
  Estimate lead{101, 1.0, 1.0, {}};  // a world's standard deviation is sqrt(101) = 10.05 times the difference
  // (1.9623 + 1.2816)^2 x 101 = 1062.8; at 1063 worlds t = 1.9622
  CHECK(*compute_worlds_needed(lead, 0.95, 1'000'000) == 1063);
  CHECK_FALSE(compute_worlds_needed(lead, 0.95, 1062));
  CHECK(*compute_worlds_needed({2, 100.0, 0.001, {}}, 0.95, 1000) == 2);
  CHECK_FALSE(compute_worlds_needed({5, 0.0, 1.0, {}}, 0.95, 1000));
  CHECK_FALSE(compute_worlds_needed({5, 1.0, 0.0, {}}, 0.95, 1000));
  CHECK_FALSE(compute_worlds_needed({1, 1.0, {}, {}}, 0.95, 1000));
}

TEST_CASE("the worlds needed show the difference nine times in ten") {
  for (const double deviation : {1.0, 3.0, 20.0}) {  // of a world's difference, in units of the difference
    const std::size_t n = *compute_worlds_needed({4, 1.0, deviation / 2, {}}, 0.95, 1'000'000);
    const auto worlds = static_cast<double>(n);
    const boost::math::non_central_t student(worlds - 1, std::sqrt(worlds) / deviation);
    const double power = boost::math::cdf(boost::math::complement(student, compute_t_quantile(0.95, n - 1)));
    CHECK(power > 0.89);
    CHECK(power < 0.93);  // the last world is a whole one
  }
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
