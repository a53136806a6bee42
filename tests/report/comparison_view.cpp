// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_view.hpp"

#include <sstream>

#include "evidence.hpp"
#include "report/comparison_notes.hpp"
#include "report/comparison_tables.hpp"
#include "report/text.hpp"
#include "support/catch.hpp"

using namespace vouch::report;
using namespace vouch::statistics;
using vouch::test::make_evidence;
using vouch::test::make_view;
using vouch::test::make_view_options;
using vouch::test::Worlds;

namespace {

const Metric money = make_plain_metric("net_value", "currency", "");
const Metric rate{"yes_rate", "share", "", Direction::higher_is_better, {{"yes"}}, {{"asks"}}};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

/// `num` worlds whose luck is the same for strategies of the same `mask`, plus a shift.
Worlds make_worlds(int num, std::int64_t shift, std::uint64_t mask) {
  Worlds worlds;
  for (int i = 0; i < num; ++i) {
    const std::uint64_t luck = (static_cast<std::uint64_t>(i) * 2654435761u ^ mask) * 2246822519u >> 20 & 63;
    worlds.numerators.push_back(shift + static_cast<std::int64_t>(luck));
  }
  return worlds;
}

}  // namespace

TEST_CASE("values come with their interval, the chance of being best and the expected loss") {
  const std::string text = format_values(make_view({{{100, 110, 120, 130}}, {{201, 212, 219, 232}}}, money));
  INFO(text);
  CHECK(contains(text, "216.0  195.3 to 236.7    > 99.9 %      < 0.01  best\n"));
  CHECK(contains(text, "115.0   94.5 to 135.5     < 0.1 %      101.00\n"));
  CHECK(contains(text, "expected\n"));
  CHECK(contains(text, "loss by it\n"));
  CHECK_FALSE(contains(text, "worlds"));
}

TEST_CASE("those that could be best are marked") {
  const std::string text =
      format_values(make_view({{{10, 20, 30, 40}}, {{11, 19, 32, 39}}, {{-40, -39, -39, -40}}}, money));
  CHECK(count(text, "could be best\n") == 2);
}

TEST_CASE("numbers of worlds are shown where they differ") {
  const auto view = make_view({{{10, 11, 12}}, {{30, 32, 31, 33, 30, 35}}}, money);
  const std::string text = format_values(view);
  INFO(text);
  CHECK(contains(text, "worlds"));
  CHECK(contains(text, " 3 "));
  CHECK(contains(text, " 6 "));
  CHECK(contains(explain_intervals(view), "Each value is over its strategy's own worlds"));
  CHECK_FALSE(contains(explain_intervals(make_view({{{1, 2}}, {{3, 5}}}, money)), "own worlds"));
  const auto json = make_comparison_json(view);
  CHECK(json["num_worlds"] == 6);
  CHECK(json["strategies"][1]["num_worlds"] == 3);
}

TEST_CASE("each is compared with the best of the others, better ones ahead whatever is better") {
  const std::vector<Worlds> strategies{{{100, 110, 120, 130}}, {{201, 212, 219, 232}}, {{310, 299, 321, 333}}};
  const std::string more = format_from_best(make_view(strategies, money));
  const std::string less = format_from_best(make_view(strategies, make_plain_metric("touch_cost", "currency", "")));
  INFO(more << less);
  CHECK(contains(more, "\nC "));
  CHECK(more.find("\nC ") < more.find("\nB "));
  CHECK(contains(more, "surely ahead\nB"));
  CHECK(count(more, "surely behind\n") == 2);
  CHECK(contains(less, "surely ahead\nB"));
  CHECK(less.find("\nA ") < less.find("\nB "));
  CHECK(contains(less, " 0 to +"));
  CHECK(format_from_best(make_view({{{1, 2, 4}}, {{4, 4, 1}}}, money)).empty());
  CHECK(format_from_best(make_view(strategies, make_plain_metric("asks", "1", ""))).empty());
}

TEST_CASE("differences say what holds jointly, and what surely differs") {
  const std::vector<Worlds> strategies{{{100, 110, 120, 130}}, {{201, 212, 219, 232}}, {{101, 109, 122, 127}}};
  const auto format = [&](Adjustment adjustment) {
    auto options = make_view_options(3);
    options.adjustment = adjustment;
    const auto view = make_view(make_evidence(strategies, money), money, options);
    return format_comparison(view) + explain_intervals(view);
  };
  const std::string best = format(Adjustment::best);
  INFO(best);
  CHECK(contains(best, "against the best of the others"));
  CHECK(contains(best, "all at once"));
  CHECK(contains(best, " yes "));
  CHECK(contains(best, " not sure "));
  CHECK_FALSE(contains(best, "p-value"));
  CHECK(contains(format_differences(make_view({{{1, 2, 4}}, {{1, 2, 4}}}, money)), " no "));
  const std::string bonferroni = format(Adjustment::bonferroni);
  CHECK(contains(bonferroni, "adjusted"));
  CHECK_FALSE(contains(bonferroni, "against the best"));
  CHECK(contains(format(Adjustment::holm), "Holm's"));
  const std::string none = format(Adjustment::none);
  CHECK(contains(none, "each by itself"));
  CHECK_FALSE(contains(none, "adjusted"));
  CHECK_FALSE(contains(none, "at once"));
}

