// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "commands.hpp"
#include "merge_shards.hpp"
#include "output_path.hpp"
#include "progress.hpp"
#include "run_answer.hpp"
#include "signals.hpp"
#include "stopped_work.hpp"
#include "telling_options.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

constexpr const char* footer = R"(Examples:
  vouch merge outputs/when-to-ask.shard-*-of-10.h5
  vouch merge outputs/when-to-ask.shard-*-of-10.h5 -o when-to-ask.h5 --json
  vouch merge node1/*.h5 -o left.h5 --partial
  vouch merge left.h5 right.h5 -o outputs/when-to-ask.h5

Joins what vouch run --shard made, in whatever order the files are given. The joined file has the bytes of one
run of all replications. By default it is named as the run would have been: without the .shard-I-of-N.

Nothing is joined if anything is wrong, and all that is wrong is told: files of another scenario, seed,
version or commit, damaged or unfinished ones, replications that no file holds, or two.

With --partial a stretch of the run will do, if it has no gaps. What comes of it, FILE.part-A-to-B.h5 (A and
B are its first and last replication, from 1), can be merged again, with shards of whatever N: so many
machines can merge in a tree.

A merge that was stopped goes on where it was when the same command is given again; one that is finished is
not made again. The shards are left as they are. FILE.log.jsonl tells of every merge.)";

/// Copies the files' worlds into the journal, one file after the other. False if it was stopped.
bool import_all(const MergePlan& plan, const MergeOptions& options, const StopGuard& stop, results::Journal& journal) {
  ProgressReporter reporter(choose_progress_mode(options.quiet));
  experiment::Progress progress{journal.num_done(), journal.num_done(), journal.num_planned()};
  for (const PartFile& file : plan.files) {
    if (!results::import_worlds(results::open_results(file.path), plan.identity, plan.layout, journal, &stop.flag()))
      return false;
    progress.num_done = journal.num_done();
    reporter.update(progress, [] { return std::vector<std::string>(); });
  }
  return true;
}

ExitCode join(const MergePlan& plan, const MergeOptions& options, const std::vector<std::string>& words,
              const StopGuard& stop) {
  using Start = results::Journal::Start;
  RunLog log(plan.output, words, 1);
  std::optional<LastWords> last_words(std::in_place, LastWords::When::when_late,
                                      [] { return fmt::format("what was joined is kept; {}", how_to_go_on); });
  results::Journal journal(plan.output, plan.identity, plan.layout, options.force ? Start::afresh : Start::resume);
  const auto describe_kept = [&] { return cli::describe_kept(journal, journal.num_done(), false); };
  if (journal.num_resumed() > 0 && !options.quiet)
    tell("going on where a merge or run was stopped: " + describe_kept() + "\n");
  try {
    if (!import_all(plan, options, stop, journal)) {
      log.write("stopped", journal);
      return tell_stop(stop.cause(), describe_kept());
    }
    const std::string kept = fmt::format("{}; {}", describe_kept(), how_to_go_on);
    last_words.emplace(LastWords::When::at_once, [kept] { return kept; });
    results::publish_results(plan.output, plan.identity, plan.model, plan.layout, plan.metric, journal, plan.detail);
    last_words.reset();
  } catch (const Error& error) {
    log.write(error.what(), journal);
    throw;
  }
  log.write("published", journal);
  return ExitCode::success;
}

ExitCode merge(const MergeOptions& options, const std::vector<std::string>& words) {
  std::optional<LastWords> last_words(std::in_place, LastWords::When::at_once, [] {
    return "the shards are as they were; give the same command again to join them";
  });
  const MergePlan plan = plan_merge(options);
  RunOptions target;
  target.output = plan.output;
  target.force = options.force;
  target.json = options.json;
  target.quiet = options.quiet;
  if (!options.force && results::find_completed(plan.output, plan.identity, plan.layout)) {
    results::remove_spent_journal(plan.output, plan.identity);
    if (!options.quiet)
      tell(fmt::format("nothing to merge: {} has these worlds (--force merges them again)\n", plan.output));
  } else {
    prepare_output(plan.output, target);
    const StopGuard stop;
    last_words.reset();
    const ExitCode code = join(plan, options, words, stop);
    if (code != ExitCode::success) return code;
  }
  return give_answer(plan.output, target);
}

}  // namespace

void add_merge(CLI::App& app, Request& request) {
  auto options = std::make_shared<MergeOptions>();
  CLI::App& command = *app.add_subcommand("merge", "Join the results files of shards to that of one run");
  command.add_option("SHARDS", options->paths, "The files that vouch run --shard made, or vouch merge --partial")
      ->required()
      ->option_text(" ");
  command
      .add_option("-o,--output", options->output,
                  "The joined file; default: the shards' name without .shard-I-of-N, beside them")
      ->option_text("FILE");
  command.add_flag("--partial", options->partial,
                   "Join what there is, if it has no gaps, to a part that can be merged");
  command.add_flag("--force", options->force, "Merge again what is finished, and drop what a stopped merge has kept");
  command.add_flag("--json", options->json, "Print the comparison for programs");
  add_telling_options(command, options->quiet);
  command.footer(footer);
  command.callback(
      [options, &request] { request.action = [options, &request] { return merge(*options, request.words); }; });
}

}  // namespace vouch::cli
