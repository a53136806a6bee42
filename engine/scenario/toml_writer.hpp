// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "scenario/node.hpp"

namespace vouch::scenario {

/// The value as TOML on one line; reading it back gives the same value, numbers to the bit.
std::string format_value(const Node& node);
std::string format_key(const std::string& key);
/// The value, cut short, for messages.
std::string format_excerpt(const Node& node);

}  // namespace vouch::scenario
