// SPDX-License-Identifier: Apache-2.0
// Sweeps: which points they make, and that each is the scenario with its values set.
#include "scenario/sweep.hpp"

#include <cmath>
#include <set>

#include "scenario/compiled_text.hpp"
#include "scenario/samples.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch;
using test::parse;
using test::sample_text;

namespace {

scenario::Sweep sweep_of(std::string_view text) { return parse(sample_text(text)).sweep(); }

/// By point, "value value ...".
std::vector<std::string> list_points(const scenario::Sweep& sweep) {
  std::vector<std::string> points;
  for (std::size_t p = 0; p < sweep.points.size(); ++p) {
    std::string& point = points.emplace_back();
    for (std::size_t k = 0; k < sweep.keys.size(); ++k) point += (k == 0 ? "" : " ") + sweep.value_at(p, k);
  }
  return points;
}

std::vector<std::string> list_points(std::string_view text) { return list_points(sweep_of(text)); }

std::vector<double> column(const scenario::Sweep& sweep, std::size_t key) {
  std::vector<double> values;
  for (std::size_t p = 0; p < sweep.points.size(); ++p) values.push_back(std::stod(sweep.value_at(p, key)));
  return values;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("without a sweep there are no points, and the scenario is the only one that is compiled") {
  for (const char* text : {"", "[sweep]\n", "[sweep]\nkeys = {}\n"}) {
    const auto scenario = parse(sample_text(text));
    CHECK(scenario.sweep().points.empty());
    CHECK(compile_points(scenario).points.size() == 1);
    CHECK(canonical_text(scenario).find("sweep") == std::string::npos);
    CHECK(format_scenario_json(scenario).find("sweep") == std::string::npos);
  }
}

TEST_CASE("a grid has every combination of its values, the last key fastest") {
  CHECK(list_points("[sweep.keys]\n\"segments.smb.accounts\" = [10, 20]\n"
                    "\"strategies.early.when\" = [\"purchase\", \"renewal\"]\n"
                    "outcomes.win.probability = { from = 0.1, to = 0.2, steps = 2 }\n") ==
        Texts{"10 \"purchase\" 0.1", "10 \"purchase\" 0.2", "10 \"renewal\" 0.1", "10 \"renewal\" 0.2",
              "20 \"purchase\" 0.1", "20 \"purchase\" 0.2", "20 \"renewal\" 0.1", "20 \"renewal\" 0.2"});
}

TEST_CASE("a list takes the first values together, then the second ones") {
  CHECK(list_points("[sweep]\nmethod = \"list\"\n[sweep.keys]\n\"segments.smb.accounts\" = [10, 20, 10]\n"
                    "strategies.early.delay_days = { from = 0, to = 1, steps = 3 }\n") ==
        Texts{"10 0", "20 0.5", "10 1"});
}

TEST_CASE("steps are even on their scale, and read well") {
  const auto steps = [](const std::string& range) {
    return list_points("[sweep.keys]\nstrategies.early.delay_days = " + range + "\n");
  };
  CHECK(steps("{ from = 0, to = 90, steps = 4 }") == Texts{"0", "30", "60", "90"});
  CHECK(steps("{ from = -1, to = 1, steps = 4 }") == Texts{"-1", "-0.33333", "0.33333", "1"});
  CHECK(steps("{ from = 1, to = 1000, steps = 4, scale = \"log\" }") == Texts{"1", "10", "100", "1000"});
  CHECK(steps("{ from = 1, to = 100, steps = 4, scale = \"log\" }") == Texts{"1", "4.64159", "21.5443", "100"});
  CHECK(steps("{ from = 1, to = 100, steps = 4, scale = \"log\", whole = true }") == Texts{"1", "5", "22", "100"});
  CHECK(steps("{ from = 0, to = 10, steps = 4, whole = true }") == Texts{"0", "3", "7", "10"});
  // The range decides how fine values are, not their size; ends are kept as they are.
  CHECK(steps("{ from = 1000000.123456789, to = 1000001, steps = 3 }") ==
        Texts{"1000000.123456789", "1000000.561728", "1000001"});
  CHECK(steps("{ from = 1e-7, to = 3e-7, steps = 3 }") == Texts{"1e-07", "2e-07", "3e-07"});
}

TEST_CASE("a Latin hypercube has a value in every slice of a range, and each level equally often") {
  const std::string text =
      "[sweep]\nmethod = \"latin_hypercube\"\npoints = 8\n[sweep.keys]\n"
      "strategies.early.delay_days = { from = 0, to = 80 }\n"
      "segments.smb.accounts = { from = 1, to = 4, whole = true }\n"
      "outcomes.win.probability = { from = 0.001, to = 0.1, scale = \"log\" }\n"
      "\"strategies.early.when\" = [\"purchase\", \"renewal\"]\n";
  const scenario::Sweep sweep = sweep_of(text);
  REQUIRE(sweep.points.size() == 8);
  REQUIRE(sweep.keys.size() == 4);
  std::set<int> slices;
  for (const double value : column(sweep, 0)) slices.insert(static_cast<int>(value / 10.0));
  CHECK(slices == std::set<int>{0, 1, 2, 3, 4, 5, 6, 7});
  std::multiset<double> accounts;
  for (const double value : column(sweep, 1)) accounts.insert(value);
  CHECK(accounts == std::multiset<double>{1, 1, 2, 2, 3, 3, 4, 4});
  std::set<int> ratios;
  for (const double value : column(sweep, 2))
    ratios.insert(static_cast<int>(std::log(value / 0.001) / std::log(100.0) * 8));
  CHECK(ratios.size() == 8);
  std::multiset<std::string> levels;
  for (std::size_t p = 0; p < 8; ++p) levels.insert(sweep.value_at(p, 3));
  CHECK(levels.count("\"purchase\"") == 4);
  CHECK(levels.count("\"renewal\"") == 4);
}

TEST_CASE("sampled points belong to the seed, and a key's values to its name") {
  for (const char* method : {"latin_hypercube", "sobol"}) {
    const std::string head = std::string("[sweep]\npoints = 16\nmethod = \"") + method + "\"\n[sweep.keys]\n";
    const std::string delay = "strategies.early.delay_days = { from = 0, to = 90 }\n";
    const std::string win = "outcomes.win.probability = { from = 0, to = 1 }\n";
    const auto one = list_points(head + delay + win);
    CHECK(one == list_points(head + delay + win));
    const auto other = list_points(parse(sample_text(head + delay + win), {{"experiment.seed", "2"}}).sweep());
    CHECK(one != other);
    if (std::string(method) == "latin_hypercube")
      CHECK(column(sweep_of(head + win + delay), 1) == column(sweep_of(head + delay), 0));
  }
}

TEST_CASE("the values of sampled points are those recorded: they depend on no processor's library") {
  const std::string keys =
      "[sweep.keys]\nstrategies.early.delay_days = { from = 0, to = 90 }\n"
      "outcomes.win.probability = { from = 0.01, to = 1, scale = \"log\" }\n";
  CHECK(list_points("[sweep]\nmethod = \"latin_hypercube\"\npoints = 3\n" + keys) ==
        Texts{"58.187 0.0413752", "75.019 0.392776", "9.7011 0.0895625"});
  CHECK(list_points("[sweep]\nmethod = \"sobol\"\npoints = 4\n" + keys) ==
        Texts{"31.6039 0.0220784", "76.6039 0.220784", "54.1039 0.0698181", "9.1039 0.698181"});
}

TEST_CASE("a point is the scenario with its values set, inherited keys included") {
  const std::string late = "[strategies.late]\nextends = \"early\"\nmax_asks = 2\n";
  const auto swept =
      parse(sample_text(late + "[sweep.keys]\nstrategies.early.delay_days = [0, 30]\n"
                               "\"outcomes.ask.weights.fatigue\" = [-1.2, -0.9]\n"
                               "segments.smb.cycle_days = [{ distribution = \"exponential\", mean = 9 }]\n"));
  const auto points = compile_points(swept).points;
  REQUIRE(points.size() == 4);
  for (std::size_t p = 0; p < points.size(); ++p) {
    std::vector<scenario::Override> sets;
    for (std::size_t k = 0; k < 3; ++k) sets.push_back({swept.sweep().keys[k].key, swept.sweep().value_at(p, k)});
    const auto alone = parse(sample_text(late), sets);
    CHECK(test::describe(points[p]) == test::describe(compile(alone)));
    CHECK(canonical_text(make_point(swept, p)) == canonical_text(alone));
    CHECK(points[p].strategies[2].programs[0].delay_days.parameters[0] == (p < 2 ? 0.0 : 30.0));
  }
}

TEST_CASE("a sweep reads back the same from what is shown and kept") {
  const auto swept =
      parse(sample_text("[sweep]\nmethod = \"sobol\"\npoints = 5\n[sweep.keys]\n"
                        "strategies.early.delay_days = { from = 0, to = 90 }\n"
                        "\"outcomes.ask.weights.fatigue\" = [-1.2, -0.9]\n"));
  const std::string canonical = canonical_text(swept);
  CHECK(canonical.find("[sweep.keys]\n\"strategies.early.delay_days\" = { from = 0, to = 90, steps = false, scale = "
                       "\"linear\", whole = false }\n\"outcomes.ask.weights.fatigue\" = [-1.2, -0.9]\n") !=
        std::string::npos);
  for (const std::string& text : {canonical, format_scenario(swept)}) {
    const auto again = parse(text);
    CHECK(canonical_text(again) == canonical);
    CHECK(list_points(again.sweep()) == list_points(swept.sweep()));
  }
}

TEST_CASE("strategies that follow a swept one do so when the scenario is read back") {
  const std::string text = sample_text(
      "[strategies.often]\nextends = \"early\"\nmax_asks = 12\n[strategies.most]\nextends = \"often\"\n"
      "[sweep.keys]\n\"strategies.early.delay_days\" = [3, 40]\n");
  const auto swept = parse(text);
  const std::string canonical = canonical_text(swept);
  CHECK(canonical.find("[strategies.often]\nextends = \"early\"\nmax_asks = 12\n") != std::string::npos);
  for (const std::string& again_text : {canonical, format_scenario(swept)}) {
    const auto again = parse(again_text);
    CHECK(canonical_text(again) == canonical);
    for (std::size_t point = 0; point < 2; ++point)
      CHECK(canonical_text(make_point(again, point)) == canonical_text(make_point(swept, point)));
  }
}

TEST_CASE("a command line's values are a list, a range or TOML") {
  const auto value_of = [](const std::string& values) { return scenario::make_swept_override("a.b", values).value; };
  CHECK(value_of("1,2,3") == "[1, 2, 3]");
  CHECK(value_of("purchase,\"renewal\"") == "[\"purchase\", \"renewal\"]");
  CHECK(value_of("5") == "[5]");
  CHECK(value_of("") == "[]");
  CHECK(value_of("{ distribution = \"exponential\", mean = 3 },4") ==
        "[{ distribution = \"exponential\", mean = 3 }, 4]");
  CHECK(value_of("0..90/4") == "{ from = 0, to = 90, steps = 4 }");
  CHECK(value_of("-1.5..-0.5") == "{ from = -1.5, to = -0.5 }");
  CHECK(value_of("a..b") == "[\"a..b\"]");
  CHECK(value_of("[1, 2]") == "[1, 2]");
  CHECK(value_of("{ from = 1, to = 8, steps = 4, scale = \"log\" }") ==
        "{ from = 1, to = 8, steps = 4, scale = \"log\" }");
  CHECK(scenario::make_swept_override("a.b", "1,2").key == "sweep.keys.a.b");
}

TEST_CASE("a sweep of the command line replaces the scenario's, or removes it") {
  const std::string text = sample_text(
      "[sweep]\nmethod = \"sobol\"\npoints = 4\n[sweep.keys]\n"
      "strategies.early.delay_days = { from = 0, to = 90 }\n");
  const auto other = parse(text, {{"sweep", "{}"}, scenario::make_swept_override("segments.smb.accounts", "5,6")});
  CHECK(list_points(other.sweep()) == Texts{"5", "6"});
  CHECK(parse(text, {{"sweep", "{}"}}).sweep().points.empty());
  CHECK(parse(text, {{"sweep.points", "8"}}).sweep().points.size() == 8);
}

TEST_CASE("a file's sweep replaces the one that it would inherit") {
  const auto swept =
      scenario::load_scenario(VOUCH_SOURCE_DIR "/tests/scenario/swept-again.toml", {}, scenario::Extends::anything);
  CHECK(list_points(swept.sweep()) == Texts{"7", "8"});
}
