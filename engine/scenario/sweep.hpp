// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "scenario/resolved.hpp"

namespace vouch::scenario {

/// Puts swept keys that stand in tables within one another under their dotted names.
void flatten_swept(Node& keys, Problems& problems);

/// Reads the sweep of a scenario that is otherwise valid. Problems: keys that cannot be swept, values that make no
/// points, and `overrides` that the sweep would undo.
Sweep read_sweep(const Resolved& resolved, std::span<const Override> overrides, Problems& problems);

/// A swept key's values from `from` to `to`, which is greater; above 0 if logarithmic.
struct SweptRange {
  double from = 0.0;
  double to = 0.0;
  bool is_log = false;
  bool is_whole = false;
};

/// The value at a position in [0, 1): from .. to, or, of whole numbers, one of equally likely ones. As TOML, rounded
/// to six digits of what tells values apart: of the range, on a log scale of the value if that is smaller.
std::string format_value_at(const SweptRange& range, double position);

/// The ends, and evenly between them `steps` - 2 values; at least two steps.
std::vector<std::string> format_steps(const SweptRange& range, std::size_t steps);

}  // namespace vouch::scenario
