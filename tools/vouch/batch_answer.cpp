// SPDX-License-Identifier: Apache-2.0
#include "batch_answer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/compare_results.hpp"
#include "report/number.hpp"
#include "report/sweep_view.hpp"
#include "report/text.hpp"
#include "report/verdict.hpp"

namespace vouch::cli {
namespace {

/// At how many points of a sweep a strategy is surely the best, such that the statements of all points hold at once.
BatchAnswer find_sweep_answer(const report::SweepView& view) {
  const report::ComparisonView& first = view.points.front();
  const auto won = report::list_won_points(view, report::call_points(view));
  const std::string num_points = report::format_count(view.points.size());
  std::vector<std::string> parts;
  for (std::size_t s = 0; s < won.size(); ++s)
    if (!won[s].empty())
      parts.push_back(fmt::format("{} at {}", first.strategy_names[s], report::format_count(won[s].size())));
  const char* const what = first.metric.is_neutral ? "first" : "best";
  if (parts.empty()) return {fmt::format("no strategy surely {} at any of {} points", what, num_points), {}};
  return {fmt::format("{} at points, of {}: {}", what, num_points, report::join_names(parts)), {}};
}

}  // namespace

BatchAnswer find_answer(const report::ComparisonView& view) {
  using report::Outcome;
  const auto name = [&](std::size_t place) { return view.strategy_names[view.comparison.ranking[place]]; };
  switch (report::find_outcome(view)) {
    case Outcome::nothing_run:
      return {"nothing simulated", {}};
    case Outcome::no_value:
      return {fmt::format("nothing to judge by {}", view.metric.name), {}};
    case Outcome::single:
      return {fmt::format("{} is the only strategy", name(0)), {}};
    case Outcome::only_one:
      return {fmt::format("only {} has a value", name(0)), {}};
    case Outcome::won:
      if (view.metric.is_neutral) return {fmt::format("{} is first by {}", name(0), view.metric.name), {}};
      return {fmt::format("{} is best", name(0)), name(0)};
    case Outcome::too_few:
      return {"too few worlds to tell", {}};
    case Outcome::equal:
      return {fmt::format("no difference between {}", report::name_contenders(view)), {}};
    case Outcome::settled:
      return {fmt::format("settled by the aim: {} may be the best", report::name_alternatives(view)), {}};
    case Outcome::unjudged:
    case Outcome::open:
      break;
  }
  return {fmt::format("too close to call between {}", report::name_contenders(view)), {}};
}

BatchAnswer find_answer(const results::ResultsFile& file) {
  const results::RunIdentity& identity = file.identity();
  const report::ComparisonChoice choice{identity.metric, identity.baseline, identity.confidence};
  if (!identity.sweep.empty()) return find_sweep_answer(report::compare_points(file, choice));
  return find_answer(report::compare_results(file, choice));
}

}  // namespace vouch::cli
