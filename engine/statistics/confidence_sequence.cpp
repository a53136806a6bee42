// SPDX-License-Identifier: Apache-2.0
#include "statistics/confidence_sequence.hpp"

#include <cmath>
#include <utility>

#include "statistics/leader.hpp"
#include "statistics/skewness.hpp"
#include "statistics/spread.hpp"
#ifdef VOUCH_FAULT_sequence_for_one_look
#include "statistics/estimate.hpp"
#endif

namespace vouch::statistics {
namespace {

/// c^2, 1 / the prior variance of the effect size. A sequence is tightest where n / c^2 is about 2 ln(1/alpha) +
/// ln(1 + 2 ln(1/alpha)): at 95 % about 500 groups, and from 130 to 10 000 it is within a tenth of what the best c^2
/// for that number would give.
constexpr double prior_groups = 64.0;

/// The pair's sequence. Worlds that vary while their difference does not are too few to tell how much it varies.
std::optional<double> find_half_width(const Evidence& evidence, std::size_t leader, std::size_t other,
                                      const Spread& spread, double confidence) {
  if (spread.num_groups < first_sequence_look || !spread.variance) return std::nullopt;
  if (*spread.variance == 0.0 && spread.num_groups < groups_to_be_constant) return std::nullopt;
  if (spread.num_groups < compute_groups_to_tell(evidence, other, leader)) return std::nullopt;
  return compute_sequence_half_width(*spread.variance, spread.num_groups, confidence);
}

double divide(double lead, double width) {
  if (width > 0.0) return lead / width;
  return lead > 0.0 ? HUGE_VAL : 0.0;
}

}  // namespace

// With S the sum of n groups less the mean that is asked about, and V the sum of their squares, the ratio of the
// likelihoods under an effect size of Normal(0, 1 / c^2) and of 0, the scale integrated out, is
//   M = sqrt(c^2 / (n + c^2)) (1 - S^2 / ((n + c^2) V))^(-n/2),
// a test martingale, so that M < 1/alpha at all n with probability 1 - alpha (Ville). With m the mean and s^2 the
// variance of the groups, S = n d for d = m - mean, V = (n - 1) s^2 + n d^2 and q = (alpha^2 c^2 / (n + c^2))^(1/n):
//   M < 1/alpha  <=>  n^2 d^2 < (1 - q) (n + c^2) ((n - 1) s^2 + n d^2).
std::optional<double> compute_sequence_half_width(double variance, std::uint64_t num_groups, double confidence) {
  const auto n = static_cast<double>(num_groups);
  if (num_groups < 2) return std::nullopt;
#ifdef VOUCH_FAULT_sequence_for_one_look
  return compute_t_quantile(confidence, num_groups - 1) * std::sqrt(variance / n);
#else
  const double alpha = 1.0 - confidence;
  const double weight = n + prior_groups;
  const double p = -std::expm1(std::log(alpha * alpha * prior_groups / weight) / n);  // 1 - q
  const double room = n * n - p * n * weight;
  if (room <= 0.0) return std::nullopt;
  return std::sqrt(variance * p * weight * (n - 1.0) / room);
#endif
}

std::optional<AnytimeLead> find_anytime_lead(const Evidence& evidence, double confidence) {
  const auto leader = find_leader(evidence);
  if (!leader || evidence.num_strategies() < 2 || evidence.num_groups(*leader) < first_sequence_look)
    return std::nullopt;
  const double each = 1.0 - (1.0 - confidence) / static_cast<double>(evidence.num_strategies() - 1);
  std::optional<AnytimeLead> closest;
  std::pair<bool, double> least_margin;  // whether its sequence is known, and the lead by its width
  bool is_sure = true;
  for (std::size_t s = 0; s < evidence.num_strategies(); ++s) {
    if (s == *leader) continue;
    const auto spread = compute_difference_spread(evidence, *leader, s);
    if (!spread) {  // a rival that has no value yet may still show one
      if (evidence.num_groups(s) < groups_to_be_constant) is_sure = false;
      continue;
    }
    const double lead = *compute_advantage(evidence, *leader, s);
    const auto half_width = find_half_width(evidence, *leader, s, *spread, each);
    if (!half_width || lead <= *half_width) is_sure = false;
    const double deviation = std::sqrt(spread->variance.value_or(0.0) / static_cast<double>(spread->num_groups));
    const std::pair margin{half_width.has_value(), divide(lead, half_width.value_or(deviation))};
    if (closest && margin >= least_margin) continue;
    closest = AnytimeLead{*leader, s, lead, half_width, false};
    least_margin = margin;
  }
  if (closest) closest->is_sure = is_sure;
  return closest;
}

}  // namespace vouch::statistics
