// SPDX-License-Identifier: Apache-2.0
#include "scenario/rules.hpp"

#include <fmt/format.h>

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace vouch::scenario {
namespace {

constexpr SectionInfo section_table[] = {
    {Section::root, "", false, "What stands above the first table."},
    {Section::experiment, "experiment", false, "How long a world lasts, how many there are, and what is compared."},
    {Section::output, "output", false, "What is reported."},
    {Section::money, "money", true, "What contracts earn and touches cost."},
    {Section::deals, "deals", true,
     "How referred deals differ from cold ones, and what happens in a deal between its opening and its decision."},
    {Section::asking, "asking", true, "Beliefs about asks that hold in every segment, and the names of categories."},
    {Section::reps, "reps", true,
     "Who asks: how many reps, how much they can do, and whether they dare. A strategy may say otherwise."},
    {Section::segment, "segments.NAME", true, "A segment of customers."},
    {Section::population, "populations.NAME", true,
     "Partners or outsiders: people who can be asked and can refer, but never buy. Programs address them by "
     "`population`."},
    {Section::stock, "stocks.NAME", true, "Something that every account carries and that fades with time; at most 16."},
    {Section::touch, "touches.NAME", true,
     "What something that happens to an account adds to its stocks, and what it costs."},
    {Section::outcome, "outcomes.NAME", true,
     "A probability: the link function of intercept + offsets + weights x features. Without its table: introduce, "
     "qualify, win, renew, testimonial and accept_call always succeed; ask, expand, organic and opt_out never happen; "
     "second_ask is as ask. accept_call is the answer of an account that the reference desk asks to take a call; its "
     "features are that account's."},
    {Section::strategy, "strategies.NAME", false,
     "A way of asking. Every program key may stand here as well: it is then the default of the strategy's programs. "
     "With `when` and no programs the strategy has one program, `client`; without either it never asks."},
    {Section::program, "strategies.NAME.programs.NAME", false,
     "One chain of asks, to the accounts it reaches; at most 8."},
    {Section::strategy_reps, "strategies.NAME.reps", false, "What is otherwise with this strategy's reps."},
    {Section::desk, "strategies.NAME.desk", false,
     "The reference desk, which answers a deal's credibility gap with a customer's call. Without this table the "
     "strategy has none."},
    {Section::figure, "published", false,
     "A published figure, to be shown beside the simulated one; any number of them, each under its own "
     "`[[published]]`. It changes no world, and a file that extends this one does not inherit it."},
    {Section::sweep, "sweep", false,
     "The same experiment at many points, each a scenario of its own with other values of some keys, and all with the "
     "same luck. A file's sweep replaces the one that it would inherit; `vouch run --no-sweep` leaves it out, and "
     "`--sweep 'KEY=V1,V2'` takes another."},
    {Section::swept_range, "sweep.keys.NAME", false,
     "A swept key's values as a range, in place of a list. NAME is the key's dotted name, in quotes or not."},
};

constexpr TopLevel top_level_table[] = {
    {"experiment", Section::experiment, false, "experiment"},
    {"output", Section::output, false, "output"},
    {"money", Section::money, false, "money"},
    {"deals", Section::deals, false, "deals"},
    {"asking", Section::asking, false, "asking"},
    {"reps", Section::reps, false, "reps"},
    {"segments", Section::segment, true, "segment"},
    {"populations", Section::population, true, "population"},
    {"stocks", Section::stock, true, "stock"},
    {"touches", Section::touch, true, "touch"},
    {"outcomes", Section::outcome, true, "outcome"},
    {"strategies", Section::strategy, true, "strategy"},
    {"sweep", Section::sweep, false, "sweep"},
};

std::string describe_range(const Range& range) {
  const bool has_low = std::isfinite(range.low);
  const bool has_high = std::isfinite(range.high);
  if (has_low && has_high) return fmt::format(" in {}{}, {}]", range.above_low ? '(' : '[', range.low, range.high);
  if (has_low) return fmt::format(" {} {}", range.above_low ? ">" : ">=", range.low);
  return has_high ? fmt::format(" <= {}", range.high) : std::string();
}

std::string describe_base(const Rule& rule) {
  const std::string range = describe_range(rule.range);
  switch (rule.type) {
    case Type::text:
      return "a string";
    case Type::flag:
      return "true or false";
    case Type::whole:
      return "a whole number" + range;
    case Type::real:
      return "a number" + range;
    case Type::choice:
      return fmt::format("one of \"{}\"", fmt::join(split_words(rule.choices), "\", \""));
    case Type::choices:
      return fmt::format("one of \"{}\", or a list of them", fmt::join(split_words(rule.choices), "\", \""));
    case Type::names:
      return "a name or a list of names";
    case Type::distribution:
      return "a number" + range + " or a distribution";
    case Type::count:
      return "a whole number >= 0 or a distribution of counts";
    case Type::guard:
      return "a condition such as \"value_realised and fatigue < 2\"";
    case Type::shares:
      return "a table of probabilities that sum to 1";
    case Type::numbers:
      return "a table of numbers" + range;
    case Type::impulses:
      return "a table of stock = amount, or stock = { amount, times }";
    case Type::backlog:
      return "\"skip\" or { spread_days = DAYS }";
    case Type::favours:
      return "{ gap_days = DAYS, guard = CONDITION }";
    case Type::moments:
      return "a list of { share = SHARE, credibility_gap = PROBABILITY, access_gap = PROBABILITY }";
    case Type::interval:
      return "a list of two numbers, [low, high]";
    case Type::figures:
      return "a list of tables, each under [[published]]";
    case Type::swept:
      return "a table of keys, each with a list of values or { from, to }";
  }
  return {};
}

}  // namespace

std::span<const SectionInfo> sections() { return section_table; }
std::span<const TopLevel> top_level() { return top_level_table; }
std::array<std::span<const Rule>, 5> rule_tables() {
  return {assumption_rules(), population_rules(), strategy_rules(), published_rules(), sweep_rules()};
}

const SectionInfo& info_of(Section section) {
  for (const SectionInfo& info : section_table)
    if (info.section == section) return info;
  throw std::logic_error("a section without a description");
}

std::vector<const Rule*> rules_of(Section section) {
  std::vector<const Rule*> found;
  for (const auto table : rule_tables())
    for (const Rule& rule : table)
      if (rule.section == section) found.push_back(&rule);
  return found;
}

const Rule* find_rule(Section section, std::string_view key) {
  for (const auto table : rule_tables())
    for (const Rule& rule : table)
      if (rule.section == section && rule.key == key) return &rule;
  // A strategy takes its programs' keys as their defaults.
  return section == Section::strategy ? find_rule(Section::program, key) : nullptr;
}

bool is_optional(const Rule& rule) noexcept { return rule.default_value == "false" && rule.type != Type::flag; }
bool merges(const Rule& rule) noexcept { return rule.type == Type::numbers || rule.type == Type::impulses; }
bool is_required(const Rule& rule) noexcept { return rule.default_value.empty(); }

std::vector<std::string> split_words(std::string_view words) {
  std::istringstream stream{std::string(words)};
  std::vector<std::string> result;
  for (std::string word; stream >> word;) result.push_back(word);
  return result;
}

std::vector<std::string> keys_of(Section section) {
  std::vector<std::string> keys;
  for (const Rule* rule : rules_of(section)) keys.emplace_back(rule->key);
  if (section != Section::strategy) return keys;
  for (const Rule* rule : rules_of(Section::program)) keys.emplace_back(rule->key);
  return keys;
}

std::string describe_type(const Rule& rule) {
  std::string text = describe_base(rule);
  const bool takes_words = rule.type == Type::whole || rule.type == Type::count;
  if (takes_words && !rule.choices.empty()) text += fmt::format(" or \"{}\"", rule.choices);
  if (rule.range.infinite) text += " (inf allowed)";
  if (is_optional(rule)) text += ", or false";
  return text;
}

}  // namespace vouch::scenario
