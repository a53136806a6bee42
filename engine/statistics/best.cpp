// SPDX-License-Identifier: Apache-2.0
#include "statistics/best.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <random>

#include "statistics/comparison.hpp"
#include "statistics/spread.hpp"

namespace vouch::statistics {
namespace {

constexpr std::size_t num_draws = 20'000;

// Draws need no long double.
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Normal = boost::math::normal_distribution<double, Policy>;
using ChiSquared = boost::math::chi_squared_distribution<double, Policy>;
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

/// How far strategies are ahead of the leader, the larger the better; the leader is [0].
struct Posterior {
  std::vector<std::size_t> strategies;  ///< that have a value
  std::vector<double> means;
  Matrix root;             ///< Cholesky factor of the covariance of the means
  double tolerance = 0.0;  ///< two means closer than this are equal but for rounding
  std::size_t degrees_of_freedom = 0;
};

/// The variance of how the errors of two differ, by one group.
double find_difference_variance(const Evidence& evidence, std::size_t first, std::size_t second) {
  if (first == second) return 0.0;
  const auto spread = compute_difference_spread(evidence, first, second);
  return spread && spread->variance ? *spread->variance : 0.0;
}

/// By cov(l - s, l - t) = (var(l - s) + var(l - t) - var(s - t)) / 2, which no common luck of all three can blur.
Matrix compute_covariance(const Evidence& evidence, const std::vector<std::size_t>& strategies) {
  const std::size_t leader = strategies[0];
  Matrix covariance(strategies.size(), std::vector<double>(strategies.size(), 0.0));
  for (std::size_t i = 1; i < strategies.size(); ++i) {
    const std::size_t s = strategies[i];
    const double variance_s = find_difference_variance(evidence, leader, s);
    for (std::size_t j = 1; j <= i; ++j) {
      const std::size_t t = strategies[j];
      const double sum = variance_s + find_difference_variance(evidence, leader, t);
#ifdef VOUCH_FAULT_prospects_covariance
      const auto n = std::min(evidence.num_groups(leader, s), evidence.num_groups(leader, t));
#else
      const auto n = std::max(evidence.num_groups(leader, s), evidence.num_groups(leader, t));
#endif
      covariance[i][j] = (sum - find_difference_variance(evidence, s, t)) / 2.0 / static_cast<double>(n);
    }
  }
  return covariance;
}

/// Empty if it is not known how much the leader's difference from each other strategy varies.
std::optional<Posterior> describe(const Evidence& evidence) {
  Posterior posterior;
  for (const std::size_t s : rank_strategies(evidence))
    if (compute_spread(evidence, s)) posterior.strategies.push_back(s);
  if (posterior.strategies.empty() || evidence.num_groups(posterior.strategies[0]) < 2) return std::nullopt;
  const std::size_t leader = posterior.strategies[0];
  const double sign = sign_of(evidence.options().direction);
  posterior.degrees_of_freedom = evidence.num_groups(leader) - 1;
  for (const std::size_t s : posterior.strategies) {
    if (s == leader) {
      posterior.means.push_back(0.0);
      continue;
    }
    const Estimate behind = estimate_difference_only(evidence, s, leader, 0.95);
    if (!behind.half_width) return std::nullopt;
    posterior.means.push_back(sign * *behind.value);
    posterior.degrees_of_freedom = std::min(posterior.degrees_of_freedom, behind.num_worlds - 1);
    // A millionth of a standard error decides nothing, and is far more than rounding leaves between equals.
    posterior.tolerance = std::max(posterior.tolerance, 1e-6 * *behind.standard_error);
  }
  posterior.root = compute_cholesky(compute_covariance(evidence, posterior.strategies));
  return posterior;
}

/// Adds one draw to what is summed of each.
void share_out(const std::vector<double>& scores, double tolerance, std::vector<Prospect>& sums) {
  const double best = *std::max_element(scores.begin(), scores.end());
  const auto is_first = [=](double score) { return score >= best - tolerance; };
  const auto num_first = std::count_if(scores.begin(), scores.end(), is_first);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (is_first(scores[i])) sums[i].chance_of_best += 1.0 / static_cast<double>(num_first);
    sums[i].expected_loss += best - scores[i];
  }
}

/// num_draws uniform numbers strictly inside (0, 1), turned into what `turn` makes of them.
template <typename Turn>
std::vector<double> make_draws(std::uint64_t seed, const Turn& turn) {
  std::mt19937_64 generator(seed);
  std::vector<double> draws(num_draws);
  for (double& draw : draws) draw = turn((static_cast<double>(generator() >> 12) + 0.5) * 0x1p-52);
  return draws;
}

/// The draws, which are the same for every posterior: kept, since quantiles take most of the time and a sweep has many
/// posteriors of the same size.
class Draws {
 public:
  /// Standard normal ones, of their own for each coordinate.
  const std::vector<double>& normals(std::size_t coordinate) {
    const Normal normal;
    while (normals_.size() <= coordinate)
      normals_.push_back(make_draws(1 + normals_.size(), [&](double u) { return boost::math::quantile(normal, u); }));
    return normals_[coordinate];
  }

  /// sqrt(n / chi squared with n degrees of freedom).
  const std::vector<double>& spreads(std::size_t degrees_of_freedom) {
    if (degrees_of_freedom_ == degrees_of_freedom) return spreads_;
    const auto n = static_cast<double>(degrees_of_freedom);
    const ChiSquared chi_squared(n);
    spreads_ = make_draws(0, [&](double u) { return std::sqrt(n / boost::math::quantile(chi_squared, u)); });
    degrees_of_freedom_ = degrees_of_freedom;
    return spreads_;
  }

 private:
  std::vector<std::vector<double>> normals_;
  std::vector<double> spreads_;
  std::size_t degrees_of_freedom_ = 0;  ///< of spreads_; 0: none yet
};

}  // namespace

std::vector<double> compute_shares_of_firsts(const Evidence& evidence) {
  if (evidence.num_contests() == 0) return {};
  std::vector<double> shares;
  for (std::size_t s = 0; s < evidence.num_strategies(); ++s) {
    double firsts = 0.0;
    double among = 0.0;
    for (const std::uint64_t count : evidence.firsts(s)) firsts += static_cast<double>(count) / (among += 1.0);
    shares.push_back(firsts / static_cast<double>(evidence.num_contests()));
  }
  return shares;
}

std::vector<Prospect> estimate_prospects(const Evidence& evidence) {
  const auto posterior = describe(evidence);
  if (!posterior) return {};
  const std::size_t n = posterior->means.size();
  thread_local Draws draws;
  const std::vector<double>& spreads = draws.spreads(posterior->degrees_of_freedom);
  draws.normals(n - 1);
  std::vector<double> scores(n);
  std::vector<Prospect> sums(n);
  for (std::size_t draw = 0; draw < num_draws; ++draw) {
    for (std::size_t i = 0; i < n; ++i) {
      double error = 0.0;
      for (std::size_t j = 0; j <= i; ++j) error += posterior->root[i][j] * draws.normals(j)[draw];
      scores[i] = posterior->means[i] + spreads[draw] * error;
    }
    share_out(scores, posterior->tolerance, sums);
  }
  std::vector<Prospect> prospects(evidence.num_strategies());
  for (std::size_t i = 0; i < n; ++i)
    prospects[posterior->strategies[i]] = {sums[i].chance_of_best / static_cast<double>(num_draws),
                                           sums[i].expected_loss / static_cast<double>(num_draws)};
  return prospects;
}

}  // namespace vouch::statistics
