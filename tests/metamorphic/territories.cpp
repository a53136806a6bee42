// SPDX-License-Identifier: Apache-2.0
// Territories are worlds within a world: what is done in one shows in no other, whatever couples their accounts.
#include <fmt/format.h>

#include <algorithm>

#include "metamorphic/coupled.hpp"
#include "random/words.hpp"

using namespace vouch::test;

namespace {

constexpr int num_segments = 12;
constexpr int num_territories = 3;

/// Segments s0, s1, .. of one account each, whose peers stay in their own segment but who share slots and the desk.
/// `first`: keys of the program for s0.
std::string write_neighbours(const std::string& first) {
  std::string text = fmt::format(R"([experiment]
horizon_days = 500
[deals]
moments = [{{ share = 0.5, credibility_gap = 0.7 }}]
[reps]
territories = {}
count = 3
asks_per_week = 0.5
priority = "most_likely_yes"
[stocks.fatigue]
half_life_days = 60
[touches.ask]
impulses = {{ fatigue = 1 }}
[touches.reference_call]
impulses = {{ fatigue = 1 }}
[outcomes.ask]
intercept = 0.5
weights = {{ fatigue = -0.5, quality = 0.5 }}
[outcomes.win]
intercept = -0.5
weights = {{ reference = 1, credibility_gap = -1 }}
)",
                                 num_territories);
  std::string others;
  for (int i = 0; i < num_segments; ++i) {
    text += fmt::format(
        "[segments.s{}]\naccounts = 1\ncycle_days = 30\nmarket = 25\n"
        "quality = {{ distribution = 'normal', mean = 0, sd = 1 }}\n",
        i);
    if (i > 0) others += fmt::format("{}'s{}'", i > 1 ? ", " : "", i);
  }
  return text + "[strategies.only.desk]\ncalls_cap = 1\n[strategies.only.programs.others]\nwhen = 'calendar'\n" +
         "calendar_days = 15\nsegments = [" + others +
         "]\n[strategies.only.programs.first]\nwhen = 'calendar'\nsegments = 's0'\n" + first;
}

int territory_of(const vouch::model::Segment& segment, std::uint32_t replication) {
  const std::uint64_t word = vouch::random::draw_word(
      {7, replication, 0}, vouch::random::compute_member_lineage(segment.id, 0), vouch::random::Decision::territory, 0);
  return static_cast<int>(vouch::random::to_unit(word) * num_territories);
}

}  // namespace

TEST_CASE("what is done in one territory shows in no other", "[metamorphic]") {
  constexpr std::uint32_t worlds = 30;
  const Worlds few = simulate(write_neighbours("calendar_days = 40\n"), worlds);
  const Worlds many = simulate(write_neighbours("calendar_days = 9\nsecond_ask = 'maybe_or_no'\n"), worlds);
  int neighbours_moved = 0;
  for (std::uint32_t r = 0; r < worlds; ++r) {
    const int first = territory_of(few.compiled.model.segments.front(), r);
    for (int i = 1; i < num_segments; ++i) {
      const vouch::model::Segment& segment = few.compiled.model.segments[static_cast<std::size_t>(i)];
      const bool is_same = few.name_cells("only", r, segment.name) == many.name_cells("only", r, segment.name);
      INFO(segment.name << ", replication " << r);
      if (territory_of(segment, r) == first)
        neighbours_moved += is_same ? 0 : 1;
      else
        CHECK(is_same);
    }
  }
  CHECK(neighbours_moved > 30);
}

// One account in each of s0, s1, ..: where only slots and the desk couple them, taking both away leaves nothing of it.
TEST_CASE("territories without coupling equal one", "[metamorphic]") {
  const std::string limits = "count = 3\nasks_per_week = 0.5\n";
  std::string text = replace(write_neighbours("calendar_days = 20\n"), limits, "");
  text =
      replace(replace(text, "[strategies.only.desk]\n", "[strategies.only.desk]\nruns = false\n"), "market = 25\n", "");
  check_same("without slots, desk and market", text, replace(text, "territories = 3", "territories = 1"));
  const std::string desk = replace(text, "runs = false\n", "");
  CHECK((simulate(desk, replications).rows !=
         simulate(replace(desk, "territories = 3", "territories = 1"), replications).rows));
}
