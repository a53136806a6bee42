// SPDX-License-Identifier: Apache-2.0
// Everything ends in exactly one place, in every coupled world: each name, lead, deal, ask, request and call.
#include <algorithm>

#include "metamorphic/coupled.hpp"

using namespace vouch::test;

namespace {

/// Sums of a world's blocks, over segments and cohorts; of the funnel, by source.
struct Sums {
  std::map<std::string, std::int64_t> metrics;
  std::map<std::string, std::map<std::string, std::int64_t>> funnel;  ///< [source][block]
};

Sums sum_up(const NamedRow& row) {
  Sums sums;
  for (const auto& [key, value] : row) {
    const std::string block = key.substr(0, key.find(" |"));
    const std::size_t axes = static_cast<std::size_t>(std::count(key.begin(), key.end(), '|'));
    if (axes == 2) {
      sums.metrics[block] += value;
    } else {
      const std::size_t from = block.size() + 3;
      sums.funnel[key.substr(from, key.find(" |", from) - from)][block] += value;
      sums.funnel["all"][block] += value;
    }
  }
  return sums;
}

void check_funnel(std::map<std::string, std::int64_t> f, bool is_cold) {
  CHECK(f["named"] == f["introduced"] + f["mentioned"] + f["bare"] + f["lost_refused"] + f["lost_churned"] +
                          f["lost_opted_out"] + f["pending"]);
  if (!is_cold) CHECK(f["leads"] == f["introduced"] + f["mentioned"] + f["bare"]);
  CHECK(f["leads"] == f["unqualified"] + f["duplicates"] + f["waiting"] + f["opened"]);
  CHECK(f["opened"] == f["won"] + f["lost"] + f["open_end"]);
  CHECK(f["desk_requests"] == f["desk_served"] + f["desk_capsules"] + f["desk_unserved"]);
  CHECK(f["access_resolved"] <= f["access_gaps"]);
  CHECK(f["deal_calls"] <= f["desk_served"]);
  CHECK(f["credibility_open"] + f["deal_calls"] + f["desk_capsules"] <= f["credibility_gaps"]);
}

}  // namespace

TEST_CASE("everything ends in exactly one place", "[metamorphic]") {
  constexpr std::uint32_t worlds = 40;
  const Worlds simulated = simulate(coupled(), worlds);
  for (const char* strategy : {"never", "turns", "favourites"}) {
    for (std::size_t r = 0; r < worlds; ++r) {
      INFO(strategy << ", replication " << r);
      Sums sums = sum_up(simulated.name_cells(strategy, r));
      REQUIRE(sums.funnel.size() >= 3);
      for (const auto& [source, funnel] : sums.funnel) {
        INFO(source);
        check_funnel(funnel, source == "cold" || source == "all");
      }
      auto& m = sums.metrics;
      auto& all = sums.funnel["all"];
      CHECK(m["asks"] == m["yes"] + m["maybe"] + m["no"]);
      CHECK(m["accepted"] == m["yes"] + m["pressed_yes"] + m["returned_maybes"]);
      CHECK(m["pressed"] + m["unpressed"] <= m["maybe"]);  // second_ask = "maybe" or never
      CHECK(m["desk_asks"] == m["desk_refusals"] + m["calls_booked"]);
      CHECK(m["calls_booked"] == all["desk_served"] + m["renewal_served"]);
      CHECK(m["calls_held"] + m["calls_cancelled"] <= m["calls_booked"]);
      CHECK(m["renewal_requests"] == m["renewal_served"] + m["renewal_capsules"] + m["renewal_unserved"]);
      CHECK(m["capsules"] == all["desk_capsules"] + m["renewal_capsules"]);
      CHECK(m["customers"] == m["accounts_existing"] + m["new_customers"]);
      CHECK(m["new_customers"] == m["referral_wins"] + m["partner_wins"] + m["cold_wins"]);
      CHECK(m["new_customers"] == all["won"]);
      CHECK(m["active_end"] == m["customers"] - m["lost_customers"]);
      CHECK(m["lost_customers"] <= m["contract_ends"]);
      CHECK(m["references_used"] <= m["calls_held"]);
    }
  }
}
