// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <vector>

#include "statistics/estimate.hpp"
#include "statistics/spread.hpp"

namespace vouch::statistics {
namespace {

/// What regression needs: all of one group, in the units of the value and of the controls.
struct Controlled {
  std::vector<double> errors;                    ///< by control: its mean minus its expectation
  std::vector<std::vector<double>> covariances;  ///< of controls
  std::vector<double> with_value;                ///< by control: its covariance with the value's error
};

/// What one quantity of the moments is worth in the value's error.
struct Weight {
  std::size_t quantity;
  double weight;
};

/// Of a strategy whose numerator stands at `numerator`.
void add_weights(std::vector<Weight>& weights, const EvidenceOptions& options, const Moments& moments,
                 std::size_t numerator, double sign) {
  const Linear linear = *linearise(options, moments, numerator);
  weights.push_back({numerator, sign * linear.numerator_weight});
  if (options.is_ratio) weights.push_back({numerator + 1, sign * linear.denominator_weight});
}

/// All quantities from `first_control` on are controls, once or twice each.
Controlled describe(const EvidenceOptions& options, const Moments& moments, std::size_t first_control,
                    const std::vector<Weight>& weights) {
  Controlled result;
  const auto unit = [&](std::size_t quantity) {
    return options.controls[(quantity - first_control) % options.controls.size()].unit /
           static_cast<double>(options.group_size);
  };
  for (std::size_t i = first_control; i < moments.num_quantities(); ++i) {
    const Control& control = options.controls[(i - first_control) % options.controls.size()];
    result.errors.push_back(moments.mean(i) * unit(i) - control.expectation);
    auto& row = result.covariances.emplace_back();
    for (std::size_t j = first_control; j <= i; ++j) row.push_back(moments.covariance(i, j) * unit(i) * unit(j));
    double with_value = 0.0;
    for (const Weight& w : weights) with_value += w.weight * moments.covariance(w.quantity, i) * unit(i);
    result.with_value.push_back(with_value);
  }
  return result;
}

/// By Cholesky's factors; a control that those before it make up, or that does not vary, is left out.
struct Regression {
  std::size_t num_controls = 0;
  double explained = 0.0;   ///< of the value's variance
  double correction = 0.0;  ///< what the controls say that the value is too large by
  double leverage = 0.0;    ///< how far the controls are from their expectations, squared, in standard deviations
};

Regression regress(const Controlled& controlled) {
  std::vector<std::vector<double>> factors;
  std::vector<std::size_t> used;
  std::vector<double> values;
  std::vector<double> errors;
  Regression result;
  for (std::size_t i = 0; i < controlled.errors.size(); ++i) {
    const double variance = controlled.covariances[i][i];
    double rest = variance;
    double value = controlled.with_value[i];
    double error = controlled.errors[i];
    std::vector<double> row;
    for (std::size_t m = 0; m < used.size(); ++m) {
      double sum = controlled.covariances[i][used[m]];
      for (std::size_t k = 0; k < m; ++k) sum -= row[k] * factors[m][k];
      row.push_back(sum / factors[m][m]);
      rest -= row[m] * row[m];
      value -= row[m] * values[m];
      error -= row[m] * errors[m];
    }
    constexpr double rounding = 1e-9;
    if (rest <= rounding * variance) continue;
    row.push_back(std::sqrt(rest));
    values.push_back(value / row.back());
    errors.push_back(error / row.back());
    result.explained += values.back() * values.back();
    result.correction += values.back() * errors.back();
    result.leverage += errors.back() * errors.back();
    factors.push_back(row);
    used.push_back(i);
  }
  result.num_controls = used.size();
  return result;
}

std::optional<ControlledEstimate> control(const Spread& spread, const Controlled& controlled, Caution caution,
                                          double confidence) {
  const Regression regression = regress(controlled);
  const auto n = static_cast<double>(spread.num_groups);
  if (regression.num_controls == 0 || spread.num_groups < regression.num_controls + 2) return std::nullopt;
#ifdef VOUCH_FAULT_controls_degrees
  const std::size_t degrees_of_freedom = spread.num_groups - 1;
#else
  const std::size_t degrees_of_freedom = spread.num_groups - 1 - regression.num_controls;
#endif
  constexpr double rounding = 1e-12;
  const double residual = *spread.variance - regression.explained;
  if (residual <= rounding * *spread.variance) return std::nullopt;
  const double variance = residual * (n - 1.0) / static_cast<double>(degrees_of_freedom);
  const double error_variance = variance * (1.0 / n + regression.leverage / (n - 1.0));
  ControlledEstimate result;
  Estimate& estimate = result.estimate;
  estimate.num_worlds = spread.num_groups;
  estimate.value = spread.value - regression.correction;
  estimate.standard_error = std::sqrt(error_variance);
  estimate.half_width = compute_t_quantile(confidence, degrees_of_freedom) * *estimate.standard_error;
  estimate.interval = Interval{*estimate.value - *estimate.half_width, *estimate.value + *estimate.half_width};
  estimate.caution = caution;
  result.gain = *spread.variance / n / error_variance;
  return result;
}

}  // namespace

std::optional<ControlledEstimate> estimate_controlled_value(const Evidence& evidence, std::size_t strategy,
                                                            double confidence) {
  const EvidenceOptions& options = evidence.options();
  const auto spread = compute_spread(evidence, strategy);
  if (options.controls.empty() || !spread || !spread->variance || *spread->variance == 0.0) return std::nullopt;
  const Moments& own = evidence.own(strategy);
  std::vector<Weight> weights;
  add_weights(weights, options, own, 0, 1.0);
  const Caution caution = estimate_value(evidence, strategy, confidence).caution;
  return control(*spread, describe(options, own, 2, weights), caution, confidence);
}

std::optional<ControlledEstimate> estimate_controlled_difference(const Evidence& evidence, std::size_t first,
                                                                 std::size_t second, double confidence) {
  const EvidenceOptions& options = evidence.options();
  const auto spread = compute_difference_spread(evidence, first, second);
  if (options.controls.empty() || !spread || !spread->variance || *spread->variance == 0.0) return std::nullopt;
  const Moments& pair = evidence.pair(std::min(first, second), std::max(first, second));
  const double sign = first < second ? 1.0 : -1.0;
  std::vector<Weight> weights;
  add_weights(weights, options, pair, 0, sign);
  add_weights(weights, options, pair, 2, -sign);
  const Caution caution = estimate_difference(evidence, first, second, confidence).estimate.caution;
  return control(*spread, describe(options, pair, 4, weights), caution, confidence);
}

std::optional<double> compute_antithetic_gain(const Evidence& evidence, std::size_t strategy) {
  const auto size = static_cast<double>(evidence.options().group_size);
  const auto pairs = compute_spread(evidence, strategy);
  const auto worlds = compute_single_spread(evidence, strategy);
  if (evidence.options().group_size < 2 || !pairs || !pairs->variance || !worlds) return std::nullopt;
  if (*pairs->variance == 0.0 || *worlds->variance == 0.0) return std::nullopt;
  return *worlds->variance / size / *pairs->variance;
}

}  // namespace vouch::statistics
