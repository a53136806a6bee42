// SPDX-License-Identifier: Apache-2.0
// What the folder shares: the coupled scenario, and the comparison of worlds.
#pragma once

#include <string>

#include "reproducibility/worlds.hpp"
#include "support/catch.hpp"

namespace vouch::test {

inline constexpr std::uint32_t replications = 8;

inline std::string coupled() { return read_text(VOUCH_COUPLED); }

/// Every number of every strategy's worlds, to the bit.
inline void check_same(const std::string& what, const std::string& first, const std::string& second) {
  INFO(what);
  CHECK((simulate(first, replications).rows == simulate(second, replications).rows));
}

/// Metrics and funnel by name, where the rows' layouts may differ.
inline void check_same_cells(const std::string& what, const Worlds& first, const Worlds& second) {
  for (const model::Strategy& strategy : first.compiled.strategies) {
    for (std::size_t r = 0; r < replications; ++r) {
      INFO(what << ", " << strategy.name << ", replication " << r);
      CHECK((first.name_cells(strategy.name, r) == second.name_cells(strategy.name, r)));
    }
  }
}

/// In how many replications the cells of a segment differ.
inline int count_different(const Worlds& first, const Worlds& second, const std::string& strategy,
                           const std::string& segment) {
  int different = 0;
  for (std::size_t r = 0; r < first.of(strategy).size(); ++r) {
    REQUIRE_FALSE(first.name_cells(strategy, r, segment).empty());
    different += first.name_cells(strategy, r, segment) != second.name_cells(strategy, r, segment);
  }
  return different;
}

}  // namespace vouch::test
