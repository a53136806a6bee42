// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include <utility>

#include "generated.hpp"

namespace vouch::cli {
namespace {

bool takes_file(const OptionDescription& option) {
  constexpr std::array placeholders = {"FILE", "SCENARIO", "SCENARIOS", "RESULTS", "SHARDS", "[FILE]", "DIR"};
  return std::find(placeholders.begin(), placeholders.end(), option.placeholder) != placeholders.end();
}

/// The words that a placeholder such as "bash|zsh|fish" allows.
std::vector<std::string> list_choices(const OptionDescription& option) {
  std::vector<std::string> choices;
  if (option.placeholder.find('|') == std::string::npos) return choices;
  std::string word;
  for (const char c : option.placeholder + "|") {
    if (c != '|')
      word += c;
    else
      choices.push_back(std::exchange(word, {}));
  }
  return choices;
}

std::string join(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::vector<std::string> list_words(const CommandDescription& command) {
  std::vector<std::string> words;
  for (const OptionDescription& option : command.options) {
    words.insert(words.end(), option.names.begin(), option.names.end());
    if (option.names.empty())
      for (const std::string& choice : list_choices(option)) words.push_back(choice);
  }
  return words;
}

/// Inside single quotes of a shell.
std::string escape_quotes(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return escaped;
}

/// Also the characters that _arguments reads itself.
std::string escape_zsh(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':') escaped += '\\';
    escaped += c;
  }
  return escape_quotes(escaped);
}

std::string make_zsh_action(const OptionDescription& option) {
  const auto choices = list_choices(option);
  if (!choices.empty()) return fmt::format("({})", join(choices));
  return takes_file(option) ? "_files" : " ";
}

std::string make_zsh_argument(const OptionDescription& option) {
  if (option.names.empty())
    return fmt::format("'{}:{}:{}'",
                       option.is_list    ? "*"
                       : option.required ? ""
                                         : ":",
                       escape_zsh(option.placeholder), make_zsh_action(option));
  const bool repeats = option.names.back() == "--set";
  std::string names =
      option.names.size() == 1 ? option.names[0] : fmt::format("'{{{}}}'", fmt::join(option.names, ","));
  if (option.names.size() > 1) names = fmt::format("({})", join(option.names)) + names;
  const std::string value =
      option.placeholder.empty() ? "" : fmt::format(":{}:{}", escape_zsh(option.placeholder), make_zsh_action(option));
  return fmt::format("'{}{}[{}]{}'", repeats ? "*" : "", names, escape_zsh(option.description), value);
}

}  // namespace

std::string generate_bash_completion(const std::vector<CommandDescription>& commands) {
  std::vector<std::string> names;
  std::string cases;
  for (std::size_t i = 1; i < commands.size(); ++i) {
    names.push_back(commands[i].name);
    cases += fmt::format("    {}) words='{}' ;;\n", commands[i].name, join(list_words(commands[i])));
  }
  std::string values;
  for (const CommandDescription& command : commands) {
    for (const OptionDescription& option : command.options) {
      const auto choices = list_choices(option);
      if (option.names.empty() || choices.empty()) continue;
      values += fmt::format("    {}) COMPREPLY=($(compgen -W '{}' -- \"$current\")); return ;;\n",
                            fmt::join(option.names, "|"), join(choices));
    }
  }
  return fmt::format(R"(# bash completion of vouch; made by 'vouch completion bash'
_vouch() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} words
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '{} {}' -- "$current"))
    return
  fi
  case $previous in
{}    *) ;;
  esac
  case ${{COMP_WORDS[1]}} in
{}    *) return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _vouch vouch
)",
                     join(names), join(list_words(commands[0])), values, cases);
}

std::string generate_zsh_completion(const std::vector<CommandDescription>& commands) {
  std::string list;
  std::string cases;
  for (std::size_t i = 1; i < commands.size(); ++i) {
    list += fmt::format("    '{}:{}'\n", commands[i].name, escape_zsh(commands[i].description));
    std::string arguments;
    for (const OptionDescription& option : commands[i].options)
      arguments += " \\\n        " + make_zsh_argument(option);
    cases += fmt::format("    {})\n      _arguments{} ;;\n", commands[i].name, arguments);
  }
  std::string own;
  for (const OptionDescription& option : commands[0].options) own += " \\\n    " + make_zsh_argument(option);
  return fmt::format(R"(#compdef vouch
# zsh completion of vouch; made by 'vouch completion zsh'
_vouch() {{
  local line state
  local -a commands
  commands=(
{})
  _arguments -C{} \
    '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $line[1] in
{}      esac ;;
  esac
}}
if [[ $funcstack[1] == _vouch ]]; then _vouch "$@"; else compdef _vouch vouch; fi
)",
                     list, own, cases);
}

std::string generate_fish_completion(const std::vector<CommandDescription>& commands) {
  std::string text = "# fish completion of vouch; made by 'vouch completion fish'\ncomplete -c vouch -f\n";
  for (std::size_t i = 1; i < commands.size(); ++i)
    text += fmt::format("complete -c vouch -n __fish_use_subcommand -a {} -d '{}'\n", commands[i].name,
                        escape_quotes(commands[i].description));
  for (const CommandDescription& command : commands) {
    const std::string condition = &command == &commands[0]
                                      ? "__fish_use_subcommand"
                                      : fmt::format("'__fish_seen_subcommand_from {}'", command.name);
    for (const OptionDescription& option : command.options) {
      std::string names;
      for (const std::string& name : option.names)
        names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      const auto choices = list_choices(option);
      const std::string value = !choices.empty()     ? fmt::format(" -x -a '{}'", join(choices))
                                : takes_file(option) ? (option.names.empty() ? " -F" : " -r -F")
                                : option.placeholder.empty() || option.names.empty() ? ""
                                                                                     : " -x";
      if (names.empty() && value.empty()) continue;
      text += fmt::format("complete -c vouch -n {}{}{} -d '{}'\n", condition, names, value,
                          escape_quotes(option.description));
    }
  }
  return text;
}

}  // namespace vouch::cli
