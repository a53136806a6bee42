// SPDX-License-Identifier: Apache-2.0
#include "statistics/estimate.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace vouch::statistics {
namespace {

/// Taken from the first value, so that the mean of a constant is that constant to the bit.
double compute_mean(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value - values[0];
  return values[0] + sum / static_cast<double>(values.size());
}

double find_largest(std::span<const double> values) {
  double largest = 0.0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

/// The variance of the deviations, or 0 if they are nothing but rounding.
double compute_variance(std::span<const double> deviations, double rounding) {
  return find_largest(deviations) <= rounding ? 0.0 : compute_covariance(deviations, deviations);
}

void add_interval(Estimate& estimate, double variance, double confidence) {
  estimate.standard_error = std::sqrt(variance / static_cast<double>(estimate.num_worlds));
  estimate.half_width = compute_t_quantile(confidence, estimate.num_worlds - 1) * *estimate.standard_error;
}

constexpr double rounding_steps = 8.0 * std::numeric_limits<double>::epsilon();

}  // namespace

bool Estimate::excludes_zero() const noexcept { return value && half_width && std::abs(*value) > *half_width; }

double compute_t_quantile(double confidence, std::size_t degrees_of_freedom) {
  const boost::math::students_t student(static_cast<double>(degrees_of_freedom));
  return boost::math::quantile(boost::math::complement(student, (1.0 - confidence) / 2.0));
}

double compute_covariance(std::span<const double> a, std::span<const double> b) {
  const double mean_a = compute_mean(a);
  const double mean_b = compute_mean(b);
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
  return sum / static_cast<double>(a.size() - 1);
}

std::optional<Linearised> linearise(const Observations& observations) {
  const auto& x = observations.numerators;
  const auto& y = observations.denominators;
  if (x.empty()) return std::nullopt;
  Linearised result;
  result.deviations.resize(x.size());
  if (y.empty()) {
    result.value = compute_mean(x);
    for (std::size_t i = 0; i < x.size(); ++i) result.deviations[i] = x[i] - result.value;
    result.rounding = rounding_steps * find_largest(x);
    return result;
  }
  if (y.size() != x.size()) throw std::logic_error("as many denominators as numerators are needed");
  const double mean_y = compute_mean(y);
  if (mean_y == 0.0) return std::nullopt;
  result.value = compute_mean(x) / mean_y;
  for (std::size_t i = 0; i < x.size(); ++i) result.deviations[i] = (x[i] - result.value * y[i]) / mean_y;
  result.rounding = rounding_steps * (find_largest(x) + std::abs(result.value) * find_largest(y)) / std::abs(mean_y);
  return result;
}

Estimate estimate_value(const Observations& observations, double confidence) {
  Estimate estimate;
  estimate.num_worlds = observations.size();
  const auto linear = linearise(observations);
  if (!linear) return estimate;
  estimate.value = linear->value;
  if (estimate.num_worlds >= 2)
    add_interval(estimate, compute_variance(linear->deviations, linear->rounding), confidence);
  return estimate;
}

Difference estimate_difference(const Observations& first, const Observations& second, double confidence) {
  if (first.size() != second.size()) throw std::logic_error("a paired difference needs the same worlds on both sides");
  Difference difference;
  Estimate& estimate = difference.estimate;
  estimate.num_worlds = first.size();
  const auto a = linearise(first);
  const auto b = linearise(second);
  if (!a || !b) return difference;
  estimate.value = a->value - b->value;
  if (b->value != 0.0) difference.relative = *estimate.value / std::abs(b->value);
  if (estimate.num_worlds < 2) return difference;

  std::vector<double> deviations(first.size());
  for (std::size_t i = 0; i < deviations.size(); ++i) deviations[i] = a->deviations[i] - b->deviations[i];
  const double variance = compute_variance(deviations, a->rounding + b->rounding);
  const double independent =
      compute_variance(a->deviations, a->rounding) + compute_variance(b->deviations, b->rounding);
  const bool is_zero = std::abs(*estimate.value) <= a->rounding + b->rounding;
  if (variance == 0.0 && is_zero) {
    estimate.value = 0.0;
    if (difference.relative) difference.relative = 0.0;
  } else if (variance == 0.0 && independent > 0.0) {
    return difference;
  }
#ifdef VOUCH_FAULT_variance_squared
  add_interval(estimate, variance * variance, confidence);
#else
  add_interval(estimate, variance, confidence);
#endif
  if (variance > 0.0) difference.variance_ratio = independent / variance;
  return difference;
}

Observations average_groups(const Observations& observations, std::size_t size) {
  const auto average = [size](const std::vector<double>& values) {
    std::vector<double> means;
    for (std::size_t i = 0; i + size <= values.size(); i += size) means.push_back(compute_mean({&values[i], size}));
    return means;
  };
  return {average(observations.numerators), average(observations.denominators)};
}

}  // namespace vouch::statistics
