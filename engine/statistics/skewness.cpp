// SPDX-License-Identifier: Apache-2.0
#include "statistics/skewness.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace vouch::statistics {
namespace {

/// By kept group, what it adds to the error of a value, but for a constant and, of means, the number of worlds.
/// `count`: of groups that are looked at. Empty if the denominators sum to 0.
std::vector<double> list_errors(const Evidence& evidence, std::size_t strategy, std::size_t count) {
  const EvidenceOptions& options = evidence.options();
  const auto kept = evidence.kept(strategy).first(count);
  double sum_x = 0.0;
  double sum_y = 0.0;
  for (const WorldValue& group : kept) {
    sum_x += static_cast<double>(group.numerator);
    sum_y += static_cast<double>(group.denominator);
  }
  std::vector<double> errors;
  if (options.is_ratio && sum_y == 0.0) return errors;
  const double ratio = options.is_ratio ? sum_x / sum_y : 0.0;
  const double scale = options.is_ratio ? static_cast<double>(count) / sum_y : 1.0;
  for (const WorldValue& group : kept)
    errors.push_back((static_cast<double>(group.numerator) - ratio * static_cast<double>(group.denominator)) * scale);
  return errors;
}

}  // namespace

std::optional<double> compute_skewness(const Evidence& evidence, std::size_t first, std::optional<std::size_t> second) {
  std::size_t count = evidence.kept(first).size();
  if (second) count = std::min(count, evidence.kept(*second).size());
  std::vector<double> errors = list_errors(evidence, first, count);
  double size = 0.0;  // of what rounding is a share of
  for (const double error : errors) size = std::max(size, std::abs(error));
  if (second) {
    const std::vector<double> others = list_errors(evidence, *second, count);
    if (others.size() != errors.size()) return std::nullopt;
    for (std::size_t i = 0; i < count; ++i) errors[i] -= others[i];
  }
  double mean = 0.0;
  for (const double error : errors) mean += error / static_cast<double>(count);
  double squares = 0.0;
  double cubes = 0.0;
  for (const double error : errors) {
    const double deviation = error - mean;
    squares += deviation * deviation / static_cast<double>(count);
    cubes += deviation * deviation * deviation / static_cast<double>(count);
  }
  constexpr double rounding = 1e-13;
  if (squares <= rounding * rounding * size * size) return std::nullopt;
  return cubes / (squares * std::sqrt(squares));
}

std::uint64_t compute_groups_for_skewness(std::optional<double> skewness) {
  constexpr double groups_by_squared_skewness = 40.0;
  if (!skewness) return groups_to_be_constant;
  return static_cast<std::uint64_t>(std::ceil(groups_by_squared_skewness * *skewness * *skewness));
}

std::uint64_t compute_groups_to_tell(const Evidence& evidence, std::size_t behind, std::size_t ahead) {
  auto skewness = compute_skewness(evidence, behind, ahead);
  const double sign = sign_of(evidence.options().direction);
  if (skewness && sign * *skewness < 0.0) return 0;
  return compute_groups_for_skewness(skewness);
}

}  // namespace vouch::statistics
