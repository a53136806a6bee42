// SPDX-License-Identifier: Apache-2.0
#include "report/charts/brief.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/charts/finding.hpp"
#include "report/number.hpp"
#include "report/text.hpp"

namespace vouch::report {
namespace {

int count_decimals(double value, int digits) {
  if (value == 0.0) return 0;
  const int place = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-12));
  return std::max(0, digits - 1 - place);
}

std::string format_digits(double value, int digits) { return format_number(value, count_decimals(value, digits)); }

double round_digits(double value, int digits) {
  const double power = std::pow(10.0, count_decimals(value, digits));
  return std::round(value * power) / power;
}

}  // namespace

std::string format_brief(double value) { return format_digits(value, 2); }

std::pair<std::string, std::string> format_brief(double one, double other) {
  constexpr int most_digits = 6;
  for (int digits = 2;; ++digits) {
    const double error = round_digits(one, digits) - round_digits(other, digits) - (one - other);
    if (digits == most_digits || std::abs(error) <= 0.2 * std::abs(one - other))
      return {format_digits(one, digits), format_digits(other, digits)};
  }
}

bool is_too_few(const Sample& sample) { return sample.num_groups < fewest_to_claim; }

std::string tell_too_few(const Sample& sample, const std::string& question) {
  const bool is_paired = sample.num_groups < sample.num_worlds && sample.num_groups > 0;
  const std::uint64_t count = is_paired ? sample.num_groups : sample.num_worlds;
  if (count == 0) return fmt::format("No simulated future is there yet to judge {}", question);
  const bool is_one = count == 1;
  const std::string what = is_paired ? (is_one ? "pair of simulated futures" : "pairs of simulated futures")
                                     : (is_one ? "simulated future" : "simulated futures");
  return fmt::format("{} {} {} too few to judge {}", capitalise(spell_count(count)), what, is_one ? "is" : "are",
                     question);
}

}  // namespace vouch::report
