// SPDX-License-Identifier: Apache-2.0
// Charts of comparisons draw the numbers of the comparison, and their titles count what the intervals show.
#include <algorithm>
#include <random>
#include <regex>

#include "evidence.hpp"
#include "report/charts/charts.hpp"
#include "report/charts/finding.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch;
using namespace vouch::report;
using namespace vouch::statistics;
using test::make_view;
using test::Worlds;

namespace {

const Metric money = make_plain_metric("net_value", "currency", "what is left");
const Metric cost = make_plain_metric("touch_cost", "currency", "");
const Metric rate{"yes_rate", "share", "", Direction::higher_is_better, {{"yes"}}, {{"asks"}}};

const std::vector<Worlds> three{{{100, 110, 120, 130}}, {{201, 212, 219, 232}}, {{101, 108, 123, 128}}};

/// The number that a word stands for.
std::size_t read_count(const std::string& word) {
  for (std::size_t count = 0; count <= 12; ++count) {
    std::string spelt = spell_count(count);
    if (spelt == word) return count;
    spelt[0] = static_cast<char>(spelt[0] - 'a' + 'A');
    if (spelt == word) return count;
  }
  return 99;
}

}  // namespace

TEST_CASE("values are drawn best first, with their intervals, labels and colours of the file's order") {
  const std::vector<Chart> charts = make_comparison_charts(make_view(three, money));
  REQUIRE(charts.size() == 2);
  const Chart& chart = charts[0];
  CHECK(chart.id == "comparison");
  CHECK(chart.title == "B is best, with 216 EUR of net value; A has 115 EUR");
  const Panel& panel = chart.panels.at(0);
  CHECK(panel.y.categories == std::vector<std::string>{"B", "A", "C"});
  CHECK(panel.x.title == "net value, EUR");
  const Datum& first = panel.series.at(0).data.at(0);
  CHECK(first.x == 216.0);
  CHECK(*first.low == Approx(195.3).margin(0.1));
  CHECK(*first.high == Approx(236.7).margin(0.1));
  CHECK(first.label == "216.0");
  CHECK(first.colour == colour_of(1));
  CHECK(chart.table.rows.at(0) == std::vector<std::string>{"B", "216.0", "195.3", "236.7"});
  CHECK(chart.alternative.find("B 216.0 (195.3 to 236.7), A 115.0 (") != std::string::npos);
}

TEST_CASE("a title sets no value beside the best that seems better over worlds of its own") {
  // B is ahead of A in the four worlds that both have; A's are lucky ones.
  const Worlds few{{900, 910, 921, 930}};
  Worlds many{{950, 962, 970, 981}};
  many.numerators.insert(many.numerators.end(), {100, 110, 120, 130});
  const ComparisonView view = make_view({few, many}, money);
  REQUIRE(view.comparison.contenders == std::vector<std::size_t>{1});
  CHECK(find_value_title(view) == "B is best, with 540 EUR of net value");
}

TEST_CASE("differences are drawn from the baseline, with joint intervals and a line at none") {
  const ComparisonView view = make_view(three, money);
  const Chart chart = make_comparison_charts(view).at(1);
  CHECK(chart.id == "differences");
  CHECK(chart.title == "One of two others surely does better than A; one is too close to call");
  const Panel& panel = chart.panels.at(0);
  CHECK(panel.rule == 0.0);
  CHECK(panel.rule_label == "no difference from A");
  CHECK(panel.y.categories == std::vector<std::string>{"B", "C"});
  const Interval joint = *view.comparison.strategies[1].from_baseline->joint;
  CHECK(panel.series.at(0).data.at(0).low == joint.low);
  CHECK(panel.series.at(0).data.at(0).high == joint.high);
  CHECK(chart.table.rows.at(0).back() == "+87.8 %");
}

