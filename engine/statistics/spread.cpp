// SPDX-License-Identifier: Apache-2.0
#include "statistics/spread.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace vouch::statistics {
namespace {

/// sum of a_i b_j cov(i, j) over numerator and denominator of each; what rounding alone could have left counts as 0.
double combine(const Moments& moments, const Linear& a, std::size_t first_a, const Linear& b, std::size_t first_b) {
  double sum = 0.0;
  double size = 0.0;
  const std::array weights_a{a.numerator_weight, a.denominator_weight};
  const std::array weights_b{b.numerator_weight, b.denominator_weight};
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 2; ++j) {
      const double weight = weights_a[i] * weights_b[j];
      if (weight == 0.0) continue;  // means have no denominator
      const double term = weight * moments.covariance(first_a + i, first_b + j);
      sum += term;
      size += std::abs(term);
    }
  }
  constexpr double rounding = 1e-14;
  return std::abs(sum) <= rounding * size ? 0.0 : sum;
}

/// Of a difference of means, in whole units, from exact sums: differences that are equal in all worlds give 0.
double compute_exact_variance(const Moments& pair) {
  std::vector<std::int64_t> weights(pair.num_quantities(), 0);
  weights[0] = 1;
  weights[2] = -1;
  return pair.variance_of(weights);
}

/// Of a difference of ratios.
double subtract_variances(double variance_a, double variance_b, double covariance) {
  const double variance = variance_a + variance_b - 2.0 * covariance;
  constexpr double rounding = 1e-13;
  return variance <= rounding * (variance_a + variance_b) ? 0.0 : variance;
}

std::optional<Spread> compute_own_spread(const EvidenceOptions& options, const Moments& own) {
  const auto linear = linearise(options, own, 0);
  if (!linear) return std::nullopt;
  Spread spread{linear->value, own.num_samples(), {}};
  if (spread.num_groups >= 2) spread.variance = combine(own, *linear, 0, *linear, 0);
  return spread;
}

}  // namespace

std::optional<Linear> linearise(const EvidenceOptions& options, const Moments& moments, std::size_t first) {
  if (moments.num_samples() == 0) return std::nullopt;
  const double mean_x = moments.mean(first) * options.numerator_unit;
  if (!options.is_ratio) {
    const auto size = static_cast<double>(options.group_size);
    return Linear{mean_x / size, options.numerator_unit / size, 0.0};
  }
  const double mean_y = moments.mean(first + 1) * options.denominator_unit;
  if (mean_y == 0.0) return std::nullopt;
  const double ratio = mean_x / mean_y;
  return Linear{ratio, options.numerator_unit / mean_y, -ratio * options.denominator_unit / mean_y};
}

std::optional<Spread> compute_spread(const Evidence& evidence, std::size_t strategy) {
  return compute_own_spread(evidence.options(), evidence.own(strategy));
}

std::optional<Spread> compute_single_spread(const Evidence& evidence, std::size_t strategy) {
  EvidenceOptions options = evidence.options();
  options.group_size = 1;
  return compute_own_spread(options, evidence.single(strategy));
}

std::optional<PairSpread> compute_pair_spread(const Evidence& evidence, std::size_t first, std::size_t second) {
  if (first > second) {
    auto spread = compute_pair_spread(evidence, second, first);
    if (!spread) return spread;
    std::swap(spread->first, spread->second);
    spread->difference.value = 0.0 - spread->difference.value;
    return spread;
  }
  const EvidenceOptions& options = evidence.options();
  const Moments& pair = evidence.pair(first, second);
  const auto a = linearise(options, pair, 0);
  const auto b = linearise(options, pair, 2);
  if (!a || !b) return std::nullopt;
  const std::uint64_t n = pair.num_samples();
  PairSpread spread{{a->value, n, {}}, {b->value, n, {}}, {a->value - b->value, n, {}}, {}};
  if (n < 2) return spread;
  const double variance_a = combine(pair, *a, 0, *a, 0);
  const double variance_b = combine(pair, *b, 2, *b, 2);
  spread.first.variance = variance_a;
  spread.second.variance = variance_b;
  spread.covariance = combine(pair, *a, 0, *b, 2);
  spread.difference.variance = options.is_ratio
                                   ? subtract_variances(variance_a, variance_b, *spread.covariance)
                                   : compute_exact_variance(pair) * a->numerator_weight * a->numerator_weight;
  return spread;
}

std::optional<Spread> compute_difference_spread(const Evidence& evidence, std::size_t first, std::size_t second) {
  const auto spread = compute_pair_spread(evidence, first, second);
  if (!spread) return std::nullopt;
  return spread->difference;
}

}  // namespace vouch::statistics
