// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace vouch::test {

/// A valid scenario with random names, distributions, outcomes, strategies and sources.
std::string make_random_scenario(std::uint64_t seed);

}  // namespace vouch::test
