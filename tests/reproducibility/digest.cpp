// SPDX-License-Identifier: Apache-2.0
// Prints a digest of 20 worlds of every strategy of some scenarios, to be compared across compilers, optimisation
// levels, instruction sets, libm variants and numbers of worlds simulated at once. Fails when anything that a world can
// report happened in none of them, or a program brought nobody's name.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iterator>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "model/observations.hpp"
#include "scenario/scenario.hpp"
#include "simulation/run_worlds.hpp"

namespace {

using Row = std::vector<std::int64_t>;

constexpr std::uint32_t num_worlds = 20;

/// FNV-1a over the bytes of integers, lowest first.
class Digest {
 public:
  void add(std::int64_t value) noexcept {
    for (int byte = 0; byte < 8; ++byte)
      hash_ = (hash_ ^ (static_cast<std::uint64_t>(value) >> (8 * byte) & 0xff)) * 0x100000001b3ULL;
  }
  unsigned long long value() const noexcept { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

class Tally {
 public:
  void expect(const vouch::scenario::Compiled& compiled, const vouch::model::ObservationLayout& layout) {
    for (const auto& block : layout.blocks()) expected_.insert(std::string(block.name));
    for (const auto& strategy : compiled.strategies)
      for (const auto& program : strategy.programs) expected_.insert(strategy.name + "." + program.name);
  }

  void add(const vouch::model::ObservationLayout& layout, const vouch::model::Strategy& strategy, const Row& row) {
    for (const std::int64_t value : row) digest_.add(value);
    for (const auto& block : layout.blocks())
      if (sum(row, block.offset, block.size) != 0) seen_.insert(std::string(block.name));
    const std::size_t num_cells = static_cast<std::size_t>(layout.num_segments()) * vouch::model::num_cohorts;
    for (std::size_t p = 0; p < strategy.programs.size(); ++p)
      if (sum(row, layout.funnel(vouch::model::Funnel::named, 2 + static_cast<int>(p), 0, 0), num_cells) != 0)
        seen_.insert(strategy.name + "." + strategy.programs[p].name);
  }

  unsigned long long digest() const noexcept { return digest_.value(); }
  std::vector<std::string> list_missing() const {
    std::vector<std::string> missing;
    std::set_difference(expected_.begin(), expected_.end(), seen_.begin(), seen_.end(), std::back_inserter(missing));
    return missing;
  }

 private:
  static std::int64_t sum(const Row& row, std::size_t first, std::size_t count) {
    const auto begin = row.begin() + static_cast<std::ptrdiff_t>(first);
    return std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(count), std::int64_t{0});
  }

  Digest digest_;
  std::set<std::string> expected_;
  std::set<std::string> seen_;
};

void simulate(const vouch::scenario::Compiled& compiled, const vouch::model::ObservationLayout& layout,
              std::uint64_t seed, bool antithetic, std::uint32_t batch, Tally& tally) {
  vouch::simulation::Workspace workspace;
  std::vector<Row> rows(batch, Row(layout.size()));
  for (const vouch::model::Strategy& strategy : compiled.strategies) {
    for (std::uint32_t first = 0; first < num_worlds; first += batch) {
      std::vector<vouch::simulation::WorldKey> keys;
      std::vector<vouch::simulation::WorldResult> results;
      for (std::uint32_t i = 0; i < batch && first + i < num_worlds; ++i) {
        keys.push_back({seed, first + i, antithetic});
        results.push_back({rows[i]});
      }
      vouch::simulation::run_worlds(compiled.model, strategy, layout, keys, results, workspace);
      for (std::size_t i = 0; i < keys.size(); ++i) tally.add(layout, strategy, rows[i]);
    }
  }
}

void run_scenario(const char* path, std::uint32_t batch, Tally& tally) {
  const vouch::scenario::Scenario scenario = vouch::scenario::load_scenario(path);
  const vouch::scenario::Compiled compiled = vouch::scenario::compile(scenario);
  const vouch::model::ObservationLayout layout(compiled.model, compiled.max_programs);
  tally.expect(compiled, layout);
  for (const bool antithetic : {false, true})
    simulate(compiled, layout, scenario.experiment().seed, antithetic, batch, tally);
}

}  // namespace

int main(int argc, char** argv) {
  const int batch = argc > 1 ? std::atoi(argv[1]) : 0;
  if (argc < 3 || batch < 1) {
    std::fprintf(stderr, "usage: vouch_digest WORLDS_AT_ONCE SCENARIO...\n");
    return 2;
  }
  try {
    Tally tally;
    for (int i = 2; i < argc; ++i) run_scenario(argv[i], static_cast<std::uint32_t>(batch), tally);
    const std::vector<std::string> missing = tally.list_missing();
    for (const std::string& name : missing) std::fprintf(stderr, "never happened: %s\n", name.c_str());
    std::printf("%016llx\n", tally.digest());
    return missing.empty() ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
