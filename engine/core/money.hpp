// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace vouch {

/// Money in 1/10 000 of the currency unit. Sums are exact, so they do not depend on their order.
using Money = std::int64_t;

inline constexpr double money_per_unit = 10'000.0;

/// Nearest integer, halves to even, for |x| < 2^51. Adding and taking away 1.5 x 2^52 makes the
/// processor's default rounding do the work, and vectorises; it needs strict floating-point semantics.
inline double round_half_even(double x) noexcept {
  constexpr double magic = 6755399441055744.0;
  return (x + magic) - magic;
}

/// A currency amount as Money: rounded once, half to even. |amount| < 2.2e11 currency units.
inline Money to_money(double amount) noexcept { return static_cast<Money>(round_half_even(amount * money_per_unit)); }

inline double to_currency(Money money) noexcept { return static_cast<double>(money) / money_per_unit; }

}  // namespace vouch
