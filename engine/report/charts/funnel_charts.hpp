// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/charts/strategy_rows.hpp"

namespace vouch::report {

/// What asking comes to, from the ask to the customer, by strategy.
struct FunnelData {
  StrategyOrder order;
  std::vector<Quantity> stages;      ///< means over worlds, in order; asks first, customers won last
  Quantity unasked;                  ///< customers won by referrals that nobody had asked for
  Quantity wins_per_100;             ///< customers won for 100 asks, ratios of sums
  std::vector<std::size_t> told;     ///< whom the title is about: one or two that ask
  std::optional<Contrast> contrast;  ///< of wins_per_100, of the two
  bool has_mentions = false;         ///< people are written to in a customer's name, too: they count as asks
  double confidence = 0.95;
};

/// Nobody is told about where nobody asks.
FunnelData read_funnel(const Reading& reading);

/// `told` must not be empty.
Chart chart_funnel(const FunnelData& data);

}  // namespace vouch::report
