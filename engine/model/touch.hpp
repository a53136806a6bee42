// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "core/money.hpp"

namespace vouch::model {

/// Everything anyone does to an account.
enum class TouchKind : std::uint8_t {
  purchase,
  positioning,
  value_realised,
  incident,
  favour,
  testimonial_request,
  service_recovery,
  ask,
  second_ask,
  mention,
  chase,
  thanks_for_promise,
  thank_you,
  status_report,
  thanks_from_customer,
  recognition,
  reward,
  referral_lost,
  unacknowledged,
  reference_call,
  capsule,
};
inline constexpr int num_touches = static_cast<int>(TouchKind::capsule) + 1;

/// A stock that fades: its value halves every `half_life_days` (infinite: it never fades).
struct Stock {
  double half_life_days;
  double cap;  ///< a positive impulse a lands as a x max(0, 1 - x/cap); infinite: no cap
};

/// What a touch adds to one stock: amount, times the stock `times` as it stands before the touch, if there is one.
struct Impulse {
  std::int8_t stock;
  std::int8_t times;  ///< -1: none
  double amount;
};

/// A touch's effect. At most one impulse per stock, in ascending order of stock.
struct Touch {
  std::vector<Impulse> impulses;
  double minutes = 0.0;  ///< of rep time
  double cost = 0.0;     ///< in currency: minutes x cost_per_minute + money
};

}  // namespace vouch::model
