// SPDX-License-Identifier: Apache-2.0
// How observations are named and laid out in a results file; outputs/README.md describes it for users.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/observations.hpp"

namespace vouch::results {

/// Replications that are read, written and compressed together: 512, fewer where that many rows take much memory.
inline std::uint32_t choose_slab(std::size_t row_size, std::uint32_t replications) {
  constexpr std::size_t largest_slab = std::size_t{64} << 20;  // bytes
  const std::size_t most = std::clamp<std::size_t>(replications, 1, 512);
  return static_cast<std::uint32_t>(
      std::clamp<std::size_t>(largest_slab / (sizeof(std::int64_t) * std::max<std::size_t>(1, row_size)), 1, most));
}

inline std::string_view dimension_of(model::Axis axis) {
  switch (axis) {
    case model::Axis::segment:
      return "segment";
    case model::Axis::cohort:
      return "cohort";
    case model::Axis::source:
      return "source";
    case model::Axis::bin:
      return "bin";
    case model::Axis::tenure_band:
      return "tenure_band";
    case model::Axis::fatigue_band:
      return "fatigue_band";
    case model::Axis::generation:
      return "generation";
    case model::Axis::profile_band:
      return "profile_band";
  }
  return "";
}

/// Units as files have them. xarray takes "days" and "minutes" for time spans to decode, and overflows on sums.
inline std::string_view file_units(model::Unit unit) {
  switch (unit) {
    case model::Unit::days:
      return "day";
    case model::Unit::minutes:
      return "min";
    default:
      return model::name_of(unit);
  }
}

using model::divisor_of;

/// Series and curves have groups of their own; there "series_asks" is "asks".
inline bool has_own_group(const model::ObservationBlock& block) {
  return block.group == "series" || block.group == "curves";
}

inline std::string name_in_file(const model::ObservationBlock& block) {
  const std::string prefix = std::string(block.group) + "_";
  const std::string name(block.name);
  return has_own_group(block) && name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : name;
}

}  // namespace vouch::results
