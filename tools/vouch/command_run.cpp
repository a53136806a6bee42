// SPDX-License-Identifier: Apache-2.0
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <ctime>

#include "commands.hpp"
#include "experiment/run_experiment.hpp"
#include "experiment/usable_cpus.hpp"
#include "number.hpp"
#include "output_path.hpp"
#include "progress.hpp"
#include "results/run_log.hpp"
#include "results_comparison.hpp"
#include "run_plan.hpp"
#include "signals.hpp"
#include "standing.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

constexpr const char* footer = R"(Examples:
  vouch run scenarios/when-to-ask.toml
  vouch run scenarios/when-to-ask.toml -o outputs/small.h5 --replications 20 --seed 2
  vouch run scenarios/when-to-ask.toml --set segments.smb.accounts=500 --set experiment.metric=yes_rate
  vouch run scenarios/when-to-ask.toml --strategies at-signing,never-ask --json

Finished worlds are kept beside the results file (FILE.journal) until that is whole. A run that was
stopped goes on where it was when the same command is given again; one that is finished already is
not run again. FILE.log.jsonl tells of every run: command line, time and threads.

The scenarios in scenarios/published print published figures beside the simulated ones.)";

/// The record of this run in FILE.log.jsonl. That it cannot be written spoils no results.
class RunLog {
 public:
  RunLog(std::string path, std::vector<std::string> words, int num_threads) : path_(std::move(path)) {
    record_.command_line = std::move(words);
    record_.num_threads = num_threads;
    record_.started = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  }

  void write(const std::string& ending, const results::Journal& journal) {
    record_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    record_.num_resumed = journal.num_resumed();
    record_.num_simulated = journal.num_done() - journal.num_resumed();
    record_.ending = ending;
    try {
      results::append_run_log(path_, record_);
    } catch (const Error& error) {
      tell_problem(std::string("warning: ") + error.what());
    }
  }

 private:
  std::string path_;
  results::RunRecord record_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

std::string format_count(std::uint64_t number) { return format_number(static_cast<double>(number), 0); }

std::string describe_kept(const results::Journal& journal) {
  return fmt::format("{} of {} worlds are kept in {}", format_count(journal.num_done()),
                     format_count(journal.num_planned()), journal.path());
}

ProgressReporter::Mode choose_mode(const RunOptions& options) {
  if (options.quiet) return ProgressReporter::Mode::silent;
  return is_terminal(Stream::error) ? ProgressReporter::Mode::terminal : ProgressReporter::Mode::lines;
}

experiment::Plan make_experiment(const RunPlan& plan, int num_threads) {
  experiment::Plan experiment;
  experiment.model = &plan.model;
  experiment.strategies = plan.strategies;
  experiment.layout = &plan.layout;
  experiment.seed = plan.identity.seed;
  experiment.replications = plan.identity.replications;
  experiment.antithetic = plan.identity.antithetic;
  experiment.num_threads = num_threads;
  return experiment;
}

/// Simulates what the journal lacks. Returns 0, or the signal that asked for a stop.
int simulate(const RunPlan& plan, const RunOptions& options, int num_threads, results::Journal& journal) {
  const StopGuard stop;
  Standing standing(journal, plan.layout, plan.metric, plan.strategies.size());
  ProgressReporter reporter(choose_mode(options));
  const auto report = [&](const experiment::Progress& progress) {
    const auto leader = standing.find_leader();
    reporter.update(progress, leader ? plan.identity.strategy_names[*leader] : "");
  };
  const auto ending = experiment::run_experiment(make_experiment(plan, num_threads), standing, report, &stop.flag());
  reporter.clear();
  if (ending == experiment::Ending::finished) return 0;
  return stop.signal();
}

/// Runs and publishes. Returns success, or the exit code of the signal that stopped it.
ExitCode run_and_publish(const RunPlan& plan, const RunOptions& options, const std::vector<std::string>& words) {
  const int num_threads = options.threads.value_or(experiment::count_usable_cpus());
  using Start = results::Journal::Start;
  results::Journal journal(plan.output, plan.identity, plan.layout, options.force ? Start::afresh : Start::resume);
  if (journal.num_bytes_cut() > 0 && !options.quiet)
    tell_problem(fmt::format("warning: {} bytes at the end of {} were damaged; their worlds run again",
                             format_count(journal.num_bytes_cut()), journal.path()));
  if (journal.num_resumed() > 0 && !options.quiet)
    tell("going on where a run was stopped: " + describe_kept(journal) + "\n");
  RunLog log(plan.output, words, num_threads);
  try {
    if (const int signal = simulate(plan, options, num_threads, journal); signal != 0) {
      journal.sync();
      log.write("stopped", journal);
      tell(fmt::format("stopped by {}: {}; give the same command again to go on\n",
                       signal == SIGINT ? "SIGINT" : "SIGTERM", describe_kept(journal)));
      return signal == SIGINT ? ExitCode::interrupted : ExitCode::terminated;
    }
    journal.sync();
    results::publish_results(plan.output, plan.identity, plan.model, plan.layout, journal, plan.detail);
  } catch (const Error& error) {
    log.write(error.what(), journal);
    throw;
  }
  log.write("published", journal);
  return ExitCode::success;
}

ExitCode run(const RunOptions& options, const std::vector<std::string>& words) {
  const RunPlan plan = plan_run(options);
  const bool is_finished = !options.force && results::find_completed(plan.output, plan.identity, plan.layout);
  if (!is_finished) prepare_output(plan.output, options);
  if (!options.quiet)
    for (const Problem& warning : plan.warnings) tell_problem(format_problem(warning));
  if (is_finished) {
    if (!options.quiet) tell("nothing to simulate: these worlds are finished (--force runs them again)\n");
  } else {
    const ExitCode code = run_and_publish(plan, options, words);
    if (code != ExitCode::success) return code;
  }
  const results::ResultsFile file = results::open_results(plan.output);
  const ComparisonView view =
      compare_results(file, {plan.identity.metric, plan.identity.baseline, plan.identity.confidence});
  print(options.json ? make_results_json(file, {view}).dump(2) + '\n' : format_results(file, {view}));
  flush_output();
  if (!options.quiet) tell(fmt::format("results: {}\n", plan.output));
  return ExitCode::success;
}

}  // namespace

void add_run(CLI::App& app, Request& request) {
  auto options = std::make_shared<RunOptions>();
  CLI::App& command = *app.add_subcommand("run", "Run every strategy for every replication, and compare them");
  add_scenario_options(command, options->scenario);
  command.add_option("-o,--output", options->output, "The results file; default: outputs/SCENARIO.h5")
      ->option_text("FILE");
  command.add_option("--replications", options->replications, "Worlds for each strategy; default: the scenario's")
      ->check(CLI::Range(1, 1'000'000'000))
      ->option_text("N");
  command.add_option("--seed", options->seed, "The master seed, below 2^53; default: the scenario's")
      ->check(CLI::Range(0LL, (1LL << 53) - 1))
      ->option_text("N");
  command.add_option("--threads", options->threads, "Default: the processors that this process may use")
      ->check(CLI::Range(1, 1024))
      ->option_text("N");
  command.add_option("--strategies", options->strategies, "Only these; without the baseline the first becomes it")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->option_text("A,B");
  command.add_flag("--force", options->force, "Run again what is finished, and drop what a stopped run has kept");
  command.add_flag("--json", options->json, "Print the comparison for programs");
  command.add_flag("-q,--quiet", options->quiet, "No progress and no notes");
  command.footer(footer);
  command.callback(
      [options, &request] { request.action = [options, &request] { return run(*options, request.words); }; });
}

}  // namespace vouch::cli
