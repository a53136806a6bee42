// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "statistics/evidence.hpp"

namespace vouch::statistics {

/// How well something shall be known before a run may stop.
struct PrecisionAim {
  enum class Of { values, differences };  ///< differences from the baseline
  enum class Needed { all, any };
  Of of = Of::values;
  Needed needed = Needed::all;
  std::vector<std::size_t> strategies;  ///< whose; empty: all; of differences the baseline has no part
  std::size_t baseline = 0;
  double half_width = 0.0;   ///< > 0: in the metric's unit, or a share of the value's size if relative
  bool is_relative = false;  ///< for differences: of the baseline's value
  double confidence = 0.95;
};

struct PrecisionState {
  bool is_reached = false;
  std::size_t widest = 0;  ///< the strategy that is furthest from the aim, of `any` the nearest
  /// Groups that would be enough if spreads stay as they are, of the strategy above; unknown where no number would (a
  /// relative aim at a value of 0) or too few are there to tell.
  std::optional<std::uint64_t> groups_needed;
  bool is_narrow = false;  ///< its interval is as narrow as asked, whether or not worlds are enough to believe it
};

/// Fewer groups than this reach no aim; an aim of any of several strategies needs twice as many for each of them, since
/// the one that gets there first has too small a variance by chance.
#ifdef VOUCH_FAULT_first_precision_look
inline constexpr std::uint64_t first_precision_look = 2;
#else
inline constexpr std::uint64_t first_precision_look = 64;
#endif

/// Whether the aim is reached: the longer side of the interval that estimate_value or estimate_difference gives is no
/// longer than asked for (an unknown interval reaches no aim), there are at least first_precision_look groups, and no
/// fewer than compute_groups_for_skewness tells. Meant to be asked after every block of groups (Y. S. Chow and H.
/// Robbins, Annals of Mathematical Statistics 36 (1965) 457-462): with these first looks the interval at the moment of
/// stopping has its confidence within a point for normal groups and within two for skewed ones, as measured in
/// tests/statistics. Something that does not vary is known after groups_to_be_constant. An aim about no strategy is
/// never reached.
PrecisionState judge_precision(const Evidence& evidence, const PrecisionAim& aim);

}  // namespace vouch::statistics
