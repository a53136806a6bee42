// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace vouch::scenario {

/// Reads at most `most` bytes of a regular file. Returns why it cannot be read, empty if it can. Anything else, such as
/// a pipe or device, might never end and is not even waited for.
std::string read_regular_file(const std::string& path, std::size_t most, std::string& text);

}  // namespace vouch::scenario
