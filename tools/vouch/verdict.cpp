// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "comparison_view.hpp"
#include "number.hpp"
#include "text.hpp"
#include "unit.hpp"

namespace vouch::cli {
namespace {

/// "12,400 ± 1,300 EUR": the size of a difference.
std::string format_size(const ComparisonView& view, const statistics::Estimate& difference) {
  const Scale scale = find_scale(view.metric, view.currency);
  const int decimals = choose_decimals({&difference, 1}, scale.factor);
  return fmt::format("{} ± {}{}", format_number(std::abs(*difference.value) * scale.factor, decimals),
                     format_number(*difference.half_width * scale.factor, decimals),
                     scale.difference_unit.empty() ? "" : " " + scale.difference_unit);
}

/// Names the strategies where the lead's interval is wider than that of a single comparison.
std::string format_basis(const ComparisonView& view) {
  const std::size_t num_compared = count_known(view);
  const bool is_joint = num_compared > 2;
  return fmt::format("{} confidence{}, {}", format_confidence(view.confidence),
                     is_joint ? fmt::format(" over all {} strategies", format_count(num_compared)) : "",
                     format_num_worlds(view));
}

std::vector<std::string> name(const ComparisonView& view, const std::vector<std::size_t>& strategies) {
  std::vector<std::string> names;
  for (const std::size_t s : strategies) names.push_back(view.strategy_names[s]);
  return names;
}

/// How many worlds would tell the first two apart if their difference is as it looks; empty if beyond reach.
std::string advise_worlds(const ComparisonView& view) {
  if (view.looks == statistics::Looks::any) return {};  // the number needed is of an interval for one look
  const statistics::Estimate& lead = view.comparison.lead->estimate;
  constexpr std::size_t most_worth_naming = 1'000'000;
  const std::size_t group_size = view.group_size;
  const auto groups =
      statistics::compute_worlds_needed(lead, view.comparison.lead_confidence, most_worth_naming / group_size);
  if (!groups || *groups <= lead.num_worlds) return {};
  return fmt::format(
      " If that is the true difference, about {} worlds would show it nine times in ten (--replications).",
      format_about(*groups * group_size));
}

/// What choosing the first may cost, which these worlds cannot tell from others; empty if unknown.
std::string tell_stake(const ComparisonView& view) {
  const std::size_t first = view.comparison.ranking[0];
  const auto& strategy = view.comparison.strategies[first];
  if (view.metric.is_neutral || !strategy.from_best || strategy.from_best->low >= 0.0 || !strategy.prospect) return {};
  const Scale scale = find_scale(view.metric, view.currency);
  const int decimals = choose_decimals({&view.comparison.lead->estimate, 1}, scale.factor);
  const auto amount = [&](double value) {
    return format_number(value * scale.factor, decimals) +
           (scale.difference_unit.empty() ? "" : " " + scale.difference_unit);
  };
  return fmt::format(" Whoever chooses {} is at most {} behind the best ({} confidence), and {} on average.",
                     view.strategy_names[first], amount(-strategy.from_best->low), format_confidence(view.confidence),
                     amount(strategy.prospect->expected_loss));
}

std::string tell_winner(const ComparisonView& view) {
  const auto& comparison = view.comparison;
  if (view.metric.is_neutral)
    return fmt::format("{} has most {}: {} more than {}, the second ({}).", view.strategy_names[comparison.ranking[0]],
                       view.metric.name, format_size(view, comparison.lead->estimate),
                       view.strategy_names[comparison.ranking[1]], format_basis(view));
  if (!comparison.lead->estimate.excludes_zero())
    return fmt::format("{} is best: of the others each is surely behind it, or behind one that is ({}).",
                       view.strategy_names[comparison.ranking[0]], format_basis(view));
  const bool more = view.metric.direction == statistics::Direction::higher_is_better;
  return fmt::format("{} is best: {} {} {} than {}, the second ({}).", view.strategy_names[comparison.ranking[0]],
                     format_size(view, comparison.lead->estimate), more ? "more" : "less", view.metric.name,
                     view.strategy_names[comparison.ranking[1]], format_basis(view));
}

/// Worlds vary, or there is only one, but they do not show how much the lead varies.
std::string tell_unknown(const ComparisonView& view, const std::string& names) {
  const auto& comparison = view.comparison;
  const statistics::Estimate& lead = comparison.lead->estimate;
  if (lead.num_worlds < 2)
    return fmt::format("Not known: {} cannot show how much worlds differ; run at least two{}.", format_num_worlds(view),
                       view.group_size == 1 ? "" : " pairs");
  const Scale scale = find_scale(view.metric, view.currency);
  // That it varies is known where only an interval that holds at any time is not to be had yet.
  const char* const reason =
      lead.standard_error ? "are too few to tell" : "show no variation of that lead to judge it by";
  return fmt::format(
      "Too close to call between {}. {} is ahead of {} by {}{}, but these worlds ({}) {}: run more (--replications).",
      names, view.strategy_names[comparison.ranking[0]], view.strategy_names[comparison.ranking[1]],
      format_number(std::abs(*lead.value) * scale.factor, choose_decimals({&lead, 1}, scale.factor)),
      scale.difference_unit.empty() ? "" : " " + scale.difference_unit, format_num_worlds(view), reason);
}

/// The first are the same in every world.
std::string tell_equals(const ComparisonView& view, const std::string& names) {
  const bool are_all = view.comparison.equals.size() == count_known(view);
  return fmt::format("No difference{}: {} have the same {} in all worlds ({}).", are_all ? "" : " between the first",
                     names, view.metric.name, format_num_worlds(view));
}

std::string tell_tie(const ComparisonView& view) {
  const auto& comparison = view.comparison;
  const statistics::Estimate& lead = comparison.lead->estimate;
  const std::string names = join_names(name(view, comparison.contenders));
  if (!lead.half_width) return tell_unknown(view, names);
  if (comparison.equals.size() == comparison.contenders.size()) return tell_equals(view, names);
  const std::string first = view.strategy_names[comparison.ranking[0]];
  const std::string second = view.strategy_names[comparison.ranking[1]];
  const bool is_settled = !view.reached_aim.empty();
  std::string text = is_settled ? fmt::format(
                                      "Settled as far as the aim goes ({}), and no further: any of {} may be the "
                                      "best.",
                                      view.reached_aim, names)
                                : fmt::format("Too close to call between {}.", names);
  const bool is_ahead = *lead.value != 0.0 || *lead.half_width != 0.0;
  if (is_ahead && comparison.contenders[1] == comparison.ranking[1])
    text += fmt::format(" {} is ahead of {} by {} ({}), which may be chance.{}", first, second, format_size(view, lead),
                        format_basis(view), advise_worlds(view) + tell_stake(view));
  return text;
}

}  // namespace

std::string format_verdict(const ComparisonView& view) {
  const auto& comparison = view.comparison;
  if (std::all_of(view.num_worlds.begin(), view.num_worlds.end(), [](std::uint64_t n) { return n == 0; }))
    return view.group_size == 1 ? "No world has been completed: there is nothing to compare."
                                : "No antithetic pair of worlds has been completed: there is nothing to compare.";
  if (comparison.contenders.empty())
    return fmt::format("No strategy has a value of {}: its denominator is 0 in every world.", view.metric.name);
  if (comparison.strategies.size() == 1) return {};
  if (!comparison.lead)
    return fmt::format("Only {} has a value of {}.", view.strategy_names[comparison.ranking[0]], view.metric.name);
  return comparison.contenders.size() == 1 ? tell_winner(view) : tell_tie(view);
}

}  // namespace vouch::cli
