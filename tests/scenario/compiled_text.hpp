// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "scenario/scenario.hpp"

namespace vouch::test {

/// Everything that a compiled scenario holds, numbers to the bit: two are equal if their texts are.
std::string describe(const scenario::Compiled& compiled);

}  // namespace vouch::test
