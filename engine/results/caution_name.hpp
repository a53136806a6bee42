// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "statistics/estimate.hpp"

namespace vouch::results {

/// As results files and JSON have it: "few_worlds", "skewed", "rare"; empty for none.
constexpr const char* name_of(statistics::Caution caution) {
  switch (caution) {
    case statistics::Caution::none:
      return "";
    case statistics::Caution::few_worlds:
      return "few_worlds";
    case statistics::Caution::skewed:
      return "skewed";
    case statistics::Caution::rare:
      return "rare";
  }
  return "";
}

}  // namespace vouch::results
