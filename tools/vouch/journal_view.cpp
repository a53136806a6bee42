// SPDX-License-Identifier: Apache-2.0
#include "journal_view.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <numeric>

#include "open_worlds.hpp"
#include "report/number.hpp"
#include "report/table.hpp"
#include "report/text.hpp"
#include "shard.hpp"

namespace vouch::cli {
namespace {

using report::format_count;

std::uint64_t count_all(const results::JournalSurvey& journal) {
  return std::accumulate(journal.num_worlds.begin(), journal.num_worlds.end(), std::uint64_t{0});
}

/// Over the points of a sweep.
std::vector<std::uint64_t> count_by_strategy(const results::JournalSurvey& journal) {
  const std::size_t num_strategies = journal.identity->strategy_names.size();
  std::vector<std::uint64_t> counts(num_strategies);
  for (std::size_t lane = 0; lane < journal.num_worlds.size(); ++lane)
    counts[lane % num_strategies] += journal.num_worlds[lane];
  return counts;
}

std::string format_time(std::time_t time) { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(time)); }

std::string find_resume_command(const std::string& path) {
  constexpr std::string_view ending = ".journal";
  if (!path.ends_with(ending)) return {};
  return "vouch resume " + report::quote_for_shell(path.substr(0, path.size() - ending.size()));
}

/// A label and a text that is wrapped beside it.
std::string format_entry(const std::string& label, const std::string& text) {
  constexpr std::size_t label_width = 14;
  std::string entry;
  for (const std::string& line : report::wrap(text, report::page_width - label_width))
    entry += report::pad(entry.empty() ? label : "", label_width, report::Align::left) + line + '\n';
  return entry;
}

std::string format_run(const results::JournalSurvey& journal) {
  const results::RunIdentity& identity = *journal.identity;
  std::string text = format_entry("title", identity.title);
  std::string planned =
      fmt::format("{} strategies x {}{} replications", identity.strategy_names.size(),
                  identity.stopping.aim.empty() ? "" : "at most ", format_count(identity.covered().count));
  if (!identity.sweep.empty()) planned = fmt::format("{} points x {}", format_count(identity.num_points()), planned);
  text += format_entry("worlds", planned);
  if (identity.part)
    text += format_entry("part", report::format_replications(identity.part->first, identity.part->count));
  if (!identity.stopping.aim.empty()) text += format_entry("until", identity.stopping.aim);
  const std::vector<std::uint64_t> counts = count_by_strategy(journal);
  const std::uint64_t each = identity.num_planned() / counts.size();
  for (std::size_t s = 0; s < counts.size(); ++s)
    text += format_entry(s == 0 ? "so far" : "", fmt::format("{} of {}: {}", format_count(counts[s]),
                                                             format_count(each), identity.strategy_names[s]));
  return text;
}

std::string format_file(const results::JournalSurvey& journal) {
  std::string text = format_entry("run", journal.is_open ? "going on now" : "stopped");
  std::string bytes = format_count(journal.num_bytes) + " bytes";
  if (journal.num_bytes_damaged > 0)
    bytes += journal.is_open ? fmt::format(", of which {} are being written", format_count(journal.num_bytes_damaged))
                             : fmt::format(", of which the last {} are damaged; their worlds will run again",
                                           format_count(journal.num_bytes_damaged));
  text += format_entry("file", bytes);
  return text + format_entry("last written", format_time(journal.written));
}

std::string format_going_on(const std::string& path, const results::JournalSurvey& journal) {
  const results::RunIdentity& identity = *journal.identity;
  if (!identity.is_of_this_vouch())
    return fmt::format("goes on with that vouch only, this one is {} ({})\n", results::version(),
                       results::git_commit());
  const std::string resume = find_resume_command(path);
  return fmt::format("{}goes on, in the folder of the scenario and with the same -o, with\n  {}\n",
                     resume.empty() ? "" : fmt::format("goes on with\n  {}\nor ", resume), identity.canonical_command);
}

}  // namespace

std::string format_journal(const std::string& path, const results::JournalSurvey& journal) {
  if (!journal.identity)
    return "Unfinished run: stopped as it began, no world so far.\n" + format_file(journal) +
           "goes on with the command that began it\n";
  const results::RunIdentity& identity = *journal.identity;
  std::string text = fmt::format("Unfinished run: {} of {}{} worlds so far.\n", format_count(count_all(journal)),
                                 identity.stopping.aim.empty() ? "" : "at most ", format_count(identity.num_planned()));
  text += format_run(journal) + format_file(journal);
  text += format_entry("made by", fmt::format("vouch {} ({})", identity.version, identity.git_sha1));
  if (!journal.is_open) text += format_going_on(path, journal);
  if (count_all(journal) > 0)
    text += fmt::format("what its worlds say so far:\n  vouch compare {}\n", report::quote_for_shell(path));
  return text;
}

nlohmann::ordered_json make_journal_json(const std::string& path, const results::JournalSurvey& journal) {
  nlohmann::ordered_json json;
  json["unfinished"] = {{"worlds", count_all(journal)},
                        {"planned", journal.identity ? journal.identity->num_planned() : 0}};
  json["open"] = journal.is_open;
  json["bytes"] = journal.num_bytes;
  json["damaged_bytes"] = journal.num_bytes_damaged;
  json["written"] = format_time(journal.written);
  if (!journal.identity) return json;
  const results::RunIdentity& identity = *journal.identity;
  json["title"] = identity.title;
  json["question"] = identity.question;
  json["strategies"] = identity.strategy_names;
  json["programs"] = identity.program_names;
  json["segments"] = identity.segment_names;
  json["replications"] = identity.covered().count;
  add_part(json, identity);
  json["completed"] = count_by_strategy(journal);
  if (!identity.sweep.empty()) json["points"] = identity.num_points();
  for (const results::SweptKey& swept : identity.sweep) json["sweep"][swept.key] = swept.values;
  if (!identity.stopping.aim.empty()) json["until"] = identity.stopping.aim;
  json["seed"] = identity.seed;
  json["antithetic"] = identity.antithetic;
  json["baseline"] = identity.baseline;
  json["metric"] = identity.metric;
  json["confidence"] = identity.confidence;
  json["vouch_version"] = identity.version;
  json["git_sha1"] = identity.git_sha1;
  json["canonical_command"] = identity.canonical_command;
  if (identity.is_of_this_vouch()) json["resume"] = find_resume_command(path);
  json["scenario"] = identity.scenario_text;
  return json;
}

}  // namespace vouch::cli
