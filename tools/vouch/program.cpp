// SPDX-License-Identifier: Apache-2.0
#include "program.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <new>

#include "commands.hpp"
#include "misspelling.hpp"
#include "out_of_memory.hpp"
#include "results/provenance.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

constexpr const char* description =
    "Simulates referral selling and tells which way of asking wins, by how much, and how sure that is.";
constexpr const char* footer = R"(Examples:
  vouch run scenarios/when-to-ask.toml
  vouch compare outputs/when-to-ask.h5 --metric win_rate_referral
  vouch report outputs/when-to-ask.h5
  vouch check my-scenario.toml

'vouch COMMAND --help' tells more about a command. Results go to the standard output, all else to the
standard error. Exit codes:
  0         success
  4         reading or writing failed
  5         stopped by --time-limit
  130, 143  stopped by SIGINT (Ctrl-C) or SIGTERM
  1         a defect of vouch
  2         command line or scenario
  3         data that is damaged, foreign or of another version
  6         too little memory or threads, or a world too large
After 4, when its reason is put right, and after 5, 130 and 143 give the same command again: it goes on
where it was, and nothing that was finished is lost. After 1, 2, 3 and 6 the same command fails again
until something is changed.)";

/// "help run" as users of other programs type it.
std::vector<std::string> translate_help(std::vector<std::string> words) {
  if (words.size() >= 2 && words[1] == "help") {
    words.erase(words.begin() + 1);
    words.emplace_back("--help");
  }
  return words;
}

/// Parses; what a flag such as --help has answered already leaves no action.
void parse(CLI::App& app, Request& request) {
  const std::vector<std::string> words = translate_help(request.words);
  std::vector<std::string> reversed(words.rbegin(), words.rend() - (words.empty() ? 0 : 1));  // as CLI11 wants them
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    print(app.help());
    request.action = [] { return ExitCode::success; };
  } catch (const CLI::CallForVersion&) {
    print(fmt::format("vouch {} ({})\n", results::version(), results::git_commit()));
    request.action = [] { return ExitCode::success; };
  } catch (const CLI::ParseError& error) {
    throw Error(ExitCode::usage, explain_parse_error(app, error));
  }
}

ExitCode run_request(const std::vector<std::string>& words) {
  Request request{{}, words};
  const auto app = make_app(request);
  parse(*app, request);
  if (!request.action) {
    tell(app->help());
    return ExitCode::usage;
  }
  const ExitCode code = request.action();
  flush_output();
  return code;
}

}  // namespace

std::unique_ptr<CLI::App> make_app(Request& request) {
  auto app = std::make_unique<CLI::App>(description, "vouch");
  app->get_formatter()->column_width(34);
  app->set_help_flag("-h,--help", "Print this help");
  app->set_version_flag("--version", std::string(), "Print the version and the commit it was built from");
  app->footer(footer);
  add_run(*app, request);
  add_resume(*app, request);
  add_batch(*app, request);
  add_merge(*app, request);
  add_compare(*app, request);
  add_report(*app, request);
  add_plot(*app, request);
  add_check(*app, request);
  add_show(*app, request);
  add_keys(*app, request);
  add_inspect(*app, request);
  add_completion(*app, request);
  add_man(*app, request);
  return app;
}

int run_program(const std::vector<std::string>& words) {
  try {
    return static_cast<int>(run_request(words));
  } catch (const Error& error) {
    tell_error(error);
    return static_cast<int>(error.code());
  } catch (const std::bad_alloc&) {
    end_without_memory(out_of_memory);
  } catch (const std::exception& error) {
    tell_problem(fmt::format("error: {}{}", defect, error.what()));
    return static_cast<int>(ExitCode::internal);
  }
}

}  // namespace vouch::cli
