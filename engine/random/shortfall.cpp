// SPDX-License-Identifier: Apache-2.0
#include "random/shortfall.hpp"

#include <algorithm>
#include <cmath>

namespace vouch::random {
namespace {

double normal_cdf(double z) noexcept { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }
double normal_density(double z) noexcept { return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::acos(-1.0)); }

/// 1 + r(1) + r(1) r(2) + ..., of positive terms, until they no longer count; ratios fall below 1 in the end.
template <typename Ratio>
double sum_series(Ratio ratio) {
  double sum = 1.0;
  double term = 1.0;
  for (double n = 1.0; term > 1e-17 * sum || ratio(n) >= 1.0; n += 1.0) {
    term *= ratio(n);
    sum += term;
  }
  return sum;
}

/// Regularised lower incomplete gamma function by its series (DLMF 8.11.4, 2024): terms are positive, nothing cancels.
double incomplete_gamma(double a, double x) {
  if (x <= 0.0) return 0.0;
  if (x > a + 60.0 * std::sqrt(a) + 1000.0) return 1.0;  // what is left is below 1e-300
  return std::exp(a * std::log(x) - x - std::lgamma(a + 1.0)) * sum_series([&](double n) { return x / (a + n); });
}

/// Regularised incomplete beta function by its series (DLMF 8.17.8, 2024), from the nearer end.
double incomplete_beta(double a, double b, double x) {
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return 1.0;
  if (x > 0.5) return 1.0 - incomplete_beta(b, a, 1.0 - x);
  const double log_beta = std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
  return std::exp(a * std::log(x) + b * std::log1p(-x) - log_beta) / a *
         sum_series([&](double n) { return x * (a + b + n - 1.0) / (a + n); });
}

double compute_table_shortfall(const Distribution& d, double x) {
  double sum = 0.0;
  double below = 0.0;
  for (std::size_t i = 0; i < d.cumulative.size(); ++i) {
    const double value =
        d.family == Family::empirical ? d.values[i] : static_cast<double>(i + (d.family == Family::zeta ? 1 : 0));
    if (value >= x) break;
    sum += (d.cumulative[i] - below) * (x - value);
    below = d.cumulative[i];
  }
  return sum;
}

/// Of the families whose values are all positive, for x > 0.
double compute_positive_shortfall(const Distribution& d, double x) {
  const double a = d.parameters[0];
  const double b = d.parameters[1];
  const double mean = compute_mean(d);
  switch (d.family) {
    case Family::exponential:
      return x + a * std::expm1(-x / a);
    case Family::gamma:
      return x * incomplete_gamma(b, x * b / a) - mean * incomplete_gamma(b + 1.0, x * b / a);
    case Family::weibull: {
      const double y = std::pow(x / a, b);
      return x * -std::expm1(-y) - mean * incomplete_gamma(1.0 + 1.0 / b, y);
    }
    case Family::beta:
      return x >= 1.0 ? x - mean : x * incomplete_beta(a, b, x) - mean * incomplete_beta(a + 1.0, b, x);
    default: {  // lognormal
      if (b == 0.0) return std::max(0.0, x - a);
      const double z = std::log(x / a) / b;
      return x * normal_cdf(z) - mean * normal_cdf(z - b);
    }
  }
}

}  // namespace

double compute_mean_shortfall(const Distribution& d, double x) {
  const double a = d.parameters[0];
  const double b = d.parameters[1];
  switch (d.family) {
    case Family::constant:
      return std::max(0.0, x - a);
    case Family::uniform:
      if (x <= a) return 0.0;
      return x >= b ? x - compute_mean(d) : 0.5 * (x - a) * ((x - a) / (b - a));
    case Family::normal: {
      if (b == 0.0) return std::max(0.0, x - a);
      const double z = (x - a) / b;
      return (x - a) * normal_cdf(z) + b * normal_density(z);
    }
    case Family::exponential:
    case Family::gamma:
    case Family::weibull:
    case Family::beta:
    case Family::lognormal:
      return x > 0.0 ? compute_positive_shortfall(d, x) : 0.0;
    default:
      return compute_table_shortfall(d, x);
  }
}

double compute_positive_mean(const Distribution& d) { return compute_mean(d) + compute_mean_shortfall(d, 0.0); }

}  // namespace vouch::random
