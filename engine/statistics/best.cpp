// SPDX-License-Identifier: Apache-2.0
#include "statistics/best.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace vouch::statistics {
namespace {

constexpr double none = -std::numeric_limits<double>::infinity();
constexpr int num_draws = 20'000;

// Draws need no long double.
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Normal = boost::math::normal_distribution<double, Policy>;
using ChiSquared = boost::math::chi_squared_distribution<double, Policy>;

/// Adds to `firsts` one world's or draw's share for each of the largest `scores`; false if none has a score.
bool share_first(const std::vector<double>& scores, double tolerance, std::vector<double>& firsts) {
  const double best = *std::max_element(scores.begin(), scores.end());
  if (best == none) return false;
  const auto is_first = [=](double score) { return score >= best - tolerance; };
  const auto num_first = std::count_if(scores.begin(), scores.end(), is_first);
  for (std::size_t s = 0; s < scores.size(); ++s)
    if (is_first(scores[s])) firsts[s] += 1.0 / static_cast<double>(num_first);
  return true;
}

std::vector<double> divide(std::vector<double> sums, double by) {
  for (double& sum : sums) sum /= by;
  return sums;
}

using Matrix = std::vector<std::vector<double>>;

/// The lower triangular L with L L' = covariance, which may be singular (equal strategies, constants): a pivot that
/// rounding alone could have left counts as 0.
Matrix compute_cholesky(const Matrix& covariance) {
  const std::size_t n = covariance.size();
  Matrix lower(n, std::vector<double>(n, 0.0));
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = j; i < n; ++i) {
      double rest = covariance[i][j];
      for (std::size_t m = 0; m < j; ++m) rest -= lower[i][m] * lower[j][m];
      if (i == j)
        lower[j][j] = rest > 1e-13 * covariance[j][j] ? std::sqrt(rest) : 0.0;
      else if (lower[j][j] > 0.0)
        lower[i][j] = rest / lower[j][j];
    }
  }
  return lower;
}

/// Scores, the larger the better, of the strategies that have a value; covariance of the scores' means.
struct Posterior {
  std::vector<std::size_t> strategies;
  std::vector<double> means;
  Matrix root;       ///< Cholesky factor of the covariance of the means
  double tolerance;  ///< two means closer than this are equal but for rounding
};

Posterior describe(std::span<const Observations> strategies, Direction direction) {
  Posterior posterior{{}, {}, {}, 0.0};
  const double sign = direction == Direction::higher_is_better ? 1.0 : -1.0;
  std::vector<std::vector<double>> deviations;
  for (std::size_t s = 0; s < strategies.size(); ++s) {
    auto linear = linearise(strategies[s]);
    if (!linear) continue;
    const bool constant = std::all_of(linear->deviations.begin(), linear->deviations.end(),
                                      [&](double d) { return std::abs(d) <= linear->rounding; });
    if (constant) std::fill(linear->deviations.begin(), linear->deviations.end(), 0.0);
    posterior.strategies.push_back(s);
    posterior.means.push_back(sign * linear->value);
    posterior.tolerance = std::max(posterior.tolerance, linear->rounding);
    deviations.push_back(std::move(linear->deviations));
  }
  const std::size_t n = deviations.size();
  Matrix covariance(n, std::vector<double>(n));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j)
      covariance[i][j] = compute_covariance(deviations[i], deviations[j]) / static_cast<double>(deviations[i].size());
    // A millionth of a standard error decides nothing, and is far more than rounding leaves between equals.
    posterior.tolerance = std::max(posterior.tolerance, 1e-6 * std::sqrt(covariance[i][i]));
  }
  posterior.root = compute_cholesky(covariance);
  return posterior;
}

/// Whether it is known how much the leading strategy's difference from each other one varies.
bool is_lead_known(std::span<const Observations> strategies, const Posterior& posterior) {
  const auto largest = std::max_element(posterior.means.begin(), posterior.means.end());
  const std::size_t leader = posterior.strategies[static_cast<std::size_t>(largest - posterior.means.begin())];
  return std::all_of(posterior.strategies.begin(), posterior.strategies.end(), [&](std::size_t s) {
    return estimate_difference(strategies[leader], strategies[s], 0.95).estimate.half_width.has_value();
  });
}

/// A uniform number strictly inside (0, 1).
double draw_uniform(std::mt19937_64& generator) { return (static_cast<double>(generator() >> 12) + 0.5) * 0x1p-52; }

}  // namespace

std::vector<double> compute_shares_of_firsts(std::span<const Observations> strategies, Direction direction) {
  const double sign = direction == Direction::higher_is_better ? 1.0 : -1.0;
  const std::size_t num_worlds = strategies.empty() ? 0 : strategies[0].size();
  std::vector<double> firsts(strategies.size(), 0.0);
  std::vector<double> scores(strategies.size());
  std::size_t num_counted = 0;
  for (std::size_t world = 0; world < num_worlds; ++world) {
    for (std::size_t s = 0; s < strategies.size(); ++s) {
      const auto& y = strategies[s].denominators;
      const double x = sign * strategies[s].numerators[world];
      scores[s] = y.empty() ? x : (y[world] != 0.0 ? x / y[world] : none);
    }
    if (share_first(scores, 0.0, firsts)) ++num_counted;
  }
  if (num_counted == 0) return {};
  return divide(std::move(firsts), static_cast<double>(num_counted));
}

std::vector<double> estimate_chances_of_best(std::span<const Observations> strategies, Direction direction) {
  const std::size_t num_worlds = strategies.empty() ? 0 : strategies[0].size();
  if (num_worlds < 2) return {};
  const Posterior posterior = describe(strategies, direction);
  const std::size_t n = posterior.means.size();
  if (n == 0 || !is_lead_known(strategies, posterior)) return {};

  std::mt19937_64 generator;
  const Normal normal;
  const auto degrees_of_freedom = static_cast<double>(num_worlds - 1);
  const ChiSquared chi_squared(degrees_of_freedom);
  std::vector<double> normals(n);
  std::vector<double> scores(n);
  std::vector<double> firsts(n, 0.0);
  for (int draw = 0; draw < num_draws; ++draw) {
    for (double& z : normals) z = boost::math::quantile(normal, draw_uniform(generator));
    const double spread = std::sqrt(degrees_of_freedom / boost::math::quantile(chi_squared, draw_uniform(generator)));
    for (std::size_t i = 0; i < n; ++i) {
      double error = 0.0;
      for (std::size_t j = 0; j <= i; ++j) error += posterior.root[i][j] * normals[j];
      scores[i] = posterior.means[i] + spread * error;
    }
    share_first(scores, posterior.tolerance, firsts);
  }
  std::vector<double> chances(strategies.size(), 0.0);
  for (std::size_t i = 0; i < n; ++i) chances[posterior.strategies[i]] = firsts[i] / num_draws;
  return chances;
}

}  // namespace vouch::statistics
