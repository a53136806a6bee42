// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace vouch::bench {

struct EngineOptions {
  std::string scenario;
  std::string strategy;  ///< empty: the first
  std::uint32_t worlds = 200;
  int threads = 1;
  int batch = 0;               ///< worlds at once; 0: what the engine suggests
  std::uint32_t accounts = 0;  ///< customers at the start of the first segment; 0: as the scenario says
  std::uint64_t seed = 1;
};

/// Runs the worlds of one strategy through run_worlds and tells what that cost and what came out: {"customers",
/// "events", "blocks", "cycles", "cpu_ns", "wall_ns", "peak_bytes", "grown_bytes", "batch", "lanes",
/// "metrics": {name: [mean, standard error]}}, the metrics a world.
nlohmann::json run_engine(const EngineOptions& options);

/// Draws `blocks` random blocks by the engine's own generator, in arrays, and nothing else.
nlohmann::json draw_blocks(std::uint64_t blocks, std::uint64_t seed);

}  // namespace vouch::bench
