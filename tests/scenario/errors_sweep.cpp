// SPDX-License-Identifier: Apache-2.0
// What is wrong with a sweep or its points, and where. The sample has 28 lines of its own; what follows begins at
// line 29.
#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using test::parse;
using test::sample_text;

namespace {

/// Every problem of the sweep and of its points, in order.
std::vector<std::string> problems_of(const std::string& sweep, const std::vector<scenario::Override>& overrides = {}) {
  std::vector<std::string> lines;
  try {
    for (const Problem& warning : compile_points(parse(sample_text(sweep), overrides)).warnings)
      lines.push_back(format_problem(warning));
  } catch (const Error& error) {
    for (const Problem& problem : error.problems()) lines.push_back(format_problem(problem));
  }
  return lines;
}

void check_problem(const std::string& sweep, const std::string& expected) {
  INFO(sweep);
  const auto problems = problems_of(sweep);
  for (const std::string& problem : problems) UNSCOPED_INFO(problem);
  REQUIRE(problems.size() == 1);
  CHECK(problems.front() == expected);
}

const std::string keys = "[sweep.keys]\n";
const std::string sobol = "[sweep]\nmethod = \"sobol\"\npoints = 4\n[sweep.keys]\n";

}  // namespace

TEST_CASE("what all points share cannot be swept") {
  check_problem(
      keys + "\"experiment.seed\" = [1, 2]\n",
      "s.toml:30:1: error: 'experiment.seed' cannot be swept (all points are one experiment: the same worlds, "
      "ranked in the same way); remove it here; --set changes it for all points");
  for (const char* key : {"title", "question", "extends", "published", "output.bin_days", "sweep.points",
                          "money.currency", "segments.smb.label", "strategies.early.description"}) {
    const auto problems = problems_of(keys + '"' + key + "\" = [1, 2]\n");
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().find(std::string("s.toml:30:1: error: '") + key + "' cannot be swept (") == 0);
  }
}

TEST_CASE("a misspelt key is told once, at its place, with the nearest name") {
  check_problem(keys + "\"strategies.early.delay_dais\" = [1, 2]\n",
                "s.toml:30:1: error: unknown key 'delay_dais' in [strategies.early] (a key that nothing reads would be "
                "ignored); did you mean 'delay_days'?");
  check_problem(keys + "strategies.erly.delay_days = [1, 2]\n",
                "s.toml:30:17: error: unknown strategy 'erly' (a sweep varies what the scenario has); did you mean "
                "'early'?");
  check_problem(keys + "\"strategies..early\" = [1, 2]\n",
                "s.toml:30:1: error: 'strategies..early' is no key; write it with dots, as in "
                "strategies.at-signing.delay_days");
}

TEST_CASE("a point's problem is told at its value, with the point") {
  check_problem(
      keys + "strategies.early.delay_days = [0, -1, 5]\n",
      "s.toml:30:35: error: delay_days must be a number >= 0 or a distribution (inf allowed), not -1 (at point "
      "1: strategies.early.delay_days = -1); `vouch keys delay_days` explains it");
  check_problem(
      keys + "strategies.early.delay_days = [0, -1]\nsegments.smb.accounts = [1, 2, 3]\n",
      "s.toml:30:35: error: delay_days must be a number >= 0 or a distribution (inf allowed), not -1 (at 3 of "
      "6 points, first at point 3: strategies.early.delay_days = -1, segments.smb.accounts = 1); `vouch keys "
      "delay_days` explains it");
  // Different numbers are not different problems.
  const auto sampled = problems_of(sobol + "strategies.early.delay_days = { from = -90, to = -1 }\n");
  REQUIRE(sampled.size() == 1);
  CHECK(sampled[0].find("s.toml:33:31: error: delay_days must be a number >= 0 ") == 0);
}

TEST_CASE("problems of several kinds are all told, and what holds at every point without its values") {
  const auto problems = problems_of(keys +
                                    "strategies.early.delay_days = [0, -1]\n"
                                    "segments.smb.accounts = [0.5, 2]\n"
                                    "outcomes.win.probabilty = [0.1]\n");
  REQUIRE(problems.size() == 3);
  CHECK(problems[0].find("s.toml:30:35: error: delay_days must be") == 0);
  CHECK(problems[1].find("s.toml:31:26: error: accounts must be") == 0);
  CHECK(problems[2].find("s.toml:32:14: error: unknown key 'probabilty' in [outcomes.win]") == 0);
  CHECK(problems[2].find("point") == std::string::npos);
}

TEST_CASE("what values make together is found at each point") {
  const auto problems = problems_of(keys + "segments.smb.accounts = [100, 0]\n");
  for (const std::string& problem : problems) UNSCOPED_INFO(problem);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].find("; at point 1: segments.smb.accounts = 0)") != std::string::npos);
}

