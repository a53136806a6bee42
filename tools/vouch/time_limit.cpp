// SPDX-License-Identifier: Apache-2.0
#include "time_limit.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/error.hpp"

namespace vouch::cli {
namespace {

struct Unit {
  char letter;
  const char* name;
  std::int64_t seconds;
};
constexpr Unit units[] = {{'d', "day", 86400}, {'h', "hour", 3600}, {'m', "minute", 60}, {'s', "second", 1}};
constexpr std::int64_t longest = std::int64_t{10 * 365} * 86400;

[[noreturn]] void refuse(const std::string& text, const char* why) {
  throw Error(ExitCode::usage,
              fmt::format("--time-limit {}: {}; write it as 90s, 10m, 1h30m or 2d", text.empty() ? "''" : text, why));
}

}  // namespace

std::chrono::seconds parse_time_limit(const std::string& text) {
  std::int64_t total = 0;
  const Unit* unit = units;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    std::int64_t number = -1;
    const auto [next, failure] = std::from_chars(at, end, number);
    const char letter = next == end ? 's' : *next;
    while (unit != std::end(units) && unit->letter != letter) ++unit;
    // A bare number is of seconds, and stands alone.
    if (failure != std::errc{} || number < 0 || unit == std::end(units) || (next == end && at != text.data()))
      refuse(text, "no time");
    if (number > (longest - total) / unit->seconds) refuse(text, "longer than ten years");
    total += number * unit->seconds;
    ++unit;
    at = next == end ? end : next + 1;
  }
  if (total == 0) refuse(text, text.empty() ? "no time" : "nothing could be done in that time");
  return std::chrono::seconds(total);
}

std::string format_time_limit(std::chrono::seconds limit) {
  std::string text;
  std::int64_t left = limit.count();
  for (const Unit& unit : units) {
    const std::int64_t number = left / unit.seconds;
    left %= unit.seconds;
    if (number > 0)
      text += fmt::format("{}{} {}{}", text.empty() ? "" : " ", number, unit.name, number == 1 ? "" : "s");
  }
  return text;
}

}  // namespace vouch::cli
