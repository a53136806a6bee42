// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/comparison_notes.hpp"
#include "report/comparison_tables.hpp"
#include "report/number.hpp"
#include "report/table.hpp"

namespace vouch::report {

using statistics::Adjustment;

ComparisonView make_view(const statistics::Evidence& evidence, const statistics::Metric& metric,
                         const ViewOptions& options) {
  ComparisonView view;
  view.metric = metric;
  view.strategy_names = options.strategy_names;
  view.baseline = options.baseline;
  view.confidence = options.confidence;
  view.adjustment = options.adjustment;
  view.currency = options.currency;
  view.extras = options.extras;
  view.group_size = evidence.options().group_size;
  view.looks = options.looks;
  view.reached_aim = options.reached_aim;
  statistics::ComparisonOptions comparison{options.baseline, options.confidence, options.adjustment, options.looks};
  view.comparison = statistics::compare_strategies(evidence, comparison);
  if (options.sure_confidence && view.looks == statistics::Looks::any) {
    comparison.confidence = *options.sure_confidence;
    view.sure_contenders = statistics::compare_strategies(evidence, comparison).contenders;
  }
  for (const statistics::Control& control : evidence.options().controls) view.controls.push_back(control.name);
  for (std::size_t s = 0; s < evidence.num_strategies(); ++s) {
    view.num_worlds.push_back(evidence.num_groups(s) * view.group_size);
    if (view.group_size > 1) view.antithetic_gains.push_back(statistics::compute_antithetic_gain(evidence, s));
    if (!options.extras.quantiles.empty()) view.quantiles.emplace_back();
    for (const double probability : options.extras.quantiles)
      view.quantiles.back().push_back(statistics::estimate_quantile(evidence, s, probability, options.confidence));
    if (view.controls.empty()) continue;
    ControlledRow& row = view.controlled.emplace_back();
    row.value = statistics::estimate_controlled_value(evidence, s, options.confidence);
    if (s != options.baseline)
      row.from_baseline = statistics::estimate_controlled_difference(evidence, s, options.baseline, options.confidence);
  }
  return view;
}

bool is_contest(const ComparisonView& view) { return view.strategy_names.size() > 1 && !view.metric.is_neutral; }

bool is_judged(const ComparisonView& view, const statistics::AdjustedDifference& adjusted) {
  return view.looks == statistics::Looks::any ? adjusted.joint.has_value() : adjusted.adjusted_p_value.has_value();
}

std::size_t count_known(const ComparisonView& view) {
  const auto& strategies = view.comparison.strategies;
  return static_cast<std::size_t>(
      std::count_if(strategies.begin(), strategies.end(), [](const auto& s) { return s.estimate.value.has_value(); }));
}

std::string format_num_worlds(const ComparisonView& view, Wording wording) {
  std::vector<std::uint64_t> counts;
  for (std::size_t s = 0; s < view.num_worlds.size(); ++s)
    if (view.comparison.strategies[s].estimate.value) counts.push_back(view.num_worlds[s]);
  return format_worlds(counts, wording) + " each";
}

std::string format_comparison(const ComparisonView& view) {
  std::string text;
  if (const std::string verdict = format_verdict(view); !verdict.empty()) text += wrap_page(verdict) + '\n';
  text += wrap_page(fmt::format("{}: {}.", view.metric.name, view.metric.description)) + '\n';
  text += format_values(view);
  const auto append = [&](const std::string& part) {
    if (!part.empty()) text += '\n' + part;
  };
  if (view.strategy_names.size() > 1) {
    if (view.adjustment == Adjustment::best) append(format_from_best(view));
    append(format_differences(view));
    if (view.extras.pairs) append(format_pairs(view));
  }
  if (!view.quantiles.empty()) append(format_quantiles(view));
  if (!view.controlled.empty()) append(format_controlled(view));
  for (const std::string& note : {format_cautions(view), format_sharing(view), format_antithetic(view)})
    if (!note.empty()) append(wrap_page(note));
  return text;
}

std::string explain_intervals(const ComparisonView& view) {
  if (view.strategy_names.size() < 2) return {};
  const auto [fewest, most] = std::minmax_element(view.num_worlds.begin(), view.num_worlds.end());
  const char* const unequal = *fewest == *most ? ""
                                               : "Each value is over its strategy's own worlds, and their numbers "
                                                 "differ: compare strategies by the differences, not by the values. ";
  const bool is_any = view.looks == statistics::Looks::any;
  const char* const whenever = is_any ? ", at whatever moment one looks (confidence sequences, which are wider)" : "";
  std::string text = fmt::format(
      "{}Differences, the one in the first sentence too, are taken world by world: the luck of a world cancels as far "
      "as "
      "it moves the strategies alike. Intervals of values hold each by itself with {} confidence{}",
      unequal, format_confidence(view.confidence),
      is_any ? ", as if the number of worlds had been fixed beforehand" : "");
  if (view.adjustment == Adjustment::none)
    return wrap_page(
        fmt::format("{}{} those of differences{}.", text, is_any ? "; each by itself hold" : ", and so do", whenever));
  text += fmt::format("; those of a table of differences hold all at once{}", whenever);
  if (view.adjustment == Adjustment::holm && !is_any)
    text +=
        ". What differs is told by Holm's procedure, which may tell more than these intervals do, with the same "
        "confidence for all it tells";
  return wrap_page(text + '.');
}

const char* name_of(Adjustment adjustment) {
  switch (adjustment) {
    case Adjustment::best:
      return "best";
    case Adjustment::bonferroni:
      return "bonferroni";
    case Adjustment::holm:
      return "holm";
    case Adjustment::none:
      return "none";
  }
  return "";
}

}  // namespace vouch::report
