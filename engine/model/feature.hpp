// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace vouch::model {

inline constexpr int max_stocks = 16;

/// What an outcome's weights and a guard can read. Stocks come first: stock s has value s.
enum class Feature : std::uint8_t {
  first_stock = 0,
  // Traits of the acting account.
  quality = max_stocks,
  rep_tie,
  consent,
  peers_left,
  referred,
  generation,
  // Its flags and counts.
  value_realised,
  testimonial,
  positioned,
  has_referred,
  was_thanked,
  num_referrals,
  num_asks,
  opted_out,
  // Of a second ask.
  answered_maybe,
  // Of one introduction.
  peer_tie,
  chases,
  reminded,
  // Of a renewal.
  referrer_active,
  // Of a deal.
  introduced,
  mentioned,
  match,
  referrer_quality,
  customer_reward,
  // Of a deal or a renewal as it stands when it is decided: last, since the sum over those above is fixed before.
  reference,
  reference_match,
  capsule,
  credibility_gap,
  access_gap,
};

inline constexpr int num_features = static_cast<int>(Feature::access_gap) + 1;
inline constexpr Feature first_late_feature = Feature::reference;

constexpr bool is_stock(Feature feature) noexcept { return static_cast<int>(feature) < max_stocks; }
constexpr int stock_index(Feature feature) noexcept { return static_cast<int>(feature); }
constexpr Feature stock_feature(int stock) noexcept { return static_cast<Feature>(stock); }

}  // namespace vouch::model
