// SPDX-License-Identifier: Apache-2.0
#include "progress.hpp"

#include "standing.hpp"
#include "support/catch.hpp"

using namespace vouch;
using cli::format_progress;

namespace {

/// Keeps nothing but the number of rows.
class CountingSink final : public experiment::WorldSink {
 public:
  bool is_done(experiment::WorldId) const override { return false; }
  void accept(int, std::uint32_t, std::span<const std::int64_t> rows) override { num_numbers += rows.size(); }
  std::size_t num_numbers = 0;
};

model::ObservationLayout make_layout() {
  model::Model model;
  model.segments.resize(2);
  return {model, 1};
}

const statistics::Metric& find_ratio(const std::string& name) {
  for (const statistics::Metric& metric : statistics::ratio_metrics())
    if (metric.name == name) return metric;
  throw std::logic_error("no such ratio");
}

}  // namespace

TEST_CASE("progress tells share, speed, time left and who leads") {
  CHECK(format_progress({142, 100, 1000}, 2.0, "early") ==
        " 14 % of 1,000 worlds, 21 worlds/s, 0:41 left, leading so far: early");
  CHECK(format_progress({3, 0, 10}, 1.0, "") == " 30 % of 10 worlds, 3.0 worlds/s, 0:03 left");
}

TEST_CASE("nothing done yet has no speed") { CHECK(format_progress({5, 5, 10}, 0.0, "") == " 50 % of 10 worlds"); }

TEST_CASE("the leader is the strategy with the best mean, in money too") {
  const auto layout = make_layout();
  CountingSink sink;
  cli::Standing standing(sink, layout, statistics::make_plain_metric("net_value", "currency", ""), 2);
  CHECK_FALSE(standing.find_leader());
  std::vector<std::int64_t> rows(2 * layout.size());
  rows[layout.metric(model::Metric::net_value, 1, 0)] = -50'000;
  standing.accept(0, 0, rows);
  CHECK_FALSE(standing.find_leader());  // nobody to lead
  rows[layout.metric(model::Metric::net_value, 0, 1)] = 20'000;
  standing.accept(1, 0, rows);
  CHECK(*standing.find_leader() == 1);
  CHECK(sink.num_numbers == 4 * layout.size());
}

TEST_CASE("the leader by a ratio of one source, where lower is better") {
  const auto layout = make_layout();
  CountingSink sink;
  cli::Standing standing(sink, layout, find_ratio("days_to_close_referral"), 3);
  const auto accept = [&](int strategy, std::int64_t cold_days, std::int64_t referral_days, std::int64_t wins) {
    std::vector<std::int64_t> row(layout.size());
    row[layout.funnel(model::Funnel::close_days, 0, 0, 0)] = cold_days << 20;
    row[layout.funnel(model::Funnel::close_days, 2, 1, 1)] = referral_days << 20;
    row[layout.funnel(model::Funnel::close_wins, 1, 0, 1)] = wins;
    standing.accept(strategy, 0, row);
  };
  accept(0, 1, 100, 2);
  accept(1, 500, 90, 2);
  accept(2, 0, 0, 0);  // no wins: no value
  CHECK(*standing.find_leader() == 1);
}
