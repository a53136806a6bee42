// SPDX-License-Identifier: Apache-2.0
// The checked tree, and typed access to it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/node.hpp"
#include "scenario/reader.hpp"
#include "scenario/scenario.hpp"

namespace vouch::scenario {

/// Every section complete with its defaults, its keys in the order of the rules. Strategies are merged with what
/// they extend; a program holds only its own keys, the strategy's are its defaults.
struct Resolved {
  Node root;
  Names names;
  /// Whether nothing is wrong above the tables, with the segments or with the populations, so that it is known who is
  /// there.
  bool has_sound_root = false;
  std::vector<Problem> warnings;
  Experiment experiment;
  std::string title;
  std::string question;
  std::string currency;
  std::vector<std::string> strategy_labels;
  std::vector<std::string> strategy_descriptions;
  std::vector<PublishedFigure> published;
  Sweep sweep;
  /// With a sweep: the tree before strategies were merged, which each point's values are set in.
  std::shared_ptr<const Node> given;
};

/// Merges the strategies of a tree, and checks and completes it; what it says together too.
Resolved check_tree(Node tree, Problems& problems);
/// The same with everything that a Scenario offers. Throws Error (usage) with the problems, earlier ones included.
/// `overrides` are those that the tree holds.
std::shared_ptr<const Resolved> finish_tree(Node tree, std::span<const Override> overrides, Problems& problems);
Scenario make_scenario(std::shared_ptr<const Resolved> resolved);
/// Checks the merged tree and completes it. Problems are those of single values and of names.
Resolved resolve(Node root, Problems& problems);
/// Errors that several values make together; to be asked only if resolve found none.
void check_together(const Resolved& resolved, Problems& problems);
/// Suspicious but legal; to be asked only if there are no errors.
void find_warnings(const Resolved& resolved, const Compiled& compiled, Problems& problems);
Compiled compile(const Resolved& resolved);
/// Of published figures, what several of their keys say together.
void check_published(const Resolved& resolved, Problems& problems);
std::vector<PublishedFigure> read_published(const Resolved& resolved);

/// A section's table, read by key. All its keys are there, or in `defaults`.
class Table {
 public:
  Table(Section section, const Node& node, Reader& reader, const Node* defaults = nullptr)
      : section_(section), node_(node), defaults_(defaults), reader_(reader) {}

  const Rule& rule(std::string_view key) const;
  const Node& at(std::string_view key) const;
  /// Where the key was given; of a default, where its table stands.
  const Location& where(std::string_view key) const {
    const Node& value = at(key);
    return value.origin == Origin::fallback ? node_.where : value.where;
  }
  bool has(std::string_view key) const noexcept { return node_.find(key) != nullptr; }
  const Node& node() const noexcept { return node_; }
  Reader& reader() const noexcept { return reader_; }

  bool flag(std::string_view key) const { return reader_.flag(rule(key), at(key)); }
  std::string text(std::string_view key) const { return reader_.text(rule(key), at(key)); }
  double real(std::string_view key) const { return *reader_.real(rule(key), at(key)); }
  std::optional<double> maybe_real(std::string_view key) const { return reader_.real(rule(key), at(key)); }
  std::int64_t whole(std::string_view key) const { return *reader_.whole(rule(key), at(key)); }
  std::optional<std::int64_t> maybe_whole(std::string_view key) const { return reader_.whole(rule(key), at(key)); }
  int choice(std::string_view key) const { return reader_.choice(rule(key), at(key)); }
  std::vector<int> choices(std::string_view key) const { return reader_.choices(rule(key), at(key)); }
  std::vector<std::string> names(std::string_view key) const { return reader_.name_list(rule(key), at(key)); }
  random::Distribution distribution(std::string_view key) const { return *maybe_distribution(key); }
  std::optional<random::Distribution> maybe_distribution(std::string_view key) const {
    return reader_.distribution(rule(key), at(key));
  }
  std::vector<std::pair<std::string, double>> numbers(std::string_view key) const {
    return reader_.numbers(rule(key), at(key));
  }

 private:
  Section section_;
  const Node& node_;
  const Node* defaults_;
  Reader& reader_;
};

/// One program of a strategy as it is to be run; `client` stands for a strategy's own `when`.
struct ProgramSource {
  std::string name;
  Table table;
};
std::vector<ProgramSource> list_program_sources(const Node& strategy, Reader& reader);

/// A strategy's reps: its own keys over the scenario's.
Table table_of_reps(const Node& strategy, const Node& root, Reader& reader);
/// A strategy's desk; nothing if it runs none.
std::optional<Table> find_desk(const Node& strategy, Reader& reader);
/// The population that a program addresses; "client" for customers.
std::string population_of(const ProgramSource& program);
/// The segments or the population that a program addresses.
std::vector<std::string> list_addressed(const ProgramSource& program, const Names& names);

/// A key's value, by strategy; "" where the strategy does not have the key.
struct Difference {
  std::string key;
  std::vector<std::string> values;
};
/// Every key of the strategies' programs and manners, whether it differs or not.
std::vector<Difference> tabulate_strategies(const Resolved& resolved);
/// One key, over all programs of each strategy; "" for strategies that never ask.
Difference join_programs(const Resolved& resolved, std::string_view key);
bool differs(const Difference& difference);
/// "0 (a, b), 30 (c)".
std::string format_difference(const Difference& difference, const std::vector<std::string>& strategies);

}  // namespace vouch::scenario
