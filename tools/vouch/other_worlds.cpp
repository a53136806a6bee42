// SPDX-License-Identifier: Apache-2.0
#include "other_worlds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "results/journal.hpp"
#include "results/journal_survey.hpp"

namespace vouch::cli {
namespace {

/// Empty if nothing can be said.
std::string describe_keys(const results::RunIdentity& identity, const RunPlan& plan) {
  constexpr std::size_t most_named = 3;
  try {
    const auto read = [](const std::string& text) {
      const scenario::Scenario whole = scenario::parse_scenario(text, "scenario");
      return scenario::parse_scenario(text, "scenario", list_neutral_overrides(whole));
    };
    const auto theirs = read(identity.scenario_text);
    const auto own = read(plan.identity.scenario_text);
    std::vector<std::string> lines = scenario::list_differences(theirs, own);
    const std::size_t num_more = lines.size() - std::min(most_named, lines.size());
    lines.resize(lines.size() - num_more);
    std::string text = fmt::format("{}", fmt::join(lines, ", "));
    if (num_more > 0) text += fmt::format(", and {} more {}", num_more, num_more == 1 ? "key" : "keys");
    return text;
  } catch (const Error&) {
    return {};
  }
}

bool is_of_scenario(const std::string& difference) {
  return difference == "scenario" || difference == "sweep" || difference == "observations";
}

}  // namespace

std::vector<scenario::Override> list_neutral_overrides(const scenario::Scenario& scenario) {
  const std::string first_strategy = nlohmann::json(scenario.strategy_names().front()).dump();  // a TOML string as well
  std::vector<scenario::Override> overrides{{"title", "\"\""},
                                            {"question", "\"\""},
                                            {"experiment.seed", "1"},
                                            {"experiment.replications", "2"},
                                            {"published", "[]"},
                                            {"experiment.baseline", first_strategy},
                                            {"experiment.metric", "\"net_value\""},
                                            {"experiment.confidence", "0.95"},
                                            {"output.detail", "\"summary\""},
                                            {"money.currency", "\"EUR\""}};
  // A limit that was not reached, and names for people, change no world either.
  overrides.push_back({"experiment.max_accounts", "4294967295"});
  for (const std::string& name : scenario.strategy_names())
    for (const char* key : {"label", "description"})
      overrides.push_back({fmt::format("strategies.{}.{}", name, key), "\"\""});
  for (const std::string& name : scenario.segment_names())
    overrides.push_back({fmt::format("segments.{}.label", name), "\"\""});
  for (const std::string& name : scenario.population_names())
    overrides.push_back({fmt::format("populations.{}.label", name), "\"\""});
  return overrides;
}

std::string describe_other_worlds(const std::string& worlds, const results::RunIdentity& identity,
                                  const RunPlan& plan) {
  const auto own = results::describe_worlds(plan.identity, plan.layout);
  if (is_of_scenario(results::find_difference(worlds, own)))
    if (const std::string keys = describe_keys(identity, plan); !keys.empty()) return "in its scenario " + keys;
  return results::describe_difference(worlds, own);
}

void explain_other_journal(const RunPlan& plan) {
  const std::string path = plan.output + ".journal";
  results::JournalSurvey journal;
  try {
    journal = results::survey_journal(path);
  } catch (const Error&) {
    return;  // then that is what it was refused for
  }
  const auto own = results::describe_worlds(plan.identity, plan.layout);
  if (!journal.identity || !is_of_scenario(results::find_difference(journal.worlds, own))) return;
  throw results::make_other_worlds_error(path, describe_other_worlds(journal.worlds, *journal.identity, plan));
}

}  // namespace vouch::cli
