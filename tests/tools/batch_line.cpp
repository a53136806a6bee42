// SPDX-License-Identifier: Apache-2.0
#include "batch_line.hpp"

#include "shell_words.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;
using Words = std::vector<std::string>;

namespace {

const Location where{"lists/nightly.txt", 3, 0};

std::string refuse(const std::string& line) {
  const auto parsed = parse_batch_line(line, where);
  REQUIRE(parsed);
  REQUIRE(parsed->problems.size() == 1);
  return format_problem(parsed->problems.front());
}

}  // namespace

TEST_CASE("words are split as by a shell, and nothing is expanded") {
  CHECK((split_shell_words("a  b\tc") == Words{"a", "b", "c"}));
  CHECK((split_shell_words(R"('a b'c "d \"e\" 'f'" g\ h '')") == Words{"a bc", "d \"e\" 'f'", "g h", ""}));
  CHECK((split_shell_words("$HOME *.toml ~ `id` a;b") == Words{"$HOME", "*.toml", "~", "`id`", "a;b"}));
  CHECK((split_shell_words("a # b 'c") == Words{"a"}));
  CHECK((split_shell_words("a#b") == Words{"a#b"}));
  for (const char* empty : {"", "   ", "#", "# a"}) CHECK((split_shell_words(empty) == Words{}));
  for (const char* open : {"'a", "a \"b", "a\\"}) CHECK_FALSE(split_shell_words(open));
}

TEST_CASE("a line of a list takes the options of run") {
  const auto line = parse_batch_line(
      "../a.toml --seed 3 --set 'x.y=\"a b\"' --strategies a,b --until 'best within 1%' --report -o b.h5 \r", where);
  REQUIRE(line);
  CHECK(line->problems.empty());
  CHECK(line->where.line == 3);
  CHECK(line->options.scenario.path == "a.toml");
  CHECK((line->options.scenario.sets == Words{"x.y=\"a b\""}));
  CHECK(line->options.seed == 3);
  CHECK((line->options.strategies == Words{"a", "b"}));
  CHECK(line->options.until == "best within 1%");
  CHECK(line->options.report == "");
  CHECK(line->options.output == "b.h5");
  CHECK(parse_batch_line("a.toml", where)->options.scenario.path == "lists/a.toml");
  CHECK(parse_batch_line("/b/a.toml", where)->options.scenario.path == "/b/a.toml");
  CHECK_FALSE(parse_batch_line("  # nothing", where));
}

TEST_CASE("a line that is wrong is refused at its place") {
  CHECK(refuse("a.toml --sede 3") == "lists/nightly.txt:3: error: unknown option '--sede'; did you mean '--seed'?");
  CHECK(refuse("--seed 3") == "lists/nightly.txt:3: error: SCENARIO is required; see 'vouch run --help'");
  CHECK(refuse("a.toml b.toml") ==
        "lists/nightly.txt:3: error: one argument too many: 'b.toml'; see 'vouch run --help'");
  CHECK(refuse("a.toml --json") ==
        "lists/nightly.txt:3: error: '--json' has no place in a list; give it to 'vouch batch', as in: vouch batch "
        "nightly.txt --json");
  CHECK(refuse("a.toml --help") ==
        "lists/nightly.txt:3: error: '--help' has no place in a list; give it to 'vouch "
        "batch', as in: vouch batch nightly.txt --help");
  for (const char* watching : {"-q", "--quiet", "--log-format=json"})
    CHECK(refuse(std::string("a.toml ") + watching).find("has no place in a list") != std::string::npos);
  CHECK(refuse("a.toml 'b").find("lists/nightly.txt:3: error: a quote is not closed") == 0);
  CHECK(refuse(std::string("a.toml\0 b", 9)).find("lists/nightly.txt:3: error: a NUL byte") == 0);
}
