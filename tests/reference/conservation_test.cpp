// SPDX-License-Identifier: Apache-2.0
// What must add up in every world, whatever the model.
#include <string>

#include "core/error.hpp"
#include "reference/comparing.hpp"
#include "reference/models.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

namespace vouch::reference {
namespace {

/// A world's totals by name.
struct Totals {
  const model::ObservationLayout& layout;
  const Row& row;
  std::int64_t operator()(const std::string& block) const { return compute_total(layout, row, block); }
};

/// Every element of `whole` is the sum of those of `parts`, taken with their signs.
void require_sum(const Totals& total, const std::string& whole, const std::vector<std::string>& parts) {
  const model::ObservationBlock& block = *total.layout.find(whole);
  for (std::size_t i = 0; i < block.size; ++i) {
    std::int64_t sum = 0;
    for (const std::string& part : parts) {
      const bool is_taken_away = part[0] == '-';
      const std::int64_t x = total.row[total.layout.find(is_taken_away ? part.substr(1) : part)->offset + i];
      sum += is_taken_away ? -x : x;
    }
    INFO(whole);
    REQUIRE(total.row[block.offset + i] == sum);
  }
}

void require_consistent(const model::ObservationLayout& layout, const Row& row) {
  const Totals total{layout, row};
  require_sum(total, "asks", {"yes", "maybe", "no"});
  require_sum(total, "accepted", {"yes", "pressed_yes", "returned_maybes"});
  require_sum(total, "testimonial_requests", {"testimonials", "complaints"});
  require_sum(total, "new_customers", {"referral_wins", "cold_wins"});
  require_sum(total, "net_value", {"revenue", "-touch_cost", "-reward_cost"});
  for (const std::string curve : {"tenure", "fatigue", "quality", "peers", "generation"}) {
    REQUIRE(total(curve + "_asks") == total("asks"));
    REQUIRE(total(curve + "_yes") == total("yes"));
  }
  for (const std::string curve : {"generation_customers", "quality_accounts", "peers_accounts"}) {
    REQUIRE(total(curve) == total("customers"));
  }
  for (const std::string curve : {"quality_wins", "peers_wins", "tenure_wins", "generation_wins"}) {
    REQUIRE(total(curve) == total("referral_wins"));
  }
  REQUIRE(total("won") == total("new_customers"));
  if (layout.num_bins() == 0) return;
  const auto last = [&](model::Series series) { return row[layout.series(series, layout.num_bins() - 1)]; };
  REQUIRE(total("series_asks") == total("asks") + total("mentions"));
  REQUIRE(total("series_accepted") == total("accepted"));
  REQUIRE(total("series_introduced") == total("introduced") + total("bare"));
  REQUIRE(total("series_referral_wins") == total("referral_wins"));
  REQUIRE(total("series_cold_wins") == total("cold_wins"));
  REQUIRE(total("series_lost_customers") == total("lost_customers"));
  REQUIRE(total("series_opt_outs") == total("opt_outs"));
  REQUIRE(last(model::Series::series_active) == total("active_end"));
  REQUIRE(last(model::Series::series_open_deals) == total("open_end"));
}

TEST_CASE("every world adds up") {
  const std::uint64_t seed = test::seed_of("reference: conservation");
  for (std::uint32_t index = 0; index < 22; ++index) {
    const Case c = index == 20 ? make_all_mechanisms() : index == 21 ? make_b0(100) : make_random(seed, index);
    const model::ObservationLayout layout(c.model, static_cast<int>(c.strategy.programs.size()));
    for (const simulation::WorldKey& key : make_keys(seed, 8, false)) {
      try {
        const auto rows = run_reference(c, layout, {&key, 1});
        INFO(c.name << ", world " << key.replication);
        require_consistent(layout, rows[0]);
      } catch (const Error&) {
        continue;  // outgrows max_accounts
      }
    }
  }
}

TEST_CASE("without delays every name and every deal ends in one place") {
  const Case c = make_without_delays();
  const model::ObservationLayout layout(c.model, static_cast<int>(c.strategy.programs.size()));
  for (const Row& row : run_reference(c, layout, make_keys(test::seed_of("reference: ends"), 50, false))) {
    const Totals total{layout, row};
    require_consistent(layout, row);
    const model::ObservationBlock& named = *layout.find("named");
    const std::size_t num_cold = static_cast<std::size_t>(layout.num_segments()) * model::num_cohorts;
    for (std::size_t i = 0; i < num_cold; ++i) REQUIRE(row[named.offset + i] == 0);
    require_sum(total, "named", {"introduced", "mentioned", "bare", "lost_refused", "lost_churned", "lost_opted_out"});
    require_sum(total, "opened", {"leads", "-unqualified"});
    require_sum(total, "opened", {"won", "lost", "open_end"});
    REQUIRE(total("customers") - total("lost_customers") == total("active_end"));
  }
}

}  // namespace
}  // namespace vouch::reference
