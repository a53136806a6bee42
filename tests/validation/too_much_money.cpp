// SPDX-License-Identifier: Apache-2.0
// Money is counted in 64-bit integers of 1/10 000 of the currency unit. What does not fit is an error, not a wrong sum.
#include <fmt/format.h>

#include "core/error.hpp"
#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch;
using namespace vouch::test;

namespace {

std::string world_of(std::int64_t accounts, double contract_value) {
  return fmt::format(
      "[experiment]\nhorizon_days = 3650\n[money]\nmargin = 1\n[segments.all]\naccounts = {}\ncontract_value = {}\n"
      "[strategies.none]\n",
      accounts, contract_value);
}

}  // namespace

TEST_CASE("money that does not fit is refused, and money that just fits is exact") {
  double revenue = 0.0;
  run("money that fits", world_of(9000, 1e10), 1,
      [&](const World& world) { revenue = world.metric(model::Metric::revenue); });
  CHECK(revenue == Approx(9e14).epsilon(1e-12));
  CHECK_THROWS_AS(run("a sum too large", world_of(10000, 1e10), 1, [](const World&) {}), Error);
}
