// SPDX-License-Identifier: Apache-2.0
// How large a scenario may be, in one table. A scenario may come from anywhere: within these limits it can neither eat
// the memory nor keep the program busy for long before it runs. Each is far above what people write.
#pragma once

#include <cstddef>
#include <string>

#include "model/model.hpp"
#include "model/touch.hpp"
#include "scenario/node.hpp"

namespace vouch::scenario::limits {

// Of the text.
inline constexpr std::size_t file_bytes = std::size_t{1} << 20;
inline constexpr std::size_t total_bytes = std::size_t{16} << 20;  ///< of a file and all that it extends
inline constexpr int files = 64;  ///< the same; one that is extended twice counts twice
inline constexpr int key_dots = 16;
inline constexpr int nesting = 32;                    ///< brackets and braces in one another
inline constexpr std::size_t values = 100'000;        ///< of a file, tables and lists included
inline constexpr std::size_t total_values = 200'000;  ///< when all has been extended and inherited
inline constexpr std::size_t table_keys = 2'000;
inline constexpr std::size_t list_items = 10'000;
inline constexpr std::size_t key_bytes = 512;
inline constexpr std::size_t text_bytes = std::size_t{16} << 10;

// Of what it describes. Programs, moments and categories have their limits in engine/model.
inline constexpr int segments = model::max_segments;  ///< with the populations
inline constexpr int stocks = model::max_stocks;
inline constexpr int strategies = 256;
inline constexpr int published = 1'000;
inline constexpr std::size_t swept_keys = 64;
inline constexpr int sweep_points = 10'000;
inline constexpr double swept_values = 2e7;  ///< points x values of the scenario at each
inline constexpr int bins = 50'000;          ///< of time series

// Of what is told.
inline constexpr int problems = 200;  ///< errors; then checking stops. The same number of warnings.

}  // namespace vouch::scenario::limits

namespace vouch::scenario {

/// Problems of a tree that holds more segments, stocks, strategies or published figures than a scenario may.
void check_sizes(const Node& root, Problems& problems);

/// The table above, for the reference.
std::string format_limits();

/// How many values a tree holds, itself included.
std::size_t count_values(const Node& node) noexcept;

}  // namespace vouch::scenario
