// SPDX-License-Identifier: Apache-2.0
#include "statistics/skewness.hpp"

#include <cmath>
#include <vector>

#include "statistics/laboratory.hpp"
#include "statistics/leader.hpp"
#include "statistics/selection.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch::statistics;
using namespace vouch::test;

namespace {

using Group = std::vector<std::optional<WorldValue>>;

Evidence make_evidence(bool is_ratio, const std::vector<Group>& groups, Direction direction = {}) {
  EvidenceOptions options;
  options.num_strategies = groups.front().size();
  options.is_ratio = is_ratio;
  options.direction = direction;
  Evidence evidence(options);
  for (const Group& group : groups) evidence.add_group(group);
  return evidence;
}

}  // namespace

TEST_CASE("skewness is as by hand") {
  // 0 0 0 4: deviations -1 -1 -1 3, squares 12 / 4, cubes 24 / 4.
  const Evidence evidence = make_evidence(false, {{{{0}}, {{1}}}, {{{0}}, {{1}}}, {{{0}}, {{1}}}, {{{4}}, {{1}}}});
  const double by_hand = 6.0 / std::pow(3.0, 1.5);
  CHECK(*compute_skewness(evidence, 0, std::nullopt) == Approx(by_hand));
  CHECK(*compute_skewness(evidence, 0, 1) == Approx(by_hand));
  CHECK(*compute_skewness(evidence, 1, 0) == Approx(-by_hand));
  CHECK_FALSE(compute_skewness(evidence, 1, std::nullopt));
  CHECK(compute_groups_for_skewness(by_hand) == 54);  // 40 x 36 / 27 = 53.3
  CHECK(compute_groups_for_skewness(std::nullopt) == groups_to_be_constant);
}

TEST_CASE("the skewness of a ratio is that of what groups add to its error") {
  // 6 of 12; x - r y = 1.5 -0.5 -0.5 -0.5.
  const Evidence evidence = make_evidence(true, {{{{3, 3}}}, {{{1, 3}}}, {{{1, 3}}}, {{{1, 3}}}});
  CHECK(*compute_skewness(evidence, 0, std::nullopt) == Approx(6.0 / std::pow(3.0, 1.5)));
  CHECK_FALSE(compute_skewness(make_evidence(true, {{{{1, 3}}}, {{{2, 6}}}}), 0, std::nullopt));
  CHECK_FALSE(compute_skewness(make_evidence(true, {{{{0, 0}}}, {{{0, 0}}}}), 0, std::nullopt));
}

TEST_CASE("skewness holds a decision up only where rare worlds may yet turn it") {
  for (const Direction direction : {Direction::higher_is_better, Direction::lower_is_better}) {
    const std::size_t gambler = direction == Direction::higher_is_better ? 0 : 1;  // whose rare worlds are good ones
    const Evidence evidence =
        make_evidence(false, {{{{0}}, {{2}}}, {{{0}}, {{2}}}, {{{0}}, {{2}}}, {{{4}}, {{2}}}}, direction);
    CHECK(compute_groups_to_tell(evidence, gambler, 1 - gambler) == 54);
    CHECK(compute_groups_to_tell(evidence, 1 - gambler, gambler) == 0);
  }
}

TEST_CASE("the leader is the best of those with the most groups, unless one beats it in the worlds that both have") {
  CHECK(*find_leader(make_evidence(false, {{{{1}}, {{5}}, {{5}}}})) == 1);
  CHECK(*find_leader(make_evidence(false, {{{{1}}, {{5}}, {{5}}}}, Direction::lower_is_better)) == 0);
  // 9 in a world that the second never saw does not put it behind.
  CHECK(*find_leader(make_evidence(false, {{{{1}}, {{2}}}, {{{9}}, std::nullopt}})) == 1);
  CHECK(*find_leader(make_evidence(false, {{{{3}}, {{2}}}, {{{-9}}, std::nullopt}})) == 0);
  CHECK_FALSE(find_leader(make_evidence(true, {{{{0, 0}}, {{0, 0}}}})));
}

TEST_CASE("a strategy without a value is dropped only when it has been waited for") {
  const Evidence little = make_evidence(true, std::vector<Group>(999, {{{1, 2}}, {{0, 0}}}));
  const Evidence enough = make_evidence(true, std::vector<Group>(1000, {{{1, 2}}, {{0, 0}}}));
  Selection selection(2, {0.95, 0.1});
  selection.look(little);
  CHECK_FALSE(selection.is_decided());
  selection.look(enough);
  CHECK(selection.survivors() == std::vector<std::size_t>{0});
  Selection hopeless(2, {0.95, 0.1});
  hopeless.look(make_evidence(true, std::vector<Group>(1000, {{{0, 0}}, {{0, 0}}})));
  CHECK_FALSE(hopeless.is_decided());
}
