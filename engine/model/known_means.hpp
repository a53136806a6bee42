// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "model/model.hpp"
#include "model/observations.hpp"
#include "model/strategy.hpp"

namespace vouch::model {

/// A metric whose expected value in a world, over all segments and cohorts and in the metric's unit, is known in closed
/// form (but for the rounding of each account's money).
struct KnownMean {
  Metric metric;
  double expectation;
};

/// The metrics of which this is known and the same under every one of the strategies, so that they can serve as control
/// variates. Those that never vary, or are another one times a constant, are left out.
///
/// start_value: number of accounts x E max(0, contract value), summed over segments.
/// cold_wins: leads are a Poisson process from S - pipeline on, S the start, so that decisions in [0, H) are a Poisson
/// count whose mean is an integral over arrivals of P(0 <= arrival + follow-up + cycle < H). Not known where companies
/// of a finite market may be taken, or where gaps of deals may move or sway a decision.
/// cold_value: of each segment, that x E max(0, contract value).
std::vector<KnownMean> list_known_means(const Model& model, std::span<const Strategy> strategies);

}  // namespace vouch::model
