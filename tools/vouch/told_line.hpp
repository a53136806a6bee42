// SPDX-License-Identifier: Apache-2.0
// What is told on the error stream, as lines of JSON for programs that collect logs.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace vouch::cli {

enum class Level { info, warning, error, progress };

/// How far a run is.
struct Amount {
  std::uint64_t num_done = 0;
  std::uint64_t num_worlds = 0;  ///< at most, where a run may end earlier
};

struct Told {
  Level level = Level::info;
  std::string message;  ///< without its level and place
  Location where = {};  ///< of a problem that has one
  std::optional<Amount> amount = {};
};

/// {"time":"2026-01-31T12:00:00.000Z","level":"error","message":...,"file":...,"line":...,"column":...,"done":...,
/// "worlds":...} and a line break; what is unknown is left out. Pure, for tests.
std::string format_told(const Told& told, std::chrono::system_clock::time_point time);

/// From a line as people read it: "error: ..." and "warning: ..." have their level, all else is info. Pure, for tests.
Told read_told(std::string_view line);

/// Pure, for tests.
Told make_told(const Problem& problem);

}  // namespace vouch::cli
