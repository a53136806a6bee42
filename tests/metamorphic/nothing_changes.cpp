// SPDX-License-Identifier: Apache-2.0
// Changes to a file that say nothing change no number: the order of tables, names, what nobody uses or reads.
#include <vector>

#include "metamorphic/coupled.hpp"

using namespace vouch::test;

namespace {

/// Cuts the table [name] with its subtables.
std::string cut_tables(std::string& text, const std::string& name) {
  const std::size_t begin = text.find("[" + name + "]");
  std::size_t end = text.find("\n[", begin);
  while (end != std::string::npos && text.compare(end + 2, name.size() + 1, name + ".") == 0)
    end = text.find("\n[", end + 1);
  end = end == std::string::npos ? text.size() : end + 1;
  const std::string tables = text.substr(begin, end - begin);
  text.erase(begin, end - begin);
  return tables + "\n";
}

/// The named tables in front of all others, in this order.
std::string move_first(std::string text, const std::vector<std::string>& names) {
  std::string moved;
  for (const std::string& name : names) moved += cut_tables(text, name);
  return text.insert(text.find("[experiment]"), moved);
}

}  // namespace

TEST_CASE("worlds of the coupled scenario are coupled, and differ", "[metamorphic]") {
  const Worlds worlds = simulate(coupled(), replications);
  for (const char* strategy : {"turns", "favourites"}) {
    std::map<std::string, std::int64_t> totals;
    for (std::size_t r = 0; r < replications; ++r)
      for (const auto& [key, value] : worlds.name_cells(strategy, r)) totals[key.substr(0, key.find(" |"))] += value;
    for (const char* metric :
         {"queued", "skipped_nerve", "unpressed", "desk_asks", "desk_refusals", "calls_held", "renewal_requests",
          "duplicates", "access_resolved", "mentions", "partner_wins", "referral_wins", "expansions", "opt_outs"}) {
      INFO(strategy << ", " << metric);
      CHECK(totals[metric] > 0);
    }
  }
  CHECK(worlds.of("turns")[0] != worlds.of("turns")[1]);
  CHECK(worlds.of("turns")[0] != worlds.of("favourites")[0]);
}

TEST_CASE("coupled worlds do not depend on how they are grouped", "[metamorphic]") {
  const auto expected = simulate(coupled(), replications, 7, 1).rows;
  for (const std::size_t batch : {2U, 3U, 8U}) CHECK((simulate(coupled(), replications, 7, batch).rows == expected));
}

TEST_CASE("permuting strategies, segments and populations changes nothing", "[metamorphic]") {
  const Worlds as_written = simulate(coupled(), replications);
  const std::string second_population =
      replace(coupled(), "[stocks]",
              "[populations.outsiders]\naccounts = 3\npeer_segments = { far = 0.8, near = 0.2 }\n\n[stocks]");
  for (const std::vector<std::string>& order :
       {std::vector<std::string>{"strategies.favourites", "strategies.never"},
        {"segments.solo", "segments.far"},
        {"populations.partners", "segments.far", "strategies.favourites", "segments.near"}}) {
    const Worlds permuted = simulate(move_first(coupled(), order), replications);
    check_same_cells("permuted, first " + order.front(), as_written, permuted);
  }
  const std::string asked = replace(second_population, "population = \"partners\"", "population = \"outsiders\"");
  for (const std::string& text : {second_population, asked})
    check_same_cells("permuted populations", simulate(text, replications),
                     simulate(move_first(text, {"populations.outsiders", "populations.partners"}), replications));
}

TEST_CASE("renaming segments and populations with their ids kept changes nothing but names", "[metamorphic]") {
  const Worlds before = simulate(coupled(), replications);
  std::string text = coupled();
  for (const std::string name : {"far", "partners"}) {
    std::uint64_t id = 0;
    for (const vouch::model::Segment& segment : before.compiled.model.segments)
      if (segment.name == name) id = segment.id;
    const std::string table = name == "far" ? "segments." : "populations.";
    text = replace(text, "[" + table + name + "]", "[" + table + "renamed_" + name + "]\nid = " + std::to_string(id));
  }
  text = replace(text, "far = ", "renamed_far = ");
  text = replace(text, "\"far\"", "\"renamed_far\"");
  text = replace(text, "population = \"partners\"", "population = \"renamed_partners\"");
  const Worlds after = simulate(text, replications);
  CHECK((before.rows == after.rows));
  CHECK(after.compiled.model.segments[1].name == "renamed_far");
  // A label is for people.
  check_same("labels", coupled(), replace(coupled(), "[segments.far]", "[segments.far]\nlabel = 'Far away'"));
}