TEST_CASE("shares are drawn in percent and their differences in points") {
  const std::vector<Chart> charts =
      make_comparison_charts(make_view({{{1, 2, 3}, {10, 20, 31}}, {{5, 11, 16}, {10, 20, 30}}}, rate));
  CHECK(charts.at(0).panels[0].x.suffix == " %");
  CHECK(charts.at(0).panels[0].series[0].data[0].x == Approx(100.0 * 32.0 / 60.0));
  CHECK(charts.at(1).panels[0].x.title == "difference of yes rate, percentage points");
}

TEST_CASE("what has no value is not drawn") {
  CHECK(make_comparison_charts(make_view({{}, {}}, money)).empty());
  CHECK(make_comparison_charts(make_view({{{1, 2}}}, money)).size() == 1);
  const std::vector<Chart> charts = make_comparison_charts(make_view({{{0, 0}, {0, 0}}, {{1, 2}, {3, 4}}}, rate));
  CHECK(charts.size() == 1);
  CHECK(charts[0].panels[0].y.categories == std::vector<std::string>{"B"});
  CHECK(make_comparison_charts(make_view({{{1, 2}}, {{1, 2}}}, money)).at(1).title ==
        "B is the same as A in every simulated future");
  CHECK(make_comparison_charts(make_view({{{1}}, {{2}}}, money)).at(1).title ==
        "B and A cannot be told apart for sure");
}

TEST_CASE("titles of differences count the bars that leave zero out") {
  std::mt19937_64 generator(test::seed_of("titles of differences count the bars that leave zero out"));
  const auto below = [&](std::uint64_t n) { return static_cast<std::int64_t>(generator() % n); };
  int num_mixed = 0;
  for (int repeat = 0; repeat < 400; ++repeat) {
    std::vector<Worlds> strategies(3 + static_cast<std::size_t>(below(9)));
    for (Worlds& worlds : strategies) {
      const std::int64_t shift = below(60);
      for (int i = 0; i < 12; ++i) worlds.numerators.push_back(100 + shift + below(40));
    }
    const bool is_cost = below(2) == 0;
    const Chart chart = make_comparison_charts(make_view(strategies, is_cost ? cost : money)).at(1);
    std::size_t better = 0, worse = 0, unsure = 0;
    for (const Datum& datum : chart.panels[0].series[0].data) {
      if (*datum.low > 0.0)
        ++(is_cost ? worse : better);
      else if (*datum.high < 0.0)
        ++(is_cost ? better : worse);
      else
        ++unsure;
    }
    std::string title = chart.title;  // two others are told in words of their own
    for (const auto& [two, several] :
         {std::pair("Both others", "All two others"), {"Neither of the two", "None of two"}})
      if (title.starts_with(two)) title.replace(0, std::string_view(two).size(), several);
    INFO(chart.title);
    std::smatch found;
    static const std::regex none("None of (\\w+) others is surely different from A");
    static const std::regex some(
        "(\\w+) (?:of )?(\\w+) others surely do(?:es)? (better|worse) than A(?:, (\\w+) surely worse)?(?:; (\\w+) "
        "(?:is|are) "
        "too close to call)?");
    if (better + worse == 0) {
      REQUIRE(std::regex_match(title, found, none));
      CHECK(read_count(found[1]) == unsure);
      continue;
    }
    REQUIRE(std::regex_match(title, found, some));
    const std::size_t all = better + worse + unsure;
    CHECK(read_count(found[2]) == all);
    const std::size_t said = found[1] == "All" ? all : read_count(found[1]);
    CHECK((found[3] == "better") == (better > 0));
    CHECK(said == (better > 0 ? better : worse));
    if (better > 0) CHECK((found[4].matched ? read_count(found[4]) : 0) == worse);
    CHECK((found[5].matched ? read_count(found[5]) : 0) == unsure);
    if (better > 0 && worse > 0 && unsure > 0) ++num_mixed;
  }
  CHECK(num_mixed > 20);
}
