// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace vouch::cli {

/// What is wrong with the command line and what to do: the nearest command or option for one that is unknown.
std::string explain_parse_error(const CLI::App& app, const CLI::ParseError& error);

}  // namespace vouch::cli
