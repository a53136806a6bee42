// SPDX-License-Identifier: Apache-2.0
// What the loop needs of a model and a strategy, worked out once for a batch.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/money.hpp"
#include "model/observations.hpp"
#include "model/strategy.hpp"

namespace vouch::simulation {

/// A touch with what of it never changes worked out.
struct Landing {
  const model::Touch* touch = nullptr;
  std::uint32_t reads = 0;  ///< stocks that landing it reads
  bool is_empty = true;     ///< neither impulses nor costs
  bool is_simple = false;   ///< one impulse, uncapped, without multiplier
  bool costs = false;       ///< money or time
  Money cost = 0;           ///< undiscounted
  Money minutes = 0;
};

/// A program's conduct, or a strategy's toward organic referrers.
struct Conduct {
  const model::Conduct* terms = nullptr;
  std::array<Landing, 7> thanks;  ///< in the order of ThanksKind
  std::uint32_t reads = 0;
};

enum ThanksKind : int {
  for_promise,
  for_introduction,
  status_report,
  for_win,
  recognition,
  reward,
  from_customer,
  unacknowledged
};

enum AttemptDetail : std::uint32_t { single, of_chain, of_calendar };

/// An outcome with what the loop needs to know about it.
struct Chance {
  const model::Outcome* outcome = nullptr;
  std::uint32_t reads = 0;     ///< stocks
  std::uint64_t features = 0;  ///< bit f: feature f has a weight
  bool is_certain = false;     ///< constant, and every probability is 0 or 1: no word is needed
  bool is_never = false;
  bool is_always = false;
  std::vector<double> constant;  ///< probability by base index, if there are no weights

  bool reads_feature(model::Feature feature) const { return (features >> static_cast<int>(feature) & 1) != 0; }
};

/// What the loop reads of a program at each attempt, in one place.
struct Plan {
  double until_days;
  double min_gap_days;
  double fixed_repeat_days;  ///< negative if drawn
  int max_asks;
  model::SecondAsk second_ask;
  bool has_guard;
  bool mentions;
  bool stops_after_yes;
  bool cares_about_no;  ///< a final no can lead to an opt-out or stop the program
  bool is_plain;        ///< no guard, no least gap, and it asks
};

/// A time at which everything before has happened and nothing at or after it has.
struct Cut {
  double time;
  int bin;  ///< the bin that ends here; -1: the takeover
};

/// Where an account's metrics are counted, worked out once for several of them.
struct Tally {
  std::int64_t* cell;
  std::size_t stride;
  void add(model::Metric metric, std::int64_t amount = 1) const {
    cell[static_cast<std::size_t>(metric) * stride] += amount;
  }
};

/// What a strategy does or never does under a model, so that the loop need not look; the batch's own.
struct Shortcuts {
  bool any_antithetic_ = false;
  bool any_expansion_ = false;
  bool introduces_at_once_ = false;  ///< a first chance can be taken where the yes is handled
  bool any_incident_ = false;
  bool any_organic_ = false;
  bool limits_peers_ = false;
  bool varies_quality_ = false;
  bool varies_rep_tie_ = false;
  bool varies_value_ = false;
  bool defers_renewals_ = false;
  bool has_bystanders_ = false;
  bool runs_desk_ = false;
  bool rotates_by_use_ = false;     ///< the desk asks whose last call lies furthest back
  bool rotates_by_favour_ = false;  ///< it asks whoever matches best, then the best served
  bool needs_nerve_ = false;
  bool limits_slots_ = false;
  bool has_market_ = false;
  bool has_gaps_ = false;
  bool has_late_features_ = false;  ///< the win's predictor depends on something between opening and decision
  bool is_coupled_ = false;         ///< accounts meet, so that events of a world happen in the order of time
  bool has_ties_ = false;
};

}  // namespace vouch::simulation
