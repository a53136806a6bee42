// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace vouch::cli {

struct Request;

/// The whole command line, defined once: parsing, help, completion and man page are made from it.
std::unique_ptr<CLI::App> make_app(Request& request);

/// Parses and runs; tells every failure on the error stream. Returns the exit code.
int run_program(const std::vector<std::string>& words);

}  // namespace vouch::cli
