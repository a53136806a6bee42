// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "commands.hpp"
#include "open_worlds.hpp"
#include "parts.hpp"
#include "reading_options.hpp"
#include "report/metric_choice.hpp"
#include "report/table.hpp"
#include "report/unit.hpp"
#include "results_comparison.hpp"
#include "results_series.hpp"
#include "sweep_results.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

struct Options {
  ReadingOptions reading;
  std::string adjust = "best";
  std::optional<std::string> quantiles;  ///< empty: the usual ones
  std::string by;
  bool all_points = false;
  std::optional<std::string> series;  ///< empty: to be listed
  bool pairs = false;
  bool controls = false;
  bool json = false;
  bool list = false;
};

constexpr const char* footer = R"(Examples:
  vouch compare outputs/when-to-ask.h5
  vouch compare outputs/when-to-ask.h5 --metric matched_wins --baseline at-signing
  vouch compare outputs/when-to-ask.h5 --metric win_rate_referral --confidence 0.99 --json
  vouch compare outputs/when-to-ask.h5 --metric asks,referral_wins,net_value
  vouch compare outputs/when-to-ask.h5 --pairs --adjust holm
  vouch compare outputs/when-to-ask.h5 --metric net_value --quantiles 0.1,0.5,0.9
  vouch compare outputs/when-to-ask.h5 --by segment
  vouch compare outputs/when-to-ask.h5 --by source --metric won
  vouch compare outputs/when-does-waiting-pay.h5 --point 3
  vouch compare outputs/when-to-ask.h5 --list
  vouch compare outputs/when-to-ask.h5.journal
  vouch compare outputs/when-to-ask.h5 --series active,source_won

Several metrics are compared one after the other; with --json they stand under their names. By source
means cold leads, unasked (organic) referrals and each program, for metrics of leads and deals.
A journal is what a run has so far: of one that is under way, or was stopped.
--series shows means over time: a row for each bin, or for each year where there are more than 36
bins (with --json always each bin); by itself it lists the series.

How sure it is
A value's interval holds by itself with the given confidence. A best strategy is named only when its
paired differences from every other leave zero out, all at once: otherwise those that could be best
are marked. "chance of being best" is the probability that a strategy's expected value is the best,
given these worlds; "expected loss by it" how far it is behind the best on average, in the metric's
unit. "against the best of the others" compares each with the best of all others (multiple
comparisons with the best).

--adjust says how intervals of differences allow for their number:
  best        all from the baseline hold at once (Bonferroni), and so does the table against the best
  bonferroni  all from the baseline hold at once, with p-values
  holm        the same intervals; what surely differs is told by Holm's procedure, which tells more
  none        each difference by itself
With --pairs the same is said of all pairs together.

"worlds saved by common luck": how many times as many worlds the same precision would need if the
strategies did not share their random numbers. --quantiles shows how single worlds turn out: 0.1 is
what the worst tenth of worlds stays below (where more is better). --controls takes out luck whose
expected effect is known.)";

/// Empty if the text is a list of probabilities.
std::string check_quantiles(const std::string& text) {
  for (const std::string& part : report::split_list(text)) {
    double probability = 0.0;
    if (!CLI::detail::lexical_cast(part, probability) || !(probability > 0.0 && probability < 1.0))
      return part + " is no probability between 0 and 1 (the median is 0.5)";
  }
  return {};
}

std::vector<double> read_quantiles(const std::string& text) {
  std::vector<double> probabilities;
  for (const std::string& part : report::split_list(text)) probabilities.push_back(std::stod(part));
  if (probabilities.empty()) probabilities = {0.1, 0.5, 0.9};
  return probabilities;
}

void print_entry(const std::string& name, const std::string& description) {
  const auto lines = report::wrap(description, report::page_width - 34);
  for (std::size_t i = 0; i < lines.size(); ++i)
    print(report::pad(i == 0 ? name : "", 32, report::Align::left) + "  " + lines[i] + '\n');
}

ExitCode list(const results::ResultsFile& file, const Options& options) {
  const auto metrics = report::list_metrics(file);
  if (options.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (const statistics::Metric& metric : metrics)
      json[metric.name] = {{"unit", metric.unit == "share" ? "1" : metric.unit},
                           {"better", report::name_of_better(metric)},
                           {"description", metric.description}};
    print(json.dump(2) + '\n');
    return ExitCode::success;
  }
  for (const statistics::Metric& metric : metrics) print_entry(metric.name, metric.description);
  print("\nSeries over time are listed by --series.\n");
  return ExitCode::success;
}

/// For programs, which are told too that it is a part of a run, or unfinished.
void print_json(const results::ResultsFile& file, nlohmann::ordered_json json) {
  add_extent(json, file);
  print(json.dump(2) + '\n');
}

ExitCode show_series(const results::ResultsFile& file, const Options& options) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  const std::vector<std::string> names = report::split_list(*options.series);
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
    const SeriesView view = read_series(file, name, options.reading.point.value_or(0));
    text += (text.empty() ? "" : "\n\n") + format_series(view);
    json[name] = make_series_json(view);
  }
  if (options.json)
    print_json(file, {{"series", json}});
  else
    print(text);
  return ExitCode::success;
}

std::string make_bold(const std::string& text) { return style(text, Style::bold, Stream::output); }

ExitCode compare_by_part(const results::ResultsFile& file, const std::vector<report::ComparisonChoice>& choices,
                         const Options& options) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  std::string text;
  for (const report::ComparisonChoice& choice : choices) {
    const std::vector<PartView> parts = compare_parts(file, choice, options.by);
    if (options.json)
      json[choice.metric] = make_parts_json(parts);
    else
      text += (text.empty() ? "" : "\n\n") + format_parts(parts, make_bold);
  }
  if (options.json)
    print_json(file, choices.size() == 1 ? json.front() : json);
  else
    print(text);
  return ExitCode::success;
}

