// SPDX-License-Identifier: Apache-2.0
#include "experiment/gathering.hpp"

#include <stdexcept>
#include <vector>

#include "experiment/study.hpp"

using namespace vouch;
using experiment::Gathering;
using statistics::Evidence;

namespace {

/// Three strategies' rows of a metric that counts asks.
struct Rows {
  test::Study study;
  model::ObservationLayout layout{study.model, 0};
  statistics::Metric metric = statistics::make_plain_metric("asks", "1", "");

  std::vector<std::int64_t> make(std::size_t strategy, std::uint32_t first, std::uint32_t count) const {
    std::vector<std::int64_t> rows(count * layout.size());
    for (std::uint32_t i = 0; i < count; ++i)
      rows[i * layout.size() + layout.metric(model::Metric::asks, 0, 0)] = value(strategy, first + i);
    return rows;
  }
  static std::int64_t value(std::size_t strategy, std::uint32_t replication) {
    return static_cast<std::int64_t>((replication * 37 + strategy * 11) % 29);
  }
  void add(Gathering& gathering, std::size_t strategy, std::uint32_t count) const {
    const std::uint32_t first = gathering.num_worlds(strategy);
    gathering.add(strategy, first, make(strategy, first, count));
  }
};

bool are_equal(const Evidence& a, const Evidence& b) {
  for (std::size_t s = 0; s < a.num_strategies(); ++s) {
    if (!(a.own(s) == b.own(s)) || !(a.single(s) == b.single(s))) return false;
    for (std::size_t t = s + 1; t < a.num_strategies(); ++t)
      if (!(a.pair(s, t) == b.pair(s, t))) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("evidence is the same at whatever pace the strategies come") {
  const Rows rows;
  for (const std::size_t group_size : {1U, 2U}) {
    Gathering even(rows.layout, rows.metric, 3, group_size);
    for (int i = 0; i < 20; ++i)
      for (std::size_t s = 0; s < 3; ++s) rows.add(even, s, 3);
    Gathering uneven(rows.layout, rows.metric, 3, group_size);
    rows.add(uneven, 2, 41);
    CHECK(uneven.evidence().num_groups(2) == 0);
    CHECK(uneven.gather_all().num_groups(2) == 41 / group_size);
    rows.add(uneven, 0, 60);
    rows.add(uneven, 1, 59);
    rows.add(uneven, 2, 19);
    rows.add(uneven, 1, 1);
    CHECK(are_equal(even.evidence(), uneven.evidence()));
    CHECK(are_equal(even.evidence(), uneven.gather_all()));
    CHECK(even.evidence().num_groups(0) == 60 / group_size);
  }
}

TEST_CASE("nobody waits for a strategy that is retired") {
  const Rows rows;
  Gathering gathering(rows.layout, rows.metric, 3, 1);
  for (std::size_t s = 0; s < 3; ++s) rows.add(gathering, s, 10);
  gathering.retire(1);
  rows.add(gathering, 0, 5);
  rows.add(gathering, 2, 5);
  CHECK(gathering.evidence().num_groups(0) == 15);
  CHECK(gathering.evidence().num_groups(1) == 10);
  CHECK(gathering.evidence().num_groups(0, 2) == 15);
  CHECK(gathering.evidence().num_groups(0, 1) == 10);
}

TEST_CASE("worlds out of order are refused") {
  const Rows rows;
  Gathering gathering(rows.layout, rows.metric, 3, 1);
  CHECK_THROWS_AS(gathering.add(0, 1, rows.make(0, 1, 1)), std::logic_error);
  rows.add(gathering, 0, 2);
  CHECK_THROWS_AS(gathering.add(0, 1, rows.make(0, 1, 1)), std::logic_error);
}
