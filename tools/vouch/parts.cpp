// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/metric_choice.hpp"
#include "report/table.hpp"
#include "results_series.hpp"

namespace vouch::cli {
namespace {

struct NamedPart {
  std::string kind;
  std::string name;
  report::Part part;
};

/// Whether a row of by_segment is a population of partners or outsiders: accounts that never buy.
bool is_population(const results::ResultsFile& file, int segment) {
  for (int s = 0; s < file.num_strategies(); ++s) {
    const std::vector<double> bystanders = file.read_metric("bystanders", s, {segment, {}, {}});
    if (std::any_of(bystanders.begin(), bystanders.end(), [](double count) { return count > 0.0; })) return true;
  }
  return false;
}

std::vector<NamedPart> list_parts(const results::ResultsFile& file, const std::string& by) {
  std::vector<NamedPart> parts;
  const auto& segments = file.identity().segment_names;
  if (by == "segment")
    for (int i = 0; i < static_cast<int>(segments.size()); ++i)
      parts.push_back({is_population(file, i) ? "population" : by, segments[static_cast<std::size_t>(i)], {i, {}, {}}});
  if (by == "cohort")
    for (int i = 0; i < static_cast<int>(file.cohort_names().size()); ++i)
      parts.push_back({by, file.cohort_names()[static_cast<std::size_t>(i)], {{}, i, {}}});
  if (by == "source")
    for (const std::string& name : list_sources(file)) parts.push_back({by, name, {{}, {}, name}});
  return parts;
}

bool has_value(const PartView& part) { return !part.view.comparison.contenders.empty(); }

}  // namespace

std::vector<PartView> compare_parts(const results::ResultsFile& file, const report::ComparisonChoice& choice,
                                    const std::string& by) {
  if (by == "source") {
    const auto metrics = report::list_metrics(file);
    if (const std::string why = report::explain_no_source(report::choose_metric(metrics, choice.metric), file);
        !why.empty())
      throw Error(ExitCode::usage, fmt::format("{} cannot be compared by source ({}); choose a metric of all leads or "
                                               "deals, such as leads, opened, won or win_rate",
                                               choice.metric, why));
  }
  std::vector<PartView> parts;
  for (NamedPart& named : list_parts(file, by))
    parts.push_back({std::move(named.kind), std::move(named.name), report::compare_results(file, choice, named.part)});
  return parts;
}

std::string format_parts(const std::vector<PartView>& parts, std::string (*head)(const std::string&)) {
  std::string text;
  std::vector<std::string> skipped;
  const PartView* last = nullptr;
  for (const PartView& part : parts) {
    if (!has_value(part)) {
      skipped.push_back(part.name);
      continue;
    }
    text += (text.empty() ? "" : "\n\n") + head(part.kind + ' ' + part.name) + '\n';
    if (part.kind == "population")
      text += report::wrap_page(
          "What a population brings stands in the segments of the buyers; only its asks, costs and rewards stand "
          "here.");
    text += report::format_comparison(part.view);
    last = &part;
  }
  if (!skipped.empty()) {
    if (!text.empty()) text += '\n';
    text += report::wrap_page(fmt::format("Left out, as no strategy has a value of {} there: {}.",
                                          parts[0].view.metric.name, report::join_names(skipped)));
  }
  if (last != nullptr)
    if (const std::string note = report::explain_intervals(last->view); !note.empty()) text += '\n' + note;
  return text;
}

nlohmann::ordered_json make_parts_json(const std::vector<PartView>& parts) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (const PartView& part : parts) json[part.kind][part.name] = report::make_comparison_json(part.view);
  return json;
}

}  // namespace vouch::cli
