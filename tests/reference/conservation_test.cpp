// SPDX-License-Identifier: Apache-2.0
// What must add up in every world of both engines, whatever the model.
#include <string>

#include "core/error.hpp"
#include "reference/comparing.hpp"
#include "reference/conservation.hpp"
#include "reference/models.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

namespace vouch::reference {
namespace {

/// Requires every world of both engines to add up; false if the model outgrows max_accounts.
bool require_consistent(const Case& c, std::uint64_t seed, std::uint32_t num_worlds, simulation::Workspace& workspace) {
  const model::ObservationLayout layout(c.model, static_cast<int>(c.strategy.programs.size()));
  const auto keys = make_keys(seed, num_worlds, false);
  const auto require_no_leaks = [&](const char* engine, const std::vector<Row>& rows) {
    for (std::size_t world = 0; world < rows.size(); ++world) {
      INFO(c.name << ", world " << world << " of the " << engine << " engine");
      const std::string leaks = describe_leaks(c.model, layout, rows[world]);
      REQUIRE(leaks == "");
    }
  };
  try {
    require_no_leaks("reference", run_reference(c, layout, keys));
    require_no_leaks("batched", run_batched(c, layout, keys, num_worlds, workspace));
  } catch (const Error& error) {
    REQUIRE(error.code() == ExitCode::resources);
    return false;
  }
  return true;
}

TEST_CASE("every world adds up") {
  const std::uint64_t seed = test::seed_of("reference: conservation");
  simulation::Workspace workspace;
  int num_outgrown = 0;
  for (std::uint32_t index = 0; index < 40; ++index) {
    num_outgrown += !require_consistent(make_random(seed, index), seed, 8, workspace);
    num_outgrown += !require_consistent(make_random_coupled(seed, index), seed, 8, workspace);
  }
  CHECK(num_outgrown <= 24);
}

TEST_CASE("every world of the named models adds up") {
  const std::uint64_t seed = test::seed_of("reference: conservation of named models");
  simulation::Workspace workspace;
  std::vector<Case> cases = make_coupled_cases();
  for (const Case& c : {make_b0(100), make_all_mechanisms(), make_all_couplings(), make_without_delays()}) {
    cases.push_back(c);
  }
  for (const Case& c : cases) REQUIRE(require_consistent(c, seed, 10, workspace));
}

TEST_CASE("a row that does not add up is told") {
  const Case c = make_without_delays();
  const model::ObservationLayout layout(c.model, static_cast<int>(c.strategy.programs.size()));
  Row row = run_reference(c, layout, make_keys(test::seed_of("reference: leaks"), 1, false))[0];
  REQUIRE(describe_leaks(c.model, layout, row) == "");
  ++row[layout.funnel(model::Funnel::lost_refused, 2, 0, 0)];
  const std::string leaks = describe_leaks(c.model, layout, row);
  CHECK(leaks.find("every name ends in one place of source 2") == 0);
}

}  // namespace
}  // namespace vouch::reference
