// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "report/colours.hpp"

namespace vouch::report {

inline constexpr std::size_t num_strategy_colours = 12;

/// A sentinel's value under a theme; other paints as they are.
std::string replace_sentinel(std::string_view paint, Theme theme);

/// "var(--s0)" for a sentinel; other paints as they are.
std::string replace_sentinel_by_variable(std::string_view paint);

}  // namespace vouch::report
