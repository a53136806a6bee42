// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "scenario/resolved.hpp"

namespace vouch::scenario {

/// What is known of a value: "source", "guess", "choice" or "default".
std::string status_of(const Rule& rule, const Node& node);
/// "file:line", "--set key=value" or "default".
std::string origin_of(const Node& node);
/// Whether a mergeable table is shown as a table of its own, its members each with their origin.
bool is_shown_as_table(const Rule& rule, const Node& node);

}  // namespace vouch::scenario
