// SPDX-License-Identifier: Apache-2.0
#include "report/charts/finding.hpp"

#include <fmt/format.h>

#include <array>

#include "report/metric_words.hpp"
#include "report/number.hpp"
#include "report/text.hpp"
#include "report/told_number.hpp"
#include "report/verdict.hpp"

namespace vouch::report {
namespace {

/// How many of the others are told from the baseline, by the intervals that are drawn.
struct Counts {
  std::size_t others = 0;
  std::size_t ahead = 0;  ///< better; of neutral metrics above
  std::size_t behind = 0;
  std::size_t same = 0;  ///< in every world
  std::size_t unsure = 0;
  std::size_t last = 0;  ///< one of them
};

Counts count_differences(const ComparisonView& view) {
  Counts counts;
  const int sign = view.metric.is_neutral ? 1 : statistics::sign_of(view.metric.direction);
  for (std::size_t s = 0; s < view.strategy_names.size(); ++s) {
    const auto& from_baseline = view.comparison.strategies[s].from_baseline;
    if (!from_baseline || !from_baseline->difference.estimate.value) continue;
    ++counts.others;
    counts.last = s;
#ifdef VOUCH_FAULT_title_for_one
    const auto& joint = from_baseline->difference.estimate.interval;
#else
    const auto& joint = from_baseline->joint;
#endif
    if (!joint || (joint->low < 0.0 && joint->high > 0.0))
      ++counts.unsure;
    else if (joint->low == 0.0 && joint->high == 0.0)
      ++counts.same;
    else if (joint->low > 0.0 || joint->high < 0.0)
      ++((joint->low > 0.0) == (sign > 0) ? counts.ahead : counts.behind);
    else
      ++counts.unsure;
  }
  return counts;
}

std::string tell_one(const ComparisonView& view, const Counts& counts) {
  const std::string& name = view.strategy_names[counts.last];
  const std::string& baseline = view.strategy_names[view.baseline];
  const bool is_neutral = view.metric.is_neutral;
  if (counts.same > 0) return fmt::format("{} is the same as {} in every simulated future", name, baseline);
  if (counts.ahead > 0)
    return fmt::format("{} surely {} {}", name, is_neutral ? "lies above" : "does better than", baseline);
  if (counts.behind > 0)
    return fmt::format("{} surely {} {}", name, is_neutral ? "lies below" : "does worse than", baseline);
  return fmt::format("{} and {} cannot be told apart for sure", name, baseline);
}

std::string tell_several(const ComparisonView& view, const Counts& counts) {
  const std::string& baseline = view.strategy_names[view.baseline];
  const char* const ahead = view.metric.is_neutral ? "above" : "better";
  const char* const behind = view.metric.is_neutral ? "below" : "worse";
  const std::size_t sure = counts.ahead > 0 ? counts.ahead : counts.behind;
  if (sure == 0) {
    if (counts.same == counts.others)
      return fmt::format("{} are the same as {} in every simulated future", counts.others == 2 ? "both others" : "all",
                         baseline);
    return fmt::format("{} of {} others is surely different from {}", counts.others == 2 ? "neither" : "none",
                       counts.others == 2 ? "the two" : spell_count(counts.others), baseline);
  }
  const std::string subject =
      sure == counts.others
          ? counts.others == 2 ? "both others" : fmt::format("all {} others", spell_count(counts.others))
          : fmt::format("{} of {} others", spell_count(sure), spell_count(counts.others));
  const char* const verb = view.metric.is_neutral ? (sure == 1 ? "lies" : "lie") : sure == 1 ? "does" : "do";
  std::string text = fmt::format("{} surely {} {}{} {}", subject, verb, counts.ahead > 0 ? ahead : behind,
                                 view.metric.is_neutral ? "" : " than", baseline);
  if (counts.ahead > 0 && counts.behind > 0) text += fmt::format(", {} surely {}", spell_count(counts.behind), behind);
  if (counts.unsure > 0)
    text += fmt::format("; {} {} too close to call", spell_count(counts.unsure), counts.unsure == 1 ? "is" : "are");
  if (counts.same > 0)
    text += fmt::format("; {} {} the same", spell_count(counts.same), counts.same == 1 ? "is" : "are");
  return text;
}

std::string tell_value_of(const ComparisonView& view, std::size_t strategy) {
  const MetricWords words = find_words(view.metric);
  const std::string value = tell_value(view, view.comparison.strategies[strategy].estimate).value;
  if (words.manner == Manner::level) return value;
  return fmt::format("{}{} {}", value, words.manner == Manner::amount ? " of" : "", words.noun);
}

}  // namespace

std::string find_value_title(const ComparisonView& view) {
  const Outcome outcome = find_outcome(view);
  const statistics::Comparison& comparison = view.comparison;
  const std::size_t first = comparison.ranking[0];
  const std::string& name = view.strategy_names[first];
  const std::string value = tell_value_of(view, first);
  const MetricWords words = find_words(view.metric);
  const bool is_level = words.manner == Manner::level;
  switch (outcome) {
    case Outcome::won: {
      const bool has_gain = comparison.gain.has_value();
      const std::size_t other = has_gain ? view.baseline : comparison.ranking[1];
      const statistics::Estimate& others = comparison.strategies[other].estimate;
      // Over worlds of its own the other may seem ahead, though it is behind wherever the two can be compared.
      const double ahead = statistics::sign_of(view.metric.direction) *
                           (*comparison.strategies[first].estimate.value - others.value.value_or(0.0));
      const std::string against = others.value && ahead > 0.0 ? fmt::format("; {} has {}", view.strategy_names[other],
                                                                            tell_value(view, others).value)
                                                              : "";
      if (view.metric.is_neutral) return fmt::format("{} comes to most, {}{}", name, value, against);
      return fmt::format("{} is best, with {}{}{}", name, is_level ? words.noun + " " : "", value, against);
    }
    case Outcome::equal:
      return comparison.equals.size() == count_known(view)
                 ? fmt::format("{} strategies come to the same in every simulated future",
                               comparison.equals.size() == 2 ? "Both" : "All")
                 : fmt::format("{} come to the same in every simulated future", name_contenders(view));
    case Outcome::open:
    case Outcome::settled:
    case Outcome::unjudged:
      return fmt::format("{} may {}", capitalise(name_alternatives(view)),
                         view.metric.is_neutral ? "have most" : "be best");
    default:
      return fmt::format("{} comes to {}{}", name, is_level ? words.noun + " " : "", value);
  }
}

std::string find_difference_title(const ComparisonView& view) {
  const Counts counts = count_differences(view);
  std::string text = counts.others == 1 ? tell_one(view, counts) : tell_several(view, counts);
  if (counts.others == 1) return text;
  if (view.adjustment == statistics::Adjustment::none) return "Taken each by itself, " + text;
  return capitalise(text);
}

std::string spell_count(std::size_t count) {
  static constexpr std::array<const char*, 13> words{"no",    "one",   "two",  "three", "four",   "five",  "six",
                                                     "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  return count < words.size() ? words[count] : format_count(count);
}

}  // namespace vouch::report