TEST_CASE("values that make no points are refused") {
  const std::string delay = "strategies.early.delay_days = ";
  check_problem(
      keys + delay + "5\n",
      "s.toml:30:31: error: 'strategies.early.delay_days' must be swept over a list of values or { from, to }, "
      "not 5; write [5]");
  check_problem(keys + delay + "[]\n",
                "s.toml:30:31: error: 'strategies.early.delay_days' has no values (there would be no points); give one "
                "or more, or remove the key");
  check_problem(keys + delay + "[1, 2, 1.0]\n",
                "s.toml:30:38: error: 1.0 stands twice for 'strategies.early.delay_days' (points would be the same); "
                "remove one");
  check_problem(keys + delay + "{ from = 3, to = 3, steps = 2 }\n",
                "s.toml:30:40: error: from = 3 is not below to = 3; write the lower value as from");
  check_problem(keys + delay + "{ from = 0, to = 3, steps = 2, scale = \"log\" }\n",
                "s.toml:30:40: error: a log scale cannot begin at 0; begin above 0, or leave out scale");
  check_problem(keys + delay + "{ from = 0.5, to = 3, steps = 2, whole = true }\n",
                "s.toml:30:72: error: 0.5 to 3 are no whole numbers; give whole numbers as from and to");
  check_problem(keys + delay + "{ from = 0, to = 3 }\n",
                "s.toml:30:40: error: a grid needs the steps of a range; add steps = ..., the number of values");
  check_problem(keys + delay + "{ from = 0, to = 3, steps = 1 }\n",
                "s.toml:30:59: error: steps must be a whole number in [2, 10000], or false, not 1; `vouch keys sweep` "
                "explains it");
  check_problem(keys + delay + "{ from = 0, to = 3, steps = 5, whole = true }\n",
                "s.toml:30:59: error: 5 steps from 0 to 3 (there are not so many whole numbers); take fewer steps");
  check_problem(keys + delay + "{ from = 1, to = 9, steps = 8, whole = true, scale = \"log\" }\n",
                "s.toml:30:59: error: 1 stands twice for 'strategies.early.delay_days' (the steps are too close to one "
                "another); take fewer steps");
  check_problem(
      sobol + delay + "{ from = 0, to = 3, steps = 2 }\n",
      "s.toml:33:59: error: steps is of grid and list only, not of sobol; remove it, or give a list of values");
}

TEST_CASE("a misspelt key of a range gets the nearest name") {
  const auto problems = problems_of(keys + "strategies.early.delay_days = { from = 1, too = 9, steps = 8 }\n");
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].find("s.toml:30:31: error: [sweep.keys.\"strategies.early.delay_days\"] needs 'to'") == 0);
  CHECK(problems[1].find("s.toml:30:43: error: unknown key 'too'") == 0);
  CHECK(problems[1].find("did you mean 'to'?") != std::string::npos);
}

TEST_CASE("the number of points is told once, where it belongs, and is limited") {
  const std::string delay = "[sweep.keys]\nstrategies.early.delay_days = ";
  check_problem("[sweep]\nmethod = \"latin_hypercube\"\n" + delay + "{ from = 0, to = 3 }\n",
                "s.toml:29:1: error: [sweep] needs 'points' for method = \"latin_hypercube\" (its keys' ranges do not "
                "tell how many points there are); add points = ...");
  check_problem(
      "[sweep]\npoints = 3\n" + delay + "[1, 2]\n",
      "s.toml:30:10: error: points is of latin_hypercube and sobol only (the values themselves make the points "
      "of a grid); remove it, or give another method");
  check_problem("[sweep]\npoints = 3\n",
                "s.toml:30:10: error: the sweep varies nothing (points speaks of no keys); add [sweep.keys] with KEY = "
                "[VALUES], or remove [sweep]");
  const auto many = problems_of(delay +
                                "{ from = 0, to = 3, steps = 200 }\noutcomes.win.probability = { from = 0, to = 1, "
                                "steps = 200 }\n");
  REQUIRE(many.size() == 1);
  CHECK(many[0] ==
        "s.toml:29:1: error: a grid of 40000 points (a sweep has at most 10000); give fewer values, or method = "
        "\"sobol\" and the number of points");
  check_problem(
      "[sweep]\nmethod = \"list\"\n" + delay + "[1, 2]\nsegments.smb.accounts = [1, 2, 3]\n",
      "s.toml:33:14: error: 3 values for 'segments.smb.accounts', but 2 for 'strategies.early.delay_days' (of "
      "a list the first values of all keys make a point, then the second ones); give all keys the same number "
      "of values, or method = \"grid\" for all combinations");
}

TEST_CASE("keys that undo one another are refused, also on the command line") {
  check_problem(
      keys + "segments.smb.cycle_days = [1, 2]\n\"segments.smb.cycle_days.mean\" = [1]\n",
      "s.toml:31:1: error: 'segments.smb.cycle_days.mean' and 'segments.smb.cycle_days' are both swept (the one "
      "is a part of the other); sweep only one of them");
  check_problem(keys + "segments.smb.accounts = [1, 2]\n\"segments.smb.accounts\" = [1]\n",
                "s.toml:31:1: error: 'segments.smb.accounts' is swept twice; remove one of them");
  const auto undone = problems_of(keys + "segments.smb.accounts = [1, 2]\n", {{"segments.smb.accounts", "5"}});
  REQUIRE(undone.size() == 1);
  CHECK(undone[0] ==
        "--set segments.smb.accounts=5: error: 'segments.smb.accounts' is swept (every point gives it a value of its "
        "own, in place of this one); leave one of the two out (--no-sweep runs the scenario without its sweep)");
  const auto shown = problems_of("", {scenario::make_swept_override("strategies.erly.delay_days", "1,2")});
  REQUIRE(shown.size() == 1);
  CHECK(shown[0].find("--sweep strategies.erly.delay_days=1,2: error: unknown strategy 'erly'") == 0);
}

TEST_CASE("warnings of points are told once") {
  const auto warnings =
      problems_of(keys + "outcomes.ask.link = [\"logit\", \"identity\"]\nsegments.smb.accounts = [5, 6]\n");
  REQUIRE(warnings.size() == 2);  // of ask, and of second_ask, which is as ask
  CHECK(warnings[0].find("warning: the probability of [outcomes.ask] can leave [0, 1] (") != std::string::npos);
  CHECK(warnings[0].find("; at 2 of 4 points, first at point 2: outcomes.ask.link = \"identity\", "
                         "segments.smb.accounts = 5)") != std::string::npos);
}
