// SPDX-License-Identifier: Apache-2.0
#include "core/money.hpp"

#include <cmath>

#include "support/catch.hpp"

using vouch::round_half_even;
using vouch::to_currency;
using vouch::to_money;

TEST_CASE("halves round to even, on both sides of zero", "[core]") {
  CHECK(round_half_even(0.5) == 0.0);
  CHECK(round_half_even(1.5) == 2.0);
  CHECK(round_half_even(2.5) == 2.0);
  CHECK(round_half_even(-0.5) == 0.0);
  CHECK(round_half_even(-1.5) == -2.0);
  CHECK(round_half_even(-2.5) == -2.0);
  CHECK(round_half_even(std::nextafter(0.5, 1.0)) == 1.0);
  CHECK(round_half_even(std::nextafter(2.5, 0.0)) == 2.0);
  CHECK(round_half_even(std::nextafter(2.5, 3.0)) == 3.0);
}

TEST_CASE("rounding agrees with the processor's over its whole range", "[core]") {
  // Quarters up to 2^51 in magnitude: halves, and what lies beside them.
  int num_wrong = 0;
  for (double base = 1.0; base < 0x1p51; base *= 3.0)
    for (int quarter = -9; quarter <= 9; ++quarter)
      for (const double sign : {1.0, -1.0}) {
        const double x = sign * (std::floor(base) + quarter * 0.25);
        if (std::fabs(x) < 0x1p51 && round_half_even(x) != std::nearbyint(x)) ++num_wrong;
      }
  CHECK(num_wrong == 0);
  CHECK(round_half_even(0x1p51 - 0.5) == 0x1p51);
  CHECK(round_half_even(-0x1p51 + 0.5) == -0x1p51);
}

TEST_CASE("an amount is rounded once, to a ten-thousandth, half to even", "[core]") {
  CHECK(to_money(1.0) == 10'000);
  CHECK(to_money(-2.5) == -25'000);
  // Multiples of 2^-5 x 10^-4 x 10^4 that are exact halves: x 10 000 = n + 1/2 for x = (2n + 1)/20 000 is seldom a
  // double; 1/32 x 10 000 = 312.5 and 3/32 x 10 000 = 937.5 are.
  CHECK(to_money(1.0 / 32.0) == 312);
  CHECK(to_money(3.0 / 32.0) == 938);
  CHECK(to_money(-1.0 / 32.0) == -312);
  CHECK(to_money(-3.0 / 32.0) == -938);
  CHECK(to_money(0.1) == 1'000);
  CHECK(to_money(2.0e11) == 2'000'000'000'000'000);
}

TEST_CASE("money returns to the currency amount it came from", "[core]") {
  for (const double amount : {0.0, 0.0001, 12.3456, -7.25, 1.0e9})
    CHECK(to_currency(to_money(amount)) == Approx(amount).epsilon(1e-15));
}
