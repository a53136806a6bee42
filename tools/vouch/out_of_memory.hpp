// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace vouch::cli {

/// Tells "error: WORDS" and ends the program at once, exit code resources. Allocates nothing, and cleans nothing up:
/// that would need memory, too.
[[noreturn]] void end_without_memory(std::string_view words) noexcept;

inline constexpr std::string_view out_of_memory = "out of memory; use fewer accounts, strategies or threads";
/// Before what an exception says that nobody expected.
inline constexpr std::string_view defect = "a defect of vouch, please report it with the command you gave: ";

/// From now on what ends the program for want of memory where no exception can pass (in destructors, in TBB) says so.
void explain_endings() noexcept;

}  // namespace vouch::cli
