// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "commands.hpp"
#include "scenario/scenario.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

struct Options {
  std::string pattern;
  bool markdown = false;
  bool schema = false;
};

constexpr const char* footer = R"(Examples:
  vouch keys
  vouch keys fatigue
  vouch keys strategies.
  vouch keys --schema > vouch.schema.json

The reference is made from the table that validates scenarios.)";

ExitCode keys(const Options& options) {
  const std::string text = options.schema     ? scenario::generate_schema_json()
                           : options.markdown ? scenario::generate_keys_markdown()
                                              : scenario::format_keys(options.pattern);
  if (text.empty())
    throw Error(ExitCode::usage, fmt::format("no key has '{}' in its name or description; 'vouch keys' prints them all",
                                             options.pattern));
  print(text);
  return ExitCode::success;
}

}  // namespace

void add_keys(CLI::App& app, Request& request) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand("keys", "Print the reference of every scenario key");
  command.add_option("PATTERN", options->pattern, "Only keys with this in their name or description")->option_text(" ");
  command.add_flag("--markdown", options->markdown, "The whole reference as Markdown");
  command.add_flag("--schema", options->schema, "The JSON schema for editors");
  command.footer(footer);
  command.callback([options, &request] { request.action = [options] { return keys(*options); }; });
}

}  // namespace vouch::cli
