// SPDX-License-Identifier: Apache-2.0
// Whatever few and odd worlds show, every number is finite or said to be unknown.
#include <cmath>

#include "random/words.hpp"
#include "statistics/comparison.hpp"
#include "statistics/series.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch::statistics;
using vouch::test::Series;

namespace {

bool is_fine(const std::optional<double>& number) { return !number || std::isfinite(*number); }

bool is_fine(const std::optional<Interval>& interval) {
  return !interval ||
         (std::isfinite(interval->low) && std::isfinite(interval->high) && interval->low <= interval->high);
}

bool is_fine(const Estimate& estimate) {
  return is_fine(estimate.value) && is_fine(estimate.standard_error) && is_fine(estimate.half_width) &&
         is_fine(estimate.interval);
}

bool is_fine(const AdjustedDifference& adjusted) {
  const Difference& difference = adjusted.difference;
  return is_fine(difference.estimate) && is_fine(difference.relative) && is_fine(difference.variance_ratio) &&
         is_fine(difference.correlation) && is_fine(difference.p_value) && is_fine(adjusted.joint) &&
         is_fine(adjusted.adjusted_p_value);
}

/// A few worlds, most of them 0; `next` counts the words drawn.
Evidence draw_odd_evidence(std::uint64_t seed, bool is_ratio, bool is_proportion, std::uint32_t& next) {
  const auto draw = [&](std::uint64_t below) {
    return static_cast<std::int64_t>(vouch::random::compute_philox(++next, 0, 0, 0, seed).first % below);
  };
  std::vector<Series> strategies(static_cast<std::size_t>(1 + draw(4)));
  for (Series& series : strategies) {
    series.controls.resize(1);
    for (std::int64_t left = 1 + draw(6); left > 0; --left) {
      const std::int64_t cases = draw(3) == 0 ? draw(4) : 0;
      series.numerators.push_back(is_proportion ? (cases > 0 ? draw(2) * cases : 0) : (draw(2) == 0 ? 0 : draw(9) - 4));
      if (is_ratio) series.denominators.push_back(cases);
      series.controls[0].push_back(draw(3));
    }
  }
  EvidenceOptions options;
  options.is_proportion = is_proportion;
  options.controls = {{"control", 1.0, 1.0}};
  options.group_size = static_cast<std::size_t>(1 + draw(2));
  return vouch::test::make_evidence(strategies, options);
}

}  // namespace

TEST_CASE("no number is ever NaN or infinite") {
  std::uint32_t next = 0;
  for (int i = 0; i < 600; ++i) {
    const Evidence evidence = draw_odd_evidence(vouch::test::seed_of("odd worlds"), i % 3 > 0, i % 3 == 2, next);
    ComparisonOptions options;
    options.adjustment = i % 2 == 0 ? Adjustment::holm : Adjustment::best;
    const Comparison comparison = compare_strategies(evidence, options);
    CAPTURE(i);
    for (std::size_t s = 0; s < evidence.num_strategies(); ++s) {
      const ComparedStrategy& compared = comparison.strategies[s];
      CHECK(is_fine(compared.estimate));
      CHECK(is_fine(compared.from_best));
      if (compared.from_baseline) CHECK(is_fine(*compared.from_baseline));
      if (compared.prospect) CHECK(std::isfinite(compared.prospect->expected_loss));
      CHECK(is_fine(estimate_quantile(evidence, s, 0.5, 0.95).interval));
      CHECK(is_fine(compute_antithetic_gain(evidence, s)));
      if (const auto controlled = estimate_controlled_value(evidence, s, 0.95)) {
        CHECK(is_fine(controlled->estimate));
        CHECK(std::isfinite(controlled->gain));
      }
    }
    for (const ComparedPair& pair : comparison.pairs) CHECK(is_fine(pair.difference));
  }
}