TEST_CASE("a population that no program addresses changes nothing of the others", "[metamorphic]") {
  const Worlds few = simulate(coupled(), replications);
  const Worlds more =
      simulate(replace(coupled(), "[populations.partners]",
                       "[populations.idle]\naccounts = 5\npeer_segments = { near = 1 }\n\n[populations.partners]"),
               replications);
  for (const char* strategy : {"never", "turns", "favourites"})
    for (const char* segment : {"near", "far", "solo", "partners"}) {
      INFO(strategy << ", " << segment);
      CHECK(count_different(few, more, strategy, segment) == 0);
    }
}

TEST_CASE("a stock of zero weight equals none", "[metamorphic]") {
  const std::string impulses[] = {"ask = { impulses = { fatigue = 1.0 }", "favour = { impulses = { goodwill = 0.4 }",
                                  "reference_call = { impulses = { fatigue = 0.8 }"};
  for (const char* place : {"fatigue = { half_life_days = 60 }", "grievance = { half_life_days = 45 }"}) {
    // Declared, raised and multiplied, but of no weight; in front of the others or among them.
    std::string text = replace(coupled(), place, std::string("mood = { half_life_days = 33, cap = 2 }\n") + place);
    for (const std::string& impulse : impulses)
      text = replace(text, impulse,
                     impulse.substr(0, impulse.size() - 1) + ", mood = { amount = 0.7, times = 'goodwill' } }");
    check_same("a stock nobody reads", coupled(), text);
    for (const char* weights :
         {"weights = { quality = 0.6, fatigue = -0.6", "weights = { fatigue = -0.8, goodwill = 0.3"})
      text = replace(text, weights, std::string(weights) + ", mood = 0");
    check_same("a stock of weight 0", coupled(), text);
    text = replace(text, "weights = { referred = 0.5", "weights = { rep_tie = 0, mentioned = 0.0, referred = 0.5");
    check_same("features of weight 0", coupled(), text);
  }
  // A stock with weight but never raised.
  check_same(
      "a stock that nothing raises", coupled(),
      replace(replace(coupled(), "fatigue = { half_life_days = 60 }",
                      "fatigue = { half_life_days = 60 }\nmood = { half_life_days = inf }"),
              "weights = { quality = 0.6, fatigue = -0.6", "weights = { mood = 3, quality = 0.6, fatigue = -0.6"));
  // A touch that costs nothing and adds nothing.
  check_same("an impulse of nothing", coupled(),
             replace(coupled(), "[touches]", "[touches]\npurchase = { impulses = { goodwill = 0 } }"));
}

TEST_CASE("what a strategy says itself equals what the scenario says", "[metamorphic]") {
  // Reps: for all strategies, or for each that asks. The strategy that asks nobody has none to spare.
  const std::string shared =
      "count = 5\nasks_per_week = 0.4\npriority = \"most_likely_yes\"\nbrave_share = 0.8\nnerve = 0.9\n";
  const std::string own =
      "reps = { count = 5, asks_per_week = 0.4, priority = 'most_likely_yes', brave_share = 0.8, nerve = 0.9 }\n";
  const std::string others = "reps = { count = 3, asks_per_week = 1.5, priority = \"fifo\", brave_share = 0.5 }\n";
  const std::string one = replace(coupled(), others, "");
  check_same("reps", one, replace(replace(one, shared, ""), "[strategies.turns]\n", "[strategies.turns]\n" + own));
  // No desk: a table that says so, or none.
  std::string without = coupled();
  without.erase(without.find("desk = { rotation"));
  const std::string stopped = replace(without, "[strategies.turns.desk]\n", "[strategies.turns.desk]\nruns = false\n");
  cut_tables(without, "strategies.turns.desk");
  check_same("no desk", without, stopped);
}
