// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "random/distribution.hpp"

namespace vouch::scenario {

/// How a family of distributions is written.
struct FamilyInfo {
  std::string_view name;
  random::Family family;
  std::string_view parameters[2];  ///< empty: none. An empirical one has lists instead.
  std::string_view example;
};

std::span<const FamilyInfo> families();

}  // namespace vouch::scenario
