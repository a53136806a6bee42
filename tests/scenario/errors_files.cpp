// SPDX-License-Identifier: Apache-2.0
// Files that cannot be read, and texts that are no TOML or no scenario.
#include <filesystem>
#include <fstream>

#include "random/words.hpp"
#include "scenario/samples.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch;
using test::errors_of;
using test::sample_text;

namespace {

std::string error_of(std::string_view text) {
  const auto errors = errors_of(text);
  REQUIRE(errors.size() == 1);
  return errors.front();
}

std::string load_error(const std::string& path) {
  try {
    scenario::load_scenario(path);
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::usage);
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("a file that is not there, or no file, is told") {
  CHECK(load_error("/nowhere/x.toml") ==
        "/nowhere/x.toml: error: cannot read '/nowhere/x.toml' (No such file or directory); check the path");
  const std::string folder = VOUCH_BINARY_DIR;
  CHECK(load_error(folder) == folder + ": error: cannot read '" + folder + "' (it is a folder); check the path");
}

TEST_CASE("of a file that is not there the nearest is told") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(VOUCH_BINARY_DIR) / "nearest-file";
  fs::create_directories(folder);
  const auto write = [&](const char* name, const std::string& text) { std::ofstream(folder / name) << text; };
  write("guides.toml", "");
  write("part.toml", "extends = \"guide.toml\"\n" + sample_text());
  const auto told = [&](const char* name) { return load_error((folder / name).string()); };
  const std::string missing = " (No such file or directory); ";
  const std::string nearest = "did you mean '" + (folder / "guides.toml").string() + "'?";
  const std::string wanted = (folder / "guide.toml").string();
  CHECK(told("guide.toml") == wanted + ": error: cannot read '" + wanted + "'" + missing + nearest);
  CHECK(told("guides").find(nearest) != std::string::npos);
  CHECK(told("part.toml") ==
        (folder / "part.toml").string() + ":1:11: error: cannot read '" + wanted + "'" + missing + nearest);
  CHECK(told("zzz.toml").find("check the path") != std::string::npos);
  CHECK(told("none/guide.toml").find("check the path") != std::string::npos);
  fs::remove_all(folder);
}

TEST_CASE("a part of a scenario is told to be one, with its own mistakes alone") {
  const std::string part =
      "s.toml:1:1: error: this file is a part of a scenario (neither it nor what it extends has an [experiment]); name "
      "it in another file's `extends`, or add [experiment] with horizon_days = ...";
  const std::string assumptions =
      "[populations.p]\npeer_segments = { smb = 0.5, mid = 0.5 }\nsize_class = { small = 1 }\n"
      "[outcomes.ask.segments]\np = 0.5\nsmb = 1\n[outcomes.ask.weights]\ngrievance = -1\n[stocks.fatigue]\ncap = 3\n";
  const std::string strategies =
      "[strategies.s]\nextends = \"base\"\npopulation = \"partners\"\nwhen = \"calendar\"\ncalendar_days = 3\n"
      "guard = \"grievance < 0.5\"\n";
  CHECK(error_of("") == part);
  CHECK(error_of(assumptions) == part);
  CHECK(error_of(strategies) == part);
  CHECK(error_of(assumptions + strategies) == part);
  const auto errors = errors_of(assumptions + "peak = 3\n" + strategies + "min_gap_days = -3\n");
  REQUIRE(errors.size() == 3);
  CHECK(errors[1].find("s.toml:11:1: error: unknown key 'peak'") == 0);
  CHECK(errors[2].find("s.toml:18:16: error: min_gap_days must be") == 0);
  CHECK(errors_of("[strategies.s]\nguard = \"opted_ou\"\n").size() == 2);
}

TEST_CASE("what is no TOML is told at its place") {
  CHECK(error_of("a = [1,\n b").find("s.toml:2:2: error: not TOML: ") == 0);
  CHECK(error_of("[a]\n[a]\n").find("s.toml:2:") == 0);
  CHECK(error_of("a = 1\na = 2\n").find("s.toml:2:") == 0);
  CHECK(error_of("\xff\xfe").find("error: not TOML") != std::string::npos);
  CHECK(error_of("[`]\n").find("error: not TOML") != std::string::npos);
  CHECK(error_of(std::string("a = \"\0\"", 8)).find("error: not TOML") != std::string::npos);
}

TEST_CASE("keys that would exhaust the reader never reach it") {
  std::string dots = "a";
  for (int i = 0; i < 40000; ++i) dots += ".a";
  const std::string why =
      "error: a key has too many dots (the deepest key has fewer than 16); check that this is the right file";
  CHECK(error_of("x = 1\n" + dots + " = 1\n") == "s.toml:2:34: " + why);
  CHECK(error_of("[" + dots + "]\n").find(why) != std::string::npos);
  CHECK(error_of("x = { " + dots + " = 1 }\n").find(why) != std::string::npos);
  CHECK(error_of("x = \"\"\"\n\"\"\"\n" + dots + " = 1\n").find("s.toml:3:34: " + why) == 0);
  CHECK(error_of(std::string(100000, '[')).find("error: not TOML") != std::string::npos);
  CHECK(error_of(std::string((1 << 20) + 1, '#')) ==
        "s.toml:1:1: error: the file is larger than 1 MiB (no scenario is); check that this is the right file");
}

TEST_CASE("dots in strings and comments are no keys") {
  CHECK(
      errors_of("# ................................\nquestion = \"................................\"\n" + sample_text())
          .empty());
  CHECK(errors_of("question = '''\n..........................\n'''\n" + sample_text()).empty());
}

TEST_CASE("tables must be tables") {
  CHECK(error_of("segments = 3\n[experiment]\nhorizon_days = 1\n[strategies.a]\n[stocks]\n")
            .find("s.toml:1:12: error: ") == 0);
  const auto errors = errors_of("money = 3\n" + sample_text());
  REQUIRE(errors.size() == 1);
  CHECK(errors[0] == "s.toml:1:9: error: money must be a table, not a whole number; write [money]");
  const auto strategy = errors_of(sample_text("[strategies]\nlate = \"x\"\n"));
  REQUIRE_FALSE(strategy.empty());
  CHECK(strategy[0] == "s.toml:30:8: error: strategies.late must be a table, not a string; write [strategies.late]");
}

TEST_CASE("an empty text is no scenario, and says all that is missing") { CHECK_FALSE(errors_of("").empty()); }

// Every single damaged byte of a valid text must end in a scenario or in told errors, never in anything else.
TEST_CASE("damaged texts end in errors, never in a crash") {
  const std::string text =
      sample_text("conduct = { template = 1 }\nguard = \"fatigue < 2\"\n[strategies.b]\nextends = \"early\"\n");
  const std::uint64_t seed = test::seed_of("damaged texts");
  constexpr std::string_view bytes = "\"'[]{}=.,#\n\\ -e0aif\xff";
  for (std::uint32_t i = 0; i < 3000; ++i) {
    const random::Block block = random::compute_philox(i, 0, 0, 0, seed);
    std::string damaged = text;
    const std::size_t at = block.first % damaged.size();
    const char byte = bytes[(block.first >> 32) % bytes.size()];
    switch (block.second % 3) {
      case 0:
        damaged[at] = byte;
        break;
      case 1:
        damaged.insert(at, 1, byte);
        break;
      default:
        damaged.erase(at, 1 + (block.second >> 8) % 20);
    }
    INFO(damaged);
    CHECK_NOTHROW(errors_of(damaged));
  }
}
