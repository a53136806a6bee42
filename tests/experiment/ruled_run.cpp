// SPDX-License-Identifier: Apache-2.0
// Rules steering real runs: threads, stops and other points change no decision.
#include "experiment/ruled_director.hpp"

#include <atomic>

#include "experiment/study.hpp"

using namespace vouch;
using namespace vouch::experiment;
using test::MemorySink;
using test::Study;

namespace {

enum class Aim { precision, best, budget };

std::unique_ptr<Rule> make_rule(Aim aim, const LookSchedule& looks, std::size_t num_strategies) {
  if (aim == Aim::best) return std::make_unique<SelectionRule>(Indifference{0.02, true, 0}, 0.95, looks);
  if (aim == Aim::budget) return std::make_unique<BudgetRule>(std::uint64_t{looks.limit} * num_strategies, looks);
  statistics::PrecisionAim precision;
  precision.of = statistics::PrecisionAim::Of::differences;
  precision.half_width = 0.08;
  precision.is_relative = true;
  return std::make_unique<PrecisionRule>(precision, looks);
}

RuledDirector make_director(Aim aim, const Plan& plan) {
  std::vector<RuledDirector::RuledPoint> points;
  const LookSchedule looks{plan.block, plan.replications};
  for (std::size_t p = 0; p < plan.points.size(); ++p)
    points.push_back({Gathering(*plan.layout, statistics::make_plain_metric("new_customers", "1", ""),
                                plan.num_strategies(), plan.antithetic ? 2 : 1),
                      make_rule(aim, looks, plan.num_strategies())});
  return RuledDirector(std::move(points));
}

std::vector<std::uint32_t> count_worlds(const RuledDirector& director) {
  std::vector<std::uint32_t> counts;
  for (const auto& point : director.points())
    for (std::size_t s = 0; s < point.gathering.num_strategies(); ++s) counts.push_back(point.gathering.num_worlds(s));
  return counts;
}

}  // namespace

TEST_CASE("a rule decides the same for any number of threads, with and without antithetic pairs") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  const Aim aim = GENERATE(Aim::precision, Aim::best, Aim::budget);
  for (const bool antithetic : {false, true}) {
    std::vector<std::uint32_t> expected;
    MemorySink all(layout.size());
    for (const int num_threads : {1, 2, 3, 8}) {
      Plan plan = study.plan(layout, 3000, num_threads);
      plan.antithetic = antithetic;
      plan.block = choose_directed_block(plan);
      RuledDirector director = make_director(aim, plan);
      MemorySink sink(layout.size());
      REQUIRE(run_experiment(plan, sink, director) == Ending::finished);
      CHECK(director.points()[0].rule->is_reached());
      if (num_threads == 1) {
        expected = count_worlds(director);
        all.worlds = sink.worlds;
        CHECK(expected[0] >= 64);
      }
      CHECK(count_worlds(director) == expected);
      CHECK((sink.worlds == all.worlds));
    }
  }
}

TEST_CASE("a rule decides the same when its run is stopped again and again") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  const Aim aim = GENERATE(Aim::precision, Aim::best, Aim::budget);
  Plan plan = study.plan(layout, 600, 3);
  plan.block = choose_directed_block(plan);
  RuledDirector whole = make_director(aim, plan);
  MemorySink all(layout.size());
  run_experiment(plan, all, whole);
  MemorySink sink(layout.size());
  int num_stops = 0;
  for (;; ++num_stops) {
    REQUIRE(num_stops < 1000);
    RuledDirector director = make_director(aim, plan);
    std::atomic<bool> stop{false};
    const std::size_t enough = sink.worlds.size() + 70;
    const auto watch = [&](const Progress&) { stop = sink.worlds.size() >= enough; };
    if (run_experiment(plan, sink, director, watch, &stop) == Ending::stopped) continue;
    CHECK(count_worlds(director) == count_worlds(whole));
    break;
  }
  CHECK(num_stops > 1);
  CHECK((sink.worlds == all.worlds));
}

TEST_CASE("each point of a sweep ends by itself, as if it were alone") {
  const Study low;
  Study high;
  high.model.segments[0].leads_per_day = 3.0;
  const model::ObservationLayout layout(low.model, 0);
  const std::vector<Point> points = {low.points[0], high.points[0]};
  const Aim aim = GENERATE(Aim::precision, Aim::best, Aim::budget);
  Plan plan = low.plan(layout, 600, 2);
  plan.points = points;
  plan.block = choose_directed_block(plan);
  RuledDirector both = make_director(aim, plan);
  MemorySink sink(layout.size());
  REQUIRE(run_experiment(plan, sink, both) == Ending::finished);
  std::vector<std::uint32_t> alone;
  for (const Point& point : points) {
    Plan single = plan;
    single.points = {&point, 1};
    RuledDirector director = make_director(aim, single);
    MemorySink other(layout.size());
    run_experiment(single, other, director);
    const auto counts = count_worlds(director);
    alone.insert(alone.end(), counts.begin(), counts.end());
  }
  CHECK(count_worlds(both) == alone);
}
