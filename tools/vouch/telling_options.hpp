// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace vouch::cli {

/// --quiet, and --log-format, which holds from where it is read on the command line.
void add_telling_options(CLI::App& command, bool& quiet);

}  // namespace vouch::cli
