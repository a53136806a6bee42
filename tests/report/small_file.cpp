// SPDX-License-Identifier: Apache-2.0
#include "small_file.hpp"

#include <algorithm>

#include "results/results_file.hpp"
#include "support/catch.hpp"

namespace vouch::test {
namespace {

results::ResultsFile write_and_open(const std::string& path, std::uint32_t num_worlds, const SmallFile::Fill& fill,
                                    bool has_series) {
  SampleRun sample(num_worlds);
  sample.model.horizon_days = 100.0;
  sample.model.series = has_series;
  sample.layout = model::ObservationLayout(sample.model, 2);
  sample.identity.scenario_text = "[experiment]\nhorizon_days = 100\n";
  sample.identity.metric = "referral_wins";
  sample.metric = statistics::make_plain_metric("referral_wins", "1", "");
  sample.identity.expectations.clear();
  results::Journal journal(path, sample.identity, sample.layout);
  for (int lane = 0; lane < sample.num_lanes(); ++lane) {
    for (std::uint32_t r = 0; r < num_worlds; ++r) {
      SmallWorld world(sample.layout);
      fill(world, lane, r);
      journal.accept(lane, r, world.numbers);
    }
  }
  sample.publish(path, journal);
  return results::open_results(path);
}

bool is_clean(const std::string& text) {
  return !text.empty() && text.find("nan") == std::string::npos && text.find("inf") == std::string::npos &&
         text.find("{}") == std::string::npos;
}

}  // namespace

void SmallWorld::set(const std::string& name, std::int64_t value, std::size_t index) {
  const model::ObservationBlock* block = layout_.find(name);
  if (block != nullptr) numbers.at(block->offset + index) = value;
}

SmallFile::SmallFile(std::uint32_t num_worlds, const Fill& fill, bool has_series)
    : file_(write_and_open(folder_ / "small.h5", num_worlds, fill, has_series)) {}

report::Reading SmallFile::read_by(const std::string& metric, const std::string& baseline) const {
  report::ComparisonChoice choice;
  choice.metric = metric;
  choice.baseline = baseline;
  return {file_, choice, report::compare_results(file_, choice)};
}

void fill_plausibly(SmallWorld& world, int strategy, std::int64_t replication) {
  const std::int64_t luck = replication * 2654435761 >> 7 & 7;
  constexpr std::size_t per_source = 4;  // two segments of two cohorts
  world.set("customers", 100);
  for (const std::size_t band : {0U, 3U}) world.set("quality_accounts", 50, band);
  world.set("peers_accounts", 100, 1);
  world.set("matched_accounts", 40);
  if (strategy == 0) return;
  const std::int64_t asks = 60 + luck;
  const std::int64_t yes = 20 * strategy + luck;
  const std::int64_t wins = 5 * strategy + (luck & 3);
  for (const char* const name : {"asks", "asked_accounts"}) world.set(name, asks);
  for (const char* const name : {"yes", "accepted"}) world.set(name, yes);
  for (const char* const name : {"named", "introduced", "leads"}) world.set(name, yes, 2 * per_source);
  world.set("opened", yes - 5, 2 * per_source);
  for (const char* const name : {"won", "referral_wins"}) world.set(name, wins, name[0] == 'w' ? 2 * per_source : 0);
  world.set("opt_outs", 3 - strategy + (luck & 1));
  world.set("tenure_asks", asks, 2);
  world.set("tenure_yes", yes, 2);
  world.set("fatigue_asks", asks, 0);
  world.set("fatigue_yes", yes, 0);
  world.set("quality_wins", wins, 3);
  world.set("peers_wins", wins, 1);
  world.set("matched_wins", 2 * strategy + (luck & 1));
  for (std::size_t bin = 0; bin < 4; ++bin) {
    world.set("series_referral_wins", bin < 3 ? wins : 1, bin);
    world.set("series_fatigue_mean", static_cast<std::int64_t>(bin + 1) * 100'000 / strategy + luck, bin);
  }
}

std::vector<report::Chart> make_people_and_deal_charts(const report::Reading& reading) {
  std::vector<report::Chart> charts;
  for (const auto make : {report::make_time_charts, report::make_funnel_charts, report::make_timing_charts,
                          report::make_people_charts, report::make_advocate_charts})
    for (report::Chart& chart : make(reading)) charts.push_back(std::move(chart));
  return charts;
}

void check_charts(const std::vector<report::Chart>& charts) {
  for (const report::Chart& chart : charts) {
    INFO(chart.id << ": " << chart.title << "\n" << chart.caption << "\n" << chart.alternative);
    CHECK(is_clean(chart.title));
    CHECK(is_clean(chart.caption));
    CHECK(is_clean(chart.alternative));
    CHECK(!chart.panels.empty());
    CHECK(!chart.table.rows.empty());
    for (const auto& row : chart.table.rows) {
      CHECK(row.size() == chart.table.header.size());
      CHECK(std::all_of(row.begin(), row.end(), is_clean));
    }
  }
}

}  // namespace vouch::test
