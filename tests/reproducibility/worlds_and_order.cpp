// SPDX-License-Identifier: Apache-2.0
// Nothing about a world depends on which other worlds are simulated, in what order, or how they are grouped.
#include <algorithm>

#include "experiment/run_experiment.hpp"
#include "reproducibility/worlds.hpp"
#include "support/catch.hpp"

using namespace vouch::test;

namespace {

/// Keeps every row, by strategy and replication.
class Collector : public vouch::experiment::WorldSink {
 public:
  Collector(std::size_t num_strategies, std::size_t replications, std::size_t size)
      : size_(size), rows(num_strategies, std::vector<std::vector<std::int64_t>>(replications)) {}

  bool is_done(vouch::experiment::WorldId world) const override {
    return !rows[static_cast<std::size_t>(world.strategy)][world.replication].empty();
  }
  void accept(int strategy, std::uint32_t first, std::span<const std::int64_t> taken) override {
    for (std::size_t i = 0; i * size_ < taken.size(); ++i)
      rows[static_cast<std::size_t>(strategy)][first + i].assign(
          taken.begin() + static_cast<std::ptrdiff_t>(i * size_),
          taken.begin() + static_cast<std::ptrdiff_t>((i + 1) * size_));
  }
  void read(vouch::experiment::WorldId world, std::span<std::int64_t> row) const override {
    const auto& kept = rows[static_cast<std::size_t>(world.strategy)][world.replication];
    std::copy(kept.begin(), kept.end(), row.begin());
  }

 private:
  std::size_t size_;

 public:
  std::vector<std::vector<std::vector<std::int64_t>>> rows;
};

/// The file's strategies in another order: the named one first.
std::string move_strategy_first(const std::string& text, const std::string& name) {
  const std::size_t begin = text.find("[strategies." + name + "]");
  std::size_t end = text.find("\n[strategies.", begin + 1);
  while (end != std::string::npos && text.compare(end + 1, 13 + name.size(), "[strategies." + name + ".") == 0)
    end = text.find("\n[strategies.", end + 1);
  const std::string moved = text.substr(begin, end == std::string::npos ? end : end - begin) + "\n";
  std::string rest = text.substr(0, begin) + (end == std::string::npos ? "" : text.substr(end));
  return rest.insert(rest.find("[strategies."), moved);
}

}  // namespace

TEST_CASE("worlds are simulated, and differ", "[reproducibility]") {
  const Worlds worlds = simulate(all_mechanisms(), 3);
  const auto& rows = worlds.of("everything");
  CHECK(rows[0] != rows[1]);
  CHECK(rows[1] != rows[2]);
  CHECK(rows[0] != worlds.of("never")[0]);
  CHECK(rows[0] != simulate(all_mechanisms(), 1, 8).of("everything")[0]);
}

TEST_CASE("batches of any size give the same worlds", "[reproducibility]") {
  for (const std::string& text : {all_mechanisms(), all_coupled()}) {
    const auto expected = simulate(text, 11, 7, 1).rows;
    for (const std::size_t batch : {2U, 3U, 4U, 7U, 11U, 16U}) {
      INFO("batches of " << batch);
      CHECK((simulate(text, 11, 7, batch).rows == expected));
    }
  }
}

TEST_CASE("a world alone is the world among others", "[reproducibility]") {
  const std::string text = GENERATE(all_mechanisms(), all_coupled());
  const auto all = simulate(text, 9).rows;
  const auto some = simulate(text, 2, 7, 2, 6).rows;  // replications 6 and 7
  for (std::size_t strategy = 0; strategy < all.size(); ++strategy) {
    CHECK((some[strategy][0] == all[strategy][6]));
    CHECK((some[strategy][1] == all[strategy][7]));
  }
}

TEST_CASE("added replications change nothing, mirrored pairs included", "[reproducibility]") {
  const std::string text = GENERATE(all_mechanisms(), all_coupled());
  for (const bool antithetic : {false, true}) {
    const auto few = simulate(text, 4, 7, 4, 0, antithetic).rows;
    const auto many = simulate(text, 10, 7, 4, 0, antithetic).rows;
    for (std::size_t strategy = 0; strategy < few.size(); ++strategy)
      for (std::size_t r = 0; r < 4; ++r) CHECK((few[strategy][r] == many[strategy][r]));
  }
}

TEST_CASE("the first of a mirrored pair is the unmirrored world, the second another", "[reproducibility]") {
  const auto mirrored = simulate(all_mechanisms(), 4, 7, 4, 0, true).of("everything");
  const auto plain = simulate(all_mechanisms(), 2).of("everything");
  CHECK((mirrored[0] == plain[0]));
  CHECK((mirrored[2] == plain[1]));
  CHECK((mirrored[1] != mirrored[0]));
}

