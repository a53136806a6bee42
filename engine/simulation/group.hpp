// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "model/feature.hpp"

namespace vouch::simulation {

/// How many events a kernel works on at a time: long enough to fill vectors, short enough for the first cache.
inline constexpr int group_size = 256;

/// Identities side by side, ready for draws.
struct Rows {
  int size = 0;
  alignas(64) std::uint64_t lineage[group_size];
  alignas(64) std::uint32_t replication[group_size];
  std::uint32_t ordinal[group_size];
  std::uint16_t world[group_size];

  bool is_full() const noexcept { return size == group_size; }
};

/// Accounts about to do something at a time each. An account stands in a group at most once, unless the handler
/// reads nothing that its own row changes.
struct Group : Rows {
  std::uint32_t stocks_read = 0;  ///< bit s: reading[s] is filled
  std::uint32_t account[group_size];
  std::uint8_t source[group_size];   ///< row of Outcome::base
  std::uint8_t segment[group_size];  ///< column of Outcome::base
  alignas(64) double time[group_size];
  alignas(64) double reading[model::max_stocks][group_size];
  /// The fatigue stock as it was when read: its value at its last impulse, and that impulse's time.
  alignas(64) double fatigue_value[group_size];
  alignas(64) double fatigue_since[group_size];

  void clear() noexcept {
    size = 0;
    stocks_read = 0;
  }
};

}  // namespace vouch::simulation
