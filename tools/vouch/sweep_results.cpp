// SPDX-License-Identifier: Apache-2.0
#include "sweep_results.hpp"

#include "stopping_view.hpp"
#include "table.hpp"

namespace vouch::cli {
namespace {

SweepView compare_points(const results::ResultsFile& file, ComparisonChoice choice) {
  choice.sure_confidence = 1.0 - (1.0 - choice.confidence) / file.num_points();
  SweepView view{file.identity().sweep, {}};
  for (choice.point = 0; choice.point < file.num_points(); ++choice.point)
    view.points.push_back(compare_results(file, choice));
  return view;
}

}  // namespace

std::string format_sweep_results(const results::ResultsFile& file, const std::vector<ComparisonChoice>& choices,
                                 PointRows rows) {
  const results::RunIdentity& identity = file.identity();
  std::string text = wrap_page(identity.question.empty() ? identity.title : identity.question);
  if (const std::string ending = format_stopping(identity.stopping); !ending.empty())
    text += '\n' + ending + explain_other_aim(identity.stopping, choices.front().metric);
  for (const ComparisonChoice& choice : choices)
    text += (&choice == &choices.front() ? "\n" : "\n\n") + format_sweep(compare_points(file, choice), rows);
  return text;
}

nlohmann::ordered_json make_sweep_results_json(const results::ResultsFile& file,
                                               const std::vector<ComparisonChoice>& choices) {
  nlohmann::ordered_json json;
  if (choices.size() == 1) {
    json = make_sweep_json(compare_points(file, choices.front()));
    json["stopping"] = make_stopping_json(file.identity().stopping);
    return json;
  }
  for (const ComparisonChoice& choice : choices) json[choice.metric] = make_sweep_json(compare_points(file, choice));
  return json;
}

}  // namespace vouch::cli
