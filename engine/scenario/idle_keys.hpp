// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>

#include "scenario/node.hpp"

namespace vouch::scenario {

/// Keys that do nothing in any strategy that has them: strategies that inherit a key share its place.
class IdleKeys {
 public:
  void look(const Location& where, bool acts, const Problem& told) {
    Entry& entry = entries_[fmt::format("{}:{}:{} {}", where.file, where.line, where.column, told.what)];
    entry.acts = entry.acts || acts;
    entry.told = told;
    entry.told.where = where;
  }

  void tell(Problems& problems) const {
    for (const auto& [place, entry] : entries_)
      if (!entry.acts) problems.warn(entry.told.where, entry.told.what, entry.told.why, entry.told.remedy);
  }

 private:
  struct Entry {
    bool acts = false;
    Problem told;
  };
  std::map<std::string, Entry> entries_;
};

inline Problem telling(std::string what, std::string why, std::string remedy) {
  return {Severity::warning, {}, std::move(what), std::move(why), std::move(remedy)};
}

}  // namespace vouch::scenario
