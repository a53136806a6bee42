// SPDX-License-Identifier: Apache-2.0
#include "statistics/comparison.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "statistics/leader.hpp"
#include "statistics/spread.hpp"

namespace vouch::statistics {
namespace {

/// How many have a value.
std::size_t count_known(const Evidence& evidence) {
  std::size_t count = 0;
  for (std::size_t s = 0; s < evidence.num_strategies(); ++s)
    if (compute_spread(evidence, s)) ++count;
  return count;
}

/// The differences that are looked at together, with what the adjustment makes of them.
class Family {
 public:
  Family(const Evidence& evidence, const ComparisonOptions& options) : evidence_(evidence), options_(options) {}

  void add(std::size_t first, std::size_t second) {
    AdjustedDifference& added = members_.emplace_back();
    added.difference = estimate_difference(evidence_, first, second, options_.confidence, options_.looks);
    pairs_.push_back({first, second});
  }

  /// In the order added.
  std::vector<AdjustedDifference> adjust() {
    const auto count = static_cast<double>(std::count_if(members_.begin(), members_.end(), [](const auto& member) {
      return member.difference.estimate.value.has_value();
    }));
    std::vector<double> p_values;  // one that is unknown tells nothing, but takes part
    for (const AdjustedDifference& member : members_)
      if (member.difference.estimate.value) p_values.push_back(member.difference.p_value.value_or(1.0));
    const std::vector<double> by_holm = adjust_holm(p_values);
    std::size_t next = 0;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      AdjustedDifference& member = members_[i];
      const Difference& difference = member.difference;
      if (!difference.estimate.value) continue;
      const double holm = by_holm[next++];
      const bool is_alone = options_.adjustment == Adjustment::none;
      member.joint = difference.estimate.interval;
      if (!is_alone)
        member.joint = estimate_difference_only(evidence_, pairs_[i][0], pairs_[i][1],
                                                1.0 - (1.0 - options_.confidence) / count, options_.looks)
                           .interval;
      if (options_.looks == Looks::any)
        member.is_told_apart = member.joint && (member.joint->low > 0.0 || member.joint->high < 0.0);
      if (!difference.p_value) continue;
      const double each = *difference.p_value;
      member.adjusted_p_value =
          is_alone ? each : (options_.adjustment == Adjustment::holm ? holm : std::min(1.0, each * count));
      member.is_told_apart = *member.adjusted_p_value < 1.0 - options_.confidence;
    }
    return std::move(members_);
  }

 private:
  const Evidence& evidence_;
  const ComparisonOptions& options_;
  std::vector<AdjustedDifference> members_;
  std::vector<std::array<std::size_t, 2>> pairs_;
};

void compare_with_baseline(const Evidence& evidence, const ComparisonOptions& options, Comparison& comparison) {
  Family family(evidence, options);
  for (std::size_t s = 0; s < evidence.num_strategies(); ++s)
    if (s != options.baseline) family.add(s, options.baseline);
  std::size_t next = 0;
  std::vector<AdjustedDifference> differences = family.adjust();
  for (std::size_t s = 0; s < evidence.num_strategies(); ++s)
    if (s != options.baseline) comparison.strategies[s].from_baseline = std::move(differences[next++]);
}

std::vector<ComparedPair> compare_pairs(const Evidence& evidence, const ComparisonOptions& options) {
  Family family(evidence, options);
  std::vector<ComparedPair> pairs;
  for (std::size_t first = 0; first < evidence.num_strategies(); ++first) {
    for (std::size_t second = first + 1; second < evidence.num_strategies(); ++second) {
      family.add(first, second);
      pairs.push_back({first, second, {}});
    }
  }
  std::vector<AdjustedDifference> differences = family.adjust();
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i].difference = std::move(differences[i]);
  return pairs;
}

