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

}  // namespace vouch::simulation
