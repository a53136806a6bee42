// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace vouch::report {

/// The index of `name` among `names`. Otherwise throws Error (usage): "unknown KIND 'NAME'; did you mean ...?", or
/// lists them all.
std::size_t find_name(const std::string& kind, const std::string& name, const std::vector<std::string>& names);

}  // namespace vouch::report
