// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "scenario/resolved.hpp"

namespace vouch::scenario {

const Rule& Table::rule(std::string_view key) const {
  const Rule* found = find_rule(section_, key);
  if (found == nullptr) throw std::logic_error("no rule for " + std::string(key));
  return *found;
}

const Node& Table::at(std::string_view key) const {
  const Node* found = node_.find(key);
  if (found == nullptr && defaults_ != nullptr) found = defaults_->find(key);
  if (found == nullptr) throw std::logic_error("no value for " + std::string(key));
  return *found;
}

std::vector<ProgramSource> list_program_sources(const Node& strategy, Reader& reader) {
  std::vector<ProgramSource> sources;
  if (const Node* programs = strategy.find("programs")) {
    for (const Member& program : programs->members)
      sources.push_back({program.key, Table(Section::program, program.value, reader, &strategy)});
    return sources;
  }
  const Table own(Section::program, strategy, reader);
  if (!own.choices("when").empty()) sources.push_back({"client", own});
  return sources;
}

Table table_of_reps(const Node& strategy, const Node& root, Reader& reader) {
  const Node& general = *root.find("reps");
  const Node* own = strategy.find("reps");
  if (own == nullptr) return Table(Section::reps, general, reader);
  return Table(Section::strategy_reps, *own, reader, &general);
}

std::optional<Table> find_desk(const Node& strategy, Reader& reader) {
  const Node* desk = strategy.find("desk");
  if (desk == nullptr) return std::nullopt;
  const Table table(Section::desk, *desk, reader);
  return table.flag("runs") ? std::optional(table) : std::nullopt;
}

std::string population_of(const ProgramSource& program) { return program.table.text("population"); }

std::vector<std::string> list_addressed(const ProgramSource& program, const Names& names) {
  if (const std::string population = population_of(program); population != customers) return {population};
  const bool are_given = !unwrap(program.table.at("segments")).value->is_false();
  return are_given ? program.table.names("segments") : names.segments;
}

}  // namespace vouch::scenario