statistics::Adjustment find_adjustment(const std::string& name) {
  using statistics::Adjustment;
  for (const Adjustment adjustment : {Adjustment::bonferroni, Adjustment::holm, Adjustment::none})
    if (name == report::name_of(adjustment)) return adjustment;
  return Adjustment::best;
}

report::ComparisonChoice make_choice(const results::RunIdentity& identity, const Options& options,
                                     const std::string& metric) {
  report::ComparisonChoice choice = make_choice(identity, options.reading, metric);
  choice.adjustment = find_adjustment(options.adjust);
  choice.extras.pairs = options.pairs;
  if (options.quantiles) choice.extras.quantiles = read_quantiles(*options.quantiles);
  choice.controls = options.controls ? report::Controls::used : report::Controls::unused;
  return choice;
}

ExitCode compare_sweep(const results::ResultsFile& file, const std::vector<report::ComparisonChoice>& choices,
                       const Options& options) {
  const report::PointRows rows = options.all_points ? report::PointRows::all : report::PointRows::extract;
  if (options.json)
    print_json(file, make_sweep_results_json(file, choices));
  else
    print(format_sweep_results(file, choices, rows));
  return ExitCode::success;
}

ExitCode compare(const Options& options) {
  const results::ResultsFile file = open_worlds(options.reading.path);
  if (options.list) return list(file, options);
  check_point(file, options.reading);
  if (!options.json) print(describe_extent(file));
  const bool is_of_point = !options.by.empty() || (options.series && !options.series->empty());
  const bool has_extras = options.pairs || options.controls || options.quantiles;
  if ((is_of_point || has_extras) && !file.identity().sweep.empty() && !options.reading.point)
    throw Error(
        ExitCode::usage,
        "parts, series, pairs, quantiles and controls are shown of one point of a sweep: add --point N, counting "
        "from 0");
  if (is_of_point && options.reading.point && !options.json)
    print(report::wrap_page(describe_point(file.identity(), *options.reading.point)) + '\n');
  if (options.series) return show_series(file, options);
  const results::RunIdentity& identity = file.identity();
  std::vector<std::string> metrics = report::split_list(options.reading.metric);
  if (metrics.empty()) metrics.push_back(identity.metric);
  std::vector<report::ComparisonChoice> choices;
  for (const std::string& metric : metrics) choices.push_back(make_choice(identity, options, metric));
  if (!identity.sweep.empty() && !options.reading.point) return compare_sweep(file, choices, options);
  if (!options.by.empty()) return compare_by_part(file, choices, options);
  std::vector<report::ComparisonView> views;
  for (const report::ComparisonChoice& choice : choices) views.push_back(report::compare_results(file, choice));
  if (options.json)
    print_json(file, make_results_json(file, views));
  else
    print(format_results(file, views));
  return ExitCode::success;
}

/// How sure an answer shall be, and how that is said. Returns what has no meaning for series.
std::vector<CLI::Option*> add_statistics(CLI::App& command, Options& options) {
  return {
      add_confidence(command, options.reading),
      command
          .add_option("--adjust", options.adjust, "How intervals of differences allow for their number; default: best")
          ->check(CLI::IsMember({"best", "bonferroni", "holm", "none"}))
          ->option_text("best|bonferroni|holm|none"),
      command.add_flag("--pairs", options.pairs, "Show the difference of every pair of strategies, too"),
      command
          .add_option("--quantiles", options.quantiles,
                      "Show quantiles over worlds, too; without probabilities 0.1, 0.5 and 0.9")
          ->expected(0, 1)
          ->check(CLI::Validator(check_quantiles, ""))
          ->option_text("[P,P]"),
      command.add_flag("--controls", options.controls,
                       "Show values and differences with control variates, too, and what they gain")};
}

}  // namespace

void add_compare(CLI::App& app, Request& request) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand("compare", "Compare the strategies of a results file, for any metric");
  add_results(command, options->reading);
  CLI::Option* const metric = command
                                  .add_option("-m,--metric", options->reading.metric,
                                              "What to compare by, one or several; default: the scenario's")
                                  ->option_text("NAME,NAME");
  CLI::Option* const baseline = add_baseline(command, options->reading);
  const std::vector<CLI::Option*> statistics = add_statistics(command, *options);
  CLI::Option* const by =
      command.add_option("--by", options->by, "One comparison for each segment and population, cohort or source")
          ->check(CLI::IsMember({"segment", "cohort", "source"}))
          ->option_text("segment|cohort|source");
  command
      .add_option("--point", options->reading.point,
                  "Of a sweep: compare all strategies at this point, counting from 0")
      ->check(CLI::Range(0, 1'000'000))
      ->option_text("N");
  command.add_flag("--all-points", options->all_points, "Of a large sweep: show every point");
  CLI::Option* const list = command.add_flag("--list", options->list, "List the metrics instead")->excludes(metric);
  CLI::Option* const series =
      command.add_option("--series", options->series, "Show series over time instead; without a name, list them")
          ->expected(0, 1)
          ->excludes(metric)
          ->excludes(baseline)
          ->excludes(by)
          ->excludes(list)
          ->option_text("[NAME,NAME]");
  for (CLI::Option* const option : statistics) series->excludes(option);
  command.add_flag("--json", options->json, "Print for programs");
  command.footer(footer);
  command.callback([options, &request] { request.action = [options] { return compare(*options); }; });
}

}  // namespace vouch::cli
