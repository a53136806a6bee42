// SPDX-License-Identifier: Apache-2.0
#include "metric_choice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"

namespace vouch::cli {
namespace {

using statistics::Metric;
using statistics::Source;
using statistics::Term;

void append_ratios(std::vector<Metric>& metrics) {
  const auto ratios = statistics::ratio_metrics();
  metrics.insert(metrics.end(), ratios.begin(), ratios.end());
}

void add_to(std::vector<double>& sums, const std::vector<double>& values, double factor) {
  sums.resize(values.size(), 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) sums[i] += factor * values[i];
}

/// Whether a strategy's leads of a source are `from` there.
bool is_from(const results::ResultsFile& file, int strategy, std::size_t source, const std::string& from) {
  const std::string& name = file.source_names()[source];
  if (from == "referral") return name != "cold";
  if (from == "cold" || from == "organic") return name == from;
  constexpr std::size_t first_program = 2;
  const auto& programs = file.identity().program_names.at(static_cast<std::size_t>(strategy));
  return source >= first_program && source - first_program < programs.size() &&
         programs[source - first_program] == from;
}

/// Whether the strategy has the source at all; a file has as many as the strategy with most programs.
bool has_source(const results::ResultsFile& file, int strategy, const std::string& from) {
  for (std::size_t s = 0; s < file.source_names().size(); ++s)
    if (is_from(file, strategy, s, from)) return true;
  return false;
}

template <typename IsOfLeads>
std::string explain_no_source(const Metric& metric, const IsOfLeads& is_of_leads) {
  const auto all_of_terms = [&](const auto& holds) {
    return std::all_of(metric.numerator.begin(), metric.numerator.end(), holds) &&
           std::all_of(metric.denominator.begin(), metric.denominator.end(), holds);
  };
  if (!all_of_terms([](const Term& term) { return term.source == Source::all; })) return "it has a source of its own";
  if (!all_of_terms([&](const Term& term) { return is_of_leads(term.observation); }))
    return "only of leads and deals is it known where they came from";
  return {};
}

bool is_series(const std::string& name) {
  constexpr std::string_view prefix = "series_";
#define X(series, unit, text) \
  if (std::string_view(#series).substr(prefix.size()) == name) return true;
  VOUCH_SERIES(X)
  VOUCH_SOURCE_SERIES(X)
#undef X
  return false;
}

const char* name_of(Source source) { return source == Source::cold ? "cold" : "referral"; }

/// By replication.
std::vector<double> read_terms(const results::ResultsFile& file, const std::vector<Term>& terms, int strategy,
                               const Part& part) {
  std::vector<double> sums;
  for (const Term& term : terms) {
    const std::string from = term.source == Source::all ? part.from : name_of(term.source);
    if (from.empty()) {
      add_to(sums, file.read_metric(term.observation, strategy, {part.segment, part.cohort, {}}), term.factor);
      continue;
    }
    sums.resize(file.num_replications(), 0.0);  // a strategy may lack the program
    for (std::size_t s = 0; s < file.source_names().size(); ++s)
      if (is_from(file, strategy, s, from))
        add_to(sums, file.read_metric(term.observation, strategy, {part.segment, part.cohort, static_cast<int>(s)}),
               term.factor);
  }
  return sums;
}

std::vector<double> pick(const std::vector<double>& values, const std::vector<std::uint32_t>& replications) {
  std::vector<double> picked;
  if (values.empty()) return picked;
  for (const std::uint32_t replication : replications) picked.push_back(values.at(replication));
  return picked;
}

}  // namespace

std::string explain_no_source(const Metric& metric, const model::ObservationLayout& layout) {
  return explain_no_source(metric, [&](const std::string& observation) {
    const model::ObservationBlock* block = layout.find(observation);
    return block != nullptr && block->group == "funnel";
  });
}

std::string explain_no_source(const Metric& metric, const results::ResultsFile& file) {
  return explain_no_source(metric, [&](const std::string& observation) {
    const results::MetricInfo* info = file.find_metric(observation);
    return info != nullptr && info->by_source;
  });
}

std::vector<Metric> list_metrics(const model::ObservationLayout& layout) {
  std::vector<Metric> metrics;
  for (const model::ObservationBlock& block : layout.blocks())
    if (block.group == "metrics" || block.group == "funnel")
      metrics.push_back(statistics::make_plain_metric(block.name, model::name_of(block.unit), block.description));
  append_ratios(metrics);
  return metrics;
}

std::vector<Metric> list_metrics(const results::ResultsFile& file) {
  std::vector<Metric> metrics;
  for (const results::MetricInfo& info : file.metrics())
    metrics.push_back(statistics::make_plain_metric(info.name, info.unit, info.description));
  append_ratios(metrics);
  return metrics;
}

const Metric& choose_metric(const std::vector<Metric>& metrics, const std::string& name, const Location& where) {
  const auto found = std::find_if(metrics.begin(), metrics.end(), [&](const Metric& m) { return m.name == name; });
  if (found != metrics.end()) return *found;
  std::vector<std::string> names;
  for (const Metric& metric : metrics) names.push_back(metric.name);
  const std::string nearest = find_nearest(name, names);
  Problem problem{Severity::error, where, fmt::format("unknown metric '{}'", name), {}, {}};
  problem.remedy = is_series(name)
                       ? fmt::format("it is a series over time: 'vouch compare RESULTS --series {}' shows it", name)
                   : nearest.empty() ? "'vouch compare RESULTS --list' names them all"
                                     : fmt::format("did you mean '{}'?", nearest);
  if (where.file.empty()) throw Error(ExitCode::usage, problem.what + "; " + problem.remedy);
  throw Error(ExitCode::usage, std::vector<Problem>{std::move(problem)});
}

statistics::Observations read_observations(const results::ResultsFile& file, const Metric& metric,
                                           const std::vector<std::uint32_t>& replications, const Part& part,
                                           int strategy) {
  if (!part.from.empty() && !has_source(file, strategy, part.from))
    return {std::vector(replications.size(), 0.0), std::vector(replications.size(), 0.0)};
  return {pick(read_terms(file, metric.numerator, strategy, part), replications),
          pick(read_terms(file, metric.denominator, strategy, part), replications)};
}

std::vector<statistics::Observations> read_observations(const results::ResultsFile& file, const Metric& metric,
                                                        const std::vector<std::uint32_t>& replications,
                                                        const Part& part) {
  std::vector<statistics::Observations> strategies;
  for (int s = 0; s < file.num_strategies(); ++s)
    strategies.push_back(read_observations(file, metric, replications, part, s));
  return strategies;
}

std::vector<std::uint32_t> find_common_replications(const results::ResultsFile& file) {
  std::vector<std::uint8_t> is_common(file.num_replications(), 1);
  for (int s = 0; s < file.num_strategies(); ++s) {
    const std::vector<std::uint8_t> completed = file.completed(s);
    for (std::size_t i = 0; i < is_common.size(); ++i) is_common[i] = is_common[i] && completed[i];
  }
  const std::size_t group = file.identity().antithetic ? 2 : 1;
  std::vector<std::uint32_t> replications;
  for (std::size_t i = 0; i + group <= is_common.size(); i += group)
    if (std::all_of(&is_common[i], &is_common[i] + group, [](std::uint8_t c) { return c != 0; }))
      for (std::size_t j = i; j < i + group; ++j) replications.push_back(static_cast<std::uint32_t>(j));
  return replications;
}

}  // namespace vouch::cli
