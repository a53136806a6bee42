// SPDX-License-Identifier: Apache-2.0
#include "scenario/limits.hpp"

#include <fmt/format.h>

namespace vouch::scenario {

void check_sizes(const Node& root, Problems& problems) {
  const auto size_of = [&](const char* section) {
    const Node* const table = root.find(section);
    return table == nullptr ? 0 : table->is(Node::Kind::list) ? table->items.size() : table->members.size();
  };
  const auto check = [&](const char* section, std::size_t number, int most) {
    if (number <= static_cast<std::size_t>(most)) return;
    const Node& table = *root.find(section);
    problems.error(table.members.empty() ? table.where : table.members.back().value.key_where,
                   fmt::format("{} {}", number, section), fmt::format("a scenario has at most {}", most),
                   "remove some");
  };
  const std::size_t num_populations = size_of("populations");
  check(num_populations == 0 ? "segments" : "populations", size_of("segments") + num_populations, limits::segments);
  check("stocks", size_of("stocks"), limits::stocks);
  check("strategies", size_of("strategies"), limits::strategies);
  check("published", size_of("published"), limits::published);
}

std::string format_limits() {
  using namespace limits;
  std::string text = "| what | at most |\n|---|---|\n";
  const auto add = [&](std::string_view what, double most) { text += fmt::format("| {} | {} |\n", what, most); };
  add("bytes of a file", file_bytes);
  add("bytes of a scenario's files together", total_bytes);
  add("files; one that is extended twice counts twice", files);
  add("dots in a key", key_dots);
  add("lists and inline tables in one another", nesting);
  add("values in a file", values);
  add("values with all that is inherited", total_values);
  add("keys of a table", table_keys);
  add("values of a list", list_items);
  add("bytes of a key", key_bytes);
  add("bytes of a text", text_bytes);
  add("segments and populations", segments);
  add("stocks", stocks);
  add("strategies", strategies);
  add("published figures", published);
  add("swept keys", static_cast<double>(swept_keys));
  add("points of a sweep", sweep_points);
  add("points of a sweep x values of the scenario", swept_values);
  add("bins of time series", bins);
  add("errors told, and warnings", problems);
  return text;
}

std::size_t count_values(const Node& node) noexcept {
  std::size_t number = 1;
  for (const Node& item : node.items) number += count_values(item);
  for (const Member& member : node.members) number += count_values(member.value);
  return number;
}

}  // namespace vouch::scenario
