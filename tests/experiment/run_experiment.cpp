// SPDX-License-Identifier: Apache-2.0
#include "experiment/run_experiment.hpp"

#include <algorithm>
#include <set>

#include "experiment/study.hpp"
#include "simulation/run_worlds.hpp"

using namespace vouch;
using test::MemorySink;
using test::Row;
using test::Study;
using test::Worlds;
using namespace vouch::experiment;
using Catch::Matchers::Contains;

namespace {

Worlds run(const Study& study, std::uint32_t replications, int num_threads) {
  const model::ObservationLayout layout(study.model, 0);
  MemorySink sink(layout.size());
  REQUIRE(run_experiment(study.plan(layout, replications, num_threads), sink) == Ending::finished);
  return std::move(sink.worlds);
}

}  // namespace

TEST_CASE("every world is run once, with the same numbers for any number of threads") {
  const Study study;
  const Worlds one = run(study, 300, 1);
  CHECK(one.size() == 900);
  CHECK((run(study, 300, 2) == one));
  CHECK((run(study, 300, 7) == one));
  std::set<Row> different;
  for (const auto& [world, row] : one) different.insert(row);
  CHECK(different.size() > 800);
}

TEST_CASE("worlds equal those of run_worlds") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  Worlds worlds = run(study, 50, 2);
  simulation::Workspace workspace;
  for (const std::uint32_t replication : {0U, 17U, 49U}) {
    Row row(layout.size());
    const std::vector<simulation::WorldKey> keys = {{test::seed_of("run_experiment"), replication, false}};
    const std::vector<simulation::WorldResult> results = {{row}};
    simulation::run_worlds(study.model, study.strategies[1], layout, keys, results, workspace);
    CHECK((worlds[{1, replication}] == row));
  }
}

TEST_CASE("what the sink has already is not run again") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  const Worlds all = run(study, 100, 2);
  MemorySink sink(layout.size());
  for (const auto& [world, row] : all) {
    if ((world.first * 31 + world.second * 17) % 3 != 0) sink.worlds.emplace(world, row);
  }
  const std::size_t kept = sink.worlds.size();
  Progress last;
  run_experiment(study.plan(layout, 100, 2), sink, [&](const Progress& progress) {
    CHECK(progress.num_done >= last.num_done);
    last = progress;
  });
  CHECK((sink.worlds == all));  // and the sink refuses a world that it has
  CHECK(last.num_done <= 300);
  CHECK(last.num_resumed <= kept);
}

TEST_CASE("progress counts every world") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  MemorySink sink(layout.size());
  std::uint64_t done = 0;
  run_experiment(study.plan(layout, 70, 2), sink, [&](const Progress& progress) {
    done = progress.num_done;
    CHECK(progress.num_worlds == 210);
    CHECK(progress.num_resumed == 0);
  });
  CHECK(done == 210);
}

TEST_CASE("strategies advance together by blocks of replications") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  MemorySink sink(layout.size());
  std::uint64_t widest = 0;
  run_experiment(study.plan(layout, 1000, 1), sink, [&](const Progress&) {
    std::vector<std::uint64_t> counts(study.strategies.size());
    for (const auto& [world, row] : sink.worlds) ++counts[static_cast<std::size_t>(world.first)];
    const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
    widest = std::max(widest, *most - *least);
  });
  CHECK(widest > 0);
  CHECK(widest <= 64);
}

TEST_CASE("a world that fails is named, the same for any number of threads, and what comes before it is kept") {
  Study study;
  study.model.max_accounts = 185;  // about one world in a hundred of strategy 1 outgrows it
  for (const auto kind : {model::OutcomeKind::qualify, model::OutcomeKind::win}) {
    study.strategies[1].outcomes[static_cast<std::size_t>(kind)].base = {kind == model::OutcomeKind::win ? 0.75 : 1.0};
  }
  const model::ObservationLayout layout(study.model, 0);
  std::set<std::string> messages;
  for (const int num_threads : {1, 2, 7}) {
    MemorySink sink(layout.size());
    try {
      run_experiment(study.plan(layout, 2000, num_threads), sink);
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.code() == ExitCode::resources);
      messages.insert(error.what());
    }
    const std::string& message = *messages.begin();
    const std::string mark = "replication ";
    const auto failed = static_cast<std::uint32_t>(std::stoul(message.substr(message.find(mark) + mark.size())));
    CHECK_FALSE(sink.is_done({1, failed}));
    for (std::uint32_t r = 0; r < failed; ++r) {
      for (const int strategy : {0, 1}) CHECK(sink.is_done({strategy, r}));  // 2 comes later in the same block
    }
  }
  REQUIRE(messages.size() == 1);
  CHECK_THAT(*messages.begin(), Contains("strategy 'strategy 1', replication "));
}

TEST_CASE("the sink's error ends the experiment") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  MemorySink sink(layout.size());
  sink.limit = 40;
  try {
    run_experiment(study.plan(layout, 1000, 2), sink);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(std::string(error.what()) == "the sink is full");
  }
  CHECK(sink.worlds.size() < 40 + 64);
}

TEST_CASE("a stopped experiment keeps what was finished and goes on to the same end") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  const Worlds all = run(study, 500, 2);
  MemorySink sink(layout.size());
  std::atomic<bool> stop{false};
  const Ending ending = run_experiment(
      study.plan(layout, 500, 2), sink,
      [&](const Progress& progress) {
        if (progress.num_done >= 100) stop = true;
      },
      &stop);
  CHECK(ending == Ending::stopped);
  CHECK(sink.worlds.size() >= 100);
  CHECK(sink.worlds.size() < all.size());
  stop = false;
  CHECK(run_experiment(study.plan(layout, 500, 2), sink, {}, &stop) == Ending::finished);
  CHECK((sink.worlds == all));
}

TEST_CASE("a part of a run has the worlds of the whole, and its director counts from its first") {
  class Watcher final : public Director {
   public:
    std::vector<std::uint32_t> plan_round() override { return {30, 30, 30}; }
    void observe(int lane, std::uint32_t first, std::span<const std::int64_t>) override {
      CHECK(first == seen[static_cast<std::size_t>(lane)]);
      seen[static_cast<std::size_t>(lane)] = std::max(first + 1, seen[static_cast<std::size_t>(lane)]);
    }
    std::vector<std::uint32_t> seen = {0, 0, 0};
  };
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  const Worlds all = run(study, 100, 2);
  Plan plan = study.plan(layout, 30, 2);
  plan.first_replication = 41;
  plan.block = 1;
  MemorySink sink(layout.size());
  sink.worlds.emplace(std::pair(1, 50U), all.at({1, 50U}));  // resumed, and read back
  Watcher watcher;
  Progress last;
  REQUIRE(run_experiment(plan, sink, watcher, [&](const Progress& progress) { last = progress; }) == Ending::finished);
  CHECK(sink.worlds.size() == 90);
  CHECK(std::includes(all.begin(), all.end(), sink.worlds.begin(), sink.worlds.end()));
  CHECK(sink.worlds.begin()->first.second == 41);
  CHECK(watcher.seen == std::vector<std::uint32_t>{30, 30, 30});
  CHECK(last.num_done == 90);
  CHECK(last.num_resumed == 1);
}
