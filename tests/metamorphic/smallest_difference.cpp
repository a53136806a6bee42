// SPDX-License-Identifier: Apache-2.0
// The minimally different world with every coupling on: slots are scarce, the desk has a cap, markets are finite. Two
// strategies that differ only in how one population is treated move that population and what is truly coupled to it.
#include "metamorphic/coupled.hpp"

using namespace vouch::test;

namespace {

/// Everything but what names the population: its own cells, and those of its program as a source.
NamedRow leave_out(const NamedRow& row, const std::string& population) {
  NamedRow kept;
  for (const auto& [key, value] : row)
    if (key.find("| " + population + " |") == std::string::npos &&
        key.find("| program " + population + " |") == std::string::npos)
      kept[key] = value;
  return kept;
}

/// In how many worlds anything else moves when the population is treated otherwise.
int count_others_moved(const std::string& text, const std::string& from, const std::string& to,
                       const std::string& population, const std::string& strategy = "turns") {
  const Worlds first = simulate(text, replications);
  const Worlds second = simulate(replace(text, from, to), replications);
  int moved = 0;
  int own = 0;
  for (std::size_t r = 0; r < replications; ++r) {
    moved +=
        leave_out(first.name_cells(strategy, r), population) != leave_out(second.name_cells(strategy, r), population);
    own += first.name_cells(strategy, r) != second.name_cells(strategy, r);
  }
  CHECK(own > 0);
  return moved;
}

/// Calls are taken within a segment only.
std::string keep_calls_at_home() {
  return replace(replace(coupled(), "referral_cycle_factor = 0.8\n",
                         "referral_cycle_factor = 0.8\nmatch = { segment = 1, size_class = 0, seniority = 0 }\n"),
                 "min_match = 0.25\n", "min_match = 1\n");
}

const char* const often = "calendar_days = 30\n";  // of solo's mentions
const char* const more_often = "calendar_days = 17\n";

}  // namespace

// Mentions take no slots, solo's peers are of its own segment with its own market, and its calls stay at home.
TEST_CASE("one account that shares nothing moves alone", "[metamorphic]") {
  const std::string text = keep_calls_at_home();
  CHECK(count_others_moved(text, often, more_often, "solo") == 0);
  CHECK(count_others_moved(text, often, more_often, "solo", "favourites") == 0);
  CHECK(count_others_moved(text, "form = \"mention\"\n", "form = \"mention\"\nnames_per_yes = 1\n", "solo") == 0);
}

TEST_CASE("one account moves those whom it meets", "[metamorphic]") {
  // At the slots: an ask takes one.
  const std::string asks = replace(keep_calls_at_home(), "form = \"mention\"\n", "max_asks = 100\n");
  CHECK(count_others_moved(asks, often, more_often, "solo") > 0);
  // Unless there are slots for everybody.
  const std::string reps = "count = 5\nasks_per_week = 0.4\n";
  CHECK(count_others_moved(replace(asks, reps, ""), often, more_often, "solo") == 0);
  // At the desk: its deals ask anybody for a call.
  const std::string calls = replace(keep_calls_at_home(), "min_match = 1\n", "min_match = 0\n");
  CHECK(count_others_moved(calls, often, more_often, "solo") > 0);
  CHECK(count_others_moved(replace(calls, "[strategies.turns.desk]\n", "[strategies.turns.desk]\nruns = false\n"),
                           often, more_often, "solo") == 0);
  // In a market: it names companies that others would bring.
  const std::string market =
      replace(keep_calls_at_home(), "accounts = 1\n", "accounts = 1\npeer_segments = { near = 1 }\n");
  CHECK(count_others_moved(market, often, more_often, "solo") > 0);
}

// Partners are no members of a market and serve no calls: all they can take is a slot, and all they can bring is deals.
TEST_CASE("asks to partners move others by slots and by the deals they bring", "[metamorphic]") {
  const char* const seldom = "calendar_days = 45\n";
  const char* const weekly = "calendar_days = 7\n";
  const std::string fruitless =
      replace(coupled(), "weights = { introduced = 0.8, match = 0.5 } }",
              "weights = { introduced = 0.8, match = 0.5 }, programs = { partners = -1000 } }");
  const std::string limitless = replace(replace(fruitless, "count = 5\nasks_per_week = 0.4\n", ""),
                                        "count = 3, asks_per_week = 1.5, priority = \"fifo\", ", "");
  CHECK(count_others_moved(limitless, seldom, weekly, "partners") == 0);
  CHECK(count_others_moved(limitless, seldom, weekly, "partners", "favourites") == 0);
  CHECK(count_others_moved(fruitless, seldom, weekly, "partners") > 0);
  // Their deals, all in far: near moves by the desk only.
  std::string fruitful = replace(limitless, ", programs = { partners = -1000 }", "");
  fruitful = replace(fruitful, "peer_segments = { near = 0.5, far = 0.5 }", "peer_segments = { far = 1 }");
  const std::string alone = replace(fruitful, "[strategies.turns.desk]\n", "[strategies.turns.desk]\nruns = false\n");
  const auto count = [&](const std::string& text, const char* segment) {
    return count_different(simulate(text, replications), simulate(replace(text, seldom, weekly), replications), "turns",
                           segment);
  };
  CHECK(count(alone, "far") > 0);
  CHECK(count(alone, "near") == 0);
  CHECK(count(alone, "solo") == 0);
  CHECK(count(fruitful, "near") > 0);
}
