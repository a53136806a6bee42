// SPDX-License-Identifier: Apache-2.0
// `vouch completion` and `vouch man`: texts made from the command line's own definitions.
#include <CLI/CLI.hpp>

#include "commands.hpp"
#include "generated.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

constexpr const char* completion_footer = R"(Examples:
  source <(vouch completion bash)
  vouch completion zsh > ~/.zfunc/_vouch
  vouch completion fish > ~/.config/fish/completions/vouch.fish)";

constexpr const char* man_footer = R"(Examples:
  vouch man > vouch.1 && man ./vouch.1)";

std::string generate_completion(const std::string& shell, const CLI::App& app) {
  const auto commands = describe_commands(app);
  if (shell == "bash") return generate_bash_completion(commands);
  if (shell == "zsh") return generate_zsh_completion(commands);
  return generate_fish_completion(commands);
}

}  // namespace

void add_completion(CLI::App& app, Request& request) {
  auto shell = std::make_shared<std::string>();
  CLI::App& command = *app.add_subcommand("completion", "Print a completion script for a shell");
  command.add_option("bash|zsh|fish", *shell, "The shell")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}))
      ->option_text(" ");
  command.footer(completion_footer);
  command.callback([shell, &app, &request] {
    request.action = [shell, &app] {
      print(generate_completion(*shell, app));
      return ExitCode::success;
    };
  });
}

void add_man(CLI::App& app, Request& request) {
  CLI::App& command = *app.add_subcommand("man", "Print the manual page");
  command.footer(man_footer);
  command.callback([&app, &request] {
    request.action = [&app] {
      print(generate_man_page(describe_commands(app)));
      return ExitCode::success;
    };
  });
}

}  // namespace vouch::cli
