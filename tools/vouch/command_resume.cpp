// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>

#include "append.hpp"
#include "commands.hpp"
#include "output_path.hpp"
#include "report/text.hpp"
#include "results/journal.hpp"
#include "results/sealed_file.hpp"
#include "run_answer.hpp"
#include "run_job.hpp"
#include "run_plan.hpp"
#include "signals.hpp"
#include "terminal.hpp"
#include "time_limit.hpp"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* journal_ending = ".journal";

constexpr const char* footer = R"(Examples:
  vouch resume outputs/when-to-ask.h5
  vouch resume outputs/when-to-ask.h5.journal --threads 8 --time-limit 1h30m

Goes on with a run that was stopped: by Ctrl-C, a time limit, a full disk, a power cut. Needs only what the
run has left beside its results (FILE.journal), not the scenario, and gives the same results, byte for
byte, as the run would have given without a stop. Of a run that is over its results are told once more.)";

bool ends_as_journal(const std::string& path) { return path.ends_with(journal_ending); }

/// "a.h5" of "a.h5" and "a.h5.journal".
std::string find_output(const std::string& path) {
  if (ends_as_journal(path)) return path.substr(0, path.size() - std::string(journal_ending).size());
  if (results::is_journal(path))
    throw Error(ExitCode::usage, fmt::format("'{}' is a journal under another name; name it as its results file with "
                                             ".journal at the end, as in results.h5.journal",
                                             path));
  return path;
}

/// Nothing if there is no journal.
std::optional<results::RunIdentity> read_identity(const std::string& journal) {
  std::error_code failure;
  if (!fs::exists(journal, failure)) return std::nullopt;
  results::RunIdentity identity = results::read_journal_identity(journal);
  const auto refuse = [&](const char* what, const std::string& theirs, const std::string& own) {
    throw Error(ExitCode::data,
                fmt::format("'{}' holds worlds of another vouch: its {} is '{}', this one's '{}'; resume it with that "
                            "vouch, or start anew with its command and --force (vouch inspect {} tells it)",
                            journal, what, theirs, own, report::quote_for_shell(journal)));
  };
  if (identity.version != results::version()) refuse("version", identity.version, results::version());
  if (identity.git_sha1 != results::git_commit()) refuse("commit", identity.git_sha1, results::git_commit());
  return identity;
}

/// Without a journal: a run that is over, or none.
ExitCode tell_finished(const std::string& output, const RunOptions& options) {
  std::error_code failure;
  if (!fs::exists(output, failure))
    throw Error(ExitCode::io, fmt::format("nothing to resume: there is neither '{}' nor '{}{}'; give the path of a "
                                          "run's results, or start one with vouch run SCENARIO -o {}",
                                          output, output, journal_ending, report::quote_for_shell(output)));
  static_cast<void>(results::open_results(output));
  if (!options.quiet) tell(fmt::format("nothing to resume: {} is finished\n", output));
  return give_answer(output, options);
}

/// What stands in the results' place is replaced as by vouch run, which has --force.
void check_place(const std::string& output) {
  std::error_code failure;
  if (!fs::is_regular_file(output, failure) || results::is_empty_or_sealed(output)) return;
  throw Error(ExitCode::usage, fmt::format("'{}' exists and is no whole results file of vouch, so it is not replaced; "
                                           "move it away and give the same command again",
                                           output));
}

ExitCode resume(const std::string& path, RunOptions options, const std::vector<std::string>& words) {
  if (options.time_limit) set_time_limit(parse_time_limit(*options.time_limit));
  std::optional<LastWords> last_words(std::in_place, LastWords::When::at_once,
                                      [] { return "nothing is changed; give the same command again"; });
  const std::string output = find_output(path);
  const auto identity = read_identity(output + journal_ending);
  if (!identity) return tell_finished(output, options);
  const RunPlan plan = plan_resume(*identity, output);
  if (results::find_completed(output, plan.identity, plan.layout)) {
    results::remove_spent_journal(output, plan.identity);
    return tell_finished(output, options);
  }
  options.output = output;
  check_answer(plan, options);
  check_place(output);
  prepare_output(output, options);
  // Whether the run was to add to these worlds or not: they are not lost, nor simulated again.
  options.append = find_same_worlds(plan).has_value();
  {
    const StopGuard stop;
    last_words.reset();
    const ExitCode code = run_job(plan, options, words, stop);
    if (code != ExitCode::success) return code;
  }
  return give_answer(output, options);
}

}  // namespace

void add_resume(CLI::App& app, Request& request) {
  struct Options {
    std::string path;
    RunOptions run;
  };
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand("resume", "Go on with a run that was stopped, without its scenario file");
  command.add_option("RESULTS", options->path, "The results file that the run was to make, or its journal")
      ->required()
      ->option_text(" ");
  add_report_option(command, options->run);
  add_running_options(command, options->run);
  command.footer(footer);
  command.callback([options, &request] {
    request.action = [options, &request] { return resume(options->path, options->run, request.words); };
  });
}

}  // namespace vouch::cli
