// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <memory>

#include "batch.hpp"
#include "commands.hpp"
#include "output_path.hpp"
#include "stopped_work.hpp"
#include "telling_options.hpp"
#include "terminal.hpp"
#include "time_limit.hpp"

namespace vouch::cli {
namespace {

constexpr const char* footer = R"(Examples:
  vouch batch scenarios
  vouch batch scenarios -o outputs/nightly --report
  vouch batch nightly.txt --threads 8 --log nightly.jsonl
  vouch batch nightly.txt --json --log-format json

A folder's *.toml are run by name; hidden ones and subfolders are left out. A list is a text file with a run on each
line: SCENARIO, relative to the list's folder, and options as 'vouch run' takes them, quoted as for a shell;
-o and --report name files in the output folder. '#' begins a comment:
  when-to-ask.toml --replications 400
  when-to-ask.toml -o slow-to-forget.h5 --set 'title="Slow to forget"' --set stocks.awkwardness.half_life_days=60
Results that are up to date (the same scenario with all it extends, seed, worlds and vouch) are left as they are. A
run that fails, or a line that cannot be read so, keeps no other from running; only where memory runs out while results
are read or written, and where HDF5 crashes over a file, the batch ends, and the same command goes on. Lines that cannot
be read are told of first. The same command again goes on where it was stopped, and tries again what failed. While a
run leaves threads free, such as at its end, the next one simulates on them: so the times of runs overlap. A page for
each that is up to date is made only if there is none, or an older one.

Each run adds a line of JSON to the log as soon as it ends: when, what, how it ended and why, worlds, seed, answer.
The exit code is that of the gravest failure: 1, 3, 2 or 6, which stay until something is changed, before 4 or 5, which
may go away by themselves; 130 and 143 if a signal stopped the batch.)";

/// Whether a stop has kept a run from its end. One that came later has changed nothing.
bool is_cut(const std::vector<BatchOutcome>& outcomes) {
  return std::any_of(outcomes.begin(), outcomes.end(), [](const BatchOutcome& one) {
    return one.status == BatchStatus::stopped || one.status == BatchStatus::not_started;
  });
}

/// Nothing may have been under way when a stop came.
ExitCode find_code(const std::vector<BatchOutcome>& outcomes, StopCause cause) {
  const ExitCode code = find_batch_code(outcomes);
  const bool is_signal = cause == StopCause::interrupt || cause == StopCause::terminate;
  return is_cut(outcomes) && (is_signal || code == ExitCode::success) ? exit_code_of(cause) : code;
}

ExitCode run(const BatchOptions& options, const std::vector<std::string>& words) {
  if (options.time_limit) set_time_limit(parse_time_limit(*options.time_limit));
  const StopGuard stop;
  const LastWords last_words(LastWords::When::when_killed,
                             [] { return fmt::format("finished worlds are kept; {}", how_to_go_on); });
  const auto start = std::chrono::steady_clock::now();
  const std::vector<BatchJob> jobs = list_jobs(options);
  make_folder(options.output);
  Batch batch(options, jobs, words, stop);
  const std::vector<BatchOutcome> outcomes = batch.run();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  ExitCode code = find_code(outcomes, stop.cause());
  if (code == ExitCode::success && batch.is_log_lost()) code = ExitCode::io;
  using Handler = nlohmann::ordered_json::error_handler_t;
  print(options.json ? make_batch_json(outcomes, seconds, code).dump(2, ' ', false, Handler::replace) + '\n'
                     : format_batch(outcomes, seconds, options.output));
  flush_output();
  if (is_cut(outcomes)) tell_stop(stop.cause(), count_outcomes(outcomes) + "; finished worlds are kept");
  return code;
}

}  // namespace

void add_batch(CLI::App& app, Request& request) {
  auto options = std::make_shared<BatchOptions>();
  CLI::App& command = *app.add_subcommand("batch", "Run many scenarios, those of a folder or of a list");
  command.add_option("SCENARIOS", options->source, "A folder with scenarios, or a list: a text file with one a line")
      ->required()
      ->option_text(" ");
  command.add_option("-o,--output", options->output, "The folder for results, made if need be; default: outputs")
      ->option_text("DIR");
  command
      .add_option("--log", options->log, "Where a line is added for each run; default: batch.log.jsonl in that folder")
      ->option_text("FILE");
  command.add_option("--threads", options->threads, "For all runs; default: the processors that this process may use")
      ->check(CLI::Range(1, 1024))
      ->option_text("N");
  command
      .add_option("--time-limit", options->time_limit,
                  "Stop after TIME (90s, 10m, 1h30m) in good order, keeping all finished worlds")
      ->option_text("TIME");
  command.add_flag("--force", options->force, "Run again what is up to date, and drop what a stopped run has kept");
  command.add_flag("--report", options->report, "Make a page of each run's results, too, beside them");
  command.add_flag("--json", options->json, "Print the summary for programs");
  add_telling_options(command, options->quiet);
  command.footer(footer);
  command.callback(
      [options, &request] { request.action = [options, &request] { return run(*options, request.words); }; });
}

}  // namespace vouch::cli
