// SPDX-License-Identifier: Apache-2.0
#include "run_job.hpp"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <optional>

#include "append.hpp"
#include "experiment/run_experiment.hpp"
#include "experiment/usable_cpus.hpp"
#include "other_worlds.hpp"
#include "progress.hpp"
#include "report/number.hpp"
#include "report/text.hpp"
#include "run_direction.hpp"
#include "stopped_work.hpp"
#include "terminal.hpp"
#include "time_limit.hpp"

namespace vouch::cli {
namespace {

std::string describe_kept(const RunPlan& plan, const results::Journal& journal) {
  return cli::describe_kept(journal, journal.num_done(), plan.until.has_value());
}

/// Last words of a run that is alone: a batch has its own.
class JobWords {
 public:
  JobWords(const SharedRun* shared, LastWords::When when, LastWords::Words words) {
    if (shared == nullptr) words_.emplace(when, std::move(words));
  }

 private:
  std::optional<LastWords> words_;
};

experiment::Plan make_experiment(const RunPlan& plan, const std::vector<experiment::Point>& points, int num_threads,
                                 const SharedRun* shared) {
  experiment::Plan experiment;
  experiment.points = points;
  experiment.layout = &plan.layout;
  experiment.seed = plan.identity.seed;
  experiment.replications = plan.identity.covered().count;
  experiment.first_replication = plan.identity.covered().first;
  experiment.antithetic = plan.identity.antithetic;
  experiment.num_threads = num_threads;
  if (shared != nullptr) {
    experiment.shared = shared->threads;
    experiment.rank = shared->rank;
  }
  if (plan.until) experiment.block = experiment::choose_directed_block(experiment);
  return experiment;
}

/// Lets others go on while worlds are simulated.
class TurnBreak {
 public:
  explicit TurnBreak(SharedRun* shared) : turn_(shared == nullptr ? nullptr : shared->turn) {
    if (turn_ != nullptr) turn_->unlock();
  }
  ~TurnBreak() {
    if (turn_ != nullptr) turn_->lock();
  }
  TurnBreak(const TurnBreak&) = delete;
  TurnBreak& operator=(const TurnBreak&) = delete;

 private:
  std::unique_lock<std::mutex>* turn_;
};

/// Tells who started this run among others, however it ends, how many worlds came of it.
class CountsForOthers {
 public:
  CountsForOthers(const results::Journal& journal, SharedRun* shared) : journal_(journal), shared_(shared) {}
  ~CountsForOthers() {
    if (shared_ == nullptr) return;
    shared_->num_resumed = journal_.num_resumed();
    shared_->num_simulated = journal_.num_simulated();
  }
  CountsForOthers(const CountsForOthers&) = delete;
  CountsForOthers& operator=(const CountsForOthers&) = delete;

