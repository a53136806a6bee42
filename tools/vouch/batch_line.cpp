// SPDX-License-Identifier: Apache-2.0
#include "batch_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "commands.hpp"
#include "misspelling.hpp"
#include "program.hpp"
#include "shell_words.hpp"

namespace vouch::cli {
namespace {

[[noreturn]] void refuse(const Location& where, std::string what, std::string remedy = {}) {
  throw Error(ExitCode::usage, {Problem{Severity::error, where, std::move(what), {}, std::move(remedy)}});
}

bool has_option(const std::string& command, const std::string& name) {
  Request request;
  const auto program = make_app(request);
  return program->get_subcommand(command)->get_option_no_throw(name) != nullptr;
}

/// Options of `run` that a line does not take are those that say how a run is watched, not what it is.
void refuse_option_of_whole(const CLI::App& app, const Location& where) {
  for (const std::string& word : app.remaining(true)) {
    const std::string name = word.substr(0, word.find('='));
    if (!name.starts_with("-") || !has_option("run", name)) continue;
    refuse(where, fmt::format("'{}' has no place in a list", name),
           has_option("batch", name) ? fmt::format("give it to 'vouch batch', as in: vouch batch {} {}",
                                                   std::filesystem::path(where.file).filename().string(), name)
                                     : "leave it out");
  }
}

void parse_words(std::vector<std::string> words, const Location& where, RunOptions& options) {
  CLI::App app("", "vouch");
  app.set_help_flag();
  CLI::App& command = *app.add_subcommand("run");
  add_run_options(command, options);
  words.insert(words.begin(), "run");
  std::reverse(words.begin(), words.end());  // as CLI11 wants them
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    refuse_option_of_whole(app, where);
    refuse(where, explain_parse_error(app, error));
  }
}

std::optional<BatchLine> parse(const std::string& line, const Location& where) {
  if (line.find('\0') != std::string::npos)
    refuse(where, "a NUL byte", "give a text file with a scenario on each line");
  const auto words = split_shell_words(line.substr(0, line.find_last_not_of('\r') + 1));
  if (!words) refuse(where, "a quote is not closed, or nothing follows a backslash", "quote as for a shell");
  if (words->empty()) return std::nullopt;
  BatchLine parsed{where, {}, {}};
  parse_words(*words, where, parsed.options);
  if (parsed.options.shard)
    refuse(where, "'--shard' has no place in a list", "leave it out, or give each machine a command of its own");
  std::string& scenario = parsed.options.scenario.path;
  scenario = (std::filesystem::path(where.file).parent_path() / scenario).lexically_normal().string();
  return parsed;
}

}  // namespace

std::optional<BatchLine> parse_batch_line(const std::string& line, const Location& where) {
  try {
    return parse(line, where);
  } catch (const Error& error) {
    return BatchLine{where, {}, error.problems()};
  }
}

}  // namespace vouch::cli
