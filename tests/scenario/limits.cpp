// SPDX-License-Identifier: Apache-2.0
// Scenarios from strangers: nothing that they say makes reading them long, large or curious.
#include "scenario/limits.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using scenario::Extends;
using test::errors_of;
using test::sample_text;
using test::sample_with;
namespace fs = std::filesystem;
namespace limits = scenario::limits;

namespace {

std::string repeat(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::string number_all(const std::string& before, std::size_t count, const std::string& after) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += before + std::to_string(i) + after;
  return all;
}

std::string error_of(const std::string& text) {
  const auto errors = errors_of(text);
  REQUIRE(errors.size() == 1);
  return errors.front();
}

/// The one part of the message that says what is wrong and why.
bool tells(const std::string& text, const std::string& words) {
  const std::string error = error_of(text);
  INFO(error);
  return error.find("s.toml:") == 0 && error.find(words) != std::string::npos;
}

/// A tree of scenarios; the one that is loaded is in its folder `own`.
class Tree {
 public:
  Tree() {
    fs::remove_all(path_);
    fs::create_directories(path_ / "own" / "below");
    write("secret.toml", "[money]\nmargin = 0.25\n");
  }
  ~Tree() { fs::remove_all(path_); }

  void write(const std::string& name, const std::string& text) const { std::ofstream(path_ / name) << text; }
  fs::path operator/(const std::string& name) const { return path_ / name; }

  /// What is wrong with a scenario that extends `file`; empty if nothing.
  std::string extend(const std::string& file, Extends extends = Extends::inside) const {
    write("own/s.toml", "extends = \"" + file + "\"\n" + sample_text());
    try {
      scenario::load_scenario(path_ / "own" / "s.toml", {}, extends);
    } catch (const Error& error) {
      CHECK(error.code() == ExitCode::usage);
      return error.what();
    }
    return {};
  }

