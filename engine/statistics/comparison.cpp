// SPDX-License-Identifier: Apache-2.0
#include "statistics/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace vouch::statistics {
namespace {

/// How many have a value.
std::size_t count_known(std::span<const Observations> strategies) {
  return static_cast<std::size_t>(std::count_if(strategies.begin(), strategies.end(),
                                                [](const Observations& s) { return linearise(s).has_value(); }));
}

}  // namespace

std::vector<std::size_t> rank_strategies(std::span<const Observations> strategies, Direction direction) {
  std::vector<std::optional<double>> scores;
  for (const Observations& strategy : strategies) {
    const auto linear = linearise(strategy);
    if (!linear)
      scores.emplace_back();
    else
      scores.emplace_back(direction == Direction::higher_is_better ? linear->value : -linear->value);
  }
  std::vector<std::size_t> ranking(strategies.size());
  std::iota(ranking.begin(), ranking.end(), std::size_t{0});
  std::stable_sort(ranking.begin(), ranking.end(),  // an empty score is less than any other
                   [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  return ranking;
}

double compute_contest_confidence(double confidence, std::size_t num_strategies) {
  if (num_strategies < 3) return confidence;
  return 1.0 - 2.0 * (1.0 - confidence) / static_cast<double>(num_strategies - 1);
}

std::vector<std::size_t> find_contenders(std::span<const Observations> strategies,
                                         const std::vector<std::size_t>& ranking, double confidence) {
  const double each = compute_contest_confidence(confidence, count_known(strategies));
  std::vector<std::size_t> contenders;
  for (const std::size_t strategy : ranking) {
    if (!linearise(strategies[strategy])) break;
    if (contenders.empty() ||
        !estimate_difference(strategies[ranking[0]], strategies[strategy], each).estimate.excludes_zero())
      contenders.push_back(strategy);
  }
  return contenders;
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

Comparison compare_strategies(std::span<const Observations> strategies, const ComparisonOptions& options) {
  if (options.baseline >= strategies.size())
    throw std::logic_error("the baseline is not among the strategies compared");
  std::vector<Observations> groups;
  for (const Observations& strategy : strategies) {
    if (strategy.size() != strategies[0].size())
      throw std::logic_error("strategies must be compared on the same worlds");
    groups.push_back(average_groups(strategy, options.group_size));
  }
  const std::vector<double> shares = compute_shares_of_firsts(strategies, options.direction);
  const std::vector<double> chances = estimate_chances_of_best(groups, options.direction);
  Comparison comparison;
  for (std::size_t s = 0; s < strategies.size(); ++s) {
    ComparedStrategy& compared = comparison.strategies.emplace_back();
    compared.estimate = estimate_value(groups[s], options.confidence);
    if (s != options.baseline)
      compared.from_baseline = estimate_difference(groups[s], groups[options.baseline], options.confidence);
    if (!shares.empty()) compared.share_of_firsts = shares[s];
    if (!chances.empty()) compared.chance_of_best = chances[s];
  }
  comparison.ranking = rank_strategies(groups, options.direction);
  comparison.contenders = find_contenders(groups, comparison.ranking, options.confidence);
  for (const std::size_t s : comparison.contenders) {
    const Estimate difference = estimate_difference(groups[comparison.ranking[0]], groups[s], 0.95).estimate;
    if (difference.value == 0.0 && difference.half_width == 0.0) comparison.equals.push_back(s);
  }
  comparison.lead_confidence = compute_contest_confidence(options.confidence, count_known(groups));
  if (groups.size() >= 2) {
    Difference lead =
        estimate_difference(groups[comparison.ranking[0]], groups[comparison.ranking[1]], comparison.lead_confidence);
    if (lead.estimate.value) comparison.lead = std::move(lead);
  }
  return comparison;
}

}  // namespace vouch::statistics
