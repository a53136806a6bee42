// SPDX-License-Identifier: Apache-2.0
// The answer, for a reader who knows sales and not statistics.
#pragma once

#include <string>

#include "report/comparison_view.hpp"

namespace vouch::report {

struct Headline {
  /// One sentence: which strategy is best, by how much over the baseline (or over the second where the baseline wins),
  /// with its interval and the share of simulated futures in which it came first; or that it is too close to call.
  std::string answer;
  /// What that means for a decision: what the choice costs at most and on average where it is too close, how many
  /// simulated futures would tell, which intervals may hold less often than they say. May be empty.
  std::string stake;
  /// What simulated futures are, and what an interval means where the answer has one. Empty if nothing was run.
  std::string meaning;
};

/// Claims no more than the intervals do: every "is better" rests on an interval that holds for all strategies at once.
Headline make_headline(const ComparisonView& view);

/// What a metric counts, in words that follow a number: "referred customers per customer", "EUR of net value". Unknown
/// metrics are told by name and description.
std::string describe_metric(const statistics::Metric& metric, const std::string& currency);

}  // namespace vouch::report
