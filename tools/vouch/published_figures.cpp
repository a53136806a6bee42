// SPDX-License-Identifier: Apache-2.0
#include "published_figures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/metric_choice.hpp"
#include "report/unit.hpp"
#include "report/world_evidence.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

using scenario::PublishedFigure;
using statistics::Metric;

/// Throws Error if a share is given in percent, or is none.
void check_share(double value, const char* key, const Location& where) {
  if (value >= 0.0 && value <= 1.0) return;
  throw Error(
      ExitCode::usage,
      std::vector<Problem>{{Severity::error, where, fmt::format("{} has {:.10g}", key, value), "shares are from 0 to 1",
                            value > 1.0 && value <= 100.0 ? fmt::format("write {:.10g}", value / 100.0)
                                                          : "write a share, or choose another metric"}});
}

/// Throws Error if worlds do not tell the figure's metric for its part of them.
void check_figure(const PublishedFigure& figure, const std::vector<Metric>& metrics,
                  const model::ObservationLayout& layout) {
  const Metric& metric = report::choose_metric(metrics, figure.metric, figure.where);
  const auto refuse = [&](std::string what, std::string why, std::string remedy) {
    throw Error(ExitCode::usage, std::vector<Problem>{{Severity::error, figure.where, std::move(what), std::move(why),
                                                       std::move(remedy)}});
  };
  if (metric.unit == "share") {
    check_share(figure.value, "value", figure.value_place);
    if (figure.range) check_share(figure.range->first, "range", figure.range_place);
    if (figure.range) check_share(figure.range->second, "range", figure.range_place);
  }
  if (figure.from.empty()) return;
  if (std::string why = report::explain_no_source(metric, layout); !why.empty())
    refuse(fmt::format("{} cannot be read with a source_filter", metric.name), std::move(why),
           "leave out source_filter, or choose a metric of all leads or deals");
}

std::vector<PublishedRow> evaluate(const results::ResultsFile& file, const std::vector<PublishedFigure>& figures,
                                   double confidence) {
  const results::RunIdentity& identity = file.identity();
  const auto metrics = report::list_metrics(file);
  const auto position_of = [](const std::vector<std::string>& names, const std::string& name) {
    return static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  std::vector<PublishedRow> rows;
  for (const PublishedFigure& figure : figures) {
    const int strategy = position_of(identity.strategy_names, figure.strategy);
    if (strategy == file.num_strategies()) continue;
    const Metric& metric = report::choose_metric(metrics, figure.metric, figure.where);
    report::Part part;
    if (!figure.segment.empty()) part.segment = position_of(identity.segment_names, figure.segment);
    part.from = figure.from;
    const auto evidence = report::gather_evidence(file, metric, {part, 0, {strategy}, {}});
    rows.push_back(
        {figure, statistics::estimate_value(evidence, 0, confidence), report::find_scale(metric, identity.currency)});
  }
  return rows;
}

}  // namespace

Metric check_metrics(const scenario::Scenario& scenario, const model::ObservationLayout& layout) {
  const auto metrics = report::list_metrics(layout);
  std::vector<Problem> problems;
  const auto keep_problems = [&](const auto& check) {
    try {
      check();
    } catch (const Error& error) {
      if (error.problems().empty()) throw;
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
  };
  Metric chosen;
  keep_problems(
      [&] { chosen = report::choose_metric(metrics, scenario.experiment().metric, scenario.metric_place()); });
  for (const PublishedFigure& figure : scenario.published())
    keep_problems([&] { check_figure(figure, metrics, layout); });
  if (!problems.empty()) throw Error(ExitCode::usage, std::move(problems));
  return chosen;
}

std::vector<PublishedRow> evaluate_published(const results::ResultsFile& file, double confidence) {
  const std::string& text = file.identity().scenario_text;
  if (text.find("\n[[published]]\n") == std::string::npos) return {};
  try {
    return evaluate(file, scenario::parse_scenario(text, file.path()).published(), confidence);
  } catch (const Error& error) {
    if (error.code() != ExitCode::usage) throw;
    tell_problem(
        fmt::format("warning: '{}' holds a scenario that this vouch does not read; its published figures are "
                    "left out ({})",
                    file.path(), error.what()));
    return {};
  }
}

}  // namespace vouch::cli
