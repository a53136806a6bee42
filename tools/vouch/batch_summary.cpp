// SPDX-License-Identifier: Apache-2.0
#include "batch_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "report/number.hpp"
#include "report/table.hpp"
#include "report/text.hpp"
#include "results/provenance.hpp"

namespace vouch::cli {
namespace {

constexpr std::array statuses = {BatchStatus::made, BatchStatus::up_to_date, BatchStatus::failed, BatchStatus::stopped,
                                 BatchStatus::not_started};
constexpr std::size_t answer_width = 40;

std::size_t count(const std::vector<BatchOutcome>& outcomes, BatchStatus status) {
  return static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [&](const BatchOutcome& one) { return one.status == status; }));
}

std::string format_seconds(double seconds) {
  return seconds < 60.0 ? fmt::format("{:.1f} s", seconds) : report::format_duration(seconds);
}

std::string join_lines(const std::vector<std::string>& lines) { return fmt::format("{}", fmt::join(lines, "\n")); }

void add_row(const BatchOutcome& outcome, const std::string& folder, report::Table& table) {
  const bool has_run = outcome.status != BatchStatus::not_started;
  const std::string answer = outcome.answer ? outcome.answer->text : "";
  table.add_row(
      {outcome.name, name_of(outcome.status), outcome.num_worlds ? report::format_count(*outcome.num_worlds) : "-",
       has_run ? format_seconds(outcome.seconds) : "-",
       answer.empty() ? "-" : join_lines(report::wrap(answer, answer_width)),
       outcome.num_worlds ? std::filesystem::path(outcome.results).lexically_relative(folder).string() : "-"});
}

std::string format_failure(const BatchOutcome& outcome) {
  std::string text = fmt::format("{} {}", name_of(outcome.status), outcome.name);
  if (outcome.status == BatchStatus::failed) text += fmt::format(" (exit code {})", static_cast<int>(outcome.code));
  text += ":\n";
  for (const std::string& line : report::wrap(outcome.message, std::string::npos)) text += "  " + line + '\n';
  return text;
}

}  // namespace

const char* name_of(BatchStatus status) {
  switch (status) {
    case BatchStatus::made:
      return "made";
    case BatchStatus::up_to_date:
      return "up to date";
    case BatchStatus::failed:
      return "failed";
    case BatchStatus::stopped:
      return "stopped";
    case BatchStatus::not_started:
      break;
  }
  return "not started";
}

ExitCode find_batch_code(const std::vector<BatchOutcome>& outcomes) {
  for (const ExitCode code : {ExitCode::interrupted, ExitCode::terminated, ExitCode::internal, ExitCode::data,
                              ExitCode::usage, ExitCode::resources, ExitCode::io, ExitCode::time_limit})
    if (std::any_of(outcomes.begin(), outcomes.end(), [&](const BatchOutcome& one) { return one.code == code; }))
      return code;
  return ExitCode::success;
}

std::string count_outcomes(const std::vector<BatchOutcome>& outcomes) {
  std::vector<std::string> parts;
  for (const BatchStatus status : statuses)
    if (const std::size_t n = count(outcomes, status); n > 0)
      parts.push_back(fmt::format("{} {}", report::format_count(n), name_of(status)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string format_batch(const std::vector<BatchOutcome>& outcomes, double seconds, const std::string& folder) {
  using report::Align;
  report::Table table({{"scenario", Align::left},
                       {"status", Align::left},
                       {"worlds"},
                       {"time"},
                       {"answer", Align::left},
                       {"results", Align::left}});
  for (const BatchOutcome& outcome : outcomes) add_row(outcome, folder, table);
  std::string text = table.format();
  text += fmt::format("\n{} of {} in {}; results are in {}\n", count_outcomes(outcomes),
                      outcomes.size() == 1 ? "1 run" : report::format_count(outcomes.size()) + " runs",
                      format_seconds(seconds), folder);
  for (const BatchOutcome& outcome : outcomes)
    if (!outcome.message.empty()) text += '\n' + format_failure(outcome);
  return text;
}

std::string format_outcome(const BatchOutcome& outcome) {
  std::string text = fmt::format("{} {}", name_of(outcome.status), outcome.name);
  if (outcome.status == BatchStatus::stopped) return text + ": " + outcome.message;
  if (outcome.num_worlds) text += fmt::format(": {} worlds", report::format_count(*outcome.num_worlds));
  if (outcome.status == BatchStatus::made) text += fmt::format(" in {}", format_seconds(outcome.seconds));
  if (outcome.answer) text += ", " + outcome.answer->text;
  return text;
}

nlohmann::ordered_json make_outcome_json(const BatchOutcome& outcome) {
  const auto or_null = [](const auto& value) {
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
  };
  const auto known = [](const std::string& text) {
    return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(text);
  };
  nlohmann::ordered_json json;
  json["started"] = known(outcome.started);
  json["seconds"] = outcome.seconds;
  json["scenario"] = known(outcome.scenario);
  json["results"] = known(outcome.results);
  json["status"] = name_of(outcome.status);
  json["exit_code"] = static_cast<int>(outcome.code);
  json["message"] = outcome.message;
  json["worlds"] = or_null(outcome.num_worlds);
  json["simulated"] = outcome.num_simulated;
  json["resumed"] = outcome.num_resumed;
  json["seed"] = or_null(outcome.seed);
  json["replications"] = or_null(outcome.replications);
  json["answer"] = outcome.answer ? nlohmann::ordered_json(outcome.answer->text) : nlohmann::ordered_json();
  json["best"] = outcome.answer ? or_null(outcome.answer->best) : nlohmann::ordered_json();
  json["vouch_version"] = results::version();
  json["git_sha1"] = results::git_commit();
  return json;
}

nlohmann::ordered_json make_batch_json(const std::vector<BatchOutcome>& outcomes, double seconds, ExitCode code) {
  nlohmann::ordered_json json;
  for (const BatchStatus status : statuses) {
    std::string key = name_of(status);
    std::replace(key.begin(), key.end(), ' ', '_');
    json[key] = count(outcomes, status);
  }
  json["seconds"] = seconds;
  json["exit_code"] = static_cast<int>(code);
  json["runs"] = nlohmann::ordered_json::array();
  for (const BatchOutcome& outcome : outcomes) json["runs"].push_back(make_outcome_json(outcome));
  return json;
}

}  // namespace vouch::cli
