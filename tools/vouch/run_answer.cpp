// SPDX-License-Identifier: Apache-2.0
#include "run_answer.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "open_worlds.hpp"
#include "results_comparison.hpp"
#include "signals.hpp"
#include "sweep_results.hpp"
#include "telling_options.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

report::ComparisonChoice make_choice(const results::RunIdentity& identity) {
  return {identity.metric, identity.baseline, identity.confidence};
}

/// Before the comparison, which part of a run it is of.
std::string format_answer(const results::ResultsFile& file) {
  const report::ComparisonChoice choice = make_choice(file.identity());
  const std::string extent = describe_extent(file);
  if (!file.identity().sweep.empty()) return extent + format_sweep_results(file, {choice}, report::PointRows::extract);
  return extent + format_results(file, {report::compare_results(file, choice)});
}

std::string format_answer_json(const results::ResultsFile& file) {
  const report::ComparisonChoice choice = make_choice(file.identity());
  nlohmann::ordered_json json = file.identity().sweep.empty()
                                    ? make_results_json(file, {report::compare_results(file, choice)})
                                    : make_sweep_results_json(file, {choice});
  add_extent(json, file);
  return json.dump(2) + '\n';
}

}  // namespace

ReportOptions make_report_options(const std::string& output, const RunOptions& options) {
  ReportOptions report;
  report.reading.path = output;
  report.output = options.report.value_or("");
  report.force = options.force;
  return report;
}

void add_report_option(CLI::App& command, RunOptions& options) {
  command.add_option("--report", options.report, "Make a page of the results, too; default: beside them, as .html")
      ->expected(0, 1)
      ->option_text("[FILE]");
}

void add_running_options(CLI::App& command, RunOptions& options) {
  command.add_option("--threads", options.threads, "Default: the processors that this process may use")
      ->check(CLI::Range(1, 1024))
      ->option_text("N");
  command
      .add_option("--time-limit", options.time_limit,
                  "Stop after TIME (90s, 10m, 1h30m) in good order, keeping all finished worlds")
      ->option_text("TIME");
  command.add_flag("--json", options.json, "Print the comparison for programs");
  add_telling_options(command, options.quiet);
}

void check_answer(const RunPlan& plan, const RunOptions& options) {
  if (!options.report) return;
  check_report_path(make_report_options(plan.output, options));
  const std::filesystem::path folder = std::filesystem::path(*options.report).parent_path();
  std::error_code failure;
  if (!folder.empty() && !std::filesystem::exists(folder, failure))
    throw Error(ExitCode::io,
                fmt::format("cannot write '{}': its folder is not there; create it first", *options.report));
}

ExitCode give_answer(const std::string& output, const RunOptions& options) {
  const LastWords last_words(LastWords::When::at_once, [&] { return fmt::format("results: {} is whole", output); });
  const results::ResultsFile file = results::open_results(output);
  try {
    print(options.json ? format_answer_json(file) : format_answer(file));
    flush_output();
  } catch (const Error& error) {
    if (error.code() != ExitCode::io) throw;
    throw Error(ExitCode::io, fmt::format("{}; results: {} is whole", error.what(), output));
  }
  if (!options.quiet) tell(fmt::format("results: {}\n", output));
  if (options.report) write_report(file, make_report_options(output, options));
  return ExitCode::success;
}

}  // namespace vouch::cli
