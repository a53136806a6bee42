// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <vector>

#include "statistics/estimate.hpp"

namespace vouch::statistics {
namespace {

using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Binomial = boost::math::binomial_distribution<double, Policy>;

/// Ordered.
std::vector<double> list_values(const Evidence& evidence, std::size_t strategy) {
  const EvidenceOptions& options = evidence.options();
  std::vector<double> values;
  for (const WorldValue& group : evidence.kept(strategy)) {
    if (options.is_ratio && group.denominator == 0) continue;
    const double numerator = static_cast<double>(group.numerator) * options.numerator_unit;
    const double denominator = options.is_ratio ? static_cast<double>(group.denominator) * options.denominator_unit
                                                : static_cast<double>(options.group_size);
    values.push_back(numerator / denominator);
  }
  std::sort(values.begin(), values.end());
  return values;
}

/// Type 7 of R. J. Hyndman and Y. Fan, 1996, The American Statistician 50.
double interpolate(const std::vector<double>& ordered, double probability) {
  const double position = static_cast<double>(ordered.size() - 1) * probability;
  const auto below = static_cast<std::size_t>(position);
  if (below + 1 >= ordered.size()) return ordered.back();
  const double weight = position - static_cast<double>(below);
  return ordered[below] + weight * (ordered[below + 1] - ordered[below]);
}

/// [r]: the chance of fewer than r values below the quantile, of n. From the likeliest count to both sides, since the
/// outermost chances are below the smallest double.
std::vector<double> sum_binomial(std::size_t n, double probability) {
  std::vector<double> chances(n + 1, 0.0);
  const auto size = static_cast<double>(n);
  const auto mode = std::min(n, static_cast<std::size_t>((size + 1.0) * probability));
  const double odds = probability / (1.0 - probability);
  chances[mode] = boost::math::pdf(Binomial(size, probability), static_cast<double>(mode));
  for (std::size_t r = mode; r < n; ++r)
    chances[r + 1] = chances[r] * odds * static_cast<double>(n - r) / static_cast<double>(r + 1);
  for (std::size_t r = mode; r > 0; --r)
    chances[r - 1] = chances[r] / odds * static_cast<double>(r) / static_cast<double>(n - r + 1);
  std::vector<double> below(n + 1, 0.0);
  for (std::size_t r = 0; r < n; ++r) below[r + 1] = below[r] + chances[r];
  return below;
}

/// The numbers, from 1, of the two order statistics nearest to each other that hold the quantile with the confidence;
/// of several such pairs the surest. The l-th and u-th hold it if at least l and fewer than u values are below it.
struct Ranks {
  std::size_t low;
  std::size_t high;
};
std::optional<Ranks> find_ranks(std::size_t n, double probability, double confidence) {
  const std::vector<double> below = sum_binomial(n, probability);
  std::optional<Ranks> best;
  double surest = 0.0;
  constexpr double rounding = 1e-12;  // mirrored pairs count as equally sure
  std::size_t high = 2;
  for (std::size_t low = 1; low < n; ++low) {
    while (high <= n && (high <= low || below[high] - below[low] < confidence)) ++high;
    if (high > n) break;
    const std::size_t width = high - low;
    const double chance = below[high] - below[low];
    const bool is_nearer = !best || width < best->high - best->low;
    if (!is_nearer && (width > best->high - best->low || chance <= surest + rounding)) continue;
    best = Ranks{low, high};
    surest = chance;
  }
  return best;
}

}  // namespace

QuantileEstimate estimate_quantile(const Evidence& evidence, std::size_t strategy, double probability,
                                   double confidence) {
  const std::vector<double> ordered = list_values(evidence, strategy);
  QuantileEstimate estimate;
  estimate.probability = probability;
  estimate.num_worlds = ordered.size();
  if (ordered.empty()) return estimate;
  estimate.value = interpolate(ordered, probability);
  if (const auto ranks = find_ranks(ordered.size(), probability, confidence))
#ifdef VOUCH_FAULT_quantile_ranks
    estimate.interval = Interval{ordered[ranks->low], ordered[ranks->high - 1]};
#else
    estimate.interval = Interval{ordered[ranks->low - 1], ordered[ranks->high - 1]};
#endif
  return estimate;
}

}  // namespace vouch::statistics
