// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "scenario/defaults.hpp"
#include "scenario/resolved.hpp"
#include "scenario/toml_writer.hpp"

namespace vouch::scenario {
namespace {

/// The value without its sources, so that only what acts is compared.
Node strip(const Node& node) {
  Node value = *unwrap(node).value;
  std::erase_if(value.members, [](const Member& member) { return is_annotation(member.key); });
  for (Member& member : value.members) member.value = strip(member.value);
  std::sort(value.members.begin(), value.members.end(), [](const Member& a, const Member& b) { return a.key < b.key; });
  // 30 and 30.0 are the same number.
  if (value.is(Node::Kind::real) &&
      value.real == static_cast<double>(static_cast<std::int64_t>(std::clamp(value.real, -1e15, 1e15)))) {
    value.kind = Node::Kind::whole;
    value.whole = static_cast<std::int64_t>(value.real);
  }
  return value;
}

using Column = std::vector<std::pair<std::string, std::string>>;

/// `prefix`: "" when every strategy has one program at most, all of one name; else "programs.NAME.".
void append_program(Column& column, const ProgramSource& program, const std::string& prefix) {
  for (const Rule* rule : rules_of(Section::program))
    column.emplace_back(prefix + std::string(rule->key), format_value(strip(program.table.at(rule->key))));
}

void append_tables(Column& column, const Node& strategy, const Node& root, Reader& reader) {
  const Table reps = table_of_reps(strategy, root, reader);
  for (const Rule* rule : rules_of(Section::strategy_reps))
    column.emplace_back(fmt::format("reps.{}", rule->key), format_value(strip(reps.at(rule->key))));
  const std::optional<Table> desk = find_desk(strategy, reader);
  column.emplace_back("desk.runs", desk ? "true" : "false");
  for (const Rule* rule : rules_of(Section::desk))
    if (rule->key != "runs")
      column.emplace_back(fmt::format("desk.{}", rule->key), desk ? format_value(strip(desk->at(rule->key))) : "");
}

Column tabulate(const Node& strategy, const Node& root, Reader& reader, bool is_simple) {
  Column column;
  for (const Rule* rule : rules_of(Section::strategy))
    if (rule->type != Type::text) column.emplace_back(rule->key, format_value(strip(*strategy.find(rule->key))));
  append_tables(column, strategy, root, reader);
  const std::vector<ProgramSource> programs = list_program_sources(strategy, reader);
  std::string names;
  for (const ProgramSource& program : programs) {
    append_program(column, program, is_simple ? "" : fmt::format("programs.{}.", program.name));
    names += (names.empty() ? "" : ", ") + program.name;
  }
  names = programs.empty() ? "never asks" : fmt::format("[{}]", names);
  if (!is_simple) column.emplace_back("programs", names);
  if (is_simple && programs.empty()) column.emplace_back("when", "never asks");
  return column;
}

}  // namespace

std::vector<Difference> tabulate_strategies(const Resolved& resolved) {
  Problems ignored;
  Reader reader(resolved.names, ignored);
  const Node& strategies = *resolved.root.find("strategies");
  bool is_simple = true;
  for (const Member& strategy : strategies.members) {
    const auto programs = list_program_sources(strategy.value, reader);
    is_simple = is_simple && (programs.empty() || (programs.size() == 1 && programs[0].name == "client"));
  }
  std::vector<Difference> table;
  std::map<std::string, std::size_t> rows;
  for (std::size_t s = 0; s < strategies.members.size(); ++s) {
    for (const auto& [key, value] : tabulate(strategies.members[s].value, resolved.root, reader, is_simple)) {
      const auto [row, is_new] = rows.emplace(key, table.size());
      if (is_new) table.push_back({key, std::vector<std::string>(strategies.members.size())});
      table[row->second].values[s] = value;
    }
  }
  return table;
}

Difference join_programs(const Resolved& resolved, std::string_view key) {
  Problems ignored;
  Reader reader(resolved.names, ignored);
  Difference row{std::string(key), {}};
  for (const Member& strategy : resolved.root.find("strategies")->members) {
    std::set<std::string> values;
    for (const ProgramSource& program : list_program_sources(strategy.value, reader))
      values.insert(format_value(strip(program.table.at(key))));
    row.values.push_back(fmt::format("{}", fmt::join(values, " and ")));
  }
  return row;
}

bool differs(const Difference& difference) {
  std::string first;
  for (const std::string& value : difference.values) {
    if (value.empty()) continue;  // a strategy that never asks differs in that alone
    if (!first.empty() && value != first) return true;
    first = value;
  }
  return false;
}

std::string format_difference(const Difference& difference, const std::vector<std::string>& strategies) {
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;
  for (std::size_t s = 0; s < strategies.size(); ++s) {
    const std::string& value = difference.values[s];
    if (value.empty()) continue;
    auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == value; });
    if (group == groups.end()) group = groups.insert(groups.end(), {value, {}});
    group->second.push_back(strategies[s]);
  }
  std::string text;
  for (const auto& [value, names] : groups)
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", value, fmt::join(names, ", "));
  return text;
}

