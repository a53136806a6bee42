// SPDX-License-Identifier: Apache-2.0
#include "reading_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "core/error.hpp"
#include "open_worlds.hpp"
#include "report/text.hpp"

namespace vouch::cli {
namespace {

/// Empty if the text is a confidence.
std::string check_confidence(const std::string& text) {
  double confidence = 0.0;
  if (CLI::detail::lexical_cast(text, confidence) && confidence >= 0.5 && confidence <= 0.999999) return {};
  return text + " is no share from 0.5 to 0.999999 (95 % is 0.95)";
}

/// "a year", "182 days": how long customers are followed at the reading's point.
std::string describe_follow_up(const report::Reading& reading) {
  const results::RunIdentity& identity = reading.file.identity();
  double days = scenario::compile(read_scenario(identity, reading.file.path())).model.follow_up_days;
  for (const results::SweptKey& swept : identity.sweep)
    if (swept.key == "output.follow_up_days")
      days = std::strtod(swept.values[static_cast<std::size_t>(reading.choice.point)].c_str(), nullptr);
  return days == 365.0 ? "a year" : fmt::format("{} days", days);
}

/// Charts and pages tell the time itself in place of its key.
void tell_follow_up(report::Reading& reading) {
  constexpr std::string_view key = "follow_up_days";
  std::string& description = reading.view.metric.description;
  if (description.find(key) == std::string::npos) return;
  const std::string told = describe_follow_up(reading);
  for (std::size_t at = description.find(key); at != std::string::npos; at = description.find(key, at + told.size()))
    description.replace(at, key.size(), told);
}

}  // namespace

CLI::Option* add_results(CLI::App& command, ReadingOptions& options) {
  return command
      .add_option("RESULTS", options.path, "The results file (HDF5), or the journal of a run that is not over")
      ->required()
      ->option_text(" ");
}

CLI::Option* add_baseline(CLI::App& command, ReadingOptions& options) {
  return command
      .add_option("--baseline", options.baseline, "Strategy that differences are taken from; default: the scenario's")
      ->option_text("NAME");
}

CLI::Option* add_confidence(CLI::App& command, ReadingOptions& options) {
  return command.add_option("--confidence", options.confidence, "Of each interval, e.g. 0.95; default: the scenario's")
      ->check(CLI::Validator(check_confidence, ""))
      ->option_text("SHARE");
}

void check_point(const results::ResultsFile& file, const ReadingOptions& options) {
  if (!options.point) return;
  if (file.identity().sweep.empty())
    throw Error(ExitCode::usage, fmt::format("'{}' holds no sweep: leave out --point", file.path()));
  if (*options.point >= file.num_points())
    throw Error(ExitCode::usage, fmt::format("'{}' has no point {}; its points are 0 to {}", file.path(),
                                             *options.point, file.num_points() - 1));
}

report::ComparisonChoice make_choice(const results::RunIdentity& identity, const ReadingOptions& options,
                                     const std::string& metric) {
  report::ComparisonChoice choice;
  choice.metric = metric;
  choice.baseline = options.baseline.empty() ? identity.baseline : options.baseline;
  choice.confidence = options.confidence.value_or(identity.confidence);
  choice.point = options.point.value_or(0);
  return choice;
}

report::Reading make_reading(const results::ResultsFile& file, const ReadingOptions& options) {
  check_point(file, options);
  const report::ComparisonChoice choice =
      make_choice(file.identity(), options, options.metric.empty() ? file.identity().metric : options.metric);
  report::Reading reading{file, choice, report::compare_results(file, choice)};
  tell_follow_up(reading);
  return reading;
}

std::string format_reading_options(const ReadingOptions& options) {
  std::string text;
  if (!options.metric.empty()) text += " --metric " + report::quote_for_shell(options.metric);
  if (!options.baseline.empty()) text += " --baseline " + report::quote_for_shell(options.baseline);
  if (options.confidence) text += fmt::format(" --confidence {}", *options.confidence);
  if (options.point) text += fmt::format(" --point {}", *options.point);
  return text;
}

}  // namespace vouch::cli
