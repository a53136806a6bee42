// SPDX-License-Identifier: Apache-2.0
#include "results_comparison.hpp"

#include <fmt/format.h>

#include "published_figures.hpp"
#include "published_view.hpp"
#include "report/stopping_view.hpp"
#include "report/table.hpp"

namespace vouch::cli {
std::string describe_point(const results::RunIdentity& identity, int point) {
  if (identity.sweep.empty()) return {};
  std::string text;
  for (const results::SweptKey& swept : identity.sweep)
    text +=
        fmt::format("{}{} = {}", text.empty() ? "" : ", ", swept.key, swept.values[static_cast<std::size_t>(point)]);
  return fmt::format("At point {} of a sweep ({}; --point shows another): {}.", point,
                     fmt::format("0 to {}", identity.num_points() - 1), text);
}

std::string format_results(const results::ResultsFile& file, const std::vector<report::ComparisonView>& views) {
  const results::RunIdentity& identity = file.identity();
  const int point = views.front().point;
  std::string text = report::wrap_page(identity.question.empty() ? identity.title : identity.question);
  if (const std::string where = describe_point(identity, point); !where.empty())
    text += '\n' + report::wrap_page(where);
  if (const std::string ending = report::format_stopping(identity.stopping); !ending.empty())
    text += '\n' + ending + report::explain_other_aim(identity.stopping, views.front().metric.name);
  for (const report::ComparisonView& view : views)
    text += (&view == &views.front() ? "\n" : "\n\n") + report::format_comparison(view);
  if (const std::string note = report::explain_intervals(views.front()); !note.empty()) text += '\n' + note;
  if (!identity.sweep.empty()) return text;  // published figures are of the scenario as it stands
  const std::vector<PublishedRow> published = evaluate_published(file, views.front().confidence);
  return text + (published.empty() ? "" : '\n' + format_published(published, views.front().confidence));
}

nlohmann::ordered_json make_results_json(const results::ResultsFile& file,
                                         const std::vector<report::ComparisonView>& views) {
  nlohmann::ordered_json json;
  if (views.size() == 1) {
    const report::ComparisonView& view = views.front();
    json = report::make_comparison_json(view);
    if (!file.identity().sweep.empty()) json["point"] = view.point;
    json["stopping"] = report::make_stopping_json(file.identity().stopping);
    if (file.identity().sweep.empty())
      json["published"] = make_published_json(evaluate_published(file, view.confidence));
  } else {
    for (const report::ComparisonView& view : views) json[view.metric.name] = report::make_comparison_json(view);
  }
  return json;
}

}  // namespace vouch::cli