namespace {

/// The desk or program that a key is of; "" where every strategy has the key, or one program at most.
std::string group_of(const std::string& key) {
  const std::size_t dot = key.rfind('.');
  return dot == std::string::npos ? std::string() : key.substr(0, dot);
}

bool is_default(const std::string& key, const std::string& value) {
  const std::string group = group_of(key);
  const Section section = group == "desk" ? Section::desk : Section::program;
  const Rule* rule = find_rule(section, std::string_view(key).substr(group.empty() ? 0 : group.size() + 1));
  return rule != nullptr && value == format_value(strip(make_default(rule->default_value)));
}

/// Whether several strategies ask, and all their programs say the same of this key: then it makes no difference.
bool is_of_every_program(const Resolved& resolved, const std::string& key) {
  const std::string own = key.substr(key.rfind('.') + 1);
  if (group_of(key) == "desk" || find_rule(Section::program, own) == nullptr) return false;
  const Difference joined = join_programs(resolved, own);
  const auto num_asking = std::count_if(joined.values.begin(), joined.values.end(),
                                        [](const std::string& value) { return !value.empty(); });
  const bool is_mixed = std::any_of(joined.values.begin(), joined.values.end(),
                                    [](const std::string& value) { return value.find(" and ") != std::string::npos; });
  return num_asking > 1 && !is_mixed && !differs(joined);
}

/// What the strategies that have a desk or program all say of it, while others have none: one line for all its keys.
struct Shared {
  std::string group;
  std::string settings;
  std::string strategies;

  void add(const Difference& difference, const std::vector<std::string>& names) {
    std::vector<std::string> holders;
    std::string value;
    for (std::size_t s = 0; s < names.size(); ++s) {
      if (difference.values[s].empty()) continue;
      holders.push_back(names[s]);
      value = difference.values[s];
    }
    if (holders.empty() || holders.size() == names.size() || is_default(difference.key, value)) return;
    const std::string key = difference.key.substr(group.empty() ? 0 : group.size() + 1);
    settings += fmt::format("{}{} = {}", settings.empty() ? "" : ", ", key, value);
    strategies = fmt::format("{}", fmt::join(holders, ", "));
  }

  void flush_to(std::vector<std::string>& lines) {
    if (!settings.empty())
      lines.push_back(fmt::format("{}: {} ({})", group.empty() ? "whoever asks" : group, settings, strategies));
    settings.clear();
  }
};

}  // namespace

std::vector<std::string> describe_strategy_differences(const Scenario& scenario) {
  const Resolved& resolved = scenario.resolved();
  std::vector<std::string> lines;
  Shared shared;
  for (const Difference& difference : tabulate_strategies(resolved)) {
    if (group_of(difference.key) != shared.group) shared.flush_to(lines);
    shared.group = group_of(difference.key);
    if (differs(difference))
      lines.push_back(fmt::format("{}: {}", difference.key, format_difference(difference, resolved.names.strategies)));
    else if (!is_of_every_program(resolved, difference.key))
      shared.add(difference, resolved.names.strategies);
  }
  shared.flush_to(lines);
  return lines;
}

}  // namespace vouch::scenario
