// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

namespace vouch::bench {

/// What a piece of work of this process has cost so far, its threads included.
struct Cost {
  std::optional<std::uint64_t> cycles;  ///< user-mode; absent where the system does not count them
  std::uint64_t cpu_ns = 0;             ///< user-mode
  std::uint64_t wall_ns = 0;
};

/// Counts from its construction on. Threads that were started before are not counted.
class CostMeter {
 public:
  CostMeter();
  ~CostMeter();
  CostMeter(const CostMeter&) = delete;
  CostMeter& operator=(const CostMeter&) = delete;

  Cost read() const;

 private:
  int descriptor_ = -1;
  std::uint64_t cpu_start_ns_;
  std::uint64_t wall_start_ns_;
};

/// The most memory that this process has held so far, in bytes.
std::uint64_t read_peak_memory();

}  // namespace vouch::bench
