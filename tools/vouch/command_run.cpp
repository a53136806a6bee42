// SPDX-License-Identifier: Apache-2.0
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <ctime>
#include <memory>

#include "append.hpp"
#include "commands.hpp"
#include "experiment/run_experiment.hpp"
#include "experiment/usable_cpus.hpp"
#include "output_path.hpp"
#include "progress.hpp"
#include "report/number.hpp"
#include "report/text.hpp"
#include "report_files.hpp"
#include "results/run_log.hpp"
#include "results_comparison.hpp"
#include "run_direction.hpp"
#include "run_plan.hpp"
#include "signals.hpp"
#include "sweep_results.hpp"
#include "terminal.hpp"
#include "until_run.hpp"

namespace vouch::cli {
namespace {

constexpr const char* footer = R"(Examples:
  vouch run scenarios/when-to-ask.toml
  vouch run scenarios/when-to-ask.toml -o outputs/small.h5 --replications 20 --seed 2
  vouch run scenarios/when-to-ask.toml --set segments.smb.accounts=500 --set experiment.metric=yes_rate
  vouch run scenarios/when-to-ask.toml --strategies at-signing,never-ask --json
  vouch run scenarios/when-to-ask.toml --replications 40 --sweep stocks.awkwardness.half_life_days=7,21,60
  vouch run scenarios/when-to-ask.toml --replications 400 --append
  vouch run scenarios/when-to-ask.toml --report
  vouch run scenarios/when-to-ask.toml --replications 20000 --until best
  vouch run scenarios/when-to-ask.toml --replications 20000 --until 'net_value +- 1%'

--until AIM stops as soon as the aim is reached, at the latest after --replications worlds for each
strategy:
  [any] [difference] METRIC +- AMOUNT [of A,B]   every (or any) strategy's METRIC is known so well, or
                                                 its difference from the baseline
  best [by METRIC] [within AMOUNT]               one strategy is left that is the best or within AMOUNT of
                                                 it (default: 1%); what falls behind gets no more worlds
  budget [by METRIC]                             --replications x strategies worlds in all, shared out so
                                                 that the best is found as surely as that number allows
AMOUNT is in the metric's unit (of a share, 0.01 is one percentage point), or a percentage: of the value
itself, for differences and the best of the baseline's. The confidence is the scenario's.

Finished worlds are kept beside the results file (FILE.journal) until that is whole. A run that was
stopped goes on where it was when the same command is given again; one that is finished already is
not run again. With --append the worlds of a finished file are kept and only further ones run; a file that has
more worlds than an aim asks for is not added to, and stays as it is. While a run lasts, or after it was
stopped, vouch compare FILE.journal shows what it has so far. FILE.log.jsonl tells of every run: command
line, time and threads.

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
    record_.num_simulated = journal.num_simulated();
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

/// How many worlds an aim takes is not known before.
std::string describe_kept(const RunPlan& plan, const results::Journal& journal) {
  if (plan.until)
    return fmt::format("{} worlds are kept in {}", report::format_count(journal.num_done()), journal.path());
  return fmt::format("{} of {} worlds are kept in {}", report::format_count(journal.num_done()),
                     report::format_count(journal.num_planned()), journal.path());
}

ProgressReporter::Mode choose_mode(const RunOptions& options) {
  if (options.quiet) return ProgressReporter::Mode::silent;
  return is_terminal(Stream::error) ? ProgressReporter::Mode::terminal : ProgressReporter::Mode::lines;
}

experiment::Plan make_experiment(const RunPlan& plan, const std::vector<experiment::Point>& points, int num_threads) {
  experiment::Plan experiment;
  experiment.points = points;
  experiment.layout = &plan.layout;
  experiment.seed = plan.identity.seed;
  experiment.replications = plan.identity.replications;
  experiment.antithetic = plan.identity.antithetic;
  experiment.num_threads = num_threads;
  if (plan.until) experiment.block = experiment::choose_directed_block(experiment);
  return experiment;
}

/// Simulates what the journal lacks. Returns 0, or the signal that asked for a stop.
int simulate(const RunPlan& plan, const experiment::Plan& experiment, RunDirection& direction,
             ProgressReporter::Mode mode, results::Journal& journal) {
  const StopGuard stop;
  ProgressReporter reporter(mode, plan.until ? std::uint64_t{plan.identity.replications} * experiment.num_lanes() : 0);
  const auto describe = [&] { return direction.describe_lead(); };
  const auto report = [&](const experiment::Progress& progress) { reporter.update(progress, describe); };
  const auto ending = experiment::run_experiment(experiment, journal, direction.director(), report, &stop.flag());
  reporter.clear();
  if (ending == experiment::Ending::finished) return 0;
  return stop.signal();
}

void import_earlier(const RunPlan& plan, const RunOptions& options, const results::ResultsFile& earlier,
                    results::Journal& journal) {
  results::import_worlds(earlier, plan.identity, plan.layout, journal);
  if (!options.quiet)
    tell(fmt::format("adding to {}: {} of {} worlds are there\n", plan.output, report::format_count(journal.num_done()),
                     report::format_count(journal.num_planned())));
}

/// What the aim asked for is all that the results will hold; but no published world is dropped for it. Then a journal
/// that was made for this run alone goes, too.
void apply_aim(const std::vector<std::uint32_t>& num_worlds, const std::optional<results::ResultsFile>& earlier,
               bool was_stopped_before, results::Journal& journal) {
  try {
    if (earlier)
      require_no_loss(*earlier, num_worlds,
                      was_stopped_before ? fmt::format("; {} keeps the worlds of a stopped run", journal.path()) : "");
  } catch (const Error&) {
    if (!was_stopped_before) journal.remove();
    throw;
  }
  journal.limit(num_worlds);
}

results::Journal open_journal(const RunPlan& plan, const RunOptions& options) {
  using Start = results::Journal::Start;
  return {plan.output, plan.identity, plan.layout, options.force ? Start::afresh : Start::resume};
}

ExitCode tell_stop(int signal, const std::vector<std::string>& lead, const RunPlan& plan,
                   const results::Journal& journal) {
  tell(fmt::format("stopped by {}: {}; give the same command again to go on\n", signal == SIGINT ? "SIGINT" : "SIGTERM",
                   describe_kept(plan, journal)));
  if (!lead.empty()) tell(lead.front() + "\n");
  tell(fmt::format("what they say: vouch compare {}\n", report::quote_for_shell(journal.path())));
  return signal == SIGINT ? ExitCode::interrupted : ExitCode::terminated;
}

/// Runs and publishes. Returns success, or the exit code of the signal that stopped it.
ExitCode run_and_publish(const RunPlan& plan, const RunOptions& options, const std::vector<std::string>& words) {
  const auto earlier = options.append ? open_to_append(plan) : std::nullopt;
  const int num_threads = options.threads.value_or(experiment::count_usable_cpus());
  results::Journal journal = open_journal(plan, options);
  if (journal.num_bytes_cut() > 0 && !options.quiet)
    tell_problem(fmt::format("warning: {} bytes at the end of {} were damaged; their worlds run again",
                             report::format_count(journal.num_bytes_cut()), journal.path()));
  const bool was_stopped_before = journal.num_resumed() > 0;
  if (was_stopped_before && !options.quiet)
    tell("going on where a run was stopped: " + describe_kept(plan, journal) + "\n");
  RunLog log(plan.output, words, num_threads);
  try {
    if (earlier) import_earlier(plan, options, *earlier, journal);
    std::vector<experiment::Point> points;
    for (const RunPoint& point : plan.points) points.push_back({&point.model, point.strategies});
    const experiment::Plan experiment = make_experiment(plan, points, num_threads);
    const ProgressReporter::Mode mode = choose_mode(options);
    using Watched = RunDirection::Watched;
    RunDirection direction(plan, experiment, mode == ProgressReporter::Mode::silent ? Watched::no : Watched::yes);
    const int signal = simulate(plan, experiment, direction, mode, journal);
    journal.sync();
    if (signal != 0) {
      log.write("stopped", journal);
      return tell_stop(signal, direction.describe_lead(), plan, journal);
    }
    const results::RunIdentity identity = direction.finish();
    if (plan.until) apply_aim(direction.count_worlds(), earlier, was_stopped_before, journal);
    results::publish_results(plan.output, identity, plan.points.front().model, plan.layout, plan.metric, journal,
                             plan.detail);
  } catch (const Error& error) {
    log.write(error.what(), journal);
    throw;
  }
  log.write("published", journal);
  return ExitCode::success;
}

/// The comparison of strategies, of a sweep at all points.
std::string format_answer(const results::ResultsFile& file, const RunOptions& options) {
  const results::RunIdentity& identity = file.identity();
  const report::ComparisonChoice choice{identity.metric, identity.baseline, identity.confidence};
  if (!identity.sweep.empty())
    return options.json ? make_sweep_results_json(file, {choice}).dump(2) + '\n'
                        : format_sweep_results(file, {choice}, report::PointRows::extract);
  const report::ComparisonView view = report::compare_results(file, choice);
  return options.json ? make_results_json(file, {view}).dump(2) + '\n' : format_results(file, {view});
}

ReportOptions make_report_options(const RunPlan& plan, const RunOptions& options) {
  ReportOptions report;
  report.reading.path = plan.output;
  report.output = options.report.value_or("");
  report.force = options.force;
  return report;
}

ExitCode run(const RunOptions& options, const std::vector<std::string>& words) {
  const RunPlan plan = plan_run(options);
  if (options.report) check_report_path(make_report_options(plan, options));
  const bool is_finished = !options.force && results::find_completed(plan.output, plan.identity, plan.layout);
  if (!is_finished) prepare_output(plan.output, options);
  if (!options.quiet)
    for (const Problem& warning : plan.warnings) tell_problem(format_problem(warning));
  if (!is_finished && !options.force && !options.append && !options.quiet)
    if (const std::string note = suggest_append(plan); !note.empty()) tell_problem(note);
  if (is_finished) {
    if (!options.quiet) tell("nothing to simulate: these worlds are finished (--force runs them again)\n");
  } else {
    const ExitCode code = run_and_publish(plan, options, words);
    if (code != ExitCode::success) return code;
  }
  const results::ResultsFile file = results::open_results(plan.output);
  print(format_answer(file, options));
  flush_output();
  if (!options.quiet) tell(fmt::format("results: {}\n", plan.output));
  if (options.report) write_report(file, make_report_options(plan, options));
  return ExitCode::success;
}

}  // namespace

void add_run(CLI::App& app, Request& request) {
  auto options = std::make_shared<RunOptions>();
  CLI::App& command = *app.add_subcommand("run", "Run every strategy for every replication, and compare them");
  add_scenario_options(command, options->scenario);
  command.add_option("-o,--output", options->output, "The results file; default: outputs/SCENARIO.h5")
      ->option_text("FILE");
  command
      .add_option("--replications", options->replications,
                  "Worlds for each strategy, with --until at most; default: the scenario's")
      ->check(CLI::Range(1, 1'000'000'000))
      ->option_text("N");
  command.add_option("--until", options->until, "Stop when AIM is reached, see below: 'METRIC +- 1%', best or budget")
      ->option_text("AIM");
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
  CLI::Option* const force =
      command.add_flag("--force", options->force, "Run again what is finished, and drop what a stopped run has kept");
  command.add_flag("--append", options->append, "Keep the worlds that the results file has, and run only further ones")
      ->excludes(force);
  command.add_option("--report", options->report, "Make a page of the results, too; default: beside them, as .html")
      ->expected(0, 1)
      ->option_text("[FILE]");
  command.add_flag("--json", options->json, "Print the comparison for programs");
  command.add_flag("-q,--quiet", options->quiet, "No progress and no notes");
  command.footer(footer);
  command.callback(
      [options, &request] { request.action = [options, &request] { return run(*options, request.words); }; });
}

}  // namespace vouch::cli
