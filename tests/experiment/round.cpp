// SPDX-License-Identifier: Apache-2.0
#include "experiment/round.hpp"

#include <set>
#include <stdexcept>
#include <utility>

#include "support/catch.hpp"

using vouch::experiment::Round;
using vouch::experiment::Unit;

namespace {

/// The worlds of a round, in order.
std::vector<std::pair<int, std::uint32_t>> list_worlds(const Round& round) {
  std::vector<std::pair<int, std::uint32_t>> worlds;
  for (std::uint64_t u = 0; u < round.num_units(); ++u) {
    const Unit unit = round.unit(u);
    CHECK(unit.index == u);
    for (std::uint32_t i = 0; i < unit.count; ++i) worlds.emplace_back(unit.lane, unit.first + i);
  }
  return worlds;
}

}  // namespace

TEST_CASE("a round goes block by block, the lanes within") {
  const Round round({0, 0}, {5, 5}, 2);
  CHECK(list_worlds(round) == std::vector<std::pair<int, std::uint32_t>>{
                                  {0, 0}, {0, 1}, {1, 0}, {1, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {0, 4}, {1, 4}});
}

TEST_CASE("a round holds each missing world once, however unlike the lanes are") {
  const std::vector<std::uint32_t> have = {3, 0, 9, 20};
  const std::vector<std::uint32_t> wanted = {17, 0, 10, 41};
  for (const std::uint32_t block : {1U, 4U, 7U, 64U}) {
    const auto listed = list_worlds(Round(have, wanted, block));
    const std::set<std::pair<int, std::uint32_t>> worlds(listed.begin(), listed.end());
    CHECK(listed.size() == 14 + 1 + 21);
    CHECK(worlds.size() == listed.size());
    for (const auto& [lane, replication] : worlds) {
      CHECK(replication >= have[static_cast<std::size_t>(lane)]);
      CHECK(replication < wanted[static_cast<std::size_t>(lane)]);
    }
  }
}

TEST_CASE("a round ends at the largest replication there is") {
  const Round round({4294967290U}, {4294967295U}, 64);
  CHECK(list_worlds(round).size() == 5);
}

TEST_CASE("nothing to do is an empty round, and no lane shrinks") {
  CHECK(Round({3, 4}, {3, 4}, 2).is_empty());
  CHECK(Round({3, 4}, {3, 4}, 2).num_units() == 0);
  CHECK_THROWS_AS(Round({3, 4}, {3, 3}, 2), std::logic_error);
  CHECK_THROWS_AS(Round({3, 4}, {3}, 2), std::logic_error);
}
