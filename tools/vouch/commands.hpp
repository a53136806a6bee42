// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace CLI {
class App;
}

namespace vouch::cli {

struct RunOptions;

/// What the command line asks for; set while it is parsed, run afterwards.
struct Request {
  std::function<ExitCode()> action;
  std::vector<std::string> words;  ///< the command line as it was given
};

// Each adds one subcommand, which puts its work into `request`. Both arguments must outlive the parsing.
void add_run(CLI::App& app, Request& request);
void add_resume(CLI::App& app, Request& request);
void add_batch(CLI::App& app, Request& request);
void add_merge(CLI::App& app, Request& request);
void add_compare(CLI::App& app, Request& request);
void add_report(CLI::App& app, Request& request);
void add_plot(CLI::App& app, Request& request);
void add_check(CLI::App& app, Request& request);
void add_show(CLI::App& app, Request& request);
void add_keys(CLI::App& app, Request& request);
void add_inspect(CLI::App& app, Request& request);
void add_completion(CLI::App& app, Request& request);
void add_man(CLI::App& app, Request& request);

/// The options of `run` that say what is run, which a line of a batch's list takes, too.
void add_run_options(CLI::App& command, RunOptions& options);

}  // namespace vouch::cli
