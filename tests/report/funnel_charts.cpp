// SPDX-License-Identifier: Apache-2.0
#include "report/charts/funnel_charts.hpp"

#include "small_file.hpp"
#include "support/catch.hpp"

using namespace vouch::report;
using vouch::statistics::Estimate;
using vouch::statistics::Interval;

namespace {

Estimate make_estimate(double value, double half_width) {
  Estimate estimate;
  estimate.num_worlds = 100;
  estimate.value = value;
  estimate.standard_error = half_width / 2.0;
  estimate.half_width = half_width;
  estimate.interval = Interval{value - half_width, value + half_width};
  return estimate;
}

/// A, the baseline, and B, the best.
FunnelData make_data(const Estimate& difference) {
  FunnelData data;
  data.order = {{"A", "B"}, {1, 0}, 0};
  for (const char* const title : {"asks", "yes", "named", "introduced", "deals", "won"})
    data.stages.push_back({title, 1.0, "", Mark::bar, {make_estimate(10.0, 1.0), make_estimate(20.0, 1.0)}});
  data.unasked = data.stages[0];
  data.wins_per_100 = {
      "won per 100", 100.0, "", Mark::interval, {make_estimate(0.05, 0.01), make_estimate(0.075, 0.01)}};
  data.told = {1, 0};
  data.contrast = Contrast{1, 0, difference};
  return data;
}

}  // namespace

TEST_CASE("the funnel's title sets two strategies against each other only where they surely differ") {
  CHECK(chart_funnel(make_data(make_estimate(0.025, 0.02))).title == "100 asks won 7.5 customers under B, 5.0 under A");
  CHECK(chart_funnel(make_data(make_estimate(0.025, 0.03))).title ==
        "100 asks won 7.5 customers under B; whether more or fewer than under A is not sure");
  // Over worlds of its own B seems ahead, though it is behind in those that both have.
  CHECK(chart_funnel(make_data(make_estimate(-0.025, 0.02))).title ==
        "100 asks won 7.5 customers under B (6.5 to 8.5)");
}

TEST_CASE("the funnel of one strategy has its interval, and says so where nothing was won") {
  FunnelData data = make_data(make_estimate(0.0, 1.0));
  data.contrast.reset();
  CHECK(chart_funnel(data).title == "100 asks won 7.5 customers under B (6.5 to 8.5)");
  data.wins_per_100.estimates[1].value = 0.0;
  CHECK(chart_funnel(data).title == "No customer was won by asking under B");
}

TEST_CASE("a funnel counts what programs brought, and leaves unasked referrals to the table") {
  const vouch::test::SmallFile file(30, [](vouch::test::SmallWorld& world, int strategy, std::int64_t) {
    world.set("won", 7, 4);  // unasked
    if (strategy == 0) return;
    world.set("asks", 50);
    world.set("mentions", strategy == 2 ? 10 : 0);
    world.set("accepted", 20);
    world.set("won", 3, 8);
    world.set("won", 2, 12);
  });
  const FunnelData data = read_funnel(file.read());
  CHECK(data.stages.front().estimates[2].value == 60.0);
  CHECK(data.stages.back().estimates[2].value == 5.0);
  CHECK(data.unasked.estimates[0].value == 7.0);
  CHECK_FALSE(data.wins_per_100.estimates[0].value.has_value());
  CHECK(*data.wins_per_100.estimates[1].value == Approx(0.1));
  CHECK(data.has_mentions);
  CHECK(data.told.size() == 2);
}
