// SPDX-License-Identifier: Apache-2.0
#include "experiment/ordered_rows.hpp"

#include "support/catch.hpp"

using namespace vouch::experiment;

namespace {

constexpr std::uint32_t block = 3;

std::int64_t number_of(int lane, std::uint32_t replication) { return lane * 1000 + static_cast<int>(replication); }

/// Rows of two numbers; counts how many are read back.
class CountingSink final : public WorldSink {
 public:
  bool is_done(WorldId) const override { return true; }
  void accept(int, std::uint32_t, std::span<const std::int64_t>) override {}
  void read(WorldId world, std::span<std::int64_t> row) const override {
    row[0] = number_of(world.strategy, world.replication);
    row[1] = -row[0];
    ++num_read;
  }
  mutable int num_read = 0;
};

class Recorder final : public Director {
 public:
  std::vector<std::uint32_t> plan_round() override { return {}; }
  void observe(int lane, std::uint32_t first, std::span<const std::int64_t> rows) override {
    for (std::size_t i = 0; i < rows.size() / 2; ++i) {
      CHECK(rows[2 * i] == number_of(lane, first + static_cast<std::uint32_t>(i)));
      CHECK(rows[2 * i + 1] == -rows[2 * i]);
      seen.push_back(rows[2 * i]);
    }
  }
  std::vector<std::int64_t> seen;
};

/// The numbers that are shown when units are finished in this order, and how many rows were read back.
std::pair<std::vector<std::int64_t>, int> show(const Round& round, const std::vector<std::uint64_t>& order,
                                               std::size_t most_kept) {
  CountingSink sink;
  Recorder recorder;
  OrderedRows ordered(sink, recorder, 2, most_kept);
  ordered.start(round);
  std::vector<std::int64_t> rows(std::size_t{block} * 2);
  for (const std::uint64_t index : order) {
    const Unit unit = round.unit(index);
    for (std::uint32_t i = 0; i < unit.count; ++i) {
      rows[2 * i] = number_of(unit.lane, unit.first + i);
      rows[2 * i + 1] = -rows[2 * i];
    }
    ordered.finish(unit, rows);
    CHECK(rows.size() == std::size_t{block} * 2);
  }
  return {recorder.seen, sink.num_read};
}

}  // namespace

TEST_CASE("worlds are shown in order, whatever order they are finished in, and however few can be kept") {
  const Round round({0, 0}, {8, 8}, block);
  REQUIRE(round.num_units() == 6);
  const auto [expected, none] = show(round, {0, 1, 2, 3, 4, 5}, 0);
  CHECK(expected.size() == 16);
  CHECK(none == 0);
  CHECK(show(round, {5, 3, 1, 0, 4, 2}, 6) == std::pair(expected, 0));
  CHECK(show(round, {5, 4, 3, 2, 1, 0}, 6) == std::pair(expected, 0));
  // Units 4 and 5 are two rows long, the others three. What is not kept is read back.
  CHECK(show(round, {5, 4, 3, 2, 1, 0}, 2) == std::pair(expected, 9));
  CHECK(show(round, {5, 4, 3, 2, 1, 0}, 0) == std::pair(expected, 13));
}
