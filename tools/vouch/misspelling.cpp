// SPDX-License-Identifier: Apache-2.0
#include "misspelling.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/error.hpp"

namespace vouch::cli {
namespace {

const CLI::App& find_parsed_command(const CLI::App& app) {
  const auto parsed = app.get_subcommands();
  return parsed.empty() ? app : *parsed.front();
}

std::vector<std::string> list_options(const CLI::App& command) {
  std::vector<std::string> options;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
  return options;
}

std::vector<std::string> list_commands(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return names;
}

std::string suggest(const std::string& word, const std::vector<std::string>& names, const std::string& help) {
  const std::string nearest = find_nearest(word, names);
  return nearest.empty() ? fmt::format("see '{} --help'", help) : fmt::format("did you mean '{}'?", nearest);
}

}  // namespace

std::string explain_parse_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = find_parsed_command(app);
  const std::string help = &command == &app ? "vouch" : "vouch " + command.get_name();
  const std::vector<std::string> unknown = app.remaining(true);
  const auto option =
      std::find_if(unknown.begin(), unknown.end(), [](const std::string& w) { return w.starts_with("-"); });
  if (option != unknown.end()) {
    const std::string name = option->substr(0, option->find('='));
    return fmt::format("unknown option '{}'; {}", name, suggest(name, list_options(command), help));
  }
  if (!unknown.empty() && &command == &app)
    return fmt::format("unknown command '{}'; {}", unknown[0], suggest(unknown[0], list_commands(app), help));
  if (!unknown.empty()) return fmt::format("one argument too many: '{}'; see '{} --help'", unknown[0], help);
  return fmt::format("{}; see '{} --help'", error.what(), help);
}

}  // namespace vouch::cli
