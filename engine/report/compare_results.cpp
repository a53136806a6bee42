// SPDX-License-Identifier: Apache-2.0
#include "report/compare_results.hpp"

#include "report/find_name.hpp"
#include "report/metric_choice.hpp"

namespace vouch::report {
namespace {

/// Whether the moment that is looked at hangs on what was seen of differences.
statistics::Looks find_looks(const results::ResultsFile& file) {
  const bool is_any = file.unfinished() || file.identity().stopping.hangs_on_lead();
  return is_any ? statistics::Looks::any : statistics::Looks::fixed;
}

/// Its aim, if the run ended because one was left that is the best by this metric, or near it.
std::string find_reached_aim(const results::ResultsFile& file, const statistics::Metric& metric, const Part& part) {
  const experiment::Stopping& stopping = file.identity().stopping;
  const bool is_whole = !part.segment && !part.cohort && part.from.empty();
  const bool is_reached = stopping.is_reached && !stopping.reason.empty() && !file.unfinished();
  return is_whole && is_reached && stopping.aim.starts_with("best by " + metric.name + " ") ? stopping.aim : "";
}

}  // namespace

ComparisonView compare_results(const results::ResultsFile& file, const ComparisonChoice& choice, const Part& part) {
  const std::vector<statistics::Metric> metrics = list_metrics(file);
  const statistics::Metric& metric = choose_metric(metrics, choice.metric);
  ViewOptions options;
  options.strategy_names = file.identity().strategy_names;
  options.baseline = find_name("baseline", choice.baseline, options.strategy_names);
  options.confidence = choice.confidence;
  options.adjustment = choice.adjustment;
  options.currency = file.identity().currency;
  options.extras = choice.extras;
  options.looks = find_looks(file);
  options.reached_aim = find_reached_aim(file, metric, part);
  options.sure_confidence = choice.sure_confidence;
  WorldChoice worlds{part, choice.point, {}, {}};
  if (choice.controls == Controls::used) worlds.controls = list_controls(file, choice.point);
  ComparisonView view = make_view(gather_evidence(file, metric, worlds), metric, options);
  view.point = choice.point;
  return view;
}

SweepView compare_points(const results::ResultsFile& file, ComparisonChoice choice) {
  choice.sure_confidence = 1.0 - (1.0 - choice.confidence) / file.num_points();
  SweepView view{file.identity().sweep, {}};
  for (choice.point = 0; choice.point < file.num_points(); ++choice.point)
    view.points.push_back(compare_results(file, choice));
  return view;
}

}  // namespace vouch::report
