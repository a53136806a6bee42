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

}  // namespace vouch::scenario
