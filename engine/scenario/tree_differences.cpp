// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "scenario/resolved.hpp"
#include "scenario/toml_writer.hpp"

namespace vouch::scenario {
namespace {

std::string tell(const Node* value) {
  if (value == nullptr) return "absent";
  return unwrap(*value).value->is_table() ? "there" : format_excerpt(*unwrap(*value).value);
}

/// Of two values under the same dotted key, of which one may be missing.
void collect(const std::string& key, const Node* theirs, const Node* own, std::vector<std::string>& lines) {
  if (theirs != nullptr && own != nullptr) {
    const Node& a = *unwrap(*theirs).value;
    const Node& b = *unwrap(*own).value;
    if (a.is_table() && b.is_table()) {
      std::vector<std::string> keys = a.keys();
      for (std::string& more : b.keys())
        if (a.find(more) == nullptr) keys.push_back(std::move(more));
      for (const std::string& member : keys)
        if (!is_annotation(member))
          collect((key.empty() ? "" : key + ".") + format_key(member), a.find(member), b.find(member), lines);
      return;
    }
    if (same_value(a, b)) return;
  }
  lines.push_back(fmt::format("{} is {}, here {}", key, tell(theirs), tell(own)));
}

}  // namespace

std::vector<std::string> list_differences(const Scenario& theirs, const Scenario& own) {
  std::vector<std::string> lines;
  collect("", &theirs.resolved().root, &own.resolved().root, lines);
  return lines;
}

}  // namespace vouch::scenario
