// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "cost.hpp"

namespace vouch::bench {

inline nlohmann::json report_cost(const Cost& cost) {
  nlohmann::json report;
  report["cycles"] = cost.cycles ? nlohmann::json(*cost.cycles) : nlohmann::json(nullptr);
  report["cpu_ns"] = cost.cpu_ns;
  report["wall_ns"] = cost.wall_ns;
  return report;
}

}  // namespace vouch::bench
