// SPDX-License-Identifier: Apache-2.0
#include "statistics/shape.hpp"

#include <algorithm>
#include <optional>

#include "statistics/skewness.hpp"

namespace vouch::statistics {
namespace {

constexpr std::uint64_t enough_groups = 30;
constexpr std::size_t enough_occurrences = 10;

bool is_rare(const Evidence& evidence, std::size_t strategy) {
  const Occurrences seen = count_occurrences(evidence, strategy);
  if (seen.hits < enough_occurrences || seen.cases < enough_occurrences) return true;
  return evidence.options().is_proportion && seen.misses < enough_occurrences;
}

/// Cochran's rule for the normal approximation: n > 25 skewness^2 (W. G. Cochran, "Sampling Techniques", 3rd edition,
/// section 2.15).
bool is_skewed(std::optional<double> skewness, std::uint64_t num_groups) {
  return skewness && static_cast<double>(num_groups) < 25.0 * *skewness * *skewness;
}

/// Whether a ratio's denominator is known too vaguely for a straight line to describe how errors in it tell. Cochran
/// asks for a coefficient of variation of its mean below 0.1 (section 6.4); as measured in
/// tests/statistics/coverage.md, 0.2 is enough.
bool is_vague(const Evidence& evidence, std::size_t strategy) {
  const Moments& own = evidence.own(strategy);
  if (!evidence.options().is_ratio || own.num_samples() < 2) return false;
  const double mean = own.mean(1);
  constexpr double most = 0.2;
  return own.variance(1) / static_cast<double>(own.num_samples()) > most * most * mean * mean;
}

/// Groups in which the two are not the same.
std::size_t count_different(const Evidence& evidence, std::size_t first, std::size_t second, std::size_t num_groups) {
  const auto a = evidence.kept(first);
  const auto b = evidence.kept(second);
  std::size_t count = 0;
  for (std::size_t i = 0; i < num_groups; ++i) {
    const bool is_same =
        a[i].numerator == b[i].numerator && (!evidence.options().is_ratio || a[i].denominator == b[i].denominator);
    if (!is_same) ++count;
  }
  return count;
}

}  // namespace

Occurrences count_occurrences(const Evidence& evidence, std::size_t strategy) {
  const EvidenceOptions& options = evidence.options();
  Occurrences seen;
  for (const WorldValue& group : evidence.kept(strategy)) {
    ++seen.num_kept;
    if (!options.is_ratio || group.denominator != 0) ++seen.cases;
    if (group.numerator != 0) ++seen.hits;
    if (static_cast<double>(group.numerator) * options.numerator_unit !=
        static_cast<double>(group.denominator) * options.denominator_unit)
      ++seen.misses;
  }
  return seen;
}

Caution judge_value(const Evidence& evidence, std::size_t strategy) {
  const std::uint64_t num_groups = evidence.num_groups(strategy);
  if (num_groups < enough_groups) return Caution::few_worlds;
  if (is_rare(evidence, strategy)) return Caution::rare;
  return is_skewed(compute_skewness(evidence, strategy, {}), num_groups) ? Caution::skewed : Caution::none;
}

Caution judge_difference(const Evidence& evidence, std::size_t first, std::size_t second) {
  const std::uint64_t num_groups = evidence.num_groups(first, second);
  if (num_groups < enough_groups) return Caution::few_worlds;
  if (is_rare(evidence, first) && is_rare(evidence, second)) return Caution::rare;
  if (num_groups != std::min(evidence.num_groups(first), evidence.num_groups(second))) return Caution::none;
  const std::size_t num_kept = std::min(evidence.kept(first).size(), evidence.kept(second).size());
  const std::size_t num_different = count_different(evidence, first, second, num_kept);
  if (num_different == 0) return Caution::none;
  if (num_different < enough_occurrences) return Caution::rare;
  if (is_vague(evidence, first) || is_vague(evidence, second)) return Caution::skewed;
  return is_skewed(compute_skewness(evidence, first, second), num_groups) ? Caution::skewed : Caution::none;
}

}  // namespace vouch::statistics
