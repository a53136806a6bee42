// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "random/words.hpp"

namespace vouch::random {

/// A family of distributions, with its parameters in the order of Distribution::parameters.
enum class Family : std::uint8_t {
  constant,           ///< value (may be infinite)
  uniform,            ///< low <= high
  exponential,        ///< mean > 0
  gamma,              ///< mean > 0, shape >= 0.01; density ~ x^(shape-1) exp(-x shape/mean)
  lognormal,          ///< median > 0, sigma >= 0 (of the logarithm)
  weibull,            ///< scale > 0, shape >= 0.05; P(X > x) = exp(-(x/scale)^shape)
  normal,             ///< mean, sd >= 0
  beta,               ///< a >= 0.1, b >= 0.1
  empirical,          ///< values with weights
  poisson,            ///< mean >= 0
  geometric,          ///< mean >= 0; P(k) = p (1-p)^k, p = 1/(1+mean)
  negative_binomial,  ///< mean >= 0, dispersion k > 0; variance mean + mean^2/k
  zeta,               ///< exponent > 0, truncation n >= 1; P(k) ~ k^-exponent on 1..n
};

/// Whether the family's values are whole numbers >= 0 (constant and empirical: if their values are).
bool is_count_family(Family family) noexcept;

/// One distribution, ready to be sampled. Made only by the make_ functions, which check parameters.
struct Distribution {
  Family family = Family::constant;
  double parameters[2] = {0.0, 0.0};
  /// Families sampled by table: cumulative[i] is P(X <= values[i]) as a multiple of 2^-52 in (0, 1]; the last is 1.
  std::vector<double> cumulative;
  /// empirical: its values in ascending order. Counts: empty, values are 0, 1, 2, ... (zeta: 1, 2, ...).
  std::vector<double> values;

  bool is_constant() const noexcept { return family == Family::constant; }
  friend bool operator==(const Distribution&, const Distribution&) = default;
};

/// Throws std::invalid_argument with a text for users ("sigma must not be negative") on impossible parameters.
Distribution make_distribution(Family family, double first, double second = 0.0);
/// `weights` need not sum to one. Throws std::invalid_argument as above.
Distribution make_empirical(std::vector<double> values, std::vector<double> weights);

/// One variate, from the decision's own words. Families sampled by inversion use one word; gamma and beta use
/// Marsaglia and Tsang's rejection ("A simple method for generating gamma variables", ACM TOMS 26, 2000) and read
/// further blocks of the same decision.
double sample(const Distribution& distribution, const StreamKey& key, Lineage lineage, Decision decision,
              std::uint32_t ordinal);

/// The variate of an inversion family (every one but gamma and beta) for a given word.
double invert(const Distribution& distribution, std::uint64_t word) noexcept;

double compute_mean(const Distribution& distribution);
double compute_variance(const Distribution& distribution);

/// A choice among categories 0..n-1 by cumulative probabilities (the last is 1).
int choose(const std::vector<double>& cumulative, std::uint64_t word) noexcept;

}  // namespace vouch::random
