// SPDX-License-Identifier: Apache-2.0
#include "report/number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace vouch::report {
namespace {

constexpr int most_decimals = 6;

/// How many decimals show `value` to about 12 significant digits, at most most_decimals.
int count_exact_decimals(double value) {
  double power = 1.0;
  for (int decimals = 0; decimals < most_decimals; ++decimals, power *= 10.0) {
    const double scaled = value * power;
    if (std::abs(scaled - std::round(scaled)) <= 1e-12 * std::abs(scaled)) return decimals;
  }
  return most_decimals;
}

}  // namespace

int choose_decimals(std::span<const statistics::Estimate> estimates, double factor) {
  std::vector<double> errors;
  int exact = 0;
  for (const statistics::Estimate& estimate : estimates) {
    double error = estimate.standard_error.value_or(0.0) * factor;
    // Of a share that no world shows, or every world, the interval alone tells how well it is known.
    if (error == 0.0 && estimate.interval) error = (estimate.interval->high - estimate.interval->low) / 4.0 * factor;
    if (error > 0.0) errors.push_back(error);
    if (estimate.value) exact = std::max(exact, count_exact_decimals(*estimate.value * factor));
  }
  if (errors.empty()) return exact;
  std::sort(errors.begin(), errors.end());
  const auto place = [](double error) { return static_cast<int>(std::floor(std::log10(error))); };
  return std::clamp(std::max(1 - place(errors[errors.size() / 2]), -place(errors.front())), -most_decimals,
                    most_decimals);
}

std::string format_number(double value, int decimals) {
  if (decimals < 0) {
    const double power = std::pow(10.0, -decimals);
    value = std::round(value / power) * power;
    decimals = 0;
  }
  std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
  const bool is_zero = digits.find_first_not_of("0.") == std::string::npos;
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  for (std::size_t place = 3; place < whole; place += 3) digits.insert(whole - place, 1, ',');
  return fmt::format("{}{}", value < 0.0 && !is_zero ? "-" : "", digits);
}

std::string format_signed(double value, int decimals) {
  std::string text = format_number(value, decimals);
  const bool is_zero = text.find_first_of("123456789") == std::string::npos;
  return text[0] == '-' || is_zero ? text : "+" + text;
}

std::string format_count(std::uint64_t count) { return format_number(static_cast<double>(count), 0); }

std::string format_replications(std::uint32_t first, std::uint32_t count) {
  if (count == 1) return "replication " + format_count(std::uint64_t{first} + 1);
  return fmt::format("replications {} to {}", format_count(std::uint64_t{first} + 1),
                     format_count(std::uint64_t{first} + count));
}

std::string format_about(std::uint64_t count) {
  const auto number = static_cast<double>(std::max<std::uint64_t>(count, 1));
  return format_number(number, std::min(0, 1 - static_cast<int>(std::floor(std::log10(number)))));
}

std::string format_share(double share) {
  if (share <= 0.0) return "0 %";
  if (share >= 1.0) return "100 %";
  return format_chance(share);
}

std::string format_confidence(double confidence) { return fmt::format("{:.6g} %", 100.0 * confidence); }

std::string format_chance(double chance) {
  const double percent = 100.0 * chance;
  if (percent < 0.1) return "< 0.1 %";
  if (percent > 99.9) return "> 99.9 %";
  return fmt::format("{:.{}f} %", percent, percent < 10.0 || percent > 90.0 ? 1 : 0);
}

std::string format_relative(double share) {
  const double percent = 100.0 * share;
  const double size = std::abs(percent);
  return format_signed(percent, size < 0.1 ? 3 : size < 1.0 ? 2 : size < 100.0 ? 1 : 0) + " %";
}

std::string format_factor(double factor) {
  if (factor > 10'000.0) return "> 10,000x";
  return format_number(factor, factor < 10.0 ? 1 : 0) + "x";
}

std::string format_worlds(std::span<const std::uint64_t> counts, Wording wording) {
  const std::string one = wording == Wording::worlds ? " world" : " simulated future";
  if (counts.empty()) return "no" + one + 's';
  const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
  if (*least != *most) return format_count(*least) + " to " + format_count(*most) + one + 's';
  return format_count(*most) + (*most == 1 ? one : one + 's');
}

std::string format_duration(double seconds) {
  const auto whole = static_cast<long long>(std::ceil(std::max(0.0, seconds)));
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace vouch::report
