// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "model/strategy.hpp"
#include "model/touch.hpp"
#include "random/distribution.hpp"

namespace vouch::model {

/// One customer segment, or a population of partners or outsiders, who never buy: bystanders. Durations in days,
/// money in currency.
struct Segment {
  std::string name;
  std::uint64_t id = 0;  ///< keys every draw of its members
  bool are_bystanders = false;
  std::uint32_t accounts = 0;
  bool is_finite = false;    ///< whether its market is
  std::uint32_t market = 0;  ///< companies in it, the existing accounts included
  random::Distribution tenure_days;
  double leads_per_day = 0.0;
  double pipeline_days = 0.0;
  random::Distribution contract_value;  ///< currency a year
  random::Distribution contract_days;
  random::Distribution time_to_value_days;
  double value_probability = 1.0;
  random::Distribution quality;
  bool unlimited_peers = false;
  random::Distribution peers;
  random::Distribution names_per_yes;
  std::vector<double> peer_segments;  ///< cumulative probabilities over Model::segment_order
  random::Distribution cycle_days;
  double incidents_per_day = 0.0;
  double incident_quality = 0.0;
  double organic_per_day = 0.0;
  double reference_consent = 1.0;
  std::vector<double> size_class;  ///< cumulative probabilities by category of the scenario
  std::vector<double> seniority;
  random::Distribution rep_tie;
  random::Distribution peer_tie;  ///< of the people its accounts name
};

/// Accounts and prospects hold a segment and its cohort in one byte.
inline constexpr int max_segments = 128;
/// Size classes and seniorities are held in a byte.
inline constexpr int max_categories = 255;

struct MatchWeights {
  double segment = 0.5;
  double size_class = 0.25;
  double seniority = 0.25;
};

/// A moment of a deal at which the buyer may want to hear from a peer, or cannot reach whoever decides.
struct Moment {
  double share = 0.0;            ///< of the deal's length, in [0, 1]
  double credibility_gap = 0.0;  ///< probability that one opens
  double access_gap = 0.0;
};
inline constexpr int max_moments = 8;

/// The assumptions and the experiment's frame, flat and read-only; every strategy runs against the same one.
struct Model {
  std::vector<Segment> segments;  ///< of customers, then the populations of bystanders
  /// The customers' segments by ascending id, so that a choice among them does not depend on their order in the file.
  std::vector<std::uint8_t> segment_order;
  std::vector<Stock> stocks;
  int fatigue = -1;  ///< index of the stock that fatigue metrics report; -1: none
  std::array<Touch, num_touches> touches;
  double maybe_margin = 0.0;  ///< P(yes or maybe) = F(eta + maybe_margin)
  double maybe_returns = 0.0;
  random::Distribution maybe_delay_days;
  double survey_noise = 0.0;
  MatchWeights match;
  std::vector<Moment> moments;         ///< by ascending share, at most max_moments
  double internal_introduction = 0.0;  ///< probability that one resolves an access gap
  double next_step_factor = 1.0;       ///< of a deal's remaining time, at a held call with a contingent next step
  double stall_days = 0.0;             ///< added to it without
  double retry_after_days = infinite;  ///< of a finite market: how long a lost deal or customer stays out of it
  std::uint32_t num_territories = 1;

  double margin = 1.0;         ///< of contract value
  double discount_rate = 0.0;  ///< a year
  double referral_value_factor = 1.0;
  double expansion_value = 0.0;  ///< share of contract value added by an expansion
  double referral_cycle_factor = 1.0;

  double horizon_days = 365.0;
  double warm_up_days = 0.0;
  double takeover_days = 0.0;  ///< what reach, backlog and cohorts refer to: 0 after a warm-up strategy, else the start
  std::uint32_t max_accounts = 1'000'000;

  // What is reported.
  double bin_days = 30.0;
  double follow_up_days = 365.0;
  double fatigue_limit = 3.0;
  bool series = true;

  double start() const noexcept { return -warm_up_days; }
  int num_segments() const noexcept { return static_cast<int>(segments.size()); }
  bool has_finite_market() const noexcept {
    return std::any_of(segments.begin(), segments.end(), [](const Segment& segment) { return segment.is_finite; });
  }
  int num_stocks() const noexcept { return static_cast<int>(stocks.size()); }
  const Touch& touch(TouchKind kind) const noexcept { return touches[static_cast<std::size_t>(kind)]; }
};

}  // namespace vouch::model
