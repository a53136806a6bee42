// SPDX-License-Identifier: Apache-2.0
// Runs that a director steers: rounds, the order in which worlds are shown, and that neither threads nor stops show.
#include <array>
#include <atomic>
#include <numeric>
#include <set>

#include "experiment/study.hpp"

using namespace vouch;
using namespace vouch::experiment;
using Catch::Matchers::Contains;
using test::MemorySink;
using test::Row;
using test::Study;

namespace {

/// Lets lanes grow unevenly, by what it saw: any slip in what it is shown, or when, changes its plans.
class CuriousDirector final : public Director {
 public:
  CuriousDirector(std::size_t num_lanes, std::size_t row_size, std::uint32_t most)
      : row_size_(row_size), most_(most), wanted_(num_lanes) {}

  std::vector<std::uint32_t> plan_round() override {
    CHECK(seen() == std::accumulate(wanted_.begin(), wanted_.end(), std::uint64_t{0}));
    for (std::size_t lane = 0; lane < wanted_.size(); ++lane) {
      digest_ = digest_ * 6364136223846793005U + 1442695040888963407U;
      wanted_[lane] = std::min(most_, wanted_[lane] + static_cast<std::uint32_t>(digest_ >> 58));
    }
    plans.push_back(wanted_);
    return wanted_;
  }

  void observe(int lane, std::uint32_t first, std::span<const std::int64_t> rows) override {
    REQUIRE(rows.size() % row_size_ == 0);
    for (const std::int64_t number : rows) digest_ = (digest_ ^ static_cast<std::uint64_t>(number)) * 1099511628211U;
    order.push_back({static_cast<std::uint64_t>(lane), first, rows.size() / row_size_});
  }

  std::uint64_t seen() const {
    std::uint64_t sum = 0;
    for (const auto& part : order) sum += part[2];
    return sum;
  }

  std::vector<std::vector<std::uint32_t>> plans;
  std::vector<std::array<std::uint64_t, 3>> order;  ///< lane, first replication, count

 private:
  std::size_t row_size_;
  std::uint32_t most_;
  std::vector<std::uint32_t> wanted_;
  std::uint64_t digest_ = 14695981039346656037U;
};

}  // namespace

TEST_CASE("a director sees the same in the same order for any number of threads") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  CuriousDirector first(3, layout.size(), 300);
  MemorySink expected(layout.size());
  REQUIRE(run_experiment(study.plan(layout, 300, 1), expected, first) == Ending::finished);
  CHECK(first.plans.size() > 5);
  CHECK(expected.worlds.size() == first.seen());
  for (const int num_threads : {2, 3, 8}) {
    CuriousDirector director(3, layout.size(), 300);
    MemorySink sink(layout.size());
    REQUIRE(run_experiment(study.plan(layout, 300, num_threads), sink, director) == Ending::finished);
    CHECK((director.plans == first.plans));
    CHECK((director.order == first.order));
    CHECK((sink.worlds == expected.worlds));
  }
}

TEST_CASE("worlds that the sink has are shown as if they had been simulated") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  CuriousDirector first(3, layout.size(), 200);
  MemorySink all(layout.size());
  run_experiment(study.plan(layout, 200, 2), all, first);
  MemorySink sink(layout.size());
  for (const auto& [world, row] : all.worlds)
    if ((world.first * 31 + world.second * 17) % 3 != 0 || world.second < 40) sink.worlds.emplace(world, row);
  CuriousDirector again(3, layout.size(), 200);
  CHECK(run_experiment(study.plan(layout, 200, 2), sink, again) == Ending::finished);
  CHECK((again.plans == first.plans));
  CHECK((again.order == first.order));
  CHECK((sink.worlds == all.worlds));
}

TEST_CASE("a directed run that was stopped again and again ends as one that was not") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  CuriousDirector first(3, layout.size(), 200);
  MemorySink all(layout.size());
  run_experiment(study.plan(layout, 200, 2), all, first);
  MemorySink sink(layout.size());
  for (int attempt = 0;; ++attempt) {
    REQUIRE(attempt < 100);
    CuriousDirector director(3, layout.size(), 200);
    std::atomic<bool> stop{false};
    const std::size_t enough = sink.worlds.size() + 50;
    const auto watch = [&](const Progress&) { stop = sink.worlds.size() >= enough; };
    if (run_experiment(study.plan(layout, 200, 3), sink, director, watch, &stop) == Ending::stopped) continue;
    CHECK(attempt > 3);
    CHECK((director.plans == first.plans));
    break;
  }
  CHECK((sink.worlds == all.worlds));
}

TEST_CASE("points of a sweep are lanes of their own") {
  const Study low;
  Study high;
  high.model.segments[0].leads_per_day = 2.0;
  const model::ObservationLayout layout(low.model, 0);
  const std::vector<Point> points = {low.points[0], high.points[0]};
  Plan plan = low.plan(layout, 40, 3);
  plan.points = points;
  CuriousDirector director(6, layout.size(), 40);
  MemorySink sink(layout.size());
  REQUIRE(run_experiment(plan, sink, director) == Ending::finished);
  MemorySink alone(layout.size());
  run_experiment(high.plan(layout, 40, 1), alone);
  for (const auto& [world, row] : sink.worlds)
    if (world.first >= 3) CHECK((alone.worlds.at({world.first - 3, world.second}) == row));
  CHECK(director.plans.back() == std::vector<std::uint32_t>(6, 40));
}

TEST_CASE("a world of a sweep that fails is named with its point, the same for any number of threads") {
  const Study good;
  Study bad;
  bad.model.max_accounts = 185;
  for (const auto kind : {model::OutcomeKind::qualify, model::OutcomeKind::win})
    bad.strategies[1].outcomes[static_cast<std::size_t>(kind)].base = {kind == model::OutcomeKind::win ? 0.75 : 1.0};
  const model::ObservationLayout layout(good.model, 0);
  const std::vector<Point> points = {good.points[0], bad.points[0]};
  std::set<std::string> messages;
  for (const int num_threads : {1, 2, 8}) {
    Plan plan = good.plan(layout, 1000, num_threads);
    plan.points = points;
    CuriousDirector director(6, layout.size(), 1000);
    MemorySink sink(layout.size());
    try {
      run_experiment(plan, sink, director);
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.code() == ExitCode::resources);
      messages.insert(error.what());
    }
  }
  REQUIRE(messages.size() == 1);
  CHECK_THAT(*messages.begin(), Contains("point 1, strategy 'strategy 1', replication "));
}

TEST_CASE("a fixed number of worlds needs nothing back from the sink") {
  class Forgetful final : public WorldSink {
   public:
    bool is_done(WorldId world) const override { return world.replication % 2 == 0; }
    void accept(int, std::uint32_t, std::span<const std::int64_t>) override {}
    void read(WorldId, std::span<std::int64_t>) const override { throw std::logic_error("nothing to read"); }
  };
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  Forgetful sink;
  CHECK(run_experiment(study.plan(layout, 40, 2), sink) == Ending::finished);
}

TEST_CASE("what a director throws ends the run") {
  class Refusing final : public Director {
   public:
    std::vector<std::uint32_t> plan_round() override { return {50, 50, 50}; }
    void observe(int, std::uint32_t, std::span<const std::int64_t>) override { throw Error(ExitCode::data, "no"); }
  };
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  MemorySink sink(layout.size());
  Refusing director;
  CHECK_THROWS_AS(run_experiment(study.plan(layout, 50, 2), sink, director), Error);
}
