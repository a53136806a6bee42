// SPDX-License-Identifier: Apache-2.0
#include "statistics/ratio_interval.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "statistics/shape.hpp"
#include "statistics/spread.hpp"

namespace vouch::statistics {
namespace {

double compute_design_effect(const Share& share, double confidence) {
  const double independent = share.value * (1.0 - share.value);
  double effect = 1.0;
  if (independent > 0.0) {
    const auto degrees = [](double size) { return static_cast<std::size_t>(std::max(1.0, size - 1.0)); };
    const double widening = compute_t_quantile(confidence, degrees(share.num_groups)) /
                            compute_t_quantile(confidence, degrees(share.num_cases));
    effect = std::max(1.0, share.error_variance * share.num_cases / independent * widening * widening);
#ifdef VOUCH_FAULT_share_design_effect
    effect = 1.0;
#endif
  }
  const double of_whole_groups = share.num_cases / share.num_groups;
  const double unseen = std::ldexp(1.0, -static_cast<int>(std::min<std::size_t>(share.num_showing, 1000)));
  return effect + std::max(0.0, of_whole_groups - effect) * unseen;
}

}  // namespace

std::optional<Interval> compute_fieller_interval(const Evidence& evidence, std::size_t strategy, double confidence) {
  const EvidenceOptions& options = evidence.options();
  const Moments& own = evidence.own(strategy);
  const Spread spread = *compute_spread(evidence, strategy);
  const auto n = static_cast<double>(spread.num_groups);
  const double t = compute_t_quantile(confidence, spread.num_groups - 1);
  const double mean_y = own.mean(1) * options.denominator_unit;
  const double variance_x = own.variance(0) * options.numerator_unit * options.numerator_unit / n;
  const double variance_y = own.variance(1) * options.denominator_unit * options.denominator_unit / n;
  const double covariance = own.covariance(0, 1) * options.numerator_unit * options.denominator_unit / n;
  const double error_variance = *spread.variance / n;
  if (error_variance == 0.0 || variance_y == 0.0) {
    const double half_width = t * std::sqrt(error_variance);
    return Interval{spread.value - half_width, spread.value + half_width};
  }
  const double doubt = t * t * variance_y / (mean_y * mean_y);
  if (doubt >= 1.0) return std::nullopt;
  const double centre = (spread.value - doubt * covariance / variance_y) / (1.0 - doubt);
  const double inside =
      error_variance - doubt * (variance_x - covariance * covariance / variance_y) / (mean_y * mean_y);
  const double half_width = t * std::sqrt(std::max(0.0, inside)) / (1.0 - doubt);
  return Interval{centre - half_width, centre + half_width};
}

std::optional<Interval> compute_relative_interval(const PairSpread& spread, const Estimate& difference) {
  const double base = spread.second.value;
  if (!difference.half_width || base <= 0.0) return std::nullopt;
  const double value = *difference.value;
  if (*difference.half_width == 0.0) return Interval{value / base, value / base};  // both constant, or equal
  // With z errors wide: (value - d base)^2 <= z^2 (variance of the difference - 2 d covariance + d^2 variance of base).
  // All in units of the base, whose fourth power need not be a number.
  const double z = *difference.half_width / *difference.standard_error;
  if (!std::isfinite(z)) return std::nullopt;
#ifdef VOUCH_FAULT_base_without_error
  const double square = 0.0;
#else
  const double square = z * z / static_cast<double>(spread.difference.num_groups);
#endif
  const double variance = *spread.second.variance / base / base;
  const double covariance = *spread.covariance / base / base - variance;  // of the difference and the base
  const double quadratic = 1.0 - square * variance;
  const double linear = value / base - square * covariance;
  const double constant = (value - *difference.half_width) / base * ((value + *difference.half_width) / base);
  if (quadratic <= 0.0) return std::nullopt;
  const double root = std::sqrt(std::max(0.0, linear * linear - quadratic * constant));
  // The root that is larger in size first: the other does not suffer from cancellation.
  const double far = (linear < 0.0 ? linear - root : linear + root) / quadratic;
  const double near = far == 0.0 ? 0.0 : constant / (quadratic * far);
  return Interval{std::min(near, far), std::max(near, far)};
}

Interval compute_share_interval(const Share& share, double confidence) {
  const double num_cases = share.num_cases / compute_design_effect(share, confidence);
  const double hits = share.value * num_cases;
  const double misses = num_cases - hits;
  const double tail = (1.0 - confidence) / 2.0;
  Interval interval{0.0, 1.0};
  if (share.value > 0.0) interval.low = boost::math::ibeta_inv(hits, misses + 1.0, tail);
  if (share.value < 1.0) interval.high = boost::math::ibetac_inv(hits + 1.0, misses, tail);
  return interval;
}

std::optional<Interval> compute_proportion_interval(const Evidence& evidence, std::size_t strategy, double confidence) {
  const Spread spread = *compute_spread(evidence, strategy);
  if (!(spread.value >= 0.0 && spread.value <= 1.0)) return compute_fieller_interval(evidence, strategy, confidence);
  const Moments& own = evidence.own(strategy);
  const Occurrences seen = count_occurrences(evidence, strategy);
  const auto n = static_cast<double>(spread.num_groups);
  Share share;
  share.value = spread.value;
  share.num_cases = own.mean(1) * evidence.options().denominator_unit * n;
  share.error_variance = *spread.variance / n;
  const auto num_kept = static_cast<double>(seen.num_kept);
  share.num_groups = std::max(1.0, n * static_cast<double>(seen.cases) / num_kept);
  share.num_showing = std::min(seen.hits, seen.misses);
  return compute_share_interval(share, confidence);
}

}  // namespace vouch::statistics
