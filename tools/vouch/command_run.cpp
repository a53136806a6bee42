// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "append.hpp"
#include "commands.hpp"
#include "output_path.hpp"
#include "results/journal.hpp"
#include "run_answer.hpp"
#include "run_job.hpp"
#include "run_plan.hpp"
#include "signals.hpp"
#include "telling_options.hpp"
#include "terminal.hpp"
#include "time_limit.hpp"

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
  vouch run scenarios/when-to-ask.toml --replications 100000 --time-limit 1h30m
  vouch run scenarios/when-to-ask.toml --replications 20000 --shard 3/10
  sbatch --array=1-10 --wrap 'vouch run scenarios/when-to-ask.toml --replications 20000 --shard auto/10'

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
stopped, by Ctrl-C, a fault or --time-limit (exit code 5), goes on where it was when the same command is
given again, or with vouch resume FILE; one that is finished already is not run again. A second signal
leaves at once, without a word; what is finished is kept then, too. With --append the worlds of a
finished file are kept and only further ones run; a file that has more worlds than an aim asks for is
not added to, and stays as it is. While a run lasts, or after it was stopped, vouch compare
FILE.journal shows what it has so far. FILE.log.jsonl tells of the runs: command line, time and threads.

--shard I/N runs the I-th of N equal shares of the replications, of every strategy and point, on whatever
machine: FILE.shard-I-of-N.h5, which vouch merge joins with the others to the bytes of one run. With auto/N
the scheduler's variables tell I: those of Slurm, Grid Engine, PBS and GNU parallel (tasks 1 to N), and of
Kubernetes, AWS Batch, Cloud Run and Google Batch (0 to N-1). auto alone also takes N from them, where they
tell it and the array has no gaps. A shard that is run twice is found finished the second time.

The scenarios in scenarios/published print published figures beside the simulated ones.)";

ExitCode run(const RunOptions& options, const std::vector<std::string>& words) {
  if (options.time_limit) set_time_limit(parse_time_limit(*options.time_limit));
  std::optional<LastWords> last_words(std::in_place, LastWords::When::at_once,
                                      [] { return "nothing was simulated yet, and nothing is changed"; });
  const RunPlan plan = plan_run(options);
  const bool is_finished = !options.force && results::find_completed(plan.output, plan.identity, plan.layout);
  check_answer(plan, options);
  if (!is_finished) prepare_output(plan.output, options);
  if (!options.quiet)
    for (const Problem& warning : plan.warnings) tell_problem(warning);
  if (!is_finished && !options.force && !options.append && !options.quiet)
    if (const std::string note = describe_loss(plan); !note.empty()) tell_problem(note);
  if (is_finished) {
    results::remove_spent_journal(plan.output, plan.identity);
    if (!options.quiet) tell("nothing to simulate: these worlds are finished (--force runs them again)\n");
  } else {
    const StopGuard stop;
    last_words.reset();
    const ExitCode code = run_job(plan, options, words, stop);
    if (code != ExitCode::success) return code;
  }
  return give_answer(plan.output, options);
}

}  // namespace

void add_run_options(CLI::App& command, RunOptions& options) {
  add_scenario_options(command, options.scenario);
  command.add_option("-o,--output", options.output, "The results file; default: outputs/SCENARIO.h5")
      ->option_text("FILE");
  command
      .add_option("--replications", options.replications,
                  "Worlds for each strategy, with --until at most; default: the scenario's")
      ->check(CLI::Range(1, 1'000'000'000))
      ->option_text("N");
  CLI::Option* const until =
      command
          .add_option("--until", options.until, "Stop when AIM is reached, see below: 'METRIC +- 1%', best or budget")
          ->option_text("AIM");
  CLI::Option* const shard =
      command
          .add_option("--shard", options.shard,
                      "Run one of N equal shares of the replications, see below; also auto and auto/N")
          ->excludes(until)
          ->option_text("I/N");
  command.add_option("--seed", options.seed, "The master seed, below 2^53; default: the scenario's")
      ->check(CLI::Range(0LL, (1LL << 53) - 1))
      ->option_text("N");
  command.add_option("--strategies", options.strategies, "Only these; without the baseline the first becomes it")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->option_text("A,B");
  CLI::Option* const force =
      command.add_flag("--force", options.force, "Run again what is finished, and drop what a stopped run has kept");
  command.add_flag("--append", options.append, "Keep the worlds that the results file has, and run only further ones")
      ->excludes(force)
      ->excludes(shard);
  add_report_option(command, options);
}

void add_run(CLI::App& app, Request& request) {
  auto options = std::make_shared<RunOptions>();
  CLI::App& command = *app.add_subcommand("run", "Run every strategy for every replication, and compare them");
  add_run_options(command, *options);
  add_running_options(command, *options);
  command.footer(footer);
  command.callback(
      [options, &request] { request.action = [options, &request] { return run(*options, request.words); }; });
}

}  // namespace vouch::cli
