// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "commands.hpp"
#include "results_comparison.hpp"
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
  bool json = false;
  bool list = false;
};

constexpr const char* footer = R"(Examples:
  vouch compare outputs/when-to-ask.h5
  vouch compare outputs/when-to-ask.h5 --metric matched_wins --baseline at-signing
  vouch compare outputs/when-to-ask.h5 --metric win_rate_referral --confidence 0.99 --json
  vouch compare outputs/when-to-ask.h5 --by segment
  vouch compare outputs/when-to-ask.h5 --list

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

ExitCode list(const results::ResultsFile& file, const Options& options) {
  const auto metrics = list_metrics(file);
  if (options.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (const statistics::Metric& metric : metrics)
      json[metric.name] = {{"unit", metric.unit == "share" ? "1" : metric.unit},
                           {"better", metric.direction == statistics::Direction::higher_is_better ? "higher" : "lower"},
                           {"description", metric.description}};
    print(json.dump(2) + '\n');
    return ExitCode::success;
  }
  for (const statistics::Metric& metric : metrics) {
    const auto lines = wrap(metric.description, page_width - 34);
    for (std::size_t i = 0; i < lines.size(); ++i)
      print(pad(i == 0 ? metric.name : "", 32, Align::left) + "  " + lines[i] + '\n');
  }
  return ExitCode::success;
}

/// The names to go through for --by, with the part that each stands for.
std::vector<std::pair<std::string, Part>> list_parts(const results::ResultsFile& file, const std::string& by) {
  std::vector<std::pair<std::string, Part>> parts;
  const bool is_segment = by == "segment";
  const auto& names = is_segment ? file.identity().segment_names : file.cohort_names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    Part part;
    (is_segment ? part.segment : part.cohort) = static_cast<int>(i);
    parts.emplace_back(names[i], part);
  }
  return parts;
}

ExitCode compare(const Options& options) {
  const results::ResultsFile file = results::open_results(options.path);
  if (options.list) return list(file, options);
  const results::RunIdentity& identity = file.identity();
  const ComparisonChoice choice{options.metric.empty() ? identity.metric : options.metric,
                                options.baseline.empty() ? identity.baseline : options.baseline,
                                options.confidence.value_or(identity.confidence)};
  if (options.by.empty()) {
    const ComparisonView view = compare_results(file, choice);
    print(options.json ? make_results_json(file, view).dump(2) + '\n' : format_results(file, view));
    return ExitCode::success;
  }
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  bool is_first = true;
  for (const auto& [name, part] : list_parts(file, options.by)) {
    const ComparisonView view = compare_results(file, choice, part);
    if (options.json)
      json[name] = make_comparison_json(view);
    else
      print((is_first ? "" : "\n\n") + style(options.by + " " + name, Style::bold, Stream::output) + "\n" +
            format_comparison(view));
    is_first = false;
  }
  if (options.json) print(nlohmann::ordered_json{{options.by, json}}.dump(2) + '\n');
  return ExitCode::success;
}

}  // namespace

void add_compare(CLI::App& app, Request& request) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand("compare", "Compare the strategies of a results file, for any metric");
  command.add_option("RESULTS", options->path, "The results file (HDF5)")->required()->option_text(" ");
  command.add_option("-m,--metric", options->metric, "What to compare by; default: the scenario's")
      ->option_text("NAME");
  command
      .add_option("--baseline", options->baseline, "Strategy that differences are taken from; default: the scenario's")
      ->option_text("NAME");
  command.add_option("--confidence", options->confidence, "Of each interval, e.g. 0.95; default: the scenario's")
      ->check(CLI::Validator(check_confidence, ""))
      ->option_text("SHARE");
  command.add_option("--by", options->by, "One comparison for each segment or cohort")
      ->check(CLI::IsMember({"segment", "cohort"}))
      ->option_text("segment|cohort");
  command.add_flag("--list", options->list, "List the metrics instead");
  command.add_flag("--json", options->json, "Print for programs");
  command.footer(footer);
  command.callback([options, &request] { request.action = [options] { return compare(*options); }; });
}

}  // namespace vouch::cli
