// SPDX-License-Identifier: Apache-2.0
#include "experiment/row_metric.hpp"

#include <stdexcept>
#include <vector>

#include "support/catch.hpp"

using namespace vouch;
using experiment::RowMetric;
using statistics::Metric;
using statistics::Source;
using statistics::Term;

namespace {

model::ObservationLayout make_layout() {
  model::Model model;
  model.segments.resize(2);
  return {model, 3};
}

/// Numbers that differ from one another, some of them negative.
std::vector<std::int64_t> make_row(const model::ObservationLayout& layout) {
  std::vector<std::int64_t> row(layout.size());
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = static_cast<std::int64_t>(i * i * 7919 % 100'003) - 20'000;
  return row;
}

/// The plain way: every number to its unit, then added up.
double add_up(const model::ObservationLayout& layout, const std::vector<std::int64_t>& row,
              const std::vector<Term>& terms) {
  double total = 0.0;
  for (const Term& term : terms) {
    const model::ObservationBlock& block = *layout.find(term.observation);
    for (std::size_t i = 0; i < block.size; ++i) {
      const bool is_cold = term.source != Source::all && i < block.size / block.shape[0];
      if (term.source == Source::all || is_cold == (term.source == Source::cold))
        total += term.factor * static_cast<double>(row[block.offset + i]) * model::scale_of(block.unit);
    }
  }
  return total;
}

void check_metric(const model::ObservationLayout& layout, const Metric& metric) {
  INFO(metric.name);
  const RowMetric reader(layout, metric);
  const auto row = make_row(layout);
  const auto value = reader.read(row);
  const auto options = reader.make_options(4, 2);
  CHECK(static_cast<double>(value.numerator) * options.numerator_unit ==
        Approx(add_up(layout, row, metric.numerator)).epsilon(1e-12).margin(1e-9));
  if (!metric.denominator.empty())
    CHECK(static_cast<double>(value.denominator) * options.denominator_unit ==
          Approx(add_up(layout, row, metric.denominator)).epsilon(1e-12).margin(1e-9));
  CHECK(options.is_ratio == !metric.denominator.empty());
  CHECK(options.is_proportion == (metric.unit == "share"));
  CHECK(options.direction == metric.direction);
  CHECK(options.num_strategies == 4);
  CHECK(options.group_size == 2);
  CHECK(options.controls.empty());
}

}  // namespace

TEST_CASE("every ratio is read as whole numbers that make its value") {
  const auto layout = make_layout();
  REQUIRE(statistics::ratio_metrics().size() > 30);
  for (const Metric& metric : statistics::ratio_metrics()) check_metric(layout, metric);
}

TEST_CASE("every observation is read as whole numbers that make its value") {
  const auto layout = make_layout();
  for (const model::ObservationBlock& block : layout.blocks())
    if (block.group == "metrics" || block.group == "funnel")
      check_metric(layout, statistics::make_plain_metric(block.name, model::name_of(block.unit), block.description));
}

TEST_CASE("the units are exact") {
  const auto layout = make_layout();
  const auto unit_of = [&](const char* name) {
    return RowMetric(layout, statistics::make_plain_metric(name, "", "")).make_options(1, 1).numerator_unit;
  };
  CHECK(unit_of("asks") == 1.0);
  CHECK(unit_of("net_value") == 1.0 / 10'000.0);
  CHECK(unit_of("active_days") == 1.0 / 1'048'576.0);
}

TEST_CASE("what has no whole-number sum, or is not there, is refused") {
  const auto layout = make_layout();
  Metric metric;
  metric.numerator = {{"asks"}, {"net_value"}};
  CHECK_THROWS_AS(RowMetric(layout, metric), std::logic_error);
  metric.numerator = {{"asks"}, {"mentions", Source::all, 2.0}};
  CHECK_THROWS_AS(RowMetric(layout, metric), std::logic_error);
  metric.numerator = {{"no_such"}};
  CHECK_THROWS_AS(RowMetric(layout, metric), std::logic_error);
  metric.numerator = {{"asks", Source::cold}};
  CHECK_THROWS_AS(RowMetric(layout, metric), std::logic_error);
}
