// SPDX-License-Identifier: Apache-2.0
#include "statistics/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "support/catch.hpp"

namespace vouch::test {
namespace {

struct File {
  std::string head;                   ///< before the first section
  std::vector<std::string> sections;  ///< each from its "## " on, with one line break at its end
};

File read_file(const std::string& path) {
  File file;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("## ", 0) == 0) file.sections.emplace_back();
    (file.sections.empty() ? file.head : file.sections.back()) += line + '\n';
  }
  for (std::string* part = file.sections.data(); part != file.sections.data() + file.sections.size(); ++part)
    while (part->size() > 1 && part->substr(part->size() - 2) == "\n\n") part->pop_back();
  return file;
}

void write_file(const std::string& path, const File& file) {
  std::ofstream out(path);
  out << file.head;
  for (std::size_t i = 0; i < file.sections.size(); ++i) out << (i > 0 ? "\n" : "") << file.sections[i];
}

std::string format_section(std::string_view title, std::string_view text, const Table& table) {
  std::string section = fmt::format("## {}\n\n{}\n\n", title, text);
  const auto add_row = [&](const std::vector<std::string>& cells) {
    REQUIRE(cells.size() == table.columns.size());
    for (const std::string& cell : cells) section += "| " + cell + " ";
    section += "|\n";
  };
  add_row(table.columns);
  add_row(std::vector<std::string>(table.columns.size(), "---"));
  for (const auto& row : table.rows) add_row(row);
  return section;
}

bool is_usual() {
#ifdef VOUCH_SANITIZED
  return false;
#else
  return std::getenv("VOUCH_FRESH_SEEDS") == nullptr && std::getenv("VOUCH_LONG") == nullptr;
#endif
}

}  // namespace

std::string format_share(double share) { return fmt::format("{:.2f} %", 100.0 * share); }

void check_record(std::string_view file, std::string_view title, std::string_view text, const Table& table) {
  if (!is_usual()) return;
  const std::string path = fmt::format("{}/tests/statistics/{}", VOUCH_SOURCE_DIR, file);
  const std::string section = format_section(title, text, table);
  const std::string heading = fmt::format("## {}\n", title);
  File recorded = read_file(path);
  const auto found = std::find_if(recorded.sections.begin(), recorded.sections.end(),
                                  [&](const std::string& s) { return s.rfind(heading, 0) == 0; });
  if (std::getenv("VOUCH_RECORD") != nullptr) {
    if (found != recorded.sections.end())
      *found = section;
    else
      recorded.sections.push_back(section);
    write_file(path, recorded);
    return;
  }
  INFO("tools/check --record writes what was measured to " << path);
  CHECK((found == recorded.sections.end() ? std::string() : *found) == section);
}

}  // namespace vouch::test
