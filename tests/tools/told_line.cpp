// SPDX-License-Identifier: Apache-2.0
#include "told_line.hpp"

#include <nlohmann/json.hpp>

#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;

namespace {
const std::chrono::system_clock::time_point moment{std::chrono::milliseconds(1'769'860'800'007)};
}  // namespace

TEST_CASE("what is told is one line of JSON with its time in UTC") {
  CHECK(format_told({Level::info, "results: a.h5"}, moment) ==
        R"({"time":"2026-01-31T12:00:00.007Z","level":"info","message":"results: a.h5"})"
        "\n");
  CHECK(format_told({Level::progress, "10 %", {}, Amount{3, 30}}, moment) ==
        R"({"time":"2026-01-31T12:00:00.007Z","level":"progress","message":"10 %","done":3,"worlds":30})"
        "\n");
}

TEST_CASE("line breaks, quotes and bytes that are no UTF-8 stay inside the line") {
  const std::string line = format_told({Level::error, "a\n\"b\" \xff"}, moment);
  CHECK(std::count(line.begin(), line.end(), '\n') == 1);
  CHECK(nlohmann::json::parse(line)["message"] == "a\n\"b\" \xef\xbf\xbd");
}

TEST_CASE("a line for people has its level in its first word") {
  CHECK(read_told("error: no\n").level == Level::error);
  CHECK(read_told("error: no\n").message == "no");
  CHECK(read_told("warning: well").level == Level::warning);
  CHECK(read_told("  results: error: a.h5\n").level == Level::info);
  CHECK(read_told("  results: error: a.h5\n").message == "results: error: a.h5");
}

TEST_CASE("a problem has its place apart from its words") {
  const Told told = make_told({Severity::warning, {"a.toml", 3, 5}, "what", "why", "remedy"});
  CHECK(told.level == Level::warning);
  CHECK(told.message == "what (why); remedy");
  const auto json = nlohmann::json::parse(format_told(told, moment));
  CHECK(json["file"] == "a.toml");
  CHECK(json["line"] == 3);
  CHECK(json["column"] == 5);
  CHECK_FALSE(
      nlohmann::json::parse(format_told(make_told({{}, {"a.toml", 0, 0}, "w", "", ""}), moment)).contains("line"));
}
