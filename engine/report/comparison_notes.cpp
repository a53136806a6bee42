// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/number.hpp"
#include "report/text.hpp"

namespace vouch::report {
namespace {

using statistics::Caution;
using statistics::ComparedPair;

/// Below this sharing saves next to nothing.
constexpr double poor_ratio = 1.1;
constexpr std::size_t most_named = 3;
/// Fewer worlds do not tell how they share their luck.
constexpr std::size_t enough_worlds = 30;

/// Whether a correlation is surely above zero: by Fisher's z, at three standard errors.
bool is_surely_positive(double correlation, std::size_t count) {
  if (count <= 3) return false;
  return std::atanh(std::clamp(correlation, -0.999999, 0.999999)) * std::sqrt(static_cast<double>(count - 3)) > 3.0;
}

/// "A, B and C"; of many strategies "all strategies".
std::string name_strategies(const ComparisonView& view, const std::vector<std::size_t>& strategies) {
  if (strategies.size() > 2 && strategies.size() == view.strategy_names.size()) return "all strategies";
  std::vector<std::string> names;
  for (const std::size_t s : strategies) names.push_back(view.strategy_names[s]);
  return join_names(names);
}

/// The strategies of which the value, or the difference from the baseline, has the caution; of the lead, on which the
/// verdict rests, both.
std::vector<std::size_t> find_cautioned(const ComparisonView& view, Caution caution) {
  std::vector<std::size_t> found;
  const auto& lead = view.comparison.lead;
  const auto& ranking = view.comparison.ranking;
  const bool is_lead = lead && lead->estimate.value && lead->estimate.caution == caution;
  for (std::size_t s = 0; s < view.comparison.strategies.size(); ++s) {
    const auto& [estimate, from_baseline, from_best, share, prospect] = view.comparison.strategies[s];
    const bool is_in_value = estimate.value && estimate.caution == caution;
    const bool is_in_difference = from_baseline && from_baseline->difference.estimate.value &&
                                  from_baseline->difference.estimate.caution == caution;
    const bool is_in_lead = is_lead && (s == ranking[0] || s == ranking[1]);
    if (is_in_value || is_in_difference || is_in_lead) found.push_back(s);
  }
  return found;
}

/// Pairs that share their luck badly, the worst first.
std::vector<const ComparedPair*> find_poor_pairs(const ComparisonView& view) {
  std::vector<const ComparedPair*> poor;
  for (const ComparedPair& pair : view.comparison.pairs) {
    const auto& difference = pair.difference.difference;
    if (difference.estimate.num_worlds < enough_worlds) continue;
    if (difference.correlation && difference.variance_ratio && *difference.variance_ratio < poor_ratio)
      poor.push_back(&pair);
  }
  std::stable_sort(poor.begin(), poor.end(), [](const ComparedPair* a, const ComparedPair* b) {
    return *a->difference.difference.variance_ratio < *b->difference.difference.variance_ratio;
  });
  return poor;
}

/// Whether worlds that are lucky for one are surely unlucky for the other.
bool is_harmed(const ComparedPair& pair) {
  const auto& difference = pair.difference.difference;
  return *difference.variance_ratio < 1.0 &&
         is_surely_positive(-*difference.correlation, difference.estimate.num_worlds);
}

/// Whether the worlds of a pair are surely alike rather than opposite: 1 / gain is 1 plus their correlation.
bool is_harmed(const ComparisonView& view, std::size_t strategy) {
  return is_surely_positive(1.0 / *view.antithetic_gains[strategy] - 1.0,
                            static_cast<std::size_t>(view.num_worlds[strategy]) / view.group_size);
}

std::string name_pairs(const ComparisonView& view, const std::vector<const ComparedPair*>& pairs) {
  std::vector<std::string> names;
  for (const ComparedPair* pair : pairs) {
    if (names.size() == most_named && pairs.size() > most_named + 1) {
      names.push_back(fmt::format("{} pairs more (--pairs shows them)", pairs.size() - most_named));
      break;
    }
    names.push_back(fmt::format("{} with {} ({})", view.strategy_names[pair->first], view.strategy_names[pair->second],
                                format_factor(*pair->difference.difference.variance_ratio)));
  }
  return join_names(names);
}

}  // namespace

std::string format_cautions(const ComparisonView& view, Wording wording) {
  const std::string world = wording == Wording::worlds ? "world" : "simulated future";
  std::vector<std::string> reasons;
  const auto append = [&](Caution caution, const std::string& reason) {
    const auto found = find_cautioned(view, caution);
    if (!found.empty()) reasons.push_back(fmt::format("{} ({})", reason, name_strategies(view, found)));
  };
  append(Caution::few_worlds, fmt::format("fewer than 30 {}{}s", view.group_size > 1 ? "pairs of " : "", world));
  append(Caution::skewed, fmt::format("{}s too uneven for their number", world));
  append(Caution::rare, fmt::format("something that nearly no {} shows, or nearly every one", world));
  if (reasons.empty()) return {};
  return fmt::format("Caution: these intervals may hold the truth less often than in {} of cases: {}. More {}s help.",
                     format_confidence(view.confidence), join_names(reasons), world);
}

std::string format_sharing(const ComparisonView& view) {
  std::vector<const ComparedPair*> poor = find_poor_pairs(view);
  const auto first_poor = std::stable_partition(poor.begin(), poor.end(), [](const auto* p) { return is_harmed(*p); });
  const std::vector<const ComparedPair*> harmed(poor.begin(), first_poor);
  poor.erase(poor.begin(), first_poor);
  std::string text;
  if (!harmed.empty())
    text = fmt::format(
        "Sharing luck harms the comparison by {} of {}: what is lucky for one is unlucky for the other, so that as "
        "many worlds of separate luck would tell more.",
        view.metric.name, name_pairs(view, harmed));
  if (!poor.empty())
    text += fmt::format(
        "{}Sharing luck saves next to nothing in the comparison by {} of {}: their luck falls at different moments.",
        text.empty() ? "" : " ", view.metric.name, name_pairs(view, poor));
  if (text.empty()) return {};
  return text + " Only more worlds (--replications) make such differences sharper.";
}

std::string format_antithetic(const ComparisonView& view) {
  std::vector<double> gains;
  std::vector<std::size_t> harmed;
  for (std::size_t s = 0; s < view.antithetic_gains.size(); ++s) {
    if (!view.antithetic_gains[s]) continue;
    gains.push_back(*view.antithetic_gains[s]);
    if (is_harmed(view, s)) harmed.push_back(s);
  }
  if (gains.empty()) return {};
  const auto [least, most] = std::minmax_element(gains.begin(), gains.end());
  std::string range = format_factor(*least);
  if (format_factor(*most) != range) range += " to " + format_factor(*most);
  std::string text = fmt::format("Antithetic pairs: values of {} are as sharp as by {} as many separate worlds.",
                                 view.metric.name, range);
  if (!harmed.empty())
    text += fmt::format(" They harm {}: without experiment.antithetic these worlds would tell more.",
                        name_strategies(view, harmed));
  return text;
}

}  // namespace vouch::report
