// SPDX-License-Identifier: Apache-2.0
#include "told_line.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

namespace vouch::cli {
namespace {

const char* name_of(Level level) {
  switch (level) {
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
    case Level::progress:
      return "progress";
    case Level::info:
      break;
  }
  return "info";
}

std::string format_time(std::chrono::system_clock::time_point time) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
  const auto second = static_cast<std::time_t>(ms / 1000);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(second), ms % 1000);
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \n\r";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace

std::string format_told(const Told& told, std::chrono::system_clock::time_point time) {
  nlohmann::ordered_json line;
  line["time"] = format_time(time);
  line["level"] = name_of(told.level);
  line["message"] = told.message;
  if (!told.where.file.empty()) line["file"] = told.where.file;
  if (told.where.line > 0) line["line"] = told.where.line;
  if (told.where.column > 0) line["column"] = told.where.column;
  if (told.amount) {
    line["done"] = told.amount->num_done;
    line["worlds"] = told.amount->num_worlds;
  }
  // File names may hold bytes that are no UTF-8: replaced, not refused.
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

Told read_told(std::string_view line) {
  const std::string_view text = trim(line);
  for (const auto& [word, level] :
       {std::pair{std::string_view("error: "), Level::error}, std::pair{std::string_view("warning: "), Level::warning}})
    if (text.starts_with(word)) return {level, std::string(text.substr(word.size()))};
  return {Level::info, std::string(text)};
}

Told make_told(const Problem& problem) {
  Problem placeless = problem;
  placeless.where = {};
  Told told = read_told(format_problem(placeless));
  told.where = problem.where;
  return told;
}

}  // namespace vouch::cli
