// SPDX-License-Identifier: Apache-2.0
// The quantities that strategies are compared by: what a world reports as it is, and ratios of sums made from that.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "statistics/evidence.hpp"

namespace vouch::statistics {

/// Which part of an observation counts, by where a lead came from. Only the funnel has sources.
enum class Source { all, cold, referral };  // referral: all but cold

/// `factor` times an observation's sum over a world.
struct Term {
  std::string observation;
  Source source = Source::all;
  double factor = 1.0;
};

struct Metric {
  std::string name;
  std::string unit;  ///< "currency", "days", "minutes", "1", and for ratios "share" or text such as "currency a year"
  std::string description;
  Direction direction = Direction::higher_is_better;
  std::vector<Term> numerator;
  std::vector<Term> denominator;  ///< empty: the value is a mean over worlds; else a ratio of sums
  bool is_neutral = false;        ///< neither good nor bad: the direction only tells what is ranked first
};

/// The ratios that every results file offers, by name.
std::span<const Metric> ratio_metrics();

/// The metric that is an observation's sum over each world. Costs, losses and fatigue are better when
/// lower; what is merely done, such as asks, is neither good nor bad.
Metric make_plain_metric(std::string_view observation, std::string_view unit, std::string_view description);

/// How evidence of the metric is read: units, direction and kind. `divisor_of` tells how many of an observation's whole
/// numbers make one of its unit. One strategy, groups of one world and no controls, which are the caller's to change.
/// Throws std::logic_error if the terms differ in unit or in the size of their factor: their sum would be no whole
/// number of one unit.
EvidenceOptions make_evidence_options(const Metric& metric, const std::function<double(std::string_view)>& divisor_of);

}  // namespace vouch::statistics
