// SPDX-License-Identifier: Apache-2.0
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

#include "statistics/best.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;

namespace {
constexpr auto higher = Direction::higher_is_better;
constexpr auto lower = Direction::lower_is_better;
/// Five standard errors of a share over 20 000 draws.
constexpr double share_error = 5 * 0.5 / 141.4;
}  // namespace

TEST_CASE("firsts are counted by world, ties shared") {
  const std::vector<Observations> strategies{{{1, 5, 3, 2}, {}}, {{2, 5, 1, 2}, {}}, {{0, 5, 1, 1}, {}}};
  const auto best = compute_shares_of_firsts(strategies, higher);
  CHECK(best[0] == Approx((0 + 1.0 / 3 + 1 + 0.5) / 4));
  CHECK(best[1] == Approx((1 + 1.0 / 3 + 0 + 0.5) / 4));
  CHECK(best[2] == Approx((1.0 / 3) / 4));
  const auto least = compute_shares_of_firsts(strategies, lower);
  CHECK(least[2] == Approx((1 + 1.0 / 3 + 0.5 + 1) / 4));
}

TEST_CASE("a ratio without a denominator does not come first") {
  const std::vector<Observations> strategies{{{1, 0, 0}, {2, 0, 0}}, {{0, 1, 0}, {3, 5, 0}}};
  const auto shares = compute_shares_of_firsts(strategies, higher);
  CHECK(shares == std::vector<double>{0.5, 0.5});  // the third world is not counted
  CHECK(compute_shares_of_firsts(std::vector<Observations>{{{1}, {0}}}, higher).empty());
}

TEST_CASE("between two strategies the chance is Student's") {
  const std::vector<double> base{3, 9, 4, 7, 1, 6};
  const std::vector<double> differences{0.5, -1.0, 2.0, 1.5, 0.3, -0.2};
  std::vector<double> better = base;
  for (std::size_t i = 0; i < base.size(); ++i) better[i] += differences[i];
  const Difference difference = estimate_difference({better, {}}, {base, {}}, 0.95);
  const double t = *difference.estimate.value / *difference.estimate.standard_error;
  const double expected = boost::math::cdf(boost::math::students_t(5), t);
  const std::vector<Observations> strategies{{better, {}}, {base, {}}};
  const auto chances = estimate_chances_of_best(strategies, higher);
  CHECK(std::abs(chances[0] - expected) < share_error);
  CHECK(chances[0] + chances[1] == Approx(1.0));
  CHECK(std::abs(estimate_chances_of_best(strategies, lower)[1] - expected) < share_error);
}

TEST_CASE("strategies with the same evidence have the same chance") {
  // Independent, equal means and variances: three rows of an orthogonal design.
  const std::vector<Observations> strategies{{{1, 1, -1, -1}, {}}, {{1, -1, 1, -1}, {}}, {{1, -1, -1, 1}, {}}};
  for (const double chance : estimate_chances_of_best(strategies, higher))
    CHECK(std::abs(chance - 1.0 / 3) < share_error);
}

TEST_CASE("equal strategies share their chance exactly") {
  const std::vector<Observations> strategies{{{1, 5, 3}, {}}, {{1, 5, 3}, {}}, {{-90, -95, -92}, {}}, {{1, 5, 3}, {}}};
  const auto chances = estimate_chances_of_best(strategies, higher);
  CHECK(chances[0] == chances[1]);
  CHECK(chances[0] == chances[3]);
  CHECK(std::accumulate(chances.begin(), chances.end(), 0.0) == Approx(1.0));
}

TEST_CASE("constants have certain answers") {
  const auto tied = estimate_chances_of_best(std::vector<Observations>{{{2, 2}, {}}, {{2, 2}, {}}}, higher);
  CHECK(tied[0] == Approx(0.5));
  const auto sure = estimate_chances_of_best(std::vector<Observations>{{{2, 2}, {}}, {{0.1, 0.1}, {}}}, higher);
  CHECK(sure[0] == Approx(1.0));
  CHECK(sure[1] == 0.0);
}

TEST_CASE("a shift that every world shows has no chance, as it has no interval") {
  CHECK(
      estimate_chances_of_best(std::vector<Observations>{{{1, 500, -300}, {}}, {{2, 501, -299}, {}}}, higher).empty());
}

TEST_CASE("chances need two worlds and a value") {
  CHECK(estimate_chances_of_best(std::vector<Observations>{{{1}, {}}, {{2}, {}}}, higher).empty());
  CHECK(estimate_chances_of_best(std::vector<Observations>{{{1, 1}, {0, 0}}}, higher).empty());
  const auto chances = estimate_chances_of_best(std::vector<Observations>{{{1, 1}, {0, 0}}, {{1, 2}, {3, 4}}}, higher);
  CHECK(chances == std::vector<double>{0.0, 1.0});
}

TEST_CASE("chances are the same every time") {
  const std::vector<Observations> strategies{{{1, 5, 3}, {}}, {{2, 3, 4}, {}}};
  CHECK(estimate_chances_of_best(strategies, higher) == estimate_chances_of_best(strategies, higher));
}
