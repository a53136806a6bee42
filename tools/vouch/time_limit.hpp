// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace vouch::cli {

/// Reads "90", "90s", "10m", "1h30m", "2d": whole numbers, the greater unit first. Throws Error (usage), also for none.
std::chrono::seconds parse_time_limit(const std::string& text);

/// "1 hour 30 minutes".
std::string format_time_limit(std::chrono::seconds limit);

}  // namespace vouch::cli
