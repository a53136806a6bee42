// SPDX-License-Identifier: Apache-2.0
// The batched engine against the plain one, to the bit.
#include <algorithm>
#include <set>
#include <string>

#include "core/error.hpp"
#include "reference/comparing.hpp"
#include "reference/models.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

namespace vouch::reference {
namespace {

constexpr std::uint32_t num_worlds = 16;

/// Requires both engines to give the same rows, however the worlds are grouped.
void require_equal(const Case& c, std::uint64_t seed, bool antithetic_pairs, simulation::Workspace& workspace) {
  // One source more than needed, as when another strategy of the scenario has more programs.
  const model::ObservationLayout layout(c.model, static_cast<int>(c.strategy.programs.size()) + 1);
  auto keys = make_keys(seed, num_worlds, antithetic_pairs);
  std::reverse(keys.begin(), keys.begin() + num_worlds / 2);
  const auto reference = run_reference(c, layout, keys);
  for (const std::size_t batch_size : {1, 2, 5, 16}) {
    const auto batched = run_batched(c, layout, keys, batch_size, workspace);
    for (std::size_t world = 0; world < keys.size(); ++world) {
      INFO(c.name << ", world " << world << " in batches of " << batch_size << ", reference and batched:");
      const std::string differences = describe_differences(layout, reference[world], batched[world]);
      REQUIRE(differences == "");
    }
  }
}

TEST_CASE("B0 gives the same integers in both engines") {
  simulation::Workspace workspace;
  require_equal(make_b0(200), test::seed_of("reference: B0"), false, workspace);
}

TEST_CASE("all mechanisms give the same integers in both engines") {
  const std::uint64_t seed = test::seed_of("reference: all mechanisms");
  simulation::Workspace workspace;
  require_equal(make_all_mechanisms(), seed, false, workspace);
  require_equal(make_all_mechanisms(), seed, true, workspace);
  require_equal(make_without_delays(), seed, false, workspace);
}

TEST_CASE("models in which accounts meet give the same integers in both engines") {
  simulation::Workspace workspace;
  std::vector<Case> cases = make_coupled_cases();
  cases.push_back(make_all_couplings());
  for (const Case& c : cases) {
    const std::uint64_t seed = test::seed_of("reference: " + c.name);
    require_equal(c, seed, false, workspace);
    require_equal(c, seed, true, workspace);
  }
}

/// Compares `num_models` random models; how many of them outgrow max_accounts.
int compare_random(Case (*make)(std::uint64_t, std::uint32_t), std::uint64_t seed, std::uint32_t num_models) {
  simulation::Workspace workspace;
  int num_outgrown = 0;
  for (std::uint32_t index = 0; index < num_models; ++index) {
    const Case c = make(seed, index);
    INFO(c.name);
    try {
      require_equal(c, seed, index % 3 == 0, workspace);
    } catch (const Error& error) {
      REQUIRE(error.code() == ExitCode::resources);
      ++num_outgrown;
    }
  }
  return num_outgrown;
}

TEST_CASE("random models give the same integers in both engines") {
  CHECK(compare_random(make_random, test::seed_of("reference: random models"), 40) <= 12);
}

TEST_CASE("random models in which accounts meet give the same integers in both engines") {
  CHECK(compare_random(make_random_coupled, test::seed_of("reference: random coupled models"), 100) <= 20);
}

/// The blocks of which some element is not 0 in some world.
std::set<std::string> find_counted(const Case& c, std::uint64_t seed) {
  const model::ObservationLayout layout(c.model, static_cast<int>(c.strategy.programs.size()));
  const auto rows = run_reference(c, layout, make_keys(seed, 40, false));
  std::set<std::string> counted;
  for (const model::ObservationBlock& block : layout.blocks()) {
    for (const Row& row : rows) {
      const auto begin = row.begin() + static_cast<std::ptrdiff_t>(block.offset);
      const auto end = begin + static_cast<std::ptrdiff_t>(block.size);
      if (std::any_of(begin, end, [](std::int64_t x) { return x != 0; })) counted.insert(std::string(block.name));
    }
  }
  return counted;
}

TEST_CASE("the model of all couplings exercises every kind of event") {
  const Case c = make_all_couplings();
  const auto counted = find_counted(c, test::seed_of("reference: every kind"));
  const model::ObservationLayout layout(c.model, 1);
  for (const model::ObservationBlock& block : layout.blocks()) {
    INFO(std::string(block.name));
    CHECK(counted.count(std::string(block.name)) == 1);
  }
}

TEST_CASE("a world that outgrows max_accounts is an error in both engines") {
  Case c = make_b0(100);
  c.model.max_accounts = 150;
  const model::ObservationLayout layout(c.model, 1);
  const auto keys = make_keys(test::seed_of("reference: outgrown"), 2, false);
  CHECK_THROWS_AS(run_reference(c, layout, keys), Error);
  simulation::Workspace workspace;
  CHECK_THROWS_AS(run_batched(c, layout, keys, 2, workspace), Error);
}

}  // namespace
}  // namespace vouch::reference
