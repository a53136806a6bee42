// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "statistics/evidence.hpp"

namespace vouch::statistics {

/// How many groups each strategy should have out of `total` for all of them together, so that the best is picked as
/// surely as that total allows: optimal computing budget allocation (C.-H. Chen, J. Lin, E. Yucesan, S. E. Chick,
/// Discrete Event Dynamic Systems 10 (2000) 251-270), here for strategies that share their worlds: in proportion to
/// (spread of the paired difference from the leader / that difference)^2, and for the leader as many as any has. No
/// fewer than each has, and at least two; their sum is `total`, or what they have if that is more. Meant to be asked in
/// rounds, after some 16 groups of each. Let find_leader pick the best in the end.
std::vector<std::uint64_t> allocate_groups(const Evidence& evidence, std::uint64_t total);

}  // namespace vouch::statistics