TEST_CASE("pairs have their correlation") {
  auto options = make_view_options(3);
  options.extras.pairs = true;
  const std::vector<Worlds> strategies{{{1, 2, 3, 4}}, {{2, 4, 6, 8}}, {{4, 3, 2, 1}}};
  const std::string text = format_comparison(make_view(make_evidence(strategies, money), money, options));
  INFO(text);
  CHECK(contains(text, "\nA minus B "));
  CHECK(contains(text, "+1.00"));
  CHECK(contains(text, "\nB minus C "));
  CHECK(contains(text, "-1.00"));
}

TEST_CASE("quantiles over worlds, and how often each came first") {
  auto options = make_view_options(2);
  options.extras.quantiles = {0.1, 0.5};
  const auto view = make_view(make_evidence({make_worlds(200, 0, 1), make_worlds(200, 5, 1)}, money), money, options);
  const std::string text = format_quantiles(view);
  INFO(text);
  CHECK(contains(text, "\nB            100 %       10 %"));
  CHECK(contains(text, "\n                         50 %"));
  const auto json = make_comparison_json(view)["strategies"][0]["quantiles"];
  CHECK(json.size() == 2);
  CHECK(json[1]["probability"] == 0.5);
  CHECK(json[1]["num_worlds"] == 200);
}

TEST_CASE("quantiles say which worlds they are of, where it is not every single one") {
  const auto format = [](int num, std::size_t group_size) {
    auto options = make_view_options(1);
    options.extras.quantiles = {0.5};
    const auto evidence = make_evidence({make_worlds(num, 0, 1)}, money, {group_size, 1.0});
    return format_quantiles(make_view(evidence, money, options));
  };
  CHECK_FALSE(contains(format(4096, 1), "Quantiles are of"));
  CHECK(contains(format(4097, 1), "\nQuantiles are of the first 4,096 worlds.\n"));
  CHECK_FALSE(contains(format(4098, 2), "Quantiles are of"));
  CHECK(contains(format(4098, 2), "Values are of antithetic pairs, two worlds taken together;"));
  CHECK(contains(format(8194, 2), "Quantiles are of the first 4,096 pairs of worlds."));
}

TEST_CASE("cautions are said once, with the strategies they are about") {
  const std::string few = format_cautions(make_view({{{1, 2, 4}}, {{4, 4, 1}}}, money));
  CHECK(few ==
        "Caution: these intervals may hold the truth less often than in 95 % of cases: fewer than 30 worlds (A and B). "
        "More worlds help.");
  Worlds rare{std::vector<std::int64_t>(100, 0)};
  rare.numerators[7] = 1;
  const std::string one = format_cautions(make_view({make_worlds(100, 0, 1), rare}, money));
  CHECK(contains(one, "something that nearly no world shows, or nearly every one (B)"));
  CHECK(format_cautions(make_view({make_worlds(100, 0, 1), make_worlds(100, 0, 2)}, money)).empty());
}

TEST_CASE("a caution about the lead names both, as the verdict rests on it") {
  // Both values and their differences from the baseline are even; their own difference is 0 but for one world.
  Worlds first = make_worlds(200, 100, 1);
  Worlds second = first;
  second.numerators[7] -= 5;
  const auto view = make_view({make_worlds(200, 0, 2), first, second}, money);
  REQUIRE(view.comparison.lead->estimate.caution != Caution::none);
  for (const ComparedStrategy& strategy : view.comparison.strategies) CHECK(strategy.estimate.caution == Caution::none);
  CHECK(contains(format_cautions(view), "(B and C)"));
}

TEST_CASE("pairs that share their luck in vain are named, with the metric") {
  const auto view = make_view({make_worlds(200, 0, 1), make_worlds(200, 9, 1), make_worlds(200, 0, 77)}, money);
  const std::string text = format_sharing(view);
  INFO(text);
  for (const auto& pair : view.comparison.pairs) {
    const auto& ratio = pair.difference.difference.variance_ratio;
    const std::string name = view.strategy_names[pair.first] + " with " + view.strategy_names[pair.second];
    CHECK(contains(text, name) == (ratio && *ratio < 1.1));
  }
  CHECK(contains(text, "in the comparison by net_value of A with C ("));
  CHECK(contains(text, "--replications"));
}

