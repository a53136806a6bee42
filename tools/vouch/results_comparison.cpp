// SPDX-License-Identifier: Apache-2.0
#include "results_comparison.hpp"

#include <fmt/format.h>

#include "metric_choice.hpp"
#include "misspelling.hpp"
#include "published_figures.hpp"
#include "published_view.hpp"
#include "stopping_view.hpp"
#include "table.hpp"

namespace vouch::cli {
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

std::string describe_point(const results::RunIdentity& identity, int point) {
  if (identity.sweep.empty()) return {};
  std::string text;
  for (const results::SweptKey& swept : identity.sweep)
    text +=
        fmt::format("{}{} = {}", text.empty() ? "" : ", ", swept.key, swept.values[static_cast<std::size_t>(point)]);
  return fmt::format("At point {} of a sweep ({}; --point shows another): {}.", point,
                     fmt::format("0 to {}", identity.num_points() - 1), text);
}

std::string format_results(const results::ResultsFile& file, const std::vector<ComparisonView>& views) {
  const results::RunIdentity& identity = file.identity();
  const int point = views.front().point;
  std::string text = wrap_page(identity.question.empty() ? identity.title : identity.question);
  if (const std::string where = describe_point(identity, point); !where.empty()) text += '\n' + wrap_page(where);
  if (const std::string ending = format_stopping(identity.stopping); !ending.empty())
    text += '\n' + ending + explain_other_aim(identity.stopping, views.front().metric.name);
  for (const ComparisonView& view : views) text += (&view == &views.front() ? "\n" : "\n\n") + format_comparison(view);
  if (const std::string note = explain_intervals(views.front()); !note.empty()) text += '\n' + note;
  if (!identity.sweep.empty()) return text;  // published figures are of the scenario as it stands
  const std::vector<PublishedRow> published = evaluate_published(file, views.front().confidence);
  return text + (published.empty() ? "" : '\n' + format_published(published, views.front().confidence));
}

nlohmann::ordered_json make_results_json(const results::ResultsFile& file, const std::vector<ComparisonView>& views) {
  nlohmann::ordered_json json;
  if (views.size() == 1) {
    const ComparisonView& view = views.front();
    json = make_comparison_json(view);
    if (!file.identity().sweep.empty()) json["point"] = view.point;
    json["stopping"] = make_stopping_json(file.identity().stopping);
    if (file.identity().sweep.empty())
      json["published"] = make_published_json(evaluate_published(file, view.confidence));
  } else {
    for (const ComparisonView& view : views) json[view.metric.name] = make_comparison_json(view);
  }
  return json;
}

}  // namespace vouch::cli
