// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace vouch::experiment {

/// Replications of one lane that are simulated together: a block, or as much of it as the round holds.
struct Unit {
  std::uint64_t index;
  int lane;
  std::uint32_t first;
  std::uint32_t count;  ///< may be 0
};

/// The worlds that take every lane from what it has to what it shall have, in units: block after block, the lanes that
/// grow within. Blocks lie on multiples of their length, whatever a round begins with.
class Round {
 public:
  Round() = default;
  /// Throws std::logic_error if a lane shrinks, or the numbers of lanes differ.
  Round(const std::vector<std::uint32_t>& have, const std::vector<std::uint32_t>& wanted, std::uint32_t block);

  bool is_empty() const noexcept { return lanes_.empty(); }
  std::uint64_t num_units() const noexcept { return num_units_; }
  Unit unit(std::uint64_t index) const;

 private:
  /// A lane that grows.
  struct Growth {
    int lane;
    std::uint32_t begin;
    std::uint32_t end;
  };
  std::vector<Growth> lanes_;
  std::uint32_t block_ = 1;
  std::uint64_t first_block_ = 0;
  std::uint64_t num_units_ = 0;
};

}  // namespace vouch::experiment