std::vector<ComparedStrategy> describe_strategies(const Evidence& evidence, double confidence, Looks looks) {
  const std::vector<double> shares = compute_shares_of_firsts(evidence);
  const std::vector<Prospect> prospects = estimate_prospects(evidence);
  const auto from_best = compare_with_best(evidence, confidence, looks);
  std::vector<ComparedStrategy> strategies;
  for (std::size_t s = 0; s < evidence.num_strategies(); ++s) {
    ComparedStrategy& compared = strategies.emplace_back();
    compared.estimate = estimate_value(evidence, s, confidence);
    compared.from_best = from_best[s];
    if (!shares.empty()) compared.share_of_firsts = shares[s];
    if (!prospects.empty() && compared.estimate.value) compared.prospect = prospects[s];
  }
  return strategies;
}

}  // namespace

std::vector<std::size_t> rank_strategies(const Evidence& evidence) {
  enum class Standing { first, compared, apart, unknown };
  struct Place {
    Standing standing = Standing::unknown;
    double behind = 0.0;
  };
  std::vector<Place> places(evidence.num_strategies());
  const auto leader = find_leader(evidence);
  for (std::size_t s = 0; leader && s < places.size(); ++s) {
    if (s == *leader) {
      places[s].standing = Standing::first;
    } else if (const auto behind = compute_advantage(evidence, *leader, s)) {
      places[s] = {Standing::compared, *behind};
    } else if (compute_spread(evidence, s)) {
      places[s].standing = Standing::apart;  // has no world in common with the first
    }
  }
  std::vector<std::size_t> ranking(places.size());
  std::iota(ranking.begin(), ranking.end(), std::size_t{0});
  std::stable_sort(ranking.begin(), ranking.end(), [&](std::size_t a, std::size_t b) {
    if (places[a].standing != places[b].standing) return places[a].standing < places[b].standing;
    return places[a].behind < places[b].behind;
  });
  return ranking;
}

double compute_contest_confidence(double confidence, std::size_t num_strategies) {
  if (num_strategies < 3) return confidence;
  return 1.0 - (1.0 - confidence) / static_cast<double>(num_strategies - 1);
}

std::vector<std::size_t> find_contenders(const Evidence& evidence, const std::vector<std::size_t>& ranking,
                                         double confidence, Looks looks) {
  const double each = compute_contest_confidence(confidence, count_known(evidence));
  std::vector<std::size_t> contenders;
  for (const std::size_t strategy : ranking) {
    if (!compute_spread(evidence, strategy)) break;
    if (contenders.empty() || !estimate_difference_only(evidence, ranking[0], strategy, each, looks).excludes_zero())
      contenders.push_back(strategy);
  }
  return contenders;
}

Comparison compare_strategies(const Evidence& evidence, const ComparisonOptions& options) {
  if (options.baseline >= evidence.num_strategies())
    throw std::logic_error("the baseline is not among the strategies compared");
  Comparison comparison;
  comparison.strategies = describe_strategies(evidence, options.confidence, options.looks);
  compare_with_baseline(evidence, options, comparison);
  comparison.pairs = compare_pairs(evidence, options);
  comparison.ranking = rank_strategies(evidence);
  comparison.contenders = find_contenders(evidence, comparison.ranking, options.confidence, options.looks);
  // One that is too uneven to tell from the first may yet be surely behind a third one.
  std::erase_if(comparison.contenders, [&](std::size_t s) {
    const auto& from_best = comparison.strategies[s].from_best;
    return s != comparison.ranking[0] && from_best && from_best->low < 0.0 && from_best->high == 0.0;
  });
  const std::size_t first = comparison.ranking[0];
  for (const std::size_t s : comparison.contenders) {
    const bool is_equal = s == first || [&] {
      const Estimate difference = estimate_difference_only(evidence, first, s, 0.95);
      return difference.value == 0.0 && difference.half_width == 0.0;
    }();
    if (is_equal) comparison.equals.push_back(s);
  }
  comparison.lead_confidence = compute_contest_confidence(options.confidence, count_known(evidence));
  const auto compare_first_with = [&](std::size_t other) {
    Difference difference = estimate_difference(evidence, first, other, comparison.lead_confidence, options.looks);
    return difference.estimate.value ? std::optional(std::move(difference)) : std::nullopt;
  };
  if (evidence.num_strategies() >= 2) comparison.lead = compare_first_with(comparison.ranking[1]);
  if (first != options.baseline) comparison.gain = compare_first_with(options.baseline);
  return comparison;
}

}  // namespace vouch::statistics
