// SPDX-License-Identifier: Apache-2.0
#include "report/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/number.hpp"
#include "report/number_column.hpp"
#include "report/text.hpp"
#include "report/unit.hpp"

namespace vouch::report {
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
std::string tell_unjudged(const ComparisonView& view) {
  const statistics::Comparison& comparison = view.comparison;
  const statistics::Estimate& lead = comparison.lead->estimate;
  const Scale scale = find_scale(view.metric, view.currency);
  // That it varies is known where only an interval that holds at any time is not to be had yet.
  const char* const reason =
      lead.standard_error ? "are too few to tell" : "show no variation of that lead to judge it by";
  return fmt::format(
      "Too close to call between {}. {} is ahead of {} by {}{}, but these worlds ({}) {}: run more (--replications).",
      join_names(name(view, comparison.contenders)), view.strategy_names[comparison.ranking[0]],
      view.strategy_names[comparison.ranking[1]],
      format_number(std::abs(*lead.value) * scale.factor, choose_decimals({&lead, 1}, scale.factor)),
      scale.difference_unit.empty() ? "" : " " + scale.difference_unit, format_num_worlds(view), reason);
}

/// The first are the same in every world.
std::string tell_equals(const ComparisonView& view) {
  const bool are_all = view.comparison.equals.size() == count_known(view);
  return fmt::format("No difference{}: {} have the same {} in all worlds ({}).", are_all ? "" : " between the first",
                     join_names(name(view, view.comparison.contenders)), view.metric.name, format_num_worlds(view));
}

std::string tell_tie(const ComparisonView& view, Outcome outcome) {
  const statistics::Comparison& comparison = view.comparison;
  const std::string names = join_names(name(view, comparison.contenders));
  std::string text = outcome == Outcome::settled
                         ? fmt::format("Settled as far as the aim goes ({}), and no further: {} may be the best.",
                                       view.reached_aim, join_alternatives(name(view, comparison.contenders)))
                         : fmt::format("Too close to call between {}.", names);
  if (!has_told_lead(view)) return text;
  text += fmt::format(" {} is ahead of {} by {} ({}), which may be chance.", view.strategy_names[comparison.ranking[0]],
                      view.strategy_names[comparison.ranking[1]], format_size(view, comparison.lead->estimate),
                      format_basis(view));
  if (const std::string needed = format_worlds_needed(view); !needed.empty())
    text += fmt::format(
        " If that is the true difference, about {} worlds would show it nine times in ten (--replications).", needed);
  if (const std::string stake = format_stake(view); !stake.empty()) text += ' ' + stake;
  return text;
}

constexpr std::size_t most_named = 5;

bool are_all_of_many(const ComparisonView& view) {
  const std::size_t count = view.comparison.contenders.size();
  return count > most_named && count == view.strategy_names.size();
}

/// The first by name, and how many more.
std::vector<std::string> list_contenders(const ComparisonView& view) {
  std::vector<std::string> names = name(view, view.comparison.contenders);
  if (names.size() <= most_named) return names;
  const std::size_t num_left = names.size() - (most_named - 1);
  names.resize(most_named - 1);
  names.push_back(fmt::format("{} more", num_left));
  return names;
}

}  // namespace

Outcome find_outcome(const ComparisonView& view) {
  const statistics::Comparison& comparison = view.comparison;
  if (std::all_of(view.num_worlds.begin(), view.num_worlds.end(), [](std::uint64_t n) { return n == 0; }))
    return Outcome::nothing_run;
  if (comparison.contenders.empty()) return Outcome::no_value;
  if (comparison.strategies.size() == 1) return Outcome::single;
  // Several values may be of worlds that the strategies do not share.
  if (!comparison.lead) return count_known(view) > 1 ? Outcome::too_few : Outcome::only_one;
  if (comparison.contenders.size() == 1) return Outcome::won;
  const statistics::Estimate& lead = comparison.lead->estimate;
  if (!lead.half_width) return lead.num_worlds < 2 ? Outcome::too_few : Outcome::unjudged;
  if (comparison.equals.size() == comparison.contenders.size()) return Outcome::equal;
  return view.reached_aim.empty() ? Outcome::open : Outcome::settled;
}

bool has_told_lead(const ComparisonView& view) {
  const statistics::Comparison& comparison = view.comparison;
  const statistics::Estimate& lead = comparison.lead->estimate;
  return (*lead.value != 0.0 || *lead.half_width != 0.0) && comparison.contenders[1] == comparison.ranking[1];
}

std::string name_contenders(const ComparisonView& view) {
  if (are_all_of_many(view)) return fmt::format("all {} strategies", view.strategy_names.size());
  return join_names(list_contenders(view));
}

std::string name_alternatives(const ComparisonView& view) {
  if (are_all_of_many(view)) return fmt::format("any of the {} strategies", view.strategy_names.size());
  return join_alternatives(list_contenders(view));
}

std::string format_stake(const ComparisonView& view) {
  return format_stake(view, find_scale(view.metric, view.currency), {});
}

std::string format_stake(const ComparisonView& view, const Scale& scale, const std::string& noun) {
  const std::size_t first = view.comparison.ranking[0];
  const auto& strategy = view.comparison.strategies[first];
  if (view.metric.is_neutral || !strategy.from_best || strategy.from_best->low >= 0.0 || !strategy.prospect) return {};
  const NumberColumn numbers(scale, {&view.comparison.lead->estimate, 1});
  const std::string unit = scale.difference_unit.empty() ? "" : " " + scale.difference_unit;
  const std::string first_unit = unit.empty() && !noun.empty() ? " " + noun : unit;
  return fmt::format("Whoever chooses {} is at most {}{} behind the best ({} confidence), and {}{} on average.",
                     view.strategy_names[first], numbers.plain(-strategy.from_best->low), first_unit,
                     format_confidence(view.confidence), numbers.small(strategy.prospect->expected_loss), unit);
}

std::string format_worlds_needed(const ComparisonView& view) {
  if (view.looks == statistics::Looks::any) return {};  // the number needed is of an interval for one look
  const statistics::Estimate& lead = view.comparison.lead->estimate;
  constexpr std::size_t most_worth_naming = 1'000'000;
  const std::size_t group_size = view.group_size;
  const auto groups =
      statistics::compute_worlds_needed(lead, view.comparison.lead_confidence, most_worth_naming / group_size);
  if (!groups || *groups <= lead.num_worlds) return {};
  return format_about(*groups * group_size);
}

std::string format_verdict(const ComparisonView& view) {
  const Outcome outcome = find_outcome(view);
  const auto first = [&] { return view.strategy_names[view.comparison.ranking[0]]; };
  switch (outcome) {
    case Outcome::nothing_run:
      return view.group_size == 1 ? "No world has been completed: there is nothing to compare."
                                  : "No antithetic pair of worlds has been completed: there is nothing to compare.";
    case Outcome::no_value:
      return fmt::format("No strategy has a value of {}: its denominator is 0 in every world.", view.metric.name);
    case Outcome::single:
      return {};
    case Outcome::only_one:
      return fmt::format("Only {} has a value of {}.", first(), view.metric.name);
    case Outcome::won:
      return tell_winner(view);
    case Outcome::too_few:
      return fmt::format("Not known: {} cannot show how much worlds differ; run at least two{}.",
                         format_num_worlds(view), view.group_size == 1 ? "" : " pairs");
    case Outcome::unjudged:
      return tell_unjudged(view);
    case Outcome::equal:
      return tell_equals(view);
    case Outcome::settled:
    case Outcome::open:
      return tell_tie(view, outcome);
  }
  return {};
}

}  // namespace vouch::report
