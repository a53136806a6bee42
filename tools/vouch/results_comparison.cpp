// SPDX-License-Identifier: Apache-2.0
#include "results_comparison.hpp"

#include "misspelling.hpp"
#include "published_figures.hpp"
#include "published_view.hpp"
#include "table.hpp"

namespace vouch::cli {

ComparisonView compare_results(const results::ResultsFile& file, const ComparisonChoice& choice, const Part& part) {
  const std::vector<statistics::Metric> metrics = list_metrics(file);
  ComparisonView view;
  view.metric = choose_metric(metrics, choice.metric);
  view.strategy_names = file.identity().strategy_names;
  view.baseline = find_name("baseline", choice.baseline, view.strategy_names);
  view.confidence = choice.confidence;
  view.currency = file.identity().currency;
  const std::vector<std::uint32_t> replications = find_common_replications(file);
  view.num_worlds = replications.size();
  const auto observations = read_observations(file, view.metric, replications, part);
  view.comparison =
      statistics::compare_strategies(observations, {view.baseline, view.metric.direction, view.confidence,
                                                    file.identity().antithetic ? std::size_t{2} : std::size_t{1}});
  return view;
}

std::string format_results(const results::ResultsFile& file, const std::vector<ComparisonView>& views) {
  const results::RunIdentity& identity = file.identity();
  std::string text = wrap_page(identity.question.empty() ? identity.title : identity.question);
  for (const ComparisonView& view : views) text += (&view == &views.front() ? "\n" : "\n\n") + format_comparison(view);
  if (const std::string note = explain_pairing(views.front()); !note.empty()) text += '\n' + note;
  const std::vector<PublishedRow> published = evaluate_published(file, views.front().confidence);
  return text + (published.empty() ? "" : '\n' + format_published(published, views.front().confidence));
}

nlohmann::ordered_json make_results_json(const results::ResultsFile& file, const std::vector<ComparisonView>& views) {
  nlohmann::ordered_json json;
  if (views.size() == 1) {
    json = make_comparison_json(views.front());
    json["published"] = make_published_json(evaluate_published(file, views.front().confidence));
  } else {
    for (const ComparisonView& view : views) json[view.metric.name] = make_comparison_json(view);
  }
  return json;
}

}  // namespace vouch::cli
