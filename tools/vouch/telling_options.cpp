// SPDX-License-Identifier: Apache-2.0
#include "telling_options.hpp"

#include <CLI/CLI.hpp>
#include <string>

#include "terminal.hpp"

namespace vouch::cli {

void add_telling_options(CLI::App& command, bool& quiet) {
  command.add_flag("-q,--quiet", quiet, "No progress and no notes");
  command
      .add_option_function<std::string>(
          "--log-format",
          [](const std::string& name) { set_log_format(name == "json" ? LogFormat::json : LogFormat::text); },
          "What is told on the standard error: text, or one JSON object a line for log collectors")
      ->check(CLI::IsMember({"text", "json"}))
      ->trigger_on_parse()
      ->option_text("text|json");
}

}  // namespace vouch::cli
