// SPDX-License-Identifier: Apache-2.0
#include "sweep_results.hpp"

#include "report/stopping_view.hpp"
#include "report/table.hpp"

namespace vouch::cli {
std::string format_sweep_results(const results::ResultsFile& file, const std::vector<report::ComparisonChoice>& choices,
                                 report::PointRows rows) {
  const results::RunIdentity& identity = file.identity();
  std::string text = report::wrap_page(identity.question.empty() ? identity.title : identity.question);
  if (const std::string ending = report::format_stopping(identity.stopping); !ending.empty())
    text += '\n' + ending + report::explain_other_aim(identity.stopping, choices.front().metric);
  for (const report::ComparisonChoice& choice : choices)
    text += (&choice == &choices.front() ? "\n" : "\n\n") +
            report::format_sweep(report::compare_points(file, choice), rows);
  return text;
}

nlohmann::ordered_json make_sweep_results_json(const results::ResultsFile& file,
                                               const std::vector<report::ComparisonChoice>& choices) {
  nlohmann::ordered_json json;
  if (choices.size() == 1) {
    json = report::make_sweep_json(report::compare_points(file, choices.front()));
    json["stopping"] = report::make_stopping_json(file.identity().stopping);
    return json;
  }
  for (const report::ComparisonChoice& choice : choices)
    json[choice.metric] = report::make_sweep_json(report::compare_points(file, choice));
  return json;
}

}  // namespace vouch::cli
