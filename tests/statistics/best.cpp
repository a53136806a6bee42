// SPDX-License-Identifier: Apache-2.0
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

#include "statistics/best.hpp"
#include "statistics/estimate.hpp"
#include "statistics/laboratory.hpp"
#include "statistics/leader.hpp"
#include "statistics/series.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch::statistics;
using vouch::test::make_evidence;
using vouch::test::Series;

namespace {

/// Five standard errors of a share over 20 000 draws.
constexpr double share_error = 5 * 0.5 / 141.4;

EvidenceOptions lower_is_better() {
  EvidenceOptions options;
  options.direction = Direction::lower_is_better;
  return options;
}

std::vector<double> list_chances(const Evidence& evidence) {
  std::vector<double> chances;
  for (const Prospect& prospect : estimate_prospects(evidence)) chances.push_back(prospect.chance_of_best);
  return chances;
}

}  // namespace

TEST_CASE("firsts are counted by world, ties shared") {
  const std::vector<Series> strategies{{{1, 5, 3, 2}}, {{2, 5, 1, 2}}, {{0, 5, 1, 1}}};
  const auto best = compute_shares_of_firsts(make_evidence(strategies));
  CHECK(best[0] == Approx((0 + 1.0 / 3 + 1 + 0.5) / 4));
  CHECK(best[1] == Approx((1 + 1.0 / 3 + 0 + 0.5) / 4));
  CHECK(best[2] == Approx((1.0 / 3) / 4));
  const auto least = compute_shares_of_firsts(make_evidence(strategies, lower_is_better()));
  CHECK(least[2] == Approx((1 + 1.0 / 3 + 0.5 + 1) / 4));
}

TEST_CASE("a ratio without a denominator does not come first") {
  const std::vector<Series> strategies{{{1, 0, 0}, {2, 0, 0}}, {{0, 1, 0}, {3, 5, 0}}};
  const auto shares = compute_shares_of_firsts(make_evidence(strategies));
  CHECK(shares == std::vector<double>{0.5, 0.5});  // the third world is not counted
  CHECK(compute_shares_of_firsts(make_evidence({{{1}, {0}}})).empty());
}

TEST_CASE("a world that some strategy lacks is no contest") {
  const auto shares = compute_shares_of_firsts(make_evidence({{{1, 5, 9, 9}}, {{2, 1}}}));
  CHECK(shares == std::vector<double>{0.5, 0.5});
}

TEST_CASE("between two strategies the chance is Student's") {
  const std::vector<std::int64_t> base{30, 90, 40, 70, 10, 60};
  const std::vector<std::int64_t> differences{5, -10, 20, 15, 3, -2};
  std::vector<std::int64_t> better = base;
  for (std::size_t i = 0; i < base.size(); ++i) better[i] += differences[i];
  const Evidence evidence = make_evidence({{better}, {base}});
  const Estimate difference = estimate_difference(evidence, 0, 1, 0.95).estimate;
  const double t = *difference.value / *difference.standard_error;
  const boost::math::students_t student(5);
  const double expected = boost::math::cdf(student, t);
  const auto prospects = estimate_prospects(evidence);
  CHECK(std::abs(prospects[0].chance_of_best - expected) < share_error);
  CHECK(prospects[0].chance_of_best + prospects[1].chance_of_best == Approx(1.0));
  CHECK(std::abs(list_chances(make_evidence({{better}, {base}}, lower_is_better()))[1] - expected) < share_error);
  // E max(0, -D) of a Student D with 5 degrees of freedom: s ((5 + t^2) / 4 pdf(t) - t P(T > t)).
  const double loss = *difference.standard_error * ((5 + t * t) / 4 * boost::math::pdf(student, t) -
                                                    t * boost::math::cdf(boost::math::complement(student, t)));
  CHECK(prospects[0].expected_loss == Approx(loss).epsilon(0.06));
  CHECK(prospects[1].expected_loss - prospects[0].expected_loss == Approx(*difference.value).epsilon(0.03));
}

TEST_CASE("strategies with the same evidence have the same chance") {
  // Independent, equal means and variances: three rows of an orthogonal design.
  const auto prospects = estimate_prospects(make_evidence({{{1, 1, -1, -1}}, {{1, -1, 1, -1}}, {{1, -1, -1, 1}}}));
  for (const Prospect& prospect : prospects) {
    CHECK(std::abs(prospect.chance_of_best - 1.0 / 3) < share_error);
    CHECK(prospect.expected_loss == Approx(prospects[0].expected_loss).epsilon(0.05));
  }
}

TEST_CASE("equal strategies share their chance exactly, and lose the same") {
  const auto prospects = estimate_prospects(make_evidence({{{1, 5, 3}}, {{1, 5, 3}}, {{-90, -95, -92}}, {{1, 5, 3}}}));
  for (const std::size_t s : {std::size_t{1}, std::size_t{3}}) {
    CHECK(prospects[0].chance_of_best == prospects[s].chance_of_best);
    CHECK(prospects[0].expected_loss == Approx(prospects[s].expected_loss));
  }
  double sum = 0.0;
  for (const Prospect& prospect : prospects) sum += prospect.chance_of_best;
  CHECK(sum == Approx(1.0));
  CHECK(prospects[2].expected_loss > 90.0);
}