TEST_CASE("an added strategy changes nothing", "[reproducibility]") {
  // It has more programs than any other, so that the layout grows too.
  std::string text = all_mechanisms();
  for (const char* program : {"a", "b", "c", "d", "e", "f", "g"})
    text += std::string("[strategies.more.programs.") + program + "]\nwhen = 'purchase'\ndelay_days = 40\n";
  const std::string fewer = text.substr(0, text.find("[strategies.more"));
  const std::string only_never =
      replace(fewer.substr(0, fewer.find("[strategies.everything]")), "programs = { calendar = -0.1 }", "");
  const Worlds before = simulate(only_never, 3);
  const Worlds with_few = simulate(fewer, 3);
  const Worlds with_more = simulate(text, 3);
  for (const char* strategy : {"never", "before", "everything", "careless"})
    for (std::size_t r = 0; r < 3; ++r) CHECK((with_few.name_cells(strategy, r) == with_more.name_cells(strategy, r)));
  for (std::size_t r = 0; r < 3; ++r) CHECK((before.name_cells("never", r) == with_few.name_cells("never", r)));
}

TEST_CASE("the order of strategies changes nothing", "[reproducibility]") {
  const Worlds as_written = simulate(all_mechanisms(), 3);
  const Worlds turned = simulate(move_strategy_first(all_mechanisms(), "careless"), 3);
  REQUIRE(turned.compiled.strategies.front().name == "careless");
  for (const char* strategy : {"never", "before", "everything", "careless"})
    CHECK((as_written.of(strategy) == turned.of(strategy)));
}

TEST_CASE("1, 2 and 7 threads give the same worlds", "[reproducibility]") {
  constexpr std::uint32_t replications = 24;
  const std::string text = GENERATE(all_mechanisms(), all_coupled());
  const vouch::scenario::Compiled compiled = compile_text(text);
  const vouch::model::ObservationLayout layout(compiled.model, compiled.max_programs);
  for (const bool antithetic : {false, true}) {
    const auto expected = simulate(text, replications, 7, 4, 0, antithetic).rows;
    for (const int num_threads : {1, 2, 7}) {
      Collector collector(compiled.strategies.size(), replications, layout.size());
      vouch::experiment::Plan plan;
      const vouch::experiment::Point point{&compiled.model, compiled.strategies};
      plan.points = {&point, 1};
      plan.layout = &layout;
      plan.seed = 7;
      plan.replications = replications;
      plan.antithetic = antithetic;
      plan.num_threads = num_threads;
      REQUIRE(vouch::experiment::run_experiment(plan, collector) == vouch::experiment::Ending::finished);
      INFO(num_threads << " threads");
      CHECK((collector.rows == expected));
    }
  }
}

TEST_CASE("a point of a sweep has the worlds of the scenario with its values set", "[reproducibility]") {
  constexpr std::uint32_t replications = 6;
  const std::string keys =
      "\n[sweep.keys]\n'outcomes.win.probability' = [0.2, 0.3]\n'strategies.everything.programs.result.max_asks' = [1, "
      "5]\n";
  const auto swept = vouch::scenario::parse_scenario(all_mechanisms() + keys, "swept");
  const auto compiled = compile_points(swept).points;
  const vouch::model::ObservationLayout layout(compiled[0].model, compiled[0].max_programs);
  std::vector<vouch::experiment::Point> points;
  for (const auto& point : compiled) points.push_back({&point.model, point.strategies});
  vouch::experiment::Plan plan;
  plan.points = points;
  plan.layout = &layout;
  plan.seed = 7;
  plan.replications = replications;
  plan.num_threads = 2;
  Collector collector(plan.num_lanes(), replications, layout.size());
  REQUIRE(vouch::experiment::run_experiment(plan, collector) == vouch::experiment::Ending::finished);
  for (std::size_t p = 0; p < compiled.size(); ++p) {
    const std::string text = canonical_text(vouch::scenario::parse_scenario(
        all_mechanisms(), "alone",
        std::vector<vouch::scenario::Override>{{swept.sweep().keys[0].key, swept.sweep().value_at(p, 0)},
                                               {swept.sweep().keys[1].key, swept.sweep().value_at(p, 1)}}));
    const auto alone = simulate(text, replications).rows;
    for (std::size_t s = 0; s < alone.size(); ++s) CHECK((collector.rows[p * alone.size() + s] == alone[s]));
    if (p > 0) CHECK((collector.rows[p * alone.size() + 2] != collector.rows[2]));
  }
}
