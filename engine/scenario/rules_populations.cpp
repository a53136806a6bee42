// SPDX-License-Identifier: Apache-2.0
// Who is asked besides customers, and who asks.
#include "scenario/rules.hpp"

namespace vouch::scenario {
namespace {

constexpr Range any{};
constexpr Range not_negative{0.0};
constexpr Range probability{0.0, 1.0};
constexpr Range asks_a_week{0.0, 1e6, true};
constexpr double max_whole = 4294967295.0;
constexpr double max_id = 9007199254740991.0;
constexpr double max_territories = 65535.0;

constexpr auto none = Domain::none;
using S = Section;
using T = Type;

constexpr Rule table[] = {
    {S::population, "label", T::text, "", "\"\"", any, "", none, "Its name for people; empty: its key."},
    {S::population,
     "id",
     T::whole,
     "",
     "false",
     {0.0, max_id},
     "",
     none,
     "What its random draws are keyed by; by default a hash of its name. Keep it when renaming."},
    {S::population, "accounts", T::whole, "accounts", "0", {0.0, max_whole}, "", none, "How many there are."},
    {S::population, "quality", T::distribution, "", "0", any, "", none, "How well we serve one of them."},
    {S::population, "peers", T::count, "people", "\"unlimited\"", not_negative, "unlimited", none,
     "People whom one of them could ever name."},
    {S::population, "names_per_yes", T::count, "people", "1", not_negative, "", none, "People named at a yes."},
    {S::population, "peer_segments", T::shares, "probability", "", probability, "", Domain::segment,
     "Customer segments of the people named."},
    {S::population, "rep_tie", T::distribution, "", "0", any, "", none,
     "Strength of the tie between us and one of them; clamped to [0, 1]."},
    {S::population, "peer_tie", T::distribution, "", "0", any, "", none,
     "Strength of the tie between one of them and each person named; clamped to [0, 1]."},
    {S::population, "reference_consent", T::real, "probability", "1", probability, "", none,
     "The trait `consent`: that we may write in the name of one of them."},
    {S::population, "size_class", T::shares, "probability", "false", probability, "", Domain::size_class,
     "Sizes; false: all of the first category."},
    {S::population, "seniority", T::shares, "probability", "false", probability, "", Domain::seniority,
     "Seniorities; false: all of the first category."},

    {S::reps,
     "territories",
     T::whole,
     "territories",
     "1",
     {1.0, max_territories},
     "",
     none,
     "Worlds within the world: each with its own reps, desk, deals and market."},
    {S::reps,
     "count",
     T::whole,
     "reps",
     "\"unlimited\"",
     {1.0, max_whole},
     "unlimited",
     none,
     "Reps of all territories together; unlimited: nobody waits."},
    {S::reps, "asks_per_week", T::real, "asks", "false", asks_a_week, "", none,
     "Asks that each rep has time for; required where their number is limited."},
    {S::reps, "priority", T::choice, "", "\"fifo\"", any, "fifo most_likely_yes most_valuable", none,
     "Who of those who wait is asked first, on each day with time left: fifo, whose turn came first; most_likely_yes, "
     "with the highest predicted P(yes), of quality as seen; most_valuable, with the highest contract value."},
    {S::reps, "brave_share", T::real, "share", "1", probability, "", none, "Reps who ever dare to ask."},
    {S::reps, "nerve", T::real, "probability", "1", probability, "", none,
     "That a rep who ever dares does so this time, at an ask or a second ask."},
};

/// With what a strategy may say itself of its reps: all but the territories.
std::vector<Rule> add_strategy_reps() {
  std::vector<Rule> rules(std::begin(table), std::end(table));
  for (Rule rule : table) {
    if (rule.section != S::reps || rule.key == "territories") continue;
    rule.section = S::strategy_reps;
    rules.push_back(rule);
  }
  return rules;
}

}  // namespace

std::span<const Rule> population_rules() {
  static const std::vector<Rule> rules = add_strategy_reps();
  return rules;
}

}  // namespace vouch::scenario
