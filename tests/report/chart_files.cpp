// SPDX-License-Identifier: Apache-2.0
// Charts of whole files: what is there, what is left out, and that nothing is said of what is not known.
#include <algorithm>

#include "small_file.hpp"
#include "support/catch.hpp"

using namespace vouch;
using vouch::report::Chart;
using vouch::test::check_charts;
using vouch::test::fill_plausibly;
using vouch::test::make_people_and_deal_charts;
using vouch::test::SmallFile;
using vouch::test::SmallWorld;

namespace {

std::vector<std::string> list_ids(const std::vector<Chart>& charts) {
  std::vector<std::string> ids;
  for (const Chart& chart : charts) ids.push_back(chart.id);
  return ids;
}

const Chart& find_chart(const std::vector<Chart>& charts, const std::string& id) {
  return *std::find_if(charts.begin(), charts.end(), [&](const Chart& chart) { return chart.id == id; });
}

void fill_nothing(SmallWorld&, int, std::int64_t) {}

}  // namespace

TEST_CASE("a file of worlds in which people are asked has all charts but those of the desk") {
  const SmallFile file(40, fill_plausibly);
  const auto charts = make_people_and_deal_charts(file.read());
  check_charts(charts);
  CHECK(list_ids(charts) ==
        std::vector<std::string>{"over-time", "funnel", "timing", "tiredness", "fatigue", "people", "advocates"});
  CHECK(find_chart(charts, "over-time").title ==
        "Under never no simulated future shows any referred customers at any time; under later some do");
  CHECK(find_chart(charts, "timing").title.starts_with("Under later "));  // one band: nothing to compare
  CHECK(find_chart(charts, "fatigue").title.starts_with("at signing tires customers most"));
}

TEST_CASE("differences from another baseline than the file's are told, from wider intervals") {
  const SmallFile file(40, fill_plausibly);
  const auto charts = make_people_and_deal_charts(file.read_by("referral_wins", "at signing"));
  check_charts(charts);
  CHECK(find_chart(charts, "over-time").title ==
        "Under later there are surely more referred customers than under at signing from the start to the end");
}

TEST_CASE("a last bin that is shorter than the others is left out") {
  const SmallFile file(40, fill_plausibly);
  const auto charts = make_people_and_deal_charts(file.read());
  for (const Chart& chart : charts)
    if (chart.id == "over-time" || chart.id == "fatigue")
      for (const auto& series : chart.panels.at(0).series) CHECK(series.data.size() == 3);
}

TEST_CASE("where nobody is asked and nobody refers, nothing is shown") {
  const SmallFile file(40, fill_nothing);
  CHECK(make_people_and_deal_charts(file.read()).empty());
}

TEST_CASE("without series the charts over time are left out") {
  const SmallFile file(40, fill_plausibly, false);
  const auto charts = make_people_and_deal_charts(file.read());
  check_charts(charts);
  CHECK(list_ids(charts) == std::vector<std::string>{"funnel", "timing", "tiredness", "people", "advocates"});
}

TEST_CASE("of few worlds charts claim nothing and have no holes") {
  for (const std::uint32_t num_worlds : {1U, 2U, 5U}) {
    const SmallFile file(num_worlds, fill_plausibly);
    const auto charts = make_people_and_deal_charts(file.read_by("referral_wins", "at signing"));
    check_charts(charts);
    for (const Chart& chart : charts) {
      INFO(chart.title);
      if (chart.id == "over-time") CHECK(chart.title.find("too few to judge when") != std::string::npos);
      if (chart.id == "fatigue") CHECK(chart.title.find("surely") == std::string::npos);
      if (chart.id == "advocates") CHECK(chart.title.find("do not tell") == std::string::npos);
    }
  }
}

TEST_CASE("the desk is shown where it was asked") {
  const SmallFile file(40, [](SmallWorld& world, int strategy, std::int64_t replication) {
    fill_plausibly(world, strategy, replication);
    world.set("desk_asks", 10);
    world.set("desk_refusals", 2 + (replication & 1));
    world.set("desk_requests", 30, 8);
    world.set("desk_unserved", 4 + 4 * strategy + (replication * (strategy + 1) / 2 & 1), 8);
    world.set("calls_held", 12 + (replication & 3));
    world.set("references_used", 6);
  });
  const auto charts = make_people_and_deal_charts(file.read());
  check_charts(charts);
  CHECK(find_chart(charts, "references").title ==
        "Under later 42 % of requests for a reference found none, under never 15 %");
}

TEST_CASE("any numbers give charts without holes") {
  for (const std::uint32_t num_worlds : {1U, 3U, 40U}) {
    const SmallFile file(num_worlds, [num_worlds](SmallWorld& world, int strategy, std::int64_t replication) {
      for (std::size_t i = 0; i < world.numbers.size(); ++i)
        world.numbers[i] = std::max<std::int64_t>(0, test::SampleRun::value(strategy, replication, i));
    });
    for (const char* const metric : {"referral_wins", "net_value", "mean_fatigue", "churn_rate", "asks"})
      check_charts(make_people_and_deal_charts(file.read_by(metric)));
  }
}
