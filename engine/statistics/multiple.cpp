// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "statistics/comparison.hpp"
#include "statistics/spread.hpp"

namespace vouch::statistics {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// One strategy minus another, positive where it is better.
struct Lead {
  double value = 0.0;
  double half_width = infinity;  ///< infinite if unknown

  /// Of two that are the same in every world neither is the other's rival: they are best together or not at all.
  bool is_tie() const { return value == 0.0 && half_width == 0.0; }
};

/// By strategy, then by strategy, among `known`.
std::vector<std::vector<Lead>> list_leads(const Evidence& evidence, const std::vector<std::size_t>& known,
                                          double confidence, Looks looks) {
  const double sign = sign_of(evidence.options().direction);
#ifdef VOUCH_FAULT_mcb_not_joint
  const double each = confidence;
#else
  const double each = compute_contest_confidence(confidence, known.size());
#endif
  std::vector<std::vector<Lead>> leads(known.size(), std::vector<Lead>(known.size()));
  for (std::size_t i = 0; i < known.size(); ++i) {
    for (std::size_t j = i + 1; j < known.size(); ++j) {
      const Estimate difference = estimate_difference_only(evidence, known[i], known[j], each, looks);
      if (!difference.half_width) continue;
      leads[i][j] = {sign * *difference.value, *difference.half_width};
      leads[j][i] = {-sign * *difference.value, *difference.half_width};
    }
  }
  return leads;
}

}  // namespace

std::vector<std::optional<Interval>> compare_with_best(const Evidence& evidence, double confidence, Looks looks) {
  std::vector<std::optional<Interval>> intervals(evidence.num_strategies());
  std::vector<std::size_t> known;
  for (std::size_t s = 0; s < evidence.num_strategies(); ++s)
    if (compute_spread(evidence, s)) known.push_back(s);
  if (known.size() < 2) return intervals;
  const auto leads = list_leads(evidence, known, confidence, looks);
  std::vector<double> highs(known.size(), infinity);
  std::vector<std::size_t> possible;  // that may be best, alone or with equals
  for (std::size_t i = 0; i < known.size(); ++i) {
    for (std::size_t j = 0; j < known.size(); ++j)
      if (j != i && !leads[i][j].is_tie()) highs[i] = std::min(highs[i], leads[i][j].value + leads[i][j].half_width);
    if (highs[i] > 0.0) possible.push_back(i);
    highs[i] = std::max(0.0, highs[i]);
  }
  if (possible.empty()) return intervals;  // different worlds contradict each other
  const bool are_all_ties =
      std::all_of(leads[0].begin() + 1, leads[0].end(), [](const Lead& lead) { return lead.is_tie(); });
  for (std::size_t i = 0; i < known.size(); ++i) {
    double low = 0.0;
    for (const std::size_t j : possible)
      if (j != i && !leads[i][j].is_tie()) low = std::min(low, leads[i][j].value - leads[i][j].half_width);
    if (are_all_ties) highs[i] = 0.0;
    if (low > -infinity && highs[i] < infinity) intervals[known[i]] = Interval{low, highs[i]};
  }
  return intervals;
}

std::vector<double> adjust_holm(const std::vector<double>& p_values) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> adjusted(p_values.size());
  double largest = 0.0;
  for (std::size_t i = 0; i < order.size(); ++i) {
#ifdef VOUCH_FAULT_holm_steps
    const std::size_t num_left = order.size();
#else
    const std::size_t num_left = order.size() - i;
#endif
    largest = std::max(largest, p_values[order[i]] * static_cast<double>(num_left));
    adjusted[order[i]] = std::min(1.0, largest);
  }
  return adjusted;
}

std::optional<std::size_t> compute_worlds_needed(const Estimate& difference, double confidence, std::size_t most) {
  constexpr double nine_in_ten = 1.2815515655446004;  // the normal quantile of 0.9
  if (!difference.standard_error || *difference.standard_error == 0.0 || *difference.value == 0.0) return std::nullopt;
  const double size = std::abs(*difference.value) /
                      (*difference.standard_error * std::sqrt(static_cast<double>(difference.num_worlds)));
  const auto is_enough = [&](std::size_t n) {
    return size * std::sqrt(static_cast<double>(n)) >= compute_t_quantile(confidence, n - 1) + nine_in_ten;
  };
  if (most < 2 || !is_enough(most)) return std::nullopt;
  std::size_t too_few = 1;
  while (most - too_few > 1) {
    const std::size_t middle = too_few + (most - too_few) / 2;
    (is_enough(middle) ? most : too_few) = middle;
  }
  return most;
}

}  // namespace vouch::statistics