 private:
  const results::Journal& journal_;
  SharedRun* shared_;
};

/// Simulates what the journal lacks.
experiment::Ending simulate(const RunPlan& plan, const experiment::Plan& experiment, RunDirection& direction,
                            ProgressReporter::Mode mode, const StopGuard& stop, results::Journal& journal,
                            SharedRun* shared) {
  const std::uint64_t limit = plan.until ? std::uint64_t{plan.identity.replications} * experiment.num_lanes() : 0;
  ProgressReporter reporter(mode, limit);
  const std::uint64_t num_found = journal.num_done();
  std::atomic<std::uint64_t> num_done{num_found};
  const JobWords last_words(shared, LastWords::When::when_late, [&] {
    return fmt::format("{}; {}", cli::describe_kept(journal, num_done, plan.until.has_value()), how_to_go_on);
  });
  const auto describe = [&] { return direction.describe_lead(); };
  const auto report = [&](const experiment::Progress& progress) {
    num_done = num_found + progress.num_done - progress.num_resumed;
    if (shared != nullptr) shared->on_progress(progress, limit);
    reporter.update(progress, describe);
  };
  const TurnBreak others_go_on(shared);
  const auto ending = experiment::run_experiment(experiment, journal, direction.director(), report, &stop.flag());
  journal.sync();
  return ending;
}

void import_earlier(const RunPlan& plan, const RunOptions& options, const results::ResultsFile& earlier,
                    results::Journal& journal) {
  const std::uint64_t num_before = journal.num_done();
  results::import_worlds(earlier, plan.identity, plan.layout, journal);
  if (!options.quiet && journal.num_done() > num_before)
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

/// That a clock was set back spoils nothing, but dates will look strange.
void warn_of_clock(const std::string& journal) {
  constexpr auto tolerated = std::chrono::minutes(1);  // file servers have clocks of their own
  std::error_code failure;
  const auto written = std::filesystem::last_write_time(journal, failure);
  if (failure) return;
  const auto ahead = written - std::filesystem::file_time_type::clock::now();
  if (ahead > tolerated)
    tell_problem(
        fmt::format("warning: {} was written {} in the future, so a clock was set back; no result depends on it",
                    journal, format_time_limit(std::chrono::duration_cast<std::chrono::seconds>(ahead))));
}

results::Journal open_journal(const RunPlan& plan, const RunOptions& options) {
  using Start = results::Journal::Start;
  if (!options.quiet) warn_of_clock(plan.output + ".journal");
  try {
    return {plan.output, plan.identity, plan.layout, options.force ? Start::afresh : Start::resume};
  } catch (const Error& error) {
    if (error.code() == ExitCode::data) explain_other_journal(plan);
    throw;
  }
}

ExitCode tell_stop(StopCause cause, const std::vector<std::string>& lead, const RunPlan& plan,
                   const results::Journal& journal) {
  const ExitCode code = cli::tell_stop(cause, describe_kept(plan, journal));
  if (!lead.empty()) tell(lead.front() + "\n");
  tell(fmt::format("what they say: vouch compare {}\n", report::quote_for_shell(journal.path())));
  return code;
}

void publish(const RunPlan& plan, const results::RunIdentity& identity, results::Journal& journal,
             const SharedRun* shared) {
  const JobWords last_words(shared, LastWords::When::at_once, [&] {
    return fmt::format("every world of {} is finished and kept; give the same command again to write it", plan.output);
  });
  results::publish_results(plan.output, identity, plan.points.front().model, plan.layout, plan.metric, journal,
                           plan.detail);
}

}  // namespace

ExitCode run_job(const RunPlan& plan, const RunOptions& options, const std::vector<std::string>& words,
                 const StopGuard& stop, SharedRun* shared) {
  const JobWords last_words(shared, LastWords::When::at_once,
                            [&] { return fmt::format("nothing of {} is lost; {}", plan.output, how_to_go_on); });
  const auto earlier = options.append ? open_to_append(plan) : std::nullopt;
  const int num_threads = options.threads.value_or(experiment::count_usable_cpus());
  results::Journal journal = open_journal(plan, options);
  if (journal.num_bytes_cut() > 0)
    tell_problem(fmt::format("warning: {} bytes at the end of {} were damaged; their worlds run again",
                             report::format_count(journal.num_bytes_cut()), journal.path()));
  const bool was_stopped_before = journal.num_resumed() > 0;
  if (was_stopped_before && !options.quiet)
    tell("going on where a run was stopped: " + describe_kept(plan, journal) + "\n");
  RunLog log(plan.output, words, num_threads);
  const CountsForOthers counts(journal, shared);
  try {
    if (earlier) import_earlier(plan, options, *earlier, journal);
    std::vector<experiment::Point> points;
    for (const RunPoint& point : plan.points) points.push_back({&point.model, point.strategies});
    const experiment::Plan experiment = make_experiment(plan, points, num_threads, shared);
    const ProgressReporter::Mode mode = choose_progress_mode(options.quiet || shared != nullptr);
    using Watched = RunDirection::Watched;
    RunDirection direction(plan, experiment, mode == ProgressReporter::Mode::silent ? Watched::no : Watched::yes);
    const auto ending = simulate(plan, experiment, direction, mode, stop, journal, shared);
    if (ending == experiment::Ending::stopped) {
      log.write("stopped", journal);
      if (shared != nullptr) {
        shared->kept = describe_kept(plan, journal);
        return exit_code_of(stop.cause());
      }
      return tell_stop(stop.cause(), direction.describe_lead(), plan, journal);
    }
    const results::RunIdentity identity = direction.finish();
    if (plan.until) apply_aim(direction.count_worlds(), earlier, was_stopped_before, journal);
    publish(plan, identity, journal, shared);
    if (journal.holds_more() && !options.quiet)
      tell(
          fmt::format("note: {} stays, since it holds worlds of a longer run too; that run's command goes on with it, "
                      "and --force or deleting it drops them\n",
                      journal.path()));
  } catch (const Error& error) {
    log.write(error.what(), journal);
    throw;
  }
  log.write("published", journal);
  return ExitCode::success;
}

}  // namespace vouch::cli
