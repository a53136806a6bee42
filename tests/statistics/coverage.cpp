// SPDX-License-Identifier: Apache-2.0
// How often the intervals hold the truth: coverage.md is what is measured here.
#include "statistics/coverage.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/comparison.hpp"
#include "statistics/shape.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;
using namespace vouch::test;

namespace {

/// Means, medians and differences of the first two strategies.
std::vector<Statement> state(const Population& population, double median) {
  const std::vector<double>& truth = population.values;
  std::vector<Statement> statements;
  statements.push_back(state_value("mean", Claim::exact, truth[0]));
  statements.push_back(
      {"median", Claim::at_least, [=](const Evidence& evidence) {
         const auto interval = estimate_quantile(evidence, 0, 0.5, 0.95).interval;
         return Outcome{interval.has_value(), interval && interval->low <= median && median <= interval->high, false};
       }});
  statements.push_back(state_difference(truth[0] - truth[1]));
  return statements;
}

/// All differences of three strategies at once, as Bonferroni adjusts them.
Outcome judge_differences(const Evidence& evidence, const std::vector<double>& truth) {
  Outcome all{true, true, false};
  for (std::size_t first = 0; first < 3; ++first) {
    for (std::size_t second = first + 1; second < 3; ++second) {
      const Estimate difference = estimate_difference(evidence, first, second, 1 - 0.05 / 3).estimate;
      const Outcome one = judge(difference, truth[first] - truth[second]);
      all = {all.is_known && one.is_known, all.holds && one.holds, all.is_cautious || one.is_cautious};
    }
  }
  return all;
}

/// How far each of three strategies is from the best other one, at once.
Outcome judge_from_best(const Evidence& evidence, const std::vector<double>& truth) {
  const auto intervals = compare_with_best(evidence, 0.95);
  Outcome all{true, true, false};
  for (std::size_t s = 0; s < 3; ++s) {
    const double from_best = truth[s] - std::max(truth[(s + 1) % 3], truth[(s + 2) % 3]);
    all.is_known = all.is_known && intervals[s];
    all.holds = all.is_known && all.holds && intervals[s]->low <= from_best && from_best <= intervals[s]->high;
    all.is_cautious = all.is_cautious || judge_difference(evidence, s, (s + 1) % 3) != Caution::none;
  }
  return all;
}

std::vector<Statement> state_together(const Population& population, double median) {
  std::vector<Statement> statements = state(population, median);
  statements.push_back({"three differences at once", Claim::at_least,
                        [=](const Evidence& evidence) { return judge_differences(evidence, population.values); }});
  statements.push_back({"three from the best at once", Claim::at_least,
                        [=](const Evidence& evidence) { return judge_from_best(evidence, population.values); }});
  return statements;
}

/// Of a negative binomial count of dispersion 0.2: the first with a distribution function of at least 1/2.
double find_median(double mean) {
  const double success = mean / (mean + 0.2);
  double chance = std::pow(0.2 / (mean + 0.2), 0.2);
  double sum = chance;
  double count = 0.0;
  for (; sum < 0.5; sum += chance) {
    chance *= (count + 0.2) / (count + 1.0) * success;
    count += 1.0;
  }
  return count;
}

}  // namespace

TEST_CASE("intervals of normal worlds have the confidence that they claim") {
  CoverageTable coverage;
  const Population zero = make_normal("zero mean", {0, 0}, {1, 1}, 0.0);
  coverage.measure(zero, Data::easy, state(zero, 0.0));
  for (const Population& population : {make_normal("normal", {3, 2.5, 3}, {1, 1, 1}, 0.0),
                                       make_normal("unequal variances", {3, 3, 2.9}, {1, 10, 0.1}, 0.0),
                                       make_normal("correlation 0.95", {100, 100.1, 100}, {1, 1, 1}, 0.95)})
    coverage.measure(population, Data::easy, state_together(population, population.values[0]));
  check_record("coverage.md", "Normal worlds",
               "Of one strategy, of the difference of two that see the same worlds, and of three at once: all three "
               "differences (Bonferroni), and each strategy's distance from the best of the others (multiple "
               "comparisons with the best). What holds at once may hold more often than it claims.",
               coverage.table());
}

TEST_CASE("intervals of skewed and rare worlds come near their confidence, or ask for caution") {
  CoverageTable coverage;
  for (const Luck luck : {Luck::own, Luck::shared}) {
    const Population population = make_skewed(luck == Luck::own ? "skewed" : "skewed, shared luck", {20, 19, 17}, luck);
    coverage.measure(population, Data::hard, state_together(population, find_median(20)));
  }
  const Population rare = make_rare("rare", {0.02, 0.02, 0.03}, Luck::own);
  coverage.measure(rare, Data::hard, state_together(rare, 0.0));
  check_record("coverage.md", "Skewed and rare worlds",
               "Skewed: negative binomial counts of mean 20 and dispersion 0.2. Rare: something happens in 2 % of "
               "worlds. Where many worlds show the same number the median's interval cannot be narrower than that, "
               "and so holds it more often.",
               coverage.table());
}
