// SPDX-License-Identifier: Apache-2.0
#include "stopping_reason.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/number.hpp"
#include "report/stopping_view.hpp"
#include "report/text.hpp"
#include "statistics/spread.hpp"

namespace vouch::cli {
namespace {

using experiment::RuledDirector;
using statistics::PrecisionAim;

/// What the sentences about one point are made from.
struct Ending {
  const Until& until;
  const UntilNames& names;
  std::uint32_t limit;  ///< replications
  const experiment::Gathering& gathering;

  std::string name(std::size_t strategy) const { return names.strategies[strategy]; }
  std::string name(const std::vector<std::size_t>& strategies) const {
    std::vector<std::string> list;
    for (const std::size_t s : strategies) list.push_back(name(s));
    return report::join_names(list);
  }
  std::string confidence() const { return report::format_confidence(names.confidence) + " confidence"; }
  std::string at_limit() const {
    return fmt::format("stopped at the limit of {} worlds for each strategy", report::format_count(limit));
  }
};

/// "the value of net_value of early and late": what is to be known.
std::string name_object(const Ending& ending, const std::vector<std::size_t>& strategies) {
  const Until& until = ending.until;
  const bool is_difference = until.of == PrecisionAim::Of::differences;
  return fmt::format("{}{} of {}", is_difference ? "the difference in " : "", until.metric.name,
                     strategies.empty() ? "every strategy" : ending.name(strategies)) +
         (is_difference ? fmt::format(" from {}", ending.name(ending.names.baseline)) : "");
}

std::string explain_precision(const Ending& ending, const experiment::PrecisionRule& rule) {
  const Until& until = ending.until;
  const auto& state = rule.state();
  const bool is_any = until.needed == PrecisionAim::Needed::any;
  const bool is_difference = until.of == PrecisionAim::Of::differences;
  const std::string amount =
      format_amount(until, ending.names.currency) +
      (until.is_percent
           ? is_difference ? fmt::format(" of {}'s value", ending.name(ending.names.baseline)) : " of its value"
           : "");
  if (rule.is_reached()) {
    const auto strategies = is_any ? std::vector{state.widest} : until.strategies;
    const bool are_several = strategies.size() != 1 && ending.names.strategies.size() > (is_difference ? 2U : 1U);
    return fmt::format("{} is known to ± {} ({}{})", name_object(ending, strategies), amount, ending.confidence(),
                       are_several ? " for each by itself" : "");
  }
  if (state.is_narrow && state.groups_needed)
    return ending.at_limit() +
           fmt::format(
               " before the aim: {} looks known to ± {}, but that is believed only from about {} worlds on, as "
               "uneven as these are (--replications)",
               name_object(ending, {state.widest}), amount,
               report::format_about(*state.groups_needed * ending.gathering.group_size()));
  std::string text = ending.at_limit() + fmt::format(" before the aim: {} is not known to ± {}",
                                                     name_object(ending, {state.widest}), amount);
  if (state.groups_needed)
    text += fmt::format("; about {} would be needed (--replications)",
                        report::format_about(*state.groups_needed * ending.gathering.group_size()));
  return text;
}

/// "after 32 worlds", "after 32 to 1,200 worlds".
std::string tell_dropping(const Ending& ending, const statistics::Selection& selection) {
  const std::size_t size = ending.gathering.group_size();
  std::uint64_t least = selection.dropped().front().num_groups;
  std::uint64_t most = least;
  for (const auto& dropped : selection.dropped()) {
    least = std::min(least, dropped.num_groups);
    most = std::max(most, dropped.num_groups);
  }
  const std::string who = selection.dropped().size() == 1
                              ? ending.name(selection.dropped().front().strategy) + " was"
                              : report::format_count(selection.dropped().size()) + " others were";
  return fmt::format("{} dropped after {}{} worlds", who,
                     least == most ? "" : report::format_count(least * size) + " to ",
                     report::format_count(most * size));
}

/// "within 5,000 EUR of it", and where that amount came from.
std::string tell_indifference(const Ending& ending, double indifference) {
  const std::string amount = report::format_quantity(ending.until.metric, ending.names.currency, indifference);
  if (!ending.until.is_percent) return amount;
  return fmt::format("{} ({} of {}'s value at the first look)", amount,
                     format_amount(ending.until, ending.names.currency), ending.name(ending.names.baseline));
}

/// Strategies without a value cannot be told from others, however many worlds there are.
std::string tell_missing(const Ending& ending, const std::vector<std::size_t>& strategies) {
  std::vector<std::size_t> missing;
  for (const std::size_t s : strategies)
    if (!statistics::compute_spread(ending.gathering.evidence(), s)) missing.push_back(s);
  if (missing.empty()) return {};
  return fmt::format(" ({} no {} in any world: choose other --strategies)",
                     ending.name(missing) + (missing.size() == 1 ? " has" : " have"), ending.until.metric.name);
}

std::string explain_selection(const Ending& ending, const experiment::SelectionRule& rule) {
  if (!rule.selection()) {
    const std::uint64_t first = experiment::LookSchedule::first_groups * ending.gathering.group_size();
    if (ending.limit < first)
      return ending.at_limit() + fmt::format(", before the first look at {}: raise --replications", first);
    return ending.at_limit() +
           fmt::format(
               ": at the first look {} had no {}, or one of 0, to take {} of; give an amount, such as --until "
               "'best within 5000'",
               ending.name(ending.names.baseline), ending.until.metric.name,
               format_amount(ending.until, ending.names.currency));
  }
  const statistics::Selection& selection = *rule.selection();
  const std::string within = tell_indifference(ending, rule.indifference());
  if (rule.is_reached())
    return fmt::format("{} has the best {}, or is within {} of it ({}): {}", ending.name(selection.survivors()[0]),
                       ending.until.metric.name, within, ending.confidence(), tell_dropping(ending, selection));
  std::string text = ending.at_limit() + fmt::format(" before one was left: by {} none of {} has been dropped",
                                                     ending.until.metric.name, ending.name(selection.survivors()));
  text += tell_missing(ending, selection.survivors());
  if (!selection.dropped().empty()) text += "; " + tell_dropping(ending, selection);
  const std::uint64_t most = selection.find_most_groups().value_or(0) * ending.gathering.group_size();
  if (most > ending.limit)
    text += fmt::format(
        "; {} worlds for each may be enough to tell which is best, or within {} of it, if they vary "
        "as these did (--replications)",
        report::format_about(most), within);
  return text;
}

std::string explain_budget(const Ending& ending) {
  std::vector<std::string> shares;
  std::uint64_t total = 0;
  for (std::size_t s = 0; s < ending.names.strategies.size(); ++s) {
    shares.push_back(fmt::format("{} {}", ending.name(s), report::format_count(ending.gathering.num_worlds(s))));
    total += ending.gathering.num_worlds(s);
  }
  const std::uint64_t first = experiment::LookSchedule::first_groups * ending.gathering.group_size();
  if (ending.limit <= first)
    return fmt::format("{} worlds were shared out equally, since none were left after the first look at {} for each",
                       report::format_count(total), first);
  return fmt::format("{} worlds were shared out to find the best {}: {}", report::format_count(total),
                     ending.until.metric.name, report::join_names(shares));
}

std::string explain(const Ending& ending, const experiment::Rule& rule) {
  switch (ending.until.kind) {
    case Until::Kind::precision:
      return explain_precision(ending, dynamic_cast<const experiment::PrecisionRule&>(rule));
    case Until::Kind::best:
      return explain_selection(ending, dynamic_cast<const experiment::SelectionRule&>(rule));
    case Until::Kind::budget:
      break;
  }
  return explain_budget(ending);
}

}  // namespace

std::string explain_stopping(const Until& until, const UntilNames& names, std::uint32_t replications,
                             const RuledDirector& director) {
  const auto& points = director.points();
  const auto explain_point = [&](const RuledDirector::RuledPoint& point) {
    return explain({until, names, replications, point.gathering}, *point.rule);
  };
  if (points.size() == 1) return explain_point(points.front());
  const auto is_reached = [](const RuledDirector::RuledPoint& point) { return point.rule->is_reached(); };
  const auto num_reached = static_cast<std::size_t>(std::count_if(points.begin(), points.end(), is_reached));
  if (num_reached == points.size()) return fmt::format("each of {} points reached it by itself", points.size());
  const auto first = std::find_if_not(points.begin(), points.end(), is_reached);
  return fmt::format("{} of {} points reached it; point {} {}", num_reached, points.size(), first - points.begin(),
                     explain_point(*first));
}

}  // namespace vouch::cli
