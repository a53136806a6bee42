// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "journal_view.hpp"
#include "open_worlds.hpp"
#include "report/number.hpp"
#include "report/table.hpp"
#include "results/journal.hpp"
#include "results/journal_survey.hpp"
#include "results/publish.hpp"
#include "results/results_file.hpp"
#include "shard.hpp"
#include "shell_words.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

struct Options {
  std::string path;
  bool scenario = false;
  bool json = false;
};

constexpr const char* footer = R"(Examples:
  vouch inspect outputs/when-to-ask.h5
  vouch inspect outputs/when-to-ask.h5 --json
  vouch inspect outputs/when-to-ask.h5 --scenario > again.toml
  vouch inspect outputs/when-to-ask.h5.journal

The scenario in the file is whole: it needs no other file, and gives the same worlds under the same
version of vouch. Of a journal, which a run keeps until it is over, it is told how far the run is, whether
it goes on now, and the command to go on with.)";

/// By lane.
std::vector<std::uint64_t> count_completed(const results::ResultsFile& file) {
  std::vector<std::uint64_t> counts;
  for (int lane = 0; lane < file.num_lanes(); ++lane) counts.push_back(file.count_completed(lane));
  return counts;
}

/// " --strategies a,b --until 'best within 1%'": what the command chose of the scenario that the file holds whole.
std::string list_choices(const std::string& command) {
  std::string choices;
  const auto words = split_shell_words(command).value_or(std::vector<std::string>());
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i] == "--strategies" || words[i] == "--until")
      choices += fmt::format(" {} {}", words[i], report::quote_for_shell(words[i + 1]));
  return choices;
}

/// How to make the file again.
void print_making(const results::ResultsFile& file) {
  const results::RunIdentity& identity = file.identity();
  const std::string option = identity.part ? format_shard_option(*identity.part) : "";
  if (identity.part && option.empty()) {
    print("joined from shards, each made, in the folder of the scenario, with\n");
    print(fmt::format("  {} --shard I/N\n", identity.canonical_command));
    return;
  }
  print("made, in the folder of the scenario, with\n");
  print("  " + identity.canonical_command + '\n');
  print("or, without any other file,\n");
  const std::string again = std::filesystem::path(file.path()).stem().string() + "-again";
  print(fmt::format("  vouch inspect {} --scenario > {}.toml\n  vouch run {}.toml -o {}.h5{}\n",
                    report::quote_for_shell(file.path()), report::quote_for_shell(again),
                    report::quote_for_shell(again), report::quote_for_shell(again),
                    list_choices(identity.canonical_command) + option));
}

/// A label and a text that is wrapped beside it.
void print_entry(const std::string& label, const std::string& text) {
  constexpr std::size_t label_width = 14;
  const auto lines = report::wrap(text, report::page_width - label_width);
  for (std::size_t i = 0; i < lines.size(); ++i)
    print(report::pad(i == 0 ? label : "", label_width, report::Align::left) + lines[i] + '\n');
}

std::string describe_worlds(const results::ResultsFile& file) {
  const auto counts = count_completed(file);
  const std::uint64_t least = counts.empty() ? 0 : *std::min_element(counts.begin(), counts.end());
  std::string text = fmt::format("{} strategies x {} replications", file.num_strategies(),
                                 report::format_number(file.num_replications(), 0));
  if (!file.identity().sweep.empty())
    text = fmt::format("{} points x {}", report::format_number(file.num_points(), 0), text);
  if (least < file.num_replications())
    text += fmt::format(", of which each strategy has at least {}", report::format_count(least));
  if (file.identity().antithetic) text += ", in antithetic pairs";
  return text;
}

void print_sweep(const std::vector<results::SweptKey>& sweep) {
  constexpr std::size_t most_shown = 12;
  for (const results::SweptKey& swept : sweep) {
    std::vector<std::string> values(swept.values.begin(), swept.values.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                                     most_shown, swept.values.size())));
    if (values.size() < swept.values.size()) values.emplace_back("...");
    print_entry(&swept == &sweep.front() ? "sweep" : "", fmt::format("{}: {}", swept.key, report::join_names(values)));
  }
}

void print_stopping(const experiment::Stopping& stopping) {
  if (stopping.aim.empty()) return;
  print_entry("until", stopping.aim);
  if (stopping.reason.empty()) return;  // it has not ended
  print_entry("ended", stopping.reason);
  print_entry("worlds used",
              fmt::format("{}; {} had all strategies gone as far as the furthest",
                          report::format_count(stopping.worlds_used), report::format_count(stopping.worlds_if_equal)));
}

/// Counts by strategy, by point before that if there is a sweep.
nlohmann::ordered_json make_completed_json(const results::ResultsFile& file) {
  const auto counts = count_completed(file);
  if (file.identity().sweep.empty()) return counts;
  nlohmann::ordered_json points = nlohmann::ordered_json::array();
  const auto width = static_cast<std::ptrdiff_t>(file.num_strategies());
  for (auto begin = counts.begin(); begin != counts.end(); begin += width)
    points.push_back(std::vector<std::uint64_t>(begin, begin + width));
  return points;
}

