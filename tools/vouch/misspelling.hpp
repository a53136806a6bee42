// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace vouch::cli {

/// What is wrong with the command line and what to do: the nearest command or option for one that is unknown.
std::string explain_parse_error(const CLI::App& app, const CLI::ParseError& error);

/// The index of `name` among `names`. Otherwise throws Error (usage): "unknown KIND 'NAME'; did you mean ...?", or
/// lists them all.
std::size_t find_name(const std::string& kind, const std::string& name, const std::vector<std::string>& names);

}  // namespace vouch::cli
