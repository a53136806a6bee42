// SPDX-License-Identifier: Apache-2.0
// A small experiment and a sink that keeps its worlds in memory.
#pragma once

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "experiment/run_experiment.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

namespace vouch::test {

using Row = std::vector<std::int64_t>;
using Worlds = std::map<std::pair<int, std::uint32_t>, Row>;

/// A few customers who are lost sooner or later, and leads that may win: enough to tell worlds apart.
struct Study {
  model::Model model;
  std::vector<model::Strategy> strategies;
  std::vector<experiment::Point> points;

  explicit Study(int num_strategies = 3) {
    model.segments.resize(1);
    model::Segment& segment = model.segments[0];
    segment.name = "all";
    segment.id = 1;
    segment.accounts = 20;
    segment.leads_per_day = 0.5;
    segment.tenure_days = random::make_distribution(random::Family::constant, 100.0);
    segment.contract_days = random::make_distribution(random::Family::exponential, 200.0);
    segment.contract_value = random::make_distribution(random::Family::constant, 1000.0);
    segment.peer_segments = {1.0};
    model.horizon_days = 365.0;
    for (int s = 0; s < num_strategies; ++s) {
      model::Strategy strategy;
      strategy.name = "strategy " + std::to_string(s);
      for (model::Outcome& outcome : strategy.outcomes) {
        outcome.link = model::Link::identity;
        outcome.base = {0.1 * (s + 1)};
      }
      strategies.push_back(std::move(strategy));
    }
    points = {{&model, strategies}};
  }
  Study(const Study&) = delete;
  Study& operator=(const Study&) = delete;

  experiment::Plan plan(const model::ObservationLayout& layout, std::uint32_t replications, int num_threads) const {
    return {points, &layout, test::seed_of("run_experiment"), replications, false, num_threads};
  }
};

class MemorySink final : public experiment::WorldSink {
 public:
  explicit MemorySink(std::size_t row_size) : row_size_(row_size) {}

  bool is_done(experiment::WorldId world) const override {
    return worlds.count({world.strategy, world.replication}) > 0;
  }
  void accept(int strategy, std::uint32_t first, std::span<const std::int64_t> rows) override {
    if (rows.size() % row_size_ != 0) throw std::logic_error("half a row");  // no REQUIRE: any thread may be here
    for (std::size_t i = 0; i * row_size_ < rows.size(); ++i) {
      const auto row = rows.subspan(i * row_size_, row_size_);
      const bool fresh =
          worlds.emplace(std::pair(strategy, first + static_cast<std::uint32_t>(i)), Row(row.begin(), row.end()))
              .second;
      if (!fresh) throw std::logic_error("a world was run twice");
    }
    if (limit > 0 && worlds.size() >= limit) throw Error(ExitCode::io, "the sink is full");
  }
  void read(experiment::WorldId world, std::span<std::int64_t> row) const override {
    const Row& kept = worlds.at({world.strategy, world.replication});
    std::copy(kept.begin(), kept.end(), row.begin());
  }

  Worlds worlds;
  std::size_t limit = 0;  ///< 0: none

 private:
  std::size_t row_size_;
};

}  // namespace vouch::test
