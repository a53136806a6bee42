// SPDX-License-Identifier: Apache-2.0
#include "report/charts/advocate_charts.hpp"

#include "small_file.hpp"
#include "support/catch.hpp"

using namespace vouch::report;

namespace {

Advocates make_advocates(double low, double high, double half_width) {
  Advocates by{
      "by how well they are served", {"least", "best"}, {"of the least well served", "of the best served"}, {}, {}, {}};
  by.wins = {RatioEstimate{low, half_width}, RatioEstimate{high, half_width}};
  by.joint = by.wins;
  return by;
}

AdvocateData make_data(const std::vector<Advocates>& by) { return {"A", 0, "", by, {100, 100}, 0.95}; }

}  // namespace

TEST_CASE("who brings most customers is told only where groups surely differ") {
  CHECK(chart_advocates(make_data({make_advocates(0.015, 0.17, 0.01)})).title ==
        "Under A 100 of the best served won 17 new customers, 100 of the least well served 1.5");
  CHECK(chart_advocates(make_data({make_advocates(0.15, 0.17, 0.02)})).title ==
        "These futures do not tell which customers bring most others under A");
  Advocates segments = make_advocates(0.1, 0.2, 0.01);
  segments.nouns = {"customers in small", "customers in large"};
  CHECK(chart_advocates(make_data({make_advocates(0.15, 0.17, 0.02), segments})).title ==
        "Under A 100 customers in large won 20 new customers, 100 customers in small 10");
  AdvocateData few = make_data({make_advocates(0.015, 0.17, 0.01)});
  few.sample = {29, 29};
  CHECK(chart_advocates(few).title ==
        "29 simulated futures are too few to judge which customers bring most others under A");
}

TEST_CASE("a group of which nothing is known makes no hole in the title") {
  Advocates by = make_advocates(0.015, 0.17, 0.01);
  by.wins[0].reset();
  by.joint[0].reset();
  const Chart chart = chart_advocates(make_data({by}));
  CHECK(chart.title == "What is known of customers who bring others under A");
  CHECK(chart.table.rows[0][2] == "not known");
}

TEST_CASE("advocates are read by trait and segment, of the best strategy that has any") {
  const vouch::test::SmallFile file(40, vouch::test::fill_plausibly);
  const auto data = read_advocates(file.read());
  REQUIRE(data.has_value());
  CHECK(data->strategy == "later");
  CHECK(data->baseline == "never");
  REQUIRE(data->by.size() == 3);
  CHECK(data->by[0].groups == std::vector<std::string>{"least well (below -1)", "better (1 to 2)"});
  CHECK(data->by[1].groups == std::vector<std::string>{"1 or 2 people"});
  CHECK_FALSE(data->by[0].wins[0].has_value());
  CHECK(data->by[0].wins[1]->value == Approx(data->by[1].wins[0]->value * 2.0));
  Reading running = file.read();
  running.view.looks = vouch::statistics::Looks::any;
  const auto so_far = read_advocates(running);
  REQUIRE(so_far);
  const auto& fixed = data->by[2].wins.at(0);
  const auto& any = so_far->by.back().wins.at(0);
  REQUIRE((fixed && any));
  CHECK(any->value == fixed->value);
  CHECK(any->half_width > 1.3 * fixed->half_width);
}
