// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "model/observations.hpp"
#include "statistics/metric.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;

TEST_CASE("every ratio is made of observations that worlds report") {
  vouch::model::Model model;
  model.segments.emplace_back();
  const vouch::model::ObservationLayout layout(model, 1);
  std::set<std::string> names;
  for (const Metric& metric : ratio_metrics()) {
    INFO(metric.name);
    CHECK(names.insert(metric.name).second);
    CHECK(layout.find(metric.name) == nullptr);  // no plain metric is hidden
    CHECK_FALSE(metric.denominator.empty());
    for (const auto* terms : {&metric.numerator, &metric.denominator}) {
      for (const Term& term : *terms) {
        INFO(term.observation);
        const auto* block = layout.find(term.observation);
        REQUIRE(block != nullptr);
        CHECK((block->group == "funnel" || (block->group == "metrics" && term.source == Source::all)));
      }
    }
  }
}

TEST_CASE("costs and losses are better when lower") {
  CHECK(make_plain_metric("touch_cost", "currency", "").direction == Direction::lower_is_better);
  CHECK(make_plain_metric("lost", "1", "").direction == Direction::lower_is_better);
  CHECK(make_plain_metric("net_value", "currency", "").direction == Direction::higher_is_better);
}

TEST_CASE("what is merely done is neither good nor bad") {
  CHECK(make_plain_metric("asks", "1", "").is_neutral);
  CHECK(make_plain_metric("capsules", "1", "").is_neutral);
  CHECK_FALSE(make_plain_metric("net_value", "currency", "").is_neutral);
  CHECK_FALSE(make_plain_metric("touch_cost", "currency", "").is_neutral);
  for (const Metric& metric : ratio_metrics()) CHECK_FALSE(metric.is_neutral);
}
