// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace vouch::bench {

/// Per initial customer, in this order: asks, yes, introductions, conversions, churned, final.
inline constexpr int num_b0_quantities = 6;
using B0Counts = std::array<std::int64_t, num_b0_quantities>;

/// B0 as one would first write it well: one heap of plain events in time order, no virtual call, and no event for
/// what can be looked up when it matters (value, churn). Draws from std::mt19937_64 and <random>.
class B0Heap {
 public:
  explicit B0Heap(std::uint64_t seed);
  ~B0Heap();
  B0Heap(const B0Heap&) = delete;
  B0Heap& operator=(const B0Heap&) = delete;

  B0Counts simulate_world(int num_customers);

 private:
  struct State;
  State* state_;
};

}  // namespace vouch::bench
