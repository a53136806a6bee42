// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: whom the desk asks first. References are segments of one account each, so that calls can be told
// apart; nothing fades and nobody refuses, so that given the number of requests every count is exact.
#include <algorithm>
#include <array>
#include <cmath>

#include "support/catch.hpp"
#include "validation/desk.hpp"

using namespace vouch::test;

namespace {

constexpr int num_references = 4;

/// Reference r has keys[r]; a call adds 1 to a fatigue that does not fade.
Setting make_rotation(const std::array<std::string, num_references>& keys, const std::string& desk,
                      double leads_per_month = 300.0) {
  std::string references =
      "[asking]\nsize_classes = ['small', 'large']\n[stocks.fatigue]\nhalf_life_days = inf\n"
      "[touches.reference_call]\nimpulses = { fatigue = 1 }\n";
  for (int r = 0; r < num_references; ++r) references += fmt::format("[segments.r{}]\naccounts = 1\n{}\n", r, keys[r]);
  return make_requests(references, "size_class = { large = 1 }", desk, leads_per_month);
}

std::array<double, num_references> read_calls(const World& world) {
  std::array<double, num_references> calls = {};
  for (int r = 0; r < num_references; ++r) calls[r] = world.metric(Metric::calls_held, r);
  return calls;
}

}  // namespace

// Each in turn: after N calls any two differ by at most one, in every world.
TEST_CASE("rotation: the least recently used serves, in turn", "[validation]") {
  run("rotation, in turn", write_scenario(make_rotation({}, "")), 20, [&](const World& world) {
    const auto calls = read_calls(world);
    const auto [low, high] = std::minmax_element(calls.begin(), calls.end());
    CHECK(*high - *low <= 1.0);
    CHECK(*low > 50.0);
  });
}

// The favourite is the best match, then the best quality: r2 (large as the buyers, quality 1) takes every call, r1
// (large, 0.5) none, though r3 has quality 2. Capped to 20 calls at once (which never cease to count): 20 each to r2,
// r1, r3, r0, and the rest is unserved.
TEST_CASE("rotation: the favourite is burned first", "[validation]") {
  const std::array<std::string, num_references> keys = {
      "size_class = { small = 1 }\nquality = 0", "size_class = { large = 1 }\nquality = 0.5",
      "size_class = { large = 1 }\nquality = 1", "size_class = { small = 1 }\nquality = 2"};
  run("rotation, favourite", write_scenario(make_rotation(keys, "rotation = 'favourite'")), 5, [&](const World& world) {
    const auto calls = read_calls(world);
    CHECK(calls[2] == world.funnel(Funnel::desk_requests, cold));
    CHECK(world.metric(Metric::references_used) == 1.0);
  });
  const std::string desk = "rotation = 'favourite'\ncalls_cap = 20\ncalls_window_days = 1000";
  for (const double leads_per_month : {15.0, 35.0, 70.0, 150.0}) {
    const Setting capped = make_rotation(keys, desk, leads_per_month);
    run(fmt::format("rotation, capped favourite {}", leads_per_month), write_scenario(capped), 5,
        [&](const World& world) {
          const auto calls = read_calls(world);
          double left = world.funnel(Funnel::desk_requests, cold);
          for (const int r : {2, 1, 3, 0}) {
            CHECK(calls[static_cast<std::size_t>(r)] == std::min(left, 20.0));
            left -= std::min(left, 20.0);
          }
          CHECK(world.funnel(Funnel::desk_unserved, cold) == left);
        });
  }
}

// By chance: a quarter each.
TEST_CASE("rotation: at random", "[validation]") {
  RatioSample shares[num_references];
  run("rotation, random", write_scenario(make_rotation({}, "rotation = 'random'")), 600, [&](const World& world) {
    const auto calls = read_calls(world);
    for (int r = 0; r < num_references; ++r) shares[r].add(calls[r], world.funnel(Funnel::desk_requests, cold));
  });
  for (int r = 0; r < num_references; ++r) check(fmt::format("rotation, random share {}", r), shares[r], 0.25);
}

// The least fatigued serves. r0 was asked on day 0 and is tired by 30, r1 by 10: the others are levelled up first. With
// N calls the levels are filled as water would: 0, 0 to 10 with 20 calls, three to 30 with 60 more, then all alike.
TEST_CASE("rotation: the least fatigued serves", "[validation]") {
  for (const double leads_per_month : {8.0, 50.0, 300.0}) {
    Setting setting = make_rotation({}, "rotation = 'least_fatigued'", leads_per_month);
    setting.tables += "[touches.ask]\nimpulses = { fatigue = 10 }\n";
    setting.strategy +=
        "\n[strategies.only.programs.three]\nwhen = 'purchase'\nsegments = 'r0'\nnames_per_yes = 0\n"
        "repeat_days = 0.000001\nmax_asks = 3\n"
        "[strategies.only.programs.one]\nwhen = 'purchase'\nsegments = 'r1'\nnames_per_yes = 0\nmax_asks = 1\n";
    run(fmt::format("rotation, least fatigued {}", leads_per_month), write_scenario(setting), 5,
        [&](const World& world) {
          const auto calls = read_calls(world);
          double levels[num_references] = {30, 10, 0, 0};
          for (double n = world.funnel(Funnel::desk_requests, cold); n > 0.0; n -= 1.0)
            *std::min_element(levels, levels + num_references) += 1.0;
          // Those of equal level differ by at most one call, whose ties are broken by identity.
          double found[num_references] = {30 + calls[0], 10 + calls[1], calls[2], calls[3]};
          std::sort(std::begin(levels), std::end(levels));
          std::sort(std::begin(found), std::end(found));
          for (int r = 0; r < num_references; ++r) CHECK(found[r] == levels[r]);
        });
  }
}
