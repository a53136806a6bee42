// SPDX-License-Identifier: Apache-2.0
// The one table of keys. Validation, defaults, `show`, `keys` and the JSON schema all read it.
#pragma once

#include <array>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vouch::scenario {

enum class Section : unsigned char {
  root,
  experiment,
  output,
  money,
  deals,
  asking,
  reps,
  segment,
  population,
  stock,
  touch,
  outcome,
  strategy,
  program,
  strategy_reps,  ///< of a strategy, in place of the scenario's
  desk,
  figure,  ///< one of `published`
  sweep,
  swept_range  ///< the values of a swept key, in place of a list
};

enum class Type : unsigned char {
  text,
  flag,
  whole,
  real,
  choice,        ///< one of `choices`
  choices,       ///< one of `choices`, or a list of them
  names,         ///< a name or a list of names
  distribution,  ///< a number, or a table with `distribution` and its parameters
  count,         ///< the same, with whole numbers >= 0
  guard,         ///< a condition
  shares,        ///< name -> probability, summing to one
  numbers,       ///< name -> number
  impulses,      ///< stock -> number or { amount, times }
  backlog,       ///< "skip" or { spread_days }
  favours,       ///< { gap_days, guard }
  moments,       ///< a list of { share, credibility_gap, access_gap }
  interval,      ///< [low, high]
  figures,       ///< a list of tables, each a Section::figure
  swept,         ///< key -> a list of values, or a Section::swept_range
};

/// Which names a key's value, or the keys of its table, may be.
enum class Domain : unsigned char {
  none,
  any,
  segment,
  population,
  cell,    ///< a segment or a population
  source,  ///< where leads come from
  stock,
  feature,
  program,
  strategy,
  size_class,
  seniority,
  file,
  match
};

struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool above_low = false;  ///< low itself is out
  bool infinite = false;   ///< `inf` is in
};

/// Single amounts of money stay well inside what is counted exactly.
inline constexpr double largest_amount = 1e11;

struct Rule {
  Section section;
  std::string_view key;
  Type type;
  std::string_view unit;           ///< empty: none
  std::string_view default_value;  ///< TOML; empty: there is none (see `presence`)
  Range range;                     ///< of numbers, and of the numbers in a table
  std::string_view choices;        ///< separated by spaces; with Type::count or whole, words that stand for no number
  Domain domain;
  std::string_view description;
};

struct SectionInfo {
  Section section;
  std::string_view path;  ///< "segments.NAME"
  bool is_belief;         ///< assumptions about the world, which want a source; else choices
  std::string_view description;
};

std::span<const Rule> assumption_rules();
std::span<const Rule> population_rules();
std::span<const Rule> strategy_rules();
std::span<const Rule> published_rules();
std::span<const Rule> sweep_rules();
std::array<std::span<const Rule>, 5> rule_tables();
std::vector<const Rule*> rules_of(Section section);
const Rule* find_rule(Section section, std::string_view key);
std::span<const SectionInfo> sections();
const SectionInfo& info_of(Section section);

/// Whether `false` may stand for "not set": its default is `false`, and it is no flag.
bool is_optional(const Rule& rule) noexcept;
/// Whether tables of two files are merged key by key (and not replaced as a whole).
bool merges(const Rule& rule) noexcept;
/// Required: no default, and no meaning when absent.
bool is_required(const Rule& rule) noexcept;
std::vector<std::string> split_words(std::string_view words);
std::vector<std::string> keys_of(Section section);
/// "a number in [0, 1]", for messages and the reference.
std::string describe_type(const Rule& rule);

/// The section that a top-level table holds, or whose named tables it holds ("segments").
struct TopLevel {
  std::string_view key;
  Section section;
  bool is_collection;
  std::string_view singular;
};
std::span<const TopLevel> top_level();

/// The words that stand for where leads come from, besides programs.
inline constexpr std::string_view source_words = "cold organic referral";

/// The tables that a strategy may hold besides its programs.
struct StrategyTable {
  std::string_view key;
  Section section;
};
inline constexpr StrategyTable strategy_tables[] = {{"reps", Section::strategy_reps}, {"desk", Section::desk}};

}  // namespace vouch::scenario
