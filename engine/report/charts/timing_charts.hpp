// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/charts/moment_intervals.hpp"
#include "report/charts/strategy_rows.hpp"

namespace vouch::report {

/// How asks were answered, by band of what a customer was like when asked.
struct AnswerData {
  StrategyOrder order;
  results::CurveAxis axis;                ///< tenure or fatigue
  std::vector<std::vector<Spread>> asks;  ///< by strategy and band
  std::vector<std::vector<Spread>> yes;
  std::vector<Sample> samples;  ///< by strategy
  double confidence = 0.95;
};

/// `trait`: "tenure" or "fatigue".
AnswerData read_answers(const Reading& reading, const std::string& trait);

/// Fewer yeses, or fewer other answers, than this in all worlds together are too few for a normal interval.
inline constexpr double fewest_answers = 10.0;

/// A band that holds less of a strategy's asks than this is no part of how it asks.
inline constexpr double least_share = 0.005;

/// Of one strategy's asks in one band.
struct Answer {
  std::size_t strategy = 0;
  std::size_t band = 0;
  RatioEstimate chance;  ///< at the reading's confidence
  RatioEstimate joint;   ///< the same, in intervals that hold for all shown at once
};

/// Where enough asks landed: fewest_counted of them in all worlds together and least_share of the strategy's, with
/// fewest_answers answered yes and as many otherwise. By strategy, then band.
std::vector<Answer> list_answers(const AnswerData& data);

/// Of a strategy's answers, one that was surely likelier to be a yes than another: the pair that is furthest apart.
/// Between strategies it would be mixed up with whom they ask.
struct AnswerContrast {
  Answer high;
  Answer low;
};
/// Of the best strategy that has such a pair.
std::optional<AnswerContrast> find_contrast(const AnswerData& data, const std::vector<Answer>& answers);

/// By days since the purchase; the title compares times within a strategy. Empty where nothing can be shown.
std::optional<Chart> chart_timing(const AnswerData& data);

/// By fatigue; the title tells a direction only where it goes one way through all that is shown of a strategy. Empty
/// where nothing can be shown.
std::optional<Chart> chart_tiredness(const AnswerData& data);

}  // namespace vouch::report
