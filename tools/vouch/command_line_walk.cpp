// SPDX-License-Identifier: Apache-2.0
#include "command_line_walk.hpp"

#include <CLI/CLI.hpp>

namespace vouch::cli {
namespace {

CommandDescription describe(const CLI::App& app) {
  CommandDescription command{app.get_name(), app.get_description(), app.get_footer(), {}};
  for (const CLI::Option* option : app.get_options()) {
    OptionDescription described;
    for (const std::string& name : option->get_snames()) described.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) described.names.push_back("--" + name);
    const bool is_flag = option->get_items_expected_max() == 0;
    if (described.names.empty())
      described.placeholder = option->get_name(true);
    else if (!is_flag)
      described.placeholder = option->get_option_text();
    described.is_list = option->get_items_expected_max() > 1;
    described.description = option->get_description();
    described.required = option->get_required();
    command.options.push_back(std::move(described));
  }
  return command;
}

}  // namespace

std::vector<CommandDescription> describe_commands(const CLI::App& app) {
  std::vector<CommandDescription> commands{describe(app)};
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    commands.push_back(describe(*command));
  return commands;
}

}  // namespace vouch::cli
