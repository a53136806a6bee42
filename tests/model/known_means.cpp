// SPDX-License-Identifier: Apache-2.0
#include "model/known_means.hpp"

#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::model;
using random::Family;
using random::make_distribution;

namespace {

/// 10 accounts worth 100 on average; a lead a day, won at once with probability 1/2, over 80 days.
Model make_model() {
  Model model;
  Segment& segment = model.segments.emplace_back();
  segment.accounts = 10;
  segment.contract_value = make_distribution(Family::exponential, 100.0);
  segment.leads_per_day = 1.0;
  model.horizon_days = 80.0;
  return model;
}

Strategy make_strategy(const Model& model) {
  Strategy strategy;
  for (Outcome& outcome : strategy.outcomes) {
    outcome.link = Link::identity;
    outcome.base.assign(model.segments.size(), 1.0);
  }
  strategy.outcomes[static_cast<std::size_t>(OutcomeKind::win)].base.assign(model.segments.size(), 0.5);
  return strategy;
}

std::vector<Metric> list_metrics(const Model& model, const std::vector<Strategy>& strategies) {
  std::vector<Metric> metrics;
  for (const KnownMean& known : list_known_means(model, strategies)) metrics.push_back(known.metric);
  return metrics;
}

const std::vector<Metric> all = {Metric::start_value, Metric::cold_wins, Metric::cold_value};
const std::vector<Metric> start_only = {Metric::start_value};

}  // namespace

TEST_CASE("known means are rates times days times chances times mean values", "[model]") {
  Model model = make_model();
  const std::vector<Strategy> strategies = {make_strategy(model), make_strategy(model)};
  const auto known = list_known_means(model, strategies);
  REQUIRE(known.size() == 3);
  CHECK(known[0].expectation == 1000.0);
  CHECK(known[1].expectation == 40.0);
  CHECK(known[2].expectation == 4000.0);
  model.segments[0].cycle_days = make_distribution(Family::constant, 30.0);
  CHECK(list_known_means(model, strategies)[1].expectation == 25.0);  // arrivals of 50 days
  model.segments[0].pipeline_days = 10.0;
  CHECK(list_known_means(model, strategies)[1].expectation == 30.0);
  model.segments[0].pipeline_days = 1000.0;
  CHECK(list_known_means(model, strategies)[1].expectation == 40.0);  // stationary
  model.warm_up_days = 500.0;
  CHECK(list_known_means(model, strategies)[1].expectation == 40.0);
}

TEST_CASE("what strategies make differ is not known", "[model]") {
  const Model model = make_model();
  std::vector<Strategy> strategies = {make_strategy(model), make_strategy(model)};
  CHECK(list_metrics(model, strategies) == all);
  strategies[1].manners.follow_up_days = 5.0;
  CHECK(list_metrics(model, strategies) == start_only);
  strategies[0].manners.follow_up_days = 5.0;
  CHECK(list_metrics(model, strategies) == all);
}

TEST_CASE("finite markets and gaps that sway deals leave cold wins unknown", "[model]") {
  Model model = make_model();
  std::vector<Strategy> strategies = {make_strategy(model)};
  model.moments = {{0.5, 0.3, 0.0}};
  CHECK(list_metrics(model, strategies) == all);  // gaps of which nothing comes
  strategies[0].warm_up_manners.desk.runs = true;
  CHECK(list_metrics(model, strategies) == start_only);
  strategies[0].warm_up_manners.desk.runs = false;
  strategies[0].outcomes[static_cast<std::size_t>(OutcomeKind::win)].weights = {{Feature::credibility_gap, -1.0}};
  CHECK(list_metrics(model, strategies) == start_only);
  model.moments = {{0.5, 0.0, 0.0}};
  CHECK(list_metrics(model, strategies) == all);
  model.segments[0].is_finite = true;
  model.segments[0].market = 1000;
  CHECK(list_metrics(model, strategies) == start_only);
  model.segments[0].leads_per_day = 0.0;
  CHECK(list_metrics(model, strategies) == start_only);  // certain: there are none
}

TEST_CASE("what does not vary, or not by itself, is no control", "[model]") {
  Model model = make_model();
  model.segments.push_back(model.segments[0]);
  for (Segment& segment : model.segments) segment.contract_value = make_distribution(Family::constant, 70.0);
  const std::vector<Strategy> strategies = {make_strategy(model)};
  CHECK(list_metrics(model, strategies) == std::vector<Metric>{Metric::cold_wins});
  model.segments[1].contract_value = make_distribution(Family::constant, 90.0);
  CHECK(list_metrics(model, strategies) == std::vector<Metric>{Metric::cold_wins, Metric::cold_value});
  model.segments[1].leads_per_day = 0.0;
  CHECK(list_metrics(model, strategies) == std::vector<Metric>{Metric::cold_wins});
  model.segments[0].are_bystanders = true;
  model.segments[0].contract_value = make_distribution(Family::exponential, 70.0);
  model.segments[0].leads_per_day = 0.0;
  CHECK(list_metrics(model, strategies).empty());
}
