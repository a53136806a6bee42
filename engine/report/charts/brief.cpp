// SPDX-License-Identifier: Apache-2.0
#include "report/charts/brief.hpp"

#include <algorithm>
#include <cmath>

#include "report/number.hpp"

namespace vouch::report {
namespace {

std::string format_digits(double value, int digits) {
  if (value == 0.0) return "0";
  const int place = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-12));
  return format_number(value, std::max(0, digits - 1 - place));
}

}  // namespace

std::string format_brief(double value) { return format_digits(value, 2); }

std::pair<std::string, std::string> format_brief(double one, double other) {
  constexpr int most_digits = 6;
  for (int digits = 2;; ++digits) {
    std::pair<std::string, std::string> texts{format_digits(one, digits), format_digits(other, digits)};
    if (texts.first != texts.second || digits == most_digits) return texts;
  }
}

}  // namespace vouch::report
