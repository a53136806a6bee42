// SPDX-License-Identifier: Apache-2.0
#include "random/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "random/inversion.hpp"

namespace vouch::random {
namespace {

constexpr double table_unit = 0x1p52;
constexpr double largest_table_mean = 1e4;

void require(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(what);
}

/// Cumulative probabilities as multiples of 2^-52, ending in 1, from a function giving P(k), k = 0, 1, ...,
/// stopped where nothing above 2^-53 is left or at `last`.
template <typename Probability>
std::vector<double> tabulate(Probability probability_of, double mean, std::size_t last) {
  std::vector<double> cumulative;
  double sum = 0.0;
  for (std::size_t k = 0; k <= last; ++k) {
    const double p = probability_of(k);
    sum += p;
    const double rounded = std::floor(sum * table_unit + 0.5) / table_unit;
    const bool past_mode = static_cast<double>(k) > mean;
    if (k == last || rounded >= 1.0 || (past_mode && p < 0x1p-60)) break;
    cumulative.push_back(rounded);
  }
  cumulative.push_back(1.0);
  return cumulative;
}

std::vector<double> tabulate_poisson(double mean) {
  double log_factorial = 0.0;
  const double log_mean = mean > 0.0 ? maths::log(mean) : 0.0;
  return tabulate(
      [&](std::size_t k) {
        if (mean == 0.0) return k == 0 ? 1.0 : 0.0;
        if (k > 1) log_factorial += maths::log(static_cast<double>(k));
        return maths::exp(static_cast<double>(k) * log_mean - mean - log_factorial);
      },
      mean, 10'000'000);
}

/// P(k+1) / P(k) = (dispersion + k) / (k + 1) x mean / (mean + dispersion); geometric: dispersion 1.
std::vector<double> tabulate_negative_binomial(double mean, double dispersion) {
  double log_p = -dispersion * maths::log(1.0 + mean / dispersion);
  const double ratio = mean / (mean + dispersion);
  return tabulate(
      [&](std::size_t k) {
        const double p = maths::exp(log_p);
        const double count = static_cast<double>(k);
        if (ratio > 0.0) log_p += maths::log((dispersion + count) / (count + 1.0) * ratio);
        return k > 0 && ratio == 0.0 ? 0.0 : p;
      },
      mean, 10'000'000);
}

std::vector<double> tabulate_zeta(double exponent, std::size_t truncation) {
  std::vector<double> weights(truncation);
  for (std::size_t k = 0; k < truncation; ++k)
    weights[k] = maths::exp(-exponent * maths::log(static_cast<double>(k + 1)));
  double total = 0.0;
  for (const double w : weights) total += w;
  return tabulate([&](std::size_t k) { return weights[k] / total; }, static_cast<double>(truncation), truncation - 1);
}

std::size_t find_cell(const std::vector<double>& cumulative, double u) noexcept {
  constexpr std::size_t longest_scan = 24;
  if (cumulative.size() > longest_scan)
    return static_cast<std::size_t>(std::upper_bound(cumulative.begin(), cumulative.end(), u) - cumulative.begin());
  std::size_t i = 0;
  while (u >= cumulative[i]) ++i;
  return i;
}

/// A gamma variate of mean `shape`, from blocks first_block.. of the decision (at most 126 tries).
double sample_gamma(double shape, const StreamKey& key, Lineage lineage, Decision decision, std::uint32_t ordinal,
                    std::uint32_t first_block) {
  constexpr std::uint32_t num_tries = 126;
  const double boosted = shape < 1.0 ? shape + 1.0 : shape;
  const double d = boosted - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (std::uint32_t i = 0; i < num_tries; ++i) {
    const Block words = compute_block(key, lineage, decision, ordinal, first_block + i);
    const double z = maths::normal_quantile(to_open_unit(words.first ^ key.antithetic));
    const double root = 1.0 + c * z;
    if (root <= 0.0) continue;
    const double v = root * root * root;
    if (maths::log(to_open_unit(words.second)) >= 0.5 * z * z + d - d * v + d * maths::log(v)) continue;
    if (shape >= 1.0) return d * v;
    const Block extra = compute_block(key, lineage, decision, ordinal, first_block + num_tries);
    return d * v * maths::exp(maths::log(to_open_unit(extra.first ^ key.antithetic)) / shape);
  }
  throw std::logic_error("gamma rejection did not end");  // probability below 1e-150
}

}  // namespace

bool is_count_family(Family family) noexcept { return family >= Family::poisson; }

Distribution make_distribution(Family family, double first, double second) {
  Distribution made{family, {first, second}, {}, {}};
  require(!std::isnan(first) && !std::isnan(second), "a parameter is not a number");
  require(family == Family::constant || (std::isfinite(first) && std::isfinite(second)), "parameters must be finite");
  switch (family) {
    case Family::constant:
      made.parameters[1] = 0.0;
      break;
    case Family::uniform:
      require(first <= second, "low must not be above high");
      break;
    case Family::exponential:
      require(first > 0.0, "mean must be positive");
      break;
    case Family::gamma:
      require(first > 0.0, "mean must be positive");
      require(second >= 0.01, "shape must be at least 0.01");
      break;
    case Family::lognormal:
      require(first > 0.0, "median must be positive");
      require(second >= 0.0, "sigma must not be negative");
      break;
    case Family::weibull:
      require(first > 0.0, "scale must be positive");
      require(second >= 0.05, "shape must be at least 0.05");
      break;
    case Family::normal:
      require(second >= 0.0, "sd must not be negative");
      break;
    case Family::beta:
      require(first >= 0.1 && second >= 0.1, "a and b must be at least 0.1");
      break;
    case Family::empirical:
      throw std::logic_error("make_empirical makes these");
    case Family::poisson:
    case Family::geometric:
      require(first >= 0.0, "mean must not be negative");
      require(first <= largest_table_mean, "mean must be at most 10000");
      made.cumulative = family == Family::poisson ? tabulate_poisson(first) : tabulate_negative_binomial(first, 1.0);
      break;
    case Family::negative_binomial:
      require(first >= 0.0, "mean must not be negative");
      require(first <= largest_table_mean, "mean must be at most 10000");
      require(second >= 1e-3, "dispersion must be at least 0.001");
      made.cumulative = tabulate_negative_binomial(first, second);
      break;
    case Family::zeta:
      require(first > 0.0, "exponent must be positive");
      require(second >= 1.0 && second <= 1e6 && second == std::floor(second),
              "truncation must be a whole number from 1 to 1000000");
      made.cumulative = tabulate_zeta(first, static_cast<std::size_t>(second));
      break;
  }
  return made;
}

Distribution make_empirical(std::vector<double> values, std::vector<double> weights) {
  require(!values.empty(), "values must not be empty");
  require(values.size() == weights.size(), "values and weights must be equally many");
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  double total = 0.0;
  for (const std::size_t i : order) {
    require(std::isfinite(values[i]), "values must be finite");
    require(std::isfinite(weights[i]) && weights[i] >= 0.0, "weights must be finite and not negative");
    total += weights[i];
  }
  require(total > 0.0, "weights must not all be zero");
  Distribution made{Family::empirical, {0.0, 0.0}, {}, {}};
  double sum = 0.0;
  for (const std::size_t i : order) {
    if (weights[i] == 0.0) continue;
    sum += weights[i];
    made.values.push_back(values[i]);
    made.cumulative.push_back(std::floor(sum / total * table_unit + 0.5) / table_unit);
  }
  made.cumulative.back() = 1.0;
  return made;
}

double invert(const Distribution& distribution, std::uint64_t word) noexcept {
  const double a = distribution.parameters[0];
  const double b = distribution.parameters[1];
  switch (distribution.family) {
    case Family::constant:
      return a;
    case Family::uniform:
      return maths::invert_uniform(to_open_unit(word), a, b);
    case Family::exponential:
      return maths::invert_exponential(to_open_unit(word), a);
    case Family::lognormal:
      return maths::invert_lognormal(to_open_unit(word), a, b);
    case Family::weibull:
      return maths::invert_weibull(to_open_unit(word), a, b);
    case Family::normal:
      return maths::invert_normal(to_open_unit(word), a, b);
    case Family::empirical:
      return distribution.values[find_cell(distribution.cumulative, to_unit(word))];
    case Family::zeta:
      return static_cast<double>(find_cell(distribution.cumulative, to_unit(word)) + 1);
    case Family::poisson:
    case Family::geometric:
    case Family::negative_binomial:
      return static_cast<double>(find_cell(distribution.cumulative, to_unit(word)));
    case Family::gamma:
    case Family::beta:
      break;
  }
  return 0.0;
}

double sample(const Distribution& distribution, const StreamKey& key, Lineage lineage, Decision decision,
              std::uint32_t ordinal) {
  const double a = distribution.parameters[0];
  const double b = distribution.parameters[1];
  switch (distribution.family) {
    case Family::constant:
      return a;
    case Family::gamma:
      return sample_gamma(b, key, lineage, decision, ordinal, 0) * (a / b);
    case Family::beta: {
      const double x = sample_gamma(a, key, lineage, decision, ordinal, 0);
      const double y = sample_gamma(b, key, lineage, decision, ordinal, 128);
      return x / (x + y);
    }
    default:
      return invert(distribution, draw_word(key, lineage, decision, ordinal));
  }
}

namespace {

/// E X^power of a tabled distribution.
double compute_table_moment(const Distribution& d, int power) {
  double moment = 0.0;
  double below = 0.0;
  for (std::size_t i = 0; i < d.cumulative.size(); ++i) {
    const double x =
        d.family == Family::empirical ? d.values[i] : static_cast<double>(i + (d.family == Family::zeta ? 1 : 0));
    moment += (d.cumulative[i] - below) * (power == 1 ? x : x * x);
    below = d.cumulative[i];
  }
  return moment;
}

}  // namespace

double compute_mean(const Distribution& d) {
  const double a = d.parameters[0];
  const double b = d.parameters[1];
  switch (d.family) {
    case Family::constant:
    case Family::exponential:
    case Family::gamma:
    case Family::normal:
      return a;
    case Family::uniform:
      return 0.5 * (a + b);
    case Family::lognormal:
      return a * std::exp(0.5 * b * b);
    case Family::weibull:
      return a * std::tgamma(1.0 + 1.0 / b);
    case Family::beta:
      return a / (a + b);
    default:
      return compute_table_moment(d, 1);
  }
}

double compute_variance(const Distribution& d) {
  const double a = d.parameters[0];
  const double b = d.parameters[1];
  switch (d.family) {
    case Family::constant:
      return 0.0;
    case Family::uniform:
      return (b - a) * (b - a) / 12.0;
    case Family::exponential:
      return a * a;
    case Family::gamma:
      return a * a / b;
    case Family::lognormal:
      return a * a * std::exp(b * b) * std::expm1(b * b);
    case Family::weibull: {
      const double first = std::tgamma(1.0 + 1.0 / b);
      return a * a * (std::tgamma(1.0 + 2.0 / b) - first * first);
    }
    case Family::normal:
      return b * b;
    case Family::beta:
      return a * b / ((a + b) * (a + b) * (a + b + 1.0));
    default: {
      const double mean = compute_table_moment(d, 1);
      return compute_table_moment(d, 2) - mean * mean;
    }
  }
}

int choose(const std::vector<double>& cumulative, std::uint64_t word) noexcept {
  return cumulative.size() < 2 ? 0 : static_cast<int>(find_cell(cumulative, to_unit(word)));
}

}  // namespace vouch::random
