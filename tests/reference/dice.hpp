// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "random/words.hpp"

namespace vouch::reference {

/// Chance for building models: one stream of words for each model.
class Dice {
 public:
  Dice(std::uint64_t seed, std::uint32_t index) : seed_(seed), index_(index) {}

  double uniform(double low, double high) {
    const std::uint64_t word = random::compute_philox(count_++, index_, 0, 0, seed_).first;
    return low + (high - low) * random::to_unit(word);
  }
  bool chance(double p) { return uniform(0.0, 1.0) < p; }
  int pick(int n) { return static_cast<int>(uniform(0.0, n)); }

 private:
  std::uint64_t seed_;
  std::uint32_t index_;
  std::uint32_t count_ = 0;
};

}  // namespace vouch::reference