nlohmann::ordered_json make_stopping_json(const experiment::Stopping& stopping) {
  nlohmann::ordered_json json;
  json["until"] = stopping.aim;
  if (stopping.reason.empty()) return json;
  json["reached"] = stopping.is_reached;
  json["reason"] = stopping.reason;
  json["worlds_used"] = stopping.worlds_used;
  json["worlds_if_equal"] = stopping.worlds_if_equal;
  if (stopping.worlds_if_independent > 0) json["worlds_if_independent"] = stopping.worlds_if_independent;
  if (stopping.indifference > 0.0) json["indifference"] = stopping.indifference;
  return json;
}

std::vector<std::string> list_metric_names(const results::ResultsFile& file) {
  std::vector<std::string> names;
  for (const results::MetricInfo& metric : file.metrics()) names.push_back(metric.name);
  return names;
}

void inspect_for_people(const results::ResultsFile& file) {
  const results::RunIdentity& identity = file.identity();
  print(describe_extent(file));
  print_entry("title", identity.title);
  if (!identity.question.empty()) print_entry("question", identity.question);
  print_entry("worlds", describe_worlds(file));
  print_sweep(identity.sweep);
  print_stopping(identity.stopping);
  print_entry("strategies", report::join_names(identity.strategy_names));
  print_entry("baseline", identity.baseline);
  print_entry("segments", report::join_names(identity.segment_names));
  print_entry("ranked by", fmt::format("{}, confidence {}", identity.metric, identity.confidence));
  print_entry("metrics",
              fmt::format("{} by strategy, replication, segment and cohort; 'vouch compare {} --list' names them",
                          file.metrics().size(), file.path()));
  print_entry("series", file.series_names().empty() ? "none" : report::join_names(file.series_names()));
  print_entry("curves", report::join_names(file.curve_names()));
  print("\n");
  print_entry("made by", fmt::format("vouch {} ({})", identity.version, identity.git_sha1));
  if (!file.created().empty()) print_entry("created", file.created());
  print_entry("schema", std::to_string(results::results_schema_version));
  print_entry("worlds digest", file.worlds_digest());
  print_making(file);
}

nlohmann::ordered_json make_json(const results::ResultsFile& file) {
  const results::RunIdentity& identity = file.identity();
  nlohmann::ordered_json json;
  json["title"] = identity.title;
  json["question"] = identity.question;
  json["strategies"] = identity.strategy_names;
  json["programs"] = identity.program_names;
  json["segments"] = identity.segment_names;
  json["replications"] = file.num_replications();
  json["completed"] = make_completed_json(file);
  if (!identity.sweep.empty())
    for (const results::SweptKey& swept : identity.sweep) json["sweep"][swept.key] = swept.values;
  if (!identity.stopping.aim.empty()) json["stopping"] = make_stopping_json(identity.stopping);
  json["seed"] = identity.seed;
  json["antithetic"] = identity.antithetic;
  json["baseline"] = identity.baseline;
  json["metric"] = identity.metric;
  json["confidence"] = identity.confidence;
  json["metrics"] = list_metric_names(file);
  json["series"] = file.series_names();
  json["curves"] = file.curve_names();
  json["vouch_version"] = identity.version;
  json["git_sha1"] = identity.git_sha1;
  json["created"] = file.created();
  json["schema_version"] = results::results_schema_version;
  json["worlds_digest"] = file.worlds_digest();
  json["canonical_command"] = identity.canonical_command;
  json["scenario"] = identity.scenario_text;
  add_extent(json, file);
  return json;
}

/// The path in a command may be no text.
std::string format_json(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

ExitCode inspect_journal(const Options& options) {
  if (options.scenario) {
    print(results::read_journal_identity(options.path).scenario_text);
    return ExitCode::success;
  }
  const results::JournalSurvey journal = results::survey_journal(options.path);
  print(options.json ? format_json(make_journal_json(options.path, journal)) : format_journal(options.path, journal));
  return ExitCode::success;
}

ExitCode inspect(const Options& options) {
  if (results::is_journal(options.path)) return inspect_journal(options);
  const results::ResultsFile file = open_worlds(options.path);
  if (options.scenario)
    print(file.identity().scenario_text);
  else if (options.json)
    print(format_json(make_json(file)));
  else
    inspect_for_people(file);
  return ExitCode::success;
}

}  // namespace

void add_inspect(CLI::App& app, Request& request) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand("inspect", "Tell what a results file holds and how it was made");
  command.add_option("RESULTS", options->path, "The results file (HDF5), or the journal of a run that is not over")
      ->required()
      ->option_text(" ");
  CLI::Option* scenario = command.add_flag("--scenario", options->scenario, "Print the scenario that it was made from");
  command.add_flag("--json", options->json, "Print for programs")->excludes(scenario);
  command.footer(footer);
  command.callback([options, &request] { request.action = [options] { return inspect(*options); }; });
}

}  // namespace vouch::cli
