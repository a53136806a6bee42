// SPDX-License-Identifier: Apache-2.0
#include "batch.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <new>
#include <system_error>
#include <thread>

#include "append.hpp"
#include "experiment/usable_cpus.hpp"
#include "out_of_memory.hpp"
#include "output_path.hpp"
#include "report_files.hpp"
#include "results/file_io.hpp"
#include "results/journal.hpp"
#include "results/results_file.hpp"
#include "run_answer.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;
constexpr int most_at_a_time = 2;

std::vector<std::string> list_names(const std::vector<BatchJob>& jobs) {
  std::vector<std::string> names;
  for (const BatchJob& job : jobs) names.push_back(job.name);
  return names;
}

BatchProgress::Mode choose_mode(const BatchOptions& options) {
  if (options.quiet) return BatchProgress::Mode::silent;
  if (shows_status()) return BatchProgress::Mode::terminal;
  return speaks_json() ? BatchProgress::Mode::json : BatchProgress::Mode::silent;
}

int count_runners(const std::vector<BatchJob>& jobs) {
  return static_cast<int>(std::min<std::size_t>(jobs.size(), most_at_a_time));
}

/// Whether there is a page that was made of these results.
bool has_page(const ReportOptions& options) {
  std::error_code failure;
  const auto page = fs::last_write_time(find_report_path(options), failure);
  if (failure) return false;
  const auto results = fs::last_write_time(options.reading.path, failure);
  return !failure && page >= results;
}

std::uint64_t count_worlds(const results::ResultsFile& file) {
  std::uint64_t count = 0;
  for (int lane = 0; lane < file.num_lanes(); ++lane) count += file.count_completed(lane);
  return count;
}

}  // namespace

Batch::Batch(const BatchOptions& options, const std::vector<BatchJob>& jobs, const std::vector<std::string>& words,
             const StopGuard& stop)
    : options_(options),
      jobs_(jobs),
      words_(words),
      stop_(stop),
      threads_(options.threads.value_or(experiment::count_usable_cpus()), count_runners(jobs)),
      progress_(choose_mode(options), list_names(jobs)) {
  for (const BatchJob& job : jobs) {
    BatchOutcome& outcome = outcomes_.emplace_back();
    outcome.name = job.name;
    outcome.scenario = job.options.scenario.path;
    outcome.results = job.options.output;
  }
}

std::vector<BatchOutcome> Batch::run() {
  for (std::size_t index = 0; index < jobs_.size(); ++index)
    if (!jobs_[index].problems.empty()) run_one(index);  // told now, not after hours of others
  std::vector<std::thread> others;
  try {
    while (static_cast<int>(others.size()) + 1 < count_runners(jobs_)) others.emplace_back([this] { work(); });
  } catch (const std::system_error&) {
    // One at a time, then.
  }
  work();
  for (std::thread& other : others) other.join();
  if (defect_) std::rethrow_exception(defect_);
  return outcomes_;
}

void Batch::work() {
  try {
    for (std::size_t index = next_++; index < jobs_.size() && !stop_.flag(); index = next_++)
      if (jobs_[index].problems.empty()) run_one(index);
  } catch (...) {
    const std::lock_guard lock(turn_);
    defect_ = std::current_exception();
    next_ = jobs_.size();
  }
}

void Batch::run_one(std::size_t index) {
  std::unique_lock turn(turn_);
  if (stop_.flag()) return;
  const BatchJob& job = jobs_[index];
  BatchOutcome outcome = outcomes_[index];
  outcome.started = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  const auto start = std::chrono::steady_clock::now();
  SharedRun shared{&threads_, static_cast<int>(index), &turn, {}, 0, 0, {}};
  shared.on_progress = [&](const experiment::Progress& progress, std::uint64_t limit) {
    progress_.update(index, progress, limit);
  };
  try {
    run(job, shared, outcome);
  } catch (const Error& error) {
    fail(error, outcome);
  } catch (const std::bad_alloc&) {
    fail(Error(ExitCode::resources, std::string(out_of_memory)), outcome);
  } catch (const std::exception& error) {
    fail(Error(ExitCode::internal, fmt::format("{}{}", defect, error.what())), outcome);
  }
  progress_.end(index);
  outcome.num_simulated = shared.num_simulated;
  outcome.num_resumed = shared.num_resumed;
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  outcomes_[index] = outcome;
  const bool is_told = outcome.status == BatchStatus::failed || options_.quiet || shows_status();
  if (!is_told) tell(format_outcome(outcome) + '\n');
  write_log(outcome);
}

void Batch::run(const BatchJob& job, SharedRun& shared, BatchOutcome& outcome) {
  if (!job.problems.empty()) throw Error(ExitCode::usage, job.problems);
  const RunPlan plan = plan_run(job.options);
  outcome.seed = plan.identity.seed;
  outcome.replications = plan.identity.replications;
  ReportOptions report = make_report_options(job.options.output, job.options);
  report.quiet = true;
  if (job.options.report) {
    make_folder(fs::path(find_report_path(report)).parent_path().string());
    check_report_path(report);
  }
  if (!job.options.force && results::find_completed(plan.output, plan.identity, plan.layout)) {
    outcome.status = BatchStatus::up_to_date;
    results::remove_spent_journal(plan.output, plan.identity);
  } else {
    make_folder(fs::path(plan.output).parent_path().string());  // of a name such as "europe/when-to-ask"
    prepare_output(plan.output, job.options);
    if (!options_.quiet)
      for (const Problem& warning : plan.warnings) tell_problem(warning);
    if (!options_.quiet && !job.options.force && !job.options.append)
      if (const std::string note = describe_loss(plan); !note.empty()) tell_problem(note);
    outcome.code = run_job(plan, job.options, words_, stop_, &shared);
    outcome.status = outcome.code == ExitCode::success ? BatchStatus::made : BatchStatus::stopped;
    outcome.message = shared.kept;
    if (outcome.status == BatchStatus::stopped) return;
  }
  const results::ResultsFile file = results::open_results(plan.output);
  outcome.num_worlds = count_worlds(file);
  outcome.answer = find_answer(file);
  if (job.options.report && (outcome.status == BatchStatus::made || !has_page(report))) write_report(file, report);
}

void Batch::fail(const Error& error, BatchOutcome& outcome) {
  outcome.status = BatchStatus::failed;
  outcome.code = error.code();
  outcome.message = error.what();
  if (error.problems().empty()) return tell_problem(fmt::format("error: {} failed: {}", outcome.name, error.what()));
  tell_error(error);
  tell_problem(fmt::format("error: {} failed", outcome.name));
}

void Batch::write_log(const BatchOutcome& outcome) {
  // A message may hold bytes that are no UTF-8: replaced, not refused.
  const std::string line =
      make_outcome_json(outcome).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
  try {
    results::FileHandle file(options_.find_log(), results::FileHandle::Mode::append);
    file.append(std::as_bytes(std::span(line)));
    file.close();
  } catch (const Error& error) {
    if (!std::exchange(is_log_lost_, true))
      tell_problem(
          fmt::format("error: {}; the runs go on without that log, and the batch ends with exit code 4", error.what()));
  }
}

}  // namespace vouch::cli
