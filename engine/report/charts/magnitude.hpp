// SPDX-License-Identifier: Apache-2.0
// Large numbers in pictures: in thousands, millions ..., which the axis says. Tables keep them whole.
#pragma once

#include <string>

namespace vouch::report {

struct Magnitude {
  double factor = 1.0;    ///< from numbers to what is drawn
  int decimals = 0;       ///< that it adds to a number rounded to the same
  std::string word = {};  ///< "million"; empty for numbers that are drawn as they are

  /// "million EUR", "million", "EUR".
  std::string join(const std::string& unit) const;
};

/// By the largest number that is drawn: whole below 100,000, then in thousands, from 10,000,000 in millions, and so on
/// by a thousand.
Magnitude choose_magnitude(double largest);

}  // namespace vouch::report
