// SPDX-License-Identifier: Apache-2.0
#include "statistics/estimate.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "statistics/confidence_sequence.hpp"
#include "statistics/ratio_interval.hpp"
#include "statistics/shape.hpp"
#include "statistics/skewness.hpp"
#include "statistics/spread.hpp"

namespace vouch::statistics {
namespace {

void add_interval(Estimate& estimate, double variance, double confidence) {
  estimate.standard_error = std::sqrt(variance / static_cast<double>(estimate.num_worlds));
  estimate.half_width = compute_t_quantile(confidence, estimate.num_worlds - 1) * *estimate.standard_error;
  estimate.interval = Interval{*estimate.value - *estimate.half_width, *estimate.value + *estimate.half_width};
}

/// In place of the interval for one look.
void add_sequence(Estimate& estimate, double variance, double confidence) {
  const std::uint64_t num_groups = estimate.num_worlds;
  const std::uint64_t first_look = variance > 0.0 ? first_sequence_look : groups_to_be_constant;
  estimate.half_width.reset();
  if (num_groups >= first_look) estimate.half_width = compute_sequence_half_width(variance, num_groups, confidence);
  estimate.interval.reset();
  if (estimate.half_width)
    estimate.interval = Interval{*estimate.value - *estimate.half_width, *estimate.value + *estimate.half_width};
}

// Quantiles need no long double, which takes twice as long.
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Student = boost::math::students_t_distribution<double, Policy>;

double compute_p_value(const Estimate& difference) {
  if (*difference.standard_error == 0.0) return *difference.value == 0.0 ? 1.0 : 0.0;
  const Student student(static_cast<double>(difference.num_worlds - 1));
  const double t = std::abs(*difference.value) / *difference.standard_error;
  return std::min(1.0, 2.0 * boost::math::cdf(boost::math::complement(student, t)));
}

/// Whether two values differ by no more than rounding.
bool is_rounding(const PairSpread& spread) {
  constexpr double rounding = 1e-14;
  return std::abs(spread.difference.value) <= rounding * (std::abs(spread.first.value) + std::abs(spread.second.value));
}

Estimate estimate_from(const PairSpread& spread, double confidence, Looks looks) {
  Estimate estimate;
  estimate.num_worlds = spread.difference.num_groups;
  estimate.value = spread.difference.value;
  if (!spread.difference.variance) return estimate;
  const double variance = *spread.difference.variance;
  const bool is_zero = variance == 0.0 && is_rounding(spread);
  if (is_zero) estimate.value = 0.0;
  const bool do_worlds_vary = *spread.first.variance > 0.0 || *spread.second.variance > 0.0;
  if (variance == 0.0 && !is_zero && do_worlds_vary) return estimate;
#ifdef VOUCH_FAULT_variance_squared
  add_interval(estimate, variance * variance, confidence);
#else
  add_interval(estimate, variance, confidence);
#endif
  if (looks == Looks::any) add_sequence(estimate, variance, confidence);
  return estimate;
}

}  // namespace

bool Estimate::excludes_zero() const noexcept { return interval && (interval->low > 0.0 || interval->high < 0.0); }

double compute_t_quantile(double confidence, std::size_t degrees_of_freedom) {
  const Student student(static_cast<double>(degrees_of_freedom));
  return boost::math::quantile(boost::math::complement(student, (1.0 - confidence) / 2.0));
}

Estimate estimate_value(const Evidence& evidence, std::size_t strategy, double confidence) {
  Estimate estimate;
  estimate.num_worlds = evidence.num_groups(strategy);
  const auto spread = compute_spread(evidence, strategy);
  if (!spread) return estimate;
  estimate.value = spread->value;
  estimate.caution = judge_value(evidence, strategy);
  if (!spread->variance) return estimate;
  add_interval(estimate, *spread->variance, confidence);
  const EvidenceOptions& options = evidence.options();
  if (options.is_ratio)
    estimate.interval = options.is_proportion ? compute_proportion_interval(evidence, strategy, confidence)
                                              : compute_fieller_interval(evidence, strategy, confidence);
  // The denominator cannot be told from 0.
  if (!estimate.interval && estimate.caution != Caution::few_worlds) estimate.caution = Caution::rare;
  return estimate;
}

Estimate estimate_difference_only(const Evidence& evidence, std::size_t first, std::size_t second, double confidence,
                                  Looks looks) {
  const auto spread = compute_pair_spread(evidence, first, second);
  if (spread) return estimate_from(*spread, confidence, looks);
  Estimate estimate;
  estimate.num_worlds = evidence.num_groups(first, second);
  return estimate;
}

Difference estimate_difference(const Evidence& evidence, std::size_t first, std::size_t second, double confidence,
                               Looks looks) {
  Difference difference;
  Estimate& estimate = difference.estimate;
  const auto spread = compute_pair_spread(evidence, first, second);
  if (!spread) {
    estimate.num_worlds = evidence.num_groups(first, second);
    return difference;
  }
  estimate = estimate_from(*spread, confidence, looks);
  estimate.caution = judge_difference(evidence, first, second);
  if (spread->second.value != 0.0) difference.relative = *estimate.value / std::abs(spread->second.value);
  difference.relative_interval = compute_relative_interval(*spread, estimate);
  if (!spread->covariance) return difference;
  if (estimate.standard_error && looks == Looks::fixed) difference.p_value = compute_p_value(estimate);
  const double variance_a = *spread->first.variance;
  const double variance_b = *spread->second.variance;
  if (*spread->difference.variance > 0.0)
    difference.variance_ratio = (variance_a + variance_b) / *spread->difference.variance;
  if (variance_a > 0.0 && variance_b > 0.0) {
    const double correlation = *spread->covariance / (std::sqrt(variance_a) * std::sqrt(variance_b));
    difference.correlation = std::clamp(correlation, -1.0, 1.0);
  }
  return difference;
}

}  // namespace vouch::statistics
