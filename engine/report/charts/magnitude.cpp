// SPDX-License-Identifier: Apache-2.0
#include "report/charts/magnitude.hpp"

#include <array>
#include <cmath>

namespace vouch::report {

std::string Magnitude::join(const std::string& unit) const {
  if (word.empty() || unit.empty()) return word + unit;
  return word + ' ' + unit;
}

Magnitude choose_magnitude(double largest) {
  static constexpr std::array<const char*, 4> words = {"thousand", "million", "billion", "trillion"};
  Magnitude magnitude;
  double power = 1.0;
  for (const char* const word : words) {
    if (!(std::abs(largest) >= 1e4 * power * (power == 1.0 ? 10.0 : 1.0)) || std::isinf(largest)) break;
    power *= 1e3;
    magnitude = {1.0 / power, magnitude.decimals + 3, word};
  }
  return magnitude;
}

}  // namespace vouch::report
