// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "scenario/node.hpp"

namespace vouch::scenario {

/// A rule's default as a value that is marked as one.
Node make_default(std::string_view toml);
void mark_fallback(Node& node);

/// Gives every outcome a table, absent ones that of their plain default, and each table all its keys.
void complete_outcomes(Node& root, bool is_partial, Problems& problems);

}  // namespace vouch::scenario
