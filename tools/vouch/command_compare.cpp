// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "commands.hpp"
#include "parts.hpp"
#include "results_comparison.hpp"
#include "results_series.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "unit.hpp"

namespace vouch::cli {
namespace {

struct Options {
  std::string path;
  std::string metric;
  std::string baseline;
  std::optional<double> confidence;
  std::string by;
  std::optional<std::string> series;  ///< empty: to be listed
  bool json = false;
  bool list = false;
};

constexpr const char* footer = R"(Examples:
  vouch compare outputs/when-to-ask.h5
  vouch compare outputs/when-to-ask.h5 --metric matched_wins --baseline at-signing
  vouch compare outputs/when-to-ask.h5 --metric win_rate_referral --confidence 0.99 --json
  vouch compare outputs/when-to-ask.h5 --metric asks,referral_wins,net_value
  vouch compare outputs/when-to-ask.h5 --by segment
  vouch compare outputs/when-to-ask.h5 --by source --metric won
  vouch compare outputs/when-to-ask.h5 --list
  vouch compare outputs/when-to-ask.h5 --series active,source_won

Several metrics are compared one after the other; with --json they stand under their names. By source
means cold leads, unasked (organic) referrals and each program, for metrics of leads and deals.
--series shows means over time: a row for each bin, or for each year where there are more than 36
bins (with --json always each bin); by itself it lists the series.

Intervals hold each by itself with the given confidence. A best strategy is named only when the
interval of its difference from every other, world by world, leaves zero out; with more than three
strategies those intervals are wider, so that this holds for all at once. "first in worlds" is the
share of worlds it came first in; "chance of being best" the probability that its expected value is
the best, given these worlds. "worlds saved by common luck": how many times as many worlds the same
precision would need if the strategies did not share their random numbers.)";

/// Empty if the text is a confidence.
std::string check_confidence(const std::string& text) {
  double confidence = 0.0;
  if (CLI::detail::lexical_cast(text, confidence) && confidence >= 0.5 && confidence <= 0.999999) return {};
  return text + " is no share from 0.5 to 0.999999 (95 % is 0.95)";
}

void print_entry(const std::string& name, const std::string& description) {
  const auto lines = wrap(description, page_width - 34);
  for (std::size_t i = 0; i < lines.size(); ++i)
    print(pad(i == 0 ? name : "", 32, Align::left) + "  " + lines[i] + '\n');
}

ExitCode list(const results::ResultsFile& file, const Options& options) {
  const auto metrics = list_metrics(file);
  if (options.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (const statistics::Metric& metric : metrics)
      json[metric.name] = {{"unit", metric.unit == "share" ? "1" : metric.unit},
                           {"better", name_of_better(metric)},
                           {"description", metric.description}};
    print(json.dump(2) + '\n');
    return ExitCode::success;
  }
  for (const statistics::Metric& metric : metrics) print_entry(metric.name, metric.description);
  print("\nSeries over time are listed by --series.\n");
  return ExitCode::success;
}

ExitCode show_series(const results::ResultsFile& file, const Options& options) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  const std::vector<std::string> names = split_list(*options.series);
  if (names.empty()) {
    for (const results::SeriesInfo& info : list_series(file)) {
      const char* const kind = model::is_level(info.name) ? "level" : "flow";
      if (options.json)
        json[info.name] = {{"unit", info.unit}, {"kind", kind}, {"description", info.description}};
      else
        print_entry(info.name, info.description);
    }
    if (options.json) print(json.dump(2) + '\n');
    return ExitCode::success;
  }
  std::string text;
  for (const std::string& name : names) {
    const SeriesView view = read_series(file, name);
    text += (text.empty() ? "" : "\n\n") + format_series(view);
    json[name] = make_series_json(view);
  }
  print(options.json ? nlohmann::ordered_json{{"series", json}}.dump(2) + '\n' : text);
  return ExitCode::success;
}

std::string make_bold(const std::string& text) { return style(text, Style::bold, Stream::output); }

ExitCode compare_by_part(const results::ResultsFile& file, const std::vector<ComparisonChoice>& choices,
                         const Options& options) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  std::string text;
  for (const ComparisonChoice& choice : choices) {
    const std::vector<PartView> parts = compare_parts(file, choice, options.by);
    if (options.json)
      json[choice.metric] = make_parts_json(parts);
    else
      text += (text.empty() ? "" : "\n\n") + format_parts(parts, make_bold);
  }
  print(options.json ? (choices.size() == 1 ? json.front() : json).dump(2) + '\n' : text);
  return ExitCode::success;
}

ExitCode compare(const Options& options) {
  const results::ResultsFile file = results::open_results(options.path);
  if (options.list) return list(file, options);
  if (options.series) return show_series(file, options);
  const results::RunIdentity& identity = file.identity();
  std::vector<std::string> metrics = split_list(options.metric);
  if (metrics.empty()) metrics.push_back(identity.metric);
  std::vector<ComparisonChoice> choices;
  for (const std::string& metric : metrics)
    choices.push_back({metric, options.baseline.empty() ? identity.baseline : options.baseline,
                       options.confidence.value_or(identity.confidence)});
  if (!options.by.empty()) return compare_by_part(file, choices, options);
  std::vector<ComparisonView> views;
  for (const ComparisonChoice& choice : choices) views.push_back(compare_results(file, choice));
  print(options.json ? make_results_json(file, views).dump(2) + '\n' : format_results(file, views));
  return ExitCode::success;
}

}  // namespace

void add_compare(CLI::App& app, Request& request) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand("compare", "Compare the strategies of a results file, for any metric");
  command.add_option("RESULTS", options->path, "The results file (HDF5)")->required()->option_text(" ");
  CLI::Option* const metric =
      command.add_option("-m,--metric", options->metric, "What to compare by, one or several; default: the scenario's")
          ->option_text("NAME,NAME");
  CLI::Option* const baseline = command
                                    .add_option("--baseline", options->baseline,
                                                "Strategy that differences are taken from; default: the scenario's")
                                    ->option_text("NAME");
  CLI::Option* const confidence =
      command.add_option("--confidence", options->confidence, "Of each interval, e.g. 0.95; default: the scenario's")
          ->check(CLI::Validator(check_confidence, ""))
          ->option_text("SHARE");
  CLI::Option* const by =
      command.add_option("--by", options->by, "One comparison for each segment and population, cohort or source")
          ->check(CLI::IsMember({"segment", "cohort", "source"}))
          ->option_text("segment|cohort|source");
  CLI::Option* const list = command.add_flag("--list", options->list, "List the metrics instead")->excludes(metric);
  command.add_option("--series", options->series, "Show series over time instead; without a name, list them")
      ->expected(0, 1)
      ->excludes(metric)
      ->excludes(baseline)
      ->excludes(confidence)
      ->excludes(by)
      ->excludes(list)
      ->option_text("[NAME,NAME]");
  command.add_flag("--json", options->json, "Print for programs");
  command.footer(footer);
  command.callback([options, &request] { request.action = [options] { return compare(*options); }; });
}

}  // namespace vouch::cli