TEST_CASE("a few worlds do not show how luck is shared") {
  const auto format = [](int num) {
    return format_sharing(make_view({make_worlds(num, 0, 1), make_worlds(num, 0, 77)}, money));
  };
  CHECK(format(29).empty());
  CHECK_FALSE(format(200).empty());
}

TEST_CASE("that sharing luck harms is said where it is sure, and only there") {
  Worlds mirrored = make_worlds(100, 0, 1);
  for (auto& value : mirrored.numerators) value = -value;
  CHECK(contains(format_sharing(make_view({make_worlds(100, 0, 1), mirrored}, money)),
                 "Sharing luck harms the comparison by net_value of A with B (0.5x)"));
  CHECK_FALSE(contains(format_sharing(make_view({{{1, 2, 3}}, {{3, 3, 1}}}, money)), "harms"));
  CHECK(format_sharing(make_view({make_worlds(100, 0, 1), {std::vector<std::int64_t>(100, 0)}}, money)).empty());
}

TEST_CASE("control variates show the value without the luck that they explain, and the gain") {
  auto evidence_options = make_evidence_options(money, [](std::string_view) { return 1.0; });
  evidence_options.num_strategies = 2;
  evidence_options.controls = {{"start_value", 1.0, 31.5}};
  Evidence evidence(evidence_options);
  for (int i = 0; i < 100; ++i) {
    const std::int64_t luck = i * 37 % 64;
    evidence.add_group(std::vector<std::optional<WorldValue>>{WorldValue{10 * luck + i % 3, 1, {luck}},
                                                              WorldValue{10 * luck + 50 + i % 7, 1, {luck}}});
  }
  const auto view = make_view(evidence, money, make_view_options(2));
  const std::string text = format_comparison(view);
  INFO(text);
  CHECK(contains(text, "the luck that start_value had"));
  CHECK(contains(text, "x\n"));
  const auto json = make_comparison_json(view);
  CHECK(json["controls"] == nlohmann::ordered_json({"start_value"}));
  CHECK(json["strategies"][0]["controlled"]["gain"].get<double>() > 100.0);
  CHECK(json["strategies"][1]["controlled_from_baseline"].is_null());
  CHECK_FALSE(make_comparison_json(make_view({{{1, 2}}}, money)).contains("controls"));
}

TEST_CASE("antithetic pairs report their gain, and whom they harm") {
  Worlds opposite;
  Worlds alike;
  for (int i = 0; i < 200; ++i) {
    opposite.numerators.push_back((i % 2 == 0 ? 10 : -10) * (1 + i / 2 % 3) + i / 2 % 5);
    alike.numerators.push_back(i / 2 % 7);
  }
  const auto view = make_view({opposite, alike}, money, {2, 1.0});
  const std::string text = format_antithetic(view);
  INFO(text);
  CHECK(contains(text, "They harm B: without experiment.antithetic"));
  CHECK(make_comparison_json(view)["strategies"][0].contains("antithetic_gain"));
  CHECK(format_antithetic(make_view({opposite, alike}, money)).empty());
}

TEST_CASE("antithetic pairs are said to harm only where that is surely so") {
  // Of 100 pairs so many have both worlds above or both below; the others have one of each.
  const auto make_pairs = [](int num_alike) {
    Worlds worlds;
    for (int i = 0; i < 100; ++i) {
      const int first = i % 2 == 0 ? 1 : -1;
      worlds.numerators.push_back(first);
      worlds.numerators.push_back(i < num_alike ? first : -first);
    }
    return worlds;
  };
  const auto view = make_view({make_pairs(54), make_pairs(80)}, money, {2, 1.0});
  CHECK(*view.antithetic_gains[0] < 1.0);
  CHECK(contains(format_antithetic(view), "They harm B: without experiment.antithetic"));
  CHECK_FALSE(contains(format_antithetic(make_view({make_pairs(54), make_pairs(50)}, money, {2, 1.0})), "harm"));
  CHECK_FALSE(contains(format_antithetic(make_view({{{1, 1, 2, 2, 3, 3}}}, money, {2, 1.0})), "harm"));
}

TEST_CASE("shares are shown in percent, and lie between 0 and 100") {
  const auto view =
      make_view({{{100, 100, 100, 100}, {100, 100, 100, 100}}, {{1, 0, 0, 0}, {100, 100, 100, 100}}}, rate);
  const std::string text = format_values(view);
  INFO(text);
  CHECK(contains(text, "%"));
  CHECK(contains(text, " to 100.0"));
  CHECK_FALSE(contains(text, " -"));
  CHECK(make_comparison_json(view)["unit"] == "1");
}

