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

TEST_CASE("random models give the same integers in both engines") {
  const std::uint64_t seed = test::seed_of("reference: random models");
  simulation::Workspace workspace;
  int num_outgrown = 0;
  for (std::uint32_t index = 0; index < 40; ++index) {
    const Case c = make_random(seed, index);
    INFO(c.name);
    try {
      require_equal(c, seed, index % 3 == 0, workspace);
    } catch (const Error& error) {
      REQUIRE(error.code() == ExitCode::resources);
      ++num_outgrown;
    }
  }
  CHECK(num_outgrown <= 12);
}

TEST_CASE("the model of all mechanisms exercises every kind of event") {
  // Slots and nerve, and finite markets, are not simulated yet.
  const std::set<std::string> never_counted = {"skipped_nerve", "duplicates"};
  const Case c = make_all_mechanisms();
  const model::ObservationLayout layout(c.model, static_cast<int>(c.strategy.programs.size()));
  const auto keys = make_keys(test::seed_of("reference: every kind"), 40, false);
  const auto rows = run_reference(c, layout, keys);
  for (const model::ObservationBlock& block : layout.blocks()) {
    const auto is_nonzero = [&](const Row& row) {
      const auto begin = row.begin() + static_cast<std::ptrdiff_t>(block.offset);
      return std::any_of(begin, begin + static_cast<std::ptrdiff_t>(block.size), [](std::int64_t x) { return x != 0; });
    };
    INFO(std::string(block.name));
    CHECK(std::any_of(rows.begin(), rows.end(), is_nonzero) != (never_counted.count(std::string(block.name)) == 1));
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
