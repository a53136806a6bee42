// SPDX-License-Identifier: Apache-2.0
// The numbers were computed by R's lm: the regression on controls minus their expectations has the controlled estimate
// as its intercept, with its standard error.
#include <cmath>

#include "statistics/estimate.hpp"
#include "statistics/series.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;
using vouch::test::make_evidence;
using vouch::test::Series;

namespace {

const std::vector<std::int64_t> x{10, 14, 9, 20, 16, 11, 18, 13, 12, 15};
const std::vector<std::int64_t> y{8, 13, 9, 15, 13, 11, 15, 10, 13, 12};
const std::vector<std::int64_t> c1{3, 5, 2, 8, 7, 3, 7, 4, 5, 6};
const std::vector<std::int64_t> c2{1, 0, 2, 1, 3, 0, 1, 2, 0, 1};
const std::vector<std::int64_t> d1{2, 5, 3, 6, 6, 3, 5, 4, 6, 4};

EvidenceOptions with_controls(std::vector<Control> controls) {
  EvidenceOptions options;
  options.controls = std::move(controls);
  return options;
}

}  // namespace

TEST_CASE("a controlled estimate is the regression's intercept") {
  const Evidence evidence =
      make_evidence({{x, {}, {c1, c2}}}, with_controls({{"first", 1.0, 4.5}, {"second", 1.0, 1.2}}));
  const auto controlled = estimate_controlled_value(evidence, 0, 0.95);
  CHECK(*controlled->estimate.value == Approx(12.9500316055625806));
  CHECK(*controlled->estimate.standard_error == Approx(0.357764313723036));
  CHECK(*controlled->estimate.half_width == Approx(0.845978172583941));  // 7 degrees of freedom
  CHECK(controlled->gain == Approx(9.68785541004749));
  CHECK(controlled->estimate.caution == Caution::few_worlds);
}

TEST_CASE("units of controls change nothing") {
  std::vector<std::int64_t> tenths = c1;
  for (auto& c : tenths) c *= 10;
  const Evidence evidence =
      make_evidence({{x, {}, {tenths, c2}}}, with_controls({{"first", 0.1, 4.5}, {"second", 7.0, 8.4}}));
  CHECK(*estimate_controlled_value(evidence, 0, 0.95)->estimate.value == Approx(12.9500316055625806));
}

TEST_CASE("a controlled difference uses the controls of both") {
  const EvidenceOptions options = with_controls({{"first", 1.0, 4.5}});
  const Evidence evidence = make_evidence({{x, {}, {c1}}, {y, {}, {d1}}}, options);
  const auto controlled = estimate_controlled_difference(evidence, 0, 1, 0.95);
  CHECK(*controlled->estimate.value == Approx(1.13369467028004));
  CHECK(*controlled->estimate.standard_error == Approx(0.393063679952023));
  const auto turned = estimate_controlled_difference(evidence, 1, 0, 0.95);
  CHECK(*turned->estimate.value == Approx(-1.13369467028004));
  CHECK(*turned->estimate.standard_error == Approx(0.393063679952023));
}

TEST_CASE("a control that both strategies share counts once") {
  const EvidenceOptions options = with_controls({{"first", 1.0, 4.5}});
  std::vector<std::int64_t> differences;
  for (std::size_t i = 0; i < x.size(); ++i) differences.push_back(x[i] - y[i]);
  const auto shared =
      estimate_controlled_difference(make_evidence({{x, {}, {c1}}, {y, {}, {c1}}}, options), 0, 1, 0.95);
  const auto single = estimate_controlled_value(make_evidence({{differences, {}, {c1}}}, options), 0, 0.95);
  CHECK(*shared->estimate.value == Approx(*single->estimate.value));
  CHECK(*shared->estimate.half_width == Approx(*single->estimate.half_width));
}

TEST_CASE("a controlled ratio regresses what a group adds to its error") {
  const std::vector<std::int64_t> denominators{5, 6, 4, 9, 8, 5, 8, 6, 7, 7};
  const Evidence evidence = make_evidence({{x, denominators, {c1}}}, with_controls({{"first", 1.0, 4.5}}));
  const auto controlled = estimate_controlled_value(evidence, 0, 0.95);
  CHECK(*controlled->estimate.value == Approx(2.11975673898750827));
  CHECK(*controlled->estimate.standard_error == Approx(0.0650687405300944));
}

TEST_CASE("controls that tell nothing or everything give no estimate") {
  const EvidenceOptions options = with_controls({{"first", 1.0, 4.5}});
  CHECK_FALSE(estimate_controlled_value(make_evidence({{x}}), 0, 0.95));
  CHECK_FALSE(
      estimate_controlled_value(make_evidence({{x, {}, {std::vector<std::int64_t>(10, 3)}}}, options), 0, 0.95));
  CHECK_FALSE(estimate_controlled_value(make_evidence({{x, {}, {x}}}, options), 0, 0.95));
  CHECK_FALSE(estimate_controlled_value(make_evidence({{{1, 4}, {}, {{1, 2}}}}, options), 0, 0.95));
  CHECK(estimate_controlled_value(make_evidence({{{1, 4, 6}, {}, {{1, 2, 5}}}}, options), 0, 0.95));
  CHECK_FALSE(estimate_controlled_difference(make_evidence({{x, {}, {c1}}, {x, {}, {c1}}}, options), 0, 1, 0.95));
}

TEST_CASE("antithetic pairs are judged by what as many independent worlds would give") {
  EvidenceOptions pairs;
  pairs.group_size = 2;
  // Worlds 1 7 2 7 3 4: variance 6.4; pairs' means 4, 4.5 and 3.5: variance 0.25.
  CHECK(*compute_antithetic_gain(make_evidence({{{1, 7, 2, 7, 3, 4}}}, pairs), 0) == Approx(6.4 / 2 / 0.25));
  // Pairs that are alike harm: worlds 1 1 5 5: variance 16 / 3; pairs 1 and 5: variance 8.
  CHECK(*compute_antithetic_gain(make_evidence({{{1, 1, 5, 5}}}, pairs), 0) == Approx(1.0 / 3));
  CHECK_FALSE(compute_antithetic_gain(make_evidence({{{1, 5, 5, 1}}}, pairs), 0));
  CHECK_FALSE(compute_antithetic_gain(make_evidence({{{2, 2, 2, 2}}}, pairs), 0));
  CHECK_FALSE(compute_antithetic_gain(make_evidence({{{1, 2, 3, 4}}}), 0));
  // Of ratios, by what worlds add to the error: x - r y = 2 -2 -1 1 with r = 1 and mean 4: 10/3 and, of sums, 0.
  CHECK_FALSE(compute_antithetic_gain(make_evidence({{{5, 3, 2, 6}, {3, 5, 3, 5}}}, pairs), 0));
  // x - r y = 2 -1 -2 1: variance 10/3, of pairs' sums (1, -1) 2: 10/3 x 2 / 2.
  CHECK(*compute_antithetic_gain(make_evidence({{{5, 4, 1, 6}, {3, 5, 3, 5}}}, pairs), 0) == Approx(10.0 / 3));
}
