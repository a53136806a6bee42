// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fstream>
#include <sstream>

#include "commands.hpp"
#include "generated.hpp"
#include "misspelling.hpp"
#include "program.hpp"
#include "report/find_name.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;

namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// What is said about a command line that is wrong.
std::string explain(const std::vector<std::string>& words) {
  Request request;
  const auto app = make_app(request);
  try {
    app->parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError& error) {
    return explain_parse_error(*app, error);
  }
  return {};
}

}  // namespace

TEST_CASE("a misspelt command or option gets the nearest one") {
  CHECK(explain({"comapre", "x.h5"}) == "unknown command 'comapre'; did you mean 'compare'?");
  CHECK(explain({"xyzzy"}) == "unknown command 'xyzzy'; see 'vouch --help'");
  CHECK(explain({"run", "--sede", "3", "x.toml"}) == "unknown option '--sede'; did you mean '--seed'?");
  CHECK(explain({"run", "--replication=3"}) == "unknown option '--replication'; did you mean '--replications'?");
  CHECK(explain({"compare", "x.h5", "y.h5"}) == "one argument too many: 'y.h5'; see 'vouch compare --help'");
  CHECK(explain({"run"}) == "SCENARIO is required; see 'vouch run --help'");
}

TEST_CASE("values out of range are refused with the option's name") {
  CHECK(explain({"run", "x.toml", "--threads", "0"}).find("--threads") == 0);
  CHECK(explain({"run", "x.toml", "--seed", "9007199254740992"}).find("--seed") == 0);
  CHECK(explain({"run", "x.toml", "--replications", "many"}).find("--replications") != std::string::npos);
  CHECK(explain({"compare", "x.h5", "--confidence", "95"}).find("--confidence") == 0);
  CHECK(explain({"compare", "x.h5", "--by", "segmnt"}).find("--by") == 0);
}

TEST_CASE("right command lines parse, with --set before or after the scenario") {
  CHECK(explain({"run", "--set", "a.b=1", "x.toml", "--set", "c=[1, 2]", "--strategies", "a,b"}) == "");
  CHECK(explain({"run", "--strategies", "a,b", "x.toml", "--set", "x=-1"}) == "");
  CHECK(explain({"run", "x.toml", "--sweep", "a.b=1,2", "--sweep", "c=-1..0/3"}) == "");
  CHECK(explain({"check", "--sweep", "a.b=1,2", "x.toml"}) == "");
  CHECK(explain({"run", "x.toml", "--no-sweep", "--sweep", "a.b=1"}).find("excludes") != std::string::npos);
  CHECK(explain({"compare", "x.h5", "--point", "3", "--all-points"}) == "");
  CHECK(explain({"keys"}) == "");
  CHECK(explain({"compare", "x.h5", "--metric", "a,b", "--by", "source"}) == "");
  for (const char* series : {"--series", "--series=a,b"}) {
    CHECK(explain({"compare", "x.h5", series}) == "");
    CHECK(explain({"compare", series, "x.h5"}) == "");
  }
  CHECK(explain({"compare", "x.h5", "--series", "a", "--metric", "b"}).find("excludes") != std::string::npos);
}

TEST_CASE("names that do not exist get the nearest, or the list") {
  CHECK(report::find_name("baseline", "b", {"a", "b"}) == 1);
  CHECK_THROWS_WITH(report::find_name("strategy", "erly", {"never", "early"}),
                    "unknown strategy 'erly'; did you mean 'early'?");
  CHECK_THROWS_WITH(report::find_name("strategy", "x", {"never", "early"}),
                    "unknown strategy 'x'; there are: never and early");
}

TEST_CASE("the committed man page and completions are those of the definitions") {
  Request request;
  const auto app = make_app(request);
  const auto commands = describe_commands(*app);
  const std::string folder = VOUCH_SOURCE_DIR "/tools/vouch/";
  CHECK(read_file(folder + "vouch.1") == generate_man_page(commands));
  CHECK(read_file(folder + "completions/vouch.bash") == generate_bash_completion(commands));
  CHECK(read_file(folder + "completions/_vouch") == generate_zsh_completion(commands));
  CHECK(read_file(folder + "completions/vouch.fish") == generate_fish_completion(commands));
}

TEST_CASE("every command has a description, examples and described options") {
  Request request;
  const auto app = make_app(request);
  for (const CommandDescription& command : describe_commands(*app)) {
    INFO(command.name);
    CHECK_FALSE(command.description.empty());
    CHECK(command.footer.find("Examples:\n") == 0);
    for (const OptionDescription& option : command.options) CHECK_FALSE(option.description.empty());
  }
}