TEST_CASE("constants have certain answers") {
  const auto tied = estimate_prospects(make_evidence({{{2, 2}}, {{2, 2}}}));
  CHECK(tied[0].chance_of_best == Approx(0.5));
  CHECK(tied[0].expected_loss == 0.0);
  const auto sure = estimate_prospects(make_evidence({{{20, 20}}, {{1, 1}}}));
  CHECK(sure[0].chance_of_best == Approx(1.0));
  CHECK(sure[1].chance_of_best == 0.0);
  CHECK(sure[1].expected_loss == Approx(19.0));
}

TEST_CASE("luck that all share decides nothing") {
  // Means of 1e9 that vary by 1e8 in common, and apart from that as three independent rows do.
  std::vector<Series> strategies{{{1, 1, -1, -1}}, {{1, -1, 1, -1}}, {{1, -1, -1, 1}}};
  for (Series& series : strategies)
    for (std::size_t i = 0; i < 4; ++i) series.numerators[i] += 1'000'000'000 + 100'000'000 * static_cast<int>(i);
  const auto alone = list_chances(make_evidence({{{1, 1, -1, -1}}, {{1, -1, 1, -1}}, {{1, -1, -1, 1}}}));
  const auto chances = list_chances(make_evidence(strategies));
  for (std::size_t s = 0; s < 3; ++s) CHECK(chances[s] == Approx(alone[s]));
}

TEST_CASE("strategies with fewer worlds are compared over those that they share with the leader") {
  // The second was dropped after four worlds, in which it was behind by 10 +- 1; the leader's later worlds are worse.
  const Evidence evidence =
      make_evidence({{{30, 32, 31, 33, 2, 3, 1, 4}}, {{20, 21, 22, 23}}, {{29, 33, 30, 34, 1, 4, 2, 3}}});
  const auto prospects = estimate_prospects(evidence);
  CHECK(prospects[1].chance_of_best < 0.01);
  CHECK(prospects[1].expected_loss == Approx(10.0).epsilon(0.1));
  CHECK(std::abs(prospects[0].chance_of_best - 0.5) < 0.1);
}

TEST_CASE("leads over different numbers of worlds share as much luck as they share worlds") {
  // Three independent equals: the first's leads over 400 and over 100 worlds have a correlation of 1/2 x sqrt(100 /
  // 400), and both are positive with a probability of 1/4 + asin(correlation) / (2 pi).
  constexpr double both = 0.25 + 0.25268025514207865 / 6.283185307179586;
  const std::vector<std::uint64_t> counts{400, 400, 100};
  const vouch::test::Population population = vouch::test::make_normal("shared luck", {0, 0, 0}, {1, 1, 1}, 0.0);
  const auto ahead = vouch::test::measure_share(vouch::test::count_experiments(4000), [&](int index) {
    vouch::test::Experiment experiment(population, vouch::test::seed_of("shared luck"), index);
    experiment.set_worlds(counts);
    const Evidence& evidence = experiment.evidence();
    return *compute_advantage(evidence, 0, 1) > 0 && *compute_advantage(evidence, 0, 2) > 0;
  });
  CHECK(std::abs(ahead.value() - both) < vouch::test::compute_sidak_limit(1) * ahead.compute_error(both));
  // And so the chance where all look the same: rows of an orthogonal design.
  std::vector<Series> strategies(3);
  for (std::size_t i = 0; i < 400; ++i) {
    const std::int64_t first = i % 4 < 2 ? 1 : -1;
    const std::int64_t second = i % 2 == 0 ? 1 : -1;
    strategies[0].numerators.push_back(first);
    strategies[1].numerators.push_back(second);
    if (i < 100) strategies[2].numerators.push_back(first * second);
  }
  CHECK(std::abs(list_chances(make_evidence(strategies))[0] - both) < share_error);
}

TEST_CASE("a shift that every world shows has no chance, as it has no interval") {
  CHECK(estimate_prospects(make_evidence({{{1, 500, -300}}, {{2, 501, -299}}})).empty());
}

TEST_CASE("chances need two worlds and a value") {
  CHECK(estimate_prospects(make_evidence({{{1}}, {{2}}})).empty());
  CHECK(estimate_prospects(make_evidence({{{1, 1}, {0, 0}}})).empty());
  CHECK(list_chances(make_evidence({{{1, 1}, {0, 0}}, {{1, 2}, {3, 4}}})) == std::vector<double>{0.0, 1.0});
}

TEST_CASE("chances are the same every time") {
  const std::vector<Series> strategies{{{1, 5, 3}}, {{2, 3, 4}}};
  CHECK(list_chances(make_evidence(strategies)) == list_chances(make_evidence(strategies)));
}
