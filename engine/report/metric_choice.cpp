// SPDX-License-Identifier: Apache-2.0
#include "report/metric_choice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"

namespace vouch::report {
namespace {

using statistics::Metric;
using statistics::Source;
using statistics::Term;

void append_ratios(std::vector<Metric>& metrics) {
  const auto ratios = statistics::ratio_metrics();
  metrics.insert(metrics.end(), ratios.begin(), ratios.end());
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

}  // namespace vouch::report