TEST_CASE("what holds at any look has no p-values, and says so") {
  auto options = make_view_options(3);
  options.adjustment = Adjustment::holm;
  const auto evidence = make_evidence({make_worlds(100, 0, 1), make_worlds(100, 9, 3), make_worlds(100, 0, 7)}, money);
  const auto fixed = make_view(evidence, money, options);
  CHECK(contains(format_differences(fixed), "p-value"));
  CHECK(make_comparison_json(fixed)["looks"] == "fixed");
  options.looks = Looks::any;
  const auto any = make_view(evidence, money, options);
  CHECK_FALSE(contains(format_comparison(any), "p-value"));
  CHECK(contains(explain_intervals(any), "whatever moment one looks"));
  CHECK_FALSE(contains(explain_intervals(any), "Holm"));
  const auto json = make_comparison_json(any);
  CHECK(json["looks"] == "any");
  for (const char* key : {"p_value", "adjusted_p_value"}) {
    CHECK(json["strategies"][0]["from_baseline"][key].is_null());
    CHECK(json["pairs"][0][key].is_null());
  }
  CHECK(json["pairs"][0]["surely_different"].is_boolean());
}

TEST_CASE("what is neither good nor bad is in no contest") {
  const auto view = make_view({{{100, 110, 120, 130}}, {{201, 212, 219, 232}}}, make_plain_metric("asks", "1", ""));
  CHECK_FALSE(contains(format_comparison(view), "best"));
  CHECK_FALSE(contains(format_comparison(view), "loss"));
  const auto json = make_comparison_json(view);
  CHECK(json["better"] == "neither");
  for (const char* key : {"share_of_firsts", "chance_of_best", "expected_loss", "from_best"})
    CHECK(json["strategies"][0][key].is_null());
}

TEST_CASE("one strategy by itself is in no contest") {
  const auto view = make_view({{{1, 2, 4}}}, money);
  CHECK_FALSE(contains(format_comparison(view), "best"));
  CHECK(make_comparison_json(view)["strategies"][0]["chance_of_best"].is_null());
  CHECK(explain_intervals(view).empty());
}

TEST_CASE("tables hold no NaN and fit on a page") {
  const std::vector<std::vector<Worlds>> all{
      {{{1}}, {{2}}},
      {{}, {}},
      {{{5, 5, 5}}, {{5, 5, 5}}, {{7, 7, 7}}},
      {{{123456789, 123556789, 122456789}}, {{-123456789, -123456000, -123400000}}, {{123456789, 1, 122456789}}},
      {{{1, 2, 3}}},
      {{{1, 2, 3}}, {}},
  };
  for (const auto& strategies : all) {
    for (const Adjustment adjustment : {Adjustment::best, Adjustment::holm}) {
      auto options = make_view_options(strategies.size());
      options.adjustment = adjustment;
      options.extras = {{0.1, 0.5}, true};
      options.strategy_names[0] = "at signing, and once more, at once, if the first answer was a maybe";
      const auto view = make_view(make_evidence(strategies, money), money, options);
      const std::string text = format_comparison(view);
      INFO(text);
      CHECK_FALSE(contains(text + make_comparison_json(view).dump(), "nan"));
      CHECK_FALSE(contains(text + make_comparison_json(view).dump(), "inf"));
      std::istringstream lines(text);
      for (std::string line; std::getline(lines, line);) CHECK(compute_width(line) <= 100);
    }
  }
}

TEST_CASE("the JSON has what the tables have, unrounded, and null for what is unknown") {
  const auto json = make_comparison_json(make_view({{{2, 4, 7}}, {{4, 8, 12}}}, money, {1, 0.5}));
  CHECK(json["unit"] == "EUR");
  CHECK(json["baseline"] == "A");
  CHECK(json["adjustment"] == "best");
  const auto& row = json["strategies"][0];
  CHECK(row["strategy"] == "B");
  CHECK(row["value"] == 4.0);
  CHECK(row["caution"] == "few_worlds");
  CHECK(row["from_best"].size() == 2);
  CHECK(row["from_baseline"]["interval"].size() == 2);
  CHECK(row["from_baseline"]["joint_interval"].size() == 2);
  CHECK(row["from_baseline"]["surely_different"].is_boolean());
  CHECK(json["strategies"][1]["from_baseline"].is_null());
  CHECK(json["pairs"].size() == 1);
  CHECK(json["pairs"][0]["first"] == "A");
  CHECK(json["pairs"][0]["difference"].get<double>() == -row["from_baseline"]["difference"].get<double>());
  const auto unknown = make_comparison_json(make_view({{{1, 7}}, {{3, 9}}}, money));
  for (const char* key : {"half_width", "joint_interval", "adjusted_p_value", "surely_different"})
    CHECK(unknown["strategies"][0]["from_baseline"][key].is_null());
  for (const char* key : {"chance_of_best", "expected_loss", "from_best"})
    CHECK(unknown["strategies"][0][key].is_null());
}
