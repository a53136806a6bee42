// SPDX-License-Identifier: Apache-2.0
#include "model/observations.hpp"

#include <cmath>
#include <set>
#include <string>

#include "core/money.hpp"
#include "support/catch.hpp"

using namespace vouch::model;

namespace {

Model make_model(int num_segments, double horizon_days, double bin_days) {
  Model model;
  model.segments.resize(static_cast<std::size_t>(num_segments));
  model.horizon_days = horizon_days;
  model.bin_days = bin_days;
  return model;
}

}  // namespace

TEST_CASE("blocks tile the row, in order and without gaps", "[model]") {
  const ObservationLayout layout(make_model(3, 730.0, 30.0), 2);
  std::size_t next = 0;
  std::set<std::string> names;
  for (const ObservationBlock& block : layout.blocks()) {
    CAPTURE(std::string(block.name));
    CHECK(block.offset == next);
    CHECK(block.axes.size() == block.shape.size());
    std::size_t product = 1;
    for (const std::size_t length : block.shape) product *= length;
    CHECK(block.size == product);
    CHECK(names.insert(std::string(block.name)).second);
    CHECK_FALSE(block.description.empty());
    next += block.size;
  }
  CHECK(next == layout.size());
  CHECK(names.size() ==
        static_cast<std::size_t>(num_metrics + num_funnel + num_series + num_source_series + num_curves));
}

TEST_CASE("accessors point into the blocks of their names, row-major", "[model]") {
  const ObservationLayout layout(make_model(3, 730.0, 30.0), 2);
  CHECK(layout.num_segments() == 3);
  CHECK(layout.num_sources() == 4);  // cold, organic and two programs
  CHECK(layout.num_bins() == 25);    // 730 / 30, the last one short
  for (int segment = 0; segment < 3; ++segment)
    for (int cohort = 0; cohort < num_cohorts; ++cohort) {
      const auto cell = static_cast<std::size_t>(segment * num_cohorts + cohort);
      CHECK(layout.metric(Metric::net_value, segment, cohort) == layout.find("net_value")->offset + cell);
      for (int source = 0; source < 4; ++source)
        CHECK(layout.funnel(Funnel::close_days, source, segment, cohort) ==
              layout.find("close_days")->offset + static_cast<std::size_t>(source) * 3 * num_cohorts + cell);
    }
  CHECK(layout.series(Series::series_opt_outs, 24) == layout.find("series_opt_outs")->offset + 24);
  CHECK(layout.curve(Curve::generation_customers, 20) == layout.find("generation_customers")->offset + 20);
  CHECK(layout.curve(Curve::peers_wins, 4) + 1 == layout.size());
  CHECK(layout.find("net_valeu") == nullptr);
}

TEST_CASE("bins cover the horizon, the last one possibly short, and there are none without series", "[model]") {
  CHECK(ObservationLayout(make_model(1, 60.0, 30.0), 1).num_bins() == 2);
  CHECK(ObservationLayout(make_model(1, 60.1, 30.0), 1).num_bins() == 3);
  CHECK(ObservationLayout(make_model(1, 10.0, 30.0), 1).num_bins() == 1);
  Model model = make_model(1, 60.0, 30.0);
  model.series = false;
  const ObservationLayout layout(model, 1);
  CHECK(layout.num_bins() == 0);
  CHECK(layout.find("series_active") == nullptr);
  CHECK(layout.curve(Curve::peers_wins, 4) + 1 == layout.size());
}

TEST_CASE("units scale integers back to what they count", "[model]") {
  CHECK(scale_of(Unit::count) == 1.0);
  CHECK(scale_of(Unit::money) * vouch::money_per_unit == 1.0);
  CHECK(scale_of(Unit::minutes) * 10'000.0 == 1.0);
  CHECK(scale_of(Unit::days) == 0x1p-20);
  CHECK(scale_of(Unit::stock) == 0x1p-20);
  CHECK(name_of(Unit::money) == "currency");
  CHECK(name_of(Unit::days) == "days");
}
