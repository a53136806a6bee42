// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenario/node.hpp"

namespace vouch::scenario {

/// The TOML text as a tree; nothing, and a problem at its place, if it is no TOML or larger than limits.hpp allows.
std::optional<Node> parse_toml(std::string_view text, const std::string& file, Problems& problems);

/// One TOML value, such as a default or an override's; nothing if it is none. Places are left unknown.
std::optional<Node> parse_toml_value(std::string_view text);

}  // namespace vouch::scenario