 private:
  fs::path path_ = fs::canonical(VOUCH_BINARY_DIR) / "strangers";
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("texts, keys, tables and lists have their largest size") {
  CHECK(tells("title = '" + std::string(limits::text_bytes + 1, 'a') + "'\n",
              "s.toml:1:9: error: a text of 16385 bytes"));
  CHECK(tells(std::string(limits::key_bytes + 1, 'a') + " = 1\n", "s.toml:1:1: error: a key of 513 bytes"));
  CHECK(tells("\n[a]\n" + number_all("k", limits::table_keys + 1, " = 1\n"),
              "a table of 2001 keys (the largest has 2000)"));
  CHECK(tells("a = [" + repeat("1,", limits::list_items + 1) + "]\n", "s.toml:1:5: error: a list of 10001 values"));
  const std::string list = "[" + repeat("1,", limits::list_items) + "]\n";
  CHECK(tells(number_all("k", 11, " = " + list), "more than 100000 values"));
  CHECK(tells("a = " + std::string(limits::nesting + 1, '[') + "\n", "exceeded maximum nested value depth of 32"));
}

TEST_CASE("a scenario has its largest number of everything") {
  CHECK(tells(sample_text(number_all("[segments.k", 128, "]\n")), "129 segments (a scenario has at most 128)"));
  CHECK(tells(sample_text(number_all("[stocks.k", 16, "]\nhalf_life_days = 1\n")),
              "17 stocks (a scenario has at most 16)"));
  CHECK(tells(sample_text(number_all("[strategies.k", 255, "]\n")), " strategies (a scenario has at most 256)"));
  CHECK(tells(sample_text(repeat("[[published]]\n", limits::published + 1)),
              "1001 published (a scenario has at most 1000)"));
  CHECK(tells(sample_text("[output]\nbin_days = 0.001\n"), "time series of 365000 bins (they have at most 50000)"));
  CHECK(errors_of(sample_text("[output]\nbin_days = 0.001\nseries = false\n")).empty());
}

TEST_CASE("what is inherited over and over is counted") {
  const std::string base = "[strategies.base]\nconduct = { " + number_all("c", 1'500, " = 1, ") + "z = 1 }\n";
  const auto errors = errors_of(sample_text(base + number_all("[strategies.k", 200, "]\nextends = \"base\"\n")));
  REQUIRE_FALSE(errors.empty());
  CHECK(contains(errors.back(), "more than 200000 values with all that is inherited"));
}

TEST_CASE("a sweep's points and values together have a limit") {
  const std::string sweep =
      "[sweep]\nmethod = \"sobol\"\npoints = 10000\n[sweep.keys]\nsegments.smb.accounts = { from = 1, to = 9 }\n";
  const std::string strategies = number_all("[strategies.k", 40, "]\nwhen = \"purchase\"\n");
  CHECK(contains(error_of(sample_text(strategies + sweep)), "10000 points of a scenario of "));
  CHECK(
      contains(error_of(sample_text("[sweep.keys]\n" + number_all("k", 65, " = [1]\n"))), "a sweep varies at most 64"));
}

TEST_CASE("checking stops at so many errors, and warnings are no more") {
  const auto errors = errors_of(sample_text(number_all("k", 1'000, " = 1\n")));
  REQUIRE(errors.size() == limits::problems + 1);
  CHECK(contains(errors.back(), "error: checking stopped here (200 errors are enough); mend these first"));
}

TEST_CASE("what a terminal would act on is refused at its place, also in overrides") {
  CHECK(error_of("title = \"\\u001b[2J\"\n") ==
        "s.toml:1:9: error: the character \\x1b in a text (it would act on a terminal); remove it");
  CHECK(tells("\"\\u202ea\" = 1\n", "s.toml:1:1: error: the character \\u202e in a key"));
  CHECK(tells("a = [\"\\u009b\"]\n", "the character \\u009b in a text"));
  CHECK(tells("\"a\\nb\" = 1\n", "a line break or tab in a key"));
  CHECK(errors_of("question = '''a\r\nb\tc'''\n" + sample_text()).empty());
  CHECK(contains(errors_of(sample_text(), {{"title", "\x1b[2J"}}).at(0), "the character \\x1b in a value"));
}

TEST_CASE("what the reader of TOML cannot place is told at its place") {
  CHECK(tells("a = 1\nb = 2\n[`]\n", "s.toml:3:"));
}

TEST_CASE("a scenario extends only what is in its folder and below") {
  const Tree tree;
  tree.write("own/below/in.toml", "[money]\nmargin = 0.5\n");
  CHECK(tree.extend("below/in.toml").empty());
  CHECK(tree.extend("below/../below/in.toml").empty());
  CHECK(tree.extend("../own/below/in.toml").empty());
  const std::string outside = tree.extend("../secret.toml");
  CHECK(outside == (tree / "own/s.toml").string() + ":1:11: error: '" + (tree / "secret.toml").string() +
                       "' is outside the scenario's folder (a scenario extends files in " + (tree / "own").string() +
                       " and below, links followed); move it there, mark a folder above as theirs by an empty file "
                       ".vouch-root, or give --allow-outside");
  CHECK(contains(tree.extend((tree / "own/below/in.toml").string()), "is an absolute path"));
  CHECK(contains(tree.extend("../missing.toml"), "is outside the scenario's folder"));  // whether it exists is not told
  CHECK(tree.extend("../secret.toml", Extends::anything).empty());
  tree.write(".vouch-root", "");
  CHECK(tree.extend("../secret.toml").empty());
  CHECK(contains(tree.extend("../../s.toml"), "is outside the scenario's folder"));
}

TEST_CASE("links are followed before it is asked where a file is") {
  const Tree tree;
  fs::create_symlink(tree / "secret.toml", tree / "own/link.toml");
  fs::create_directory_symlink(tree / ".", tree / "own/up");
  fs::create_symlink("below/in.toml", tree / "own/inner.toml");
  tree.write("own/below/in.toml", "");
  CHECK(contains(tree.extend("link.toml"), "is outside the scenario's folder"));
  CHECK(contains(tree.extend("up/secret.toml"), "is outside the scenario's folder"));
  CHECK(tree.extend("inner.toml").empty());
  tree.write("own/below/in.toml", "extends = \"../../secret.toml\"\n");
  CHECK(contains(tree.extend("below/in.toml"), "below/in.toml:1:11: error: "));  // nor by way of another
}

TEST_CASE("pipes, devices and folders are not waited for") {
  const Tree tree;
  REQUIRE(::mkfifo((tree / "own/pipe.toml").c_str(), 0600) == 0);
  CHECK(contains(tree.extend("pipe.toml"), "(it is a pipe, not a file)"));
  CHECK(contains(tree.extend("below"), "(it is a folder)"));
  fs::create_symlink("/dev/zero", tree / "own/zero.toml");
  CHECK(contains(tree.extend("zero.toml", Extends::anything), "(it is a device or socket, not a file)"));
}

TEST_CASE("a text that is kept beside its worlds extends nothing") {
  CHECK(error_of("extends = \"/etc/passwd\"\n" + sample_text()) ==
        "s.toml:1:11: error: this scenario extends a file (it is a whole one, kept beside its worlds, and reads no "
        "file); "
        "take an intact copy");
}
