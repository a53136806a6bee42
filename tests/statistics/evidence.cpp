// SPDX-License-Identifier: Apache-2.0
#include "statistics/evidence.hpp"

#include <array>
#include <stdexcept>

#include "statistics/series.hpp"
#include "statistics/spread.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;
using vouch::test::make_evidence;

TEST_CASE("every pair holds the sums of its own two strategies") {
  // Worlds in which strategy s shows (s + 1)^world: no two pairs have the same sums.
  constexpr std::size_t num_strategies = 6;
  Evidence evidence({.num_strategies = num_strategies});
  std::array<std::int64_t, num_strategies> shown{1, 1, 1, 1, 1, 1};
  for (int world = 0; world < 5; ++world) {
    std::vector<std::optional<WorldValue>> values;
    for (std::size_t s = 0; s < num_strategies; ++s) {
      values.push_back(WorldValue{shown[s]});
      shown[s] *= static_cast<std::int64_t>(s + 1);
    }
    evidence.add_group(values);
  }
  for (std::size_t second = 0; second < num_strategies; ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      const Moments& pair = evidence.pair(first, second);
      CHECK(evidence.num_groups(first, second) == 5);
      CHECK(pair.mean(0) == evidence.own(first).mean(0));
      CHECK(pair.mean(2) == evidence.own(second).mean(0));
      const PairSpread spread = *compute_pair_spread(evidence, first, second);
      CHECK(*spread.difference.variance ==
            Approx(*spread.first.variance + *spread.second.variance - 2 * *spread.covariance));
      CHECK(*spread.covariance == *compute_pair_spread(evidence, second, first)->covariance);
    }
  }
}

TEST_CASE("pairs count the worlds that both have") {
  Evidence evidence({.num_strategies = 3});
  const auto add = [&](std::optional<std::int64_t> a, std::optional<std::int64_t> b, std::optional<std::int64_t> c) {
    std::vector<std::optional<WorldValue>> values(3);
    if (a) values[0] = WorldValue{*a};
    if (b) values[1] = WorldValue{*b};
    if (c) values[2] = WorldValue{*c};
    evidence.add_group(values);
  };
  add(1, 10, 100);
  add(2, {}, 200);
  add({}, 30, 300);
  add(4, 40, {});
  CHECK(evidence.num_groups(0) == 3);
  CHECK(evidence.num_groups(0, 1) == 2);
  CHECK(evidence.num_groups(2, 0) == 2);
  CHECK(evidence.num_groups(1, 1) == 3);
  CHECK(evidence.pair(0, 1).mean(0) == 2.5);
  CHECK(evidence.pair(0, 1).mean(2) == 25.0);
  CHECK(evidence.pair(1, 2).mean(2) == 200.0);
  CHECK(evidence.num_contests() == 1);
  CHECK(evidence.firsts(2)[0] == 1);
}

TEST_CASE("a group of two worlds is one sample, and whole or not there") {
  EvidenceOptions options;
  options.group_size = 2;
  options.is_ratio = true;
  options.num_strategies = 2;
  Evidence evidence(options);
  const WorldValue a{1, 2, {}}, b{3, 5, {}};
  evidence.add_group(std::vector<std::optional<WorldValue>>{a, b, b, b});
  evidence.add_group(std::vector<std::optional<WorldValue>>{a, a, {}, b});
  CHECK(evidence.num_groups(0) == 2);
  CHECK(evidence.num_groups(1) == 1);
  CHECK(evidence.num_groups(0, 1) == 1);
  CHECK(evidence.own(0).mean(0) == 3.0);  // 4 and 2
  CHECK(evidence.own(0).mean(1) == 5.5);
  CHECK(evidence.single(0).num_samples() == 4);
  CHECK(evidence.single(0).mean(0) == 1.5);
  CHECK(evidence.kept(0)[0].numerator == 4);
  CHECK(evidence.kept(0)[0].denominator == 7);
  CHECK(evidence.num_contests() == 3);  // worlds: both of the first group, the second of the second
}

TEST_CASE("ratios come first by exact cross products") {
  // 1e9 / (3e9 + 1) is less than 1 / 3, by less than a double of the two would show after rounding.
  constexpr std::int64_t large = 1'000'000'000'000'000'000;
  const Evidence evidence =
      make_evidence({{{large, 1}, {large + 1, 3}}, {{large - 1, large / 10}, {large, 3 * large / 10}}});
  CHECK(evidence.firsts(0)[0] == 1);
  CHECK(evidence.firsts(1)[0] == 0);
  CHECK(evidence.firsts(0)[1] == 1);  // the second world is a tie
  CHECK(evidence.firsts(1)[1] == 1);
}

TEST_CASE("only the first groups are kept") {
  Evidence evidence({.num_strategies = 1});
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(Evidence::max_kept) + 5; ++i)
    evidence.add_group(std::vector<std::optional<WorldValue>>{WorldValue{i}});
  CHECK(evidence.kept(0).size() == Evidence::max_kept);
  CHECK(evidence.kept(0)[7].numerator == 7);
  CHECK(evidence.num_groups(0) == Evidence::max_kept + 5);
}

TEST_CASE("evidence needs strategies, whole groups and few controls") {
  CHECK_THROWS_AS(Evidence({.num_strategies = 0}), std::logic_error);
  EvidenceOptions options;
  options.controls.resize(max_controls + 1);
  CHECK_THROWS_AS(Evidence(options), std::logic_error);
  Evidence evidence({.num_strategies = 2});
  CHECK_THROWS_AS(evidence.add_group(std::vector<std::optional<WorldValue>>(3)), std::logic_error);
  CHECK_THROWS_AS(evidence.pair(1, 0), std::logic_error);
}
