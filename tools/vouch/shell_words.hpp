// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace vouch::cli {

/// The words of a line as a shell has them, with quotes and backslashes, but nothing is expanded; what follows a "#" at
/// the beginning of a word is a comment. None for an empty line; nothing if a quote is not closed.
std::optional<std::vector<std::string>> split_shell_words(const std::string& line);

}  // namespace vouch::cli
