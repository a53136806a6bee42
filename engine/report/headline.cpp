// SPDX-License-Identifier: Apache-2.0
#include "report/headline.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/comparison_notes.hpp"
#include "report/metric_words.hpp"
#include "report/number.hpp"
#include "report/told_number.hpp"
#include "report/verdict.hpp"

namespace vouch::report {
namespace {

class Sentences {
 public:
  explicit Sentences(const ComparisonView& view)
      : view_(view), comparison_(view.comparison), words_(find_words(view.metric)), outcome_(find_outcome(view)) {}

  std::string answer() const {
    switch (outcome_) {
      case Outcome::nothing_run:
        return "Nothing has been simulated to the end yet: there is nothing to compare.";
      case Outcome::no_value:
        return fmt::format("No strategy can be judged by {}: no simulated future has anything to take it from.",
                           words_.noun);
      case Outcome::single:
        return fmt::format("{} is the only strategy{}.", first(), tell_first_value());
      case Outcome::only_one:
        return fmt::format("Only {} has a value to compare{}.", first(), tell_first_value());
      case Outcome::won:
        return view_.metric.is_neutral ? tell_most() : tell_winner();
      case Outcome::too_few:
        return fmt::format("Too few simulated futures to tell which strategy {} ({}).",
                           view_.metric.is_neutral ? fmt::format("has {}", most()) : "is best",
                           format_num_worlds(view_, Wording::futures));
      case Outcome::equal:
        return tell_equals();
      case Outcome::unjudged:
      case Outcome::settled:
      case Outcome::open:
        return tell_contenders() + tell_leader() + '.';
    }
    return {};
  }

  std::string stake() const {
    std::vector<std::string> parts;
    if (outcome_ == Outcome::won) parts.push_back(tell_second());
    if (outcome_ == Outcome::too_few)
      parts.push_back(view_.group_size == 1 ? "At least two are needed." : "At least two pairs are needed.");
    if (outcome_ == Outcome::unjudged && !is_invariable()) parts.emplace_back("More of them would show it.");
    if (is_left_open())
      parts.push_back(format_stake(view_, find_told_scale(view_.metric, view_.currency), words_.noun));
    if (is_left_open() && has_told_lead(view_)) {
      if (const std::string needed = format_worlds_needed(view_); !needed.empty())
        parts.push_back(fmt::format(
            "If its lead is as it looks, about {} simulated futures would show it nine times in ten.", needed));
    }
    if (!words_.is_plain && !view_.metric.description.empty())
      parts.push_back(fmt::format("{}: {}.", view_.metric.name, view_.metric.description));
    if (tells_intervals()) parts.push_back(format_cautions(view_, Wording::futures));
    std::erase(parts, std::string());
    return fmt::format("{}", fmt::join(parts, " "));
  }

  std::string meaning() const {
    if (outcome_ == Outcome::nothing_run) return {};
    const auto [fewest, most] = std::minmax_element(view_.num_worlds.begin(), view_.num_worlds.end());
    const bool is_one = view_.num_worlds.size() == 1;
    std::string text = fmt::format("{} tried in {}{}{}.", is_one ? "The strategy was" : "Each strategy was",
                                   is_one || *fewest != *most || *most == 1 ? "" : "the same ",
                                   format_worlds(view_.num_worlds, Wording::futures),
                                   is_one       ? ""
                                   : *most == 1 ? ", with the same luck"
                                                : ", in each of which all have the same luck");
    if ((answer() + stake()).find(" interval ") == std::string::npos) return text;
    return text +
           fmt::format(
               " An interval says how well that many pin a number down: of intervals made so, about {} hold the "
               "number that endlessly many futures would give. It does not say whether the assumptions are right.",
               confidence());
  }

 private:
  const std::string& name(std::size_t strategy) const { return view_.strategy_names[strategy]; }
  const std::string& first() const { return name(comparison_.ranking[0]); }
  const std::string& second() const { return name(comparison_.ranking[1]); }
  bool tells_intervals() const {
    return is_left_open() || outcome_ == Outcome::won || outcome_ == Outcome::single || outcome_ == Outcome::only_one;
  }
  bool is_left_open() const { return outcome_ == Outcome::open || outcome_ == Outcome::settled; }
  /// The lead is the same in all of many worlds: it is not that there are too few of them.
  bool is_invariable() const {
    constexpr std::size_t many = 30;
    return !comparison_.lead->estimate.standard_error && comparison_.lead->estimate.num_worlds >= many;
  }
  std::string confidence() const { return format_confidence(view_.confidence); }

  /// Of the differences first minus other: 1 where the first has more.
  int sign() const { return statistics::sign_of(view_.metric.direction); }

  /// "most asks", "the highest yes rate": of what is neither good nor bad.
  std::string most() const {
    const bool is_most = sign() > 0;
    if (words_.manner == Manner::level) return fmt::format("the {} {}", is_most ? "highest" : "lowest", words_.noun);
    return fmt::format("{} {}", is_most ? "most" : words_.manner == Manner::count ? "fewest" : "least", words_.noun);
  }

  /// ", with 12 asks (95 % interval 11 to 13)".
  std::string tell_first_value() const {
    const statistics::Estimate& estimate = comparison_.strategies[comparison_.ranking[0]].estimate;
    const ToldNumber told = tell_value(view_, estimate);
    const std::string text = words_.manner == Manner::level
                                 ? fmt::format(", with {} of {}", noun_with_article(), told.value)
                                 : fmt::format(", with {} {}", told.value, noun_of_value());
    if (!told.interval.empty()) return fmt::format("{} ({} interval {})", text, confidence(), told.interval);
    return text + (estimate.half_width == 0.0 ? " in every simulated future" : "");
  }
  std::string noun_with_article() const {
    const bool is_vowel = std::string_view("aeiou").find(words_.noun.front()) != std::string_view::npos;
    return fmt::format("{} {}", is_vowel ? "an" : "a", words_.noun);
  }
  std::string noun_of_value() const {
    return words_.manner == Manner::amount ? fmt::format("of {}", words_.noun) : words_.noun;
  }

  /// "27 % more customers than B (95 % interval 24 to 30 %)".
  std::string tell_ahead(const statistics::Difference& difference, const std::string& other) const {
    const ToldNumber told = tell_difference(view_, difference, sign());
    const char* const direction = name_direction(words_.manner, sign() > 0);
    const std::string text =
        words_.manner == Manner::level
            ? fmt::format("{} that is {} {} than that of {}", noun_with_article(), told.value, direction, other)
            : fmt::format("{} {} {} than {}", told.value, direction, words_.noun, other);
    return text + format_interval(told);
  }

  std::string format_interval(const ToldNumber& told) const {
    return told.interval.empty() ? "" : fmt::format(" ({} interval {})", confidence(), told.interval);
  }

  /// "4.5 %", "3 asks": what has no unit needs the noun.
  std::string amount(const ToldNumber& told) const {
    const bool is_bare = told.value.find(' ') == std::string::npos;
    return is_bare ? fmt::format("{} {}", told.value, words_.noun) : told.value;
  }

  bool is_over_baseline() const { return comparison_.gain && comparison_.gain->estimate.excludes_zero(); }

  /// "; it came first in 93 % of simulated futures".
  std::string tell_share() const {
    const auto& share = comparison_.strategies[comparison_.ranking[0]].share_of_firsts;
    if (!share) return {};
    const auto [fewest, most] = std::minmax_element(view_.num_worlds.begin(), view_.num_worlds.end());
    return fmt::format("; it came first in {} {}", *share == 1.0 ? "all" : fmt::format("{} of", format_share(*share)),
                       *fewest == *most ? "simulated futures" : "futures simulated for every strategy");
  }

  std::string tell_winner() const {
    if (is_over_baseline())
      return fmt::format("{} is best: {}{}.", first(), tell_ahead(*comparison_.gain, name(view_.baseline)),
                         tell_share());
    if (comparison_.lead->estimate.excludes_zero())
      return fmt::format("{}{} is best: {}{}.", first(),
                         comparison_.ranking[0] == view_.baseline ? ", the baseline," : "",
                         tell_ahead(*comparison_.lead, second() + ", the second"), tell_share());
    return fmt::format("{} is best: each of the others is surely behind it, or behind one that is ({} confidence){}.",
                       first(), confidence(), tell_share());
  }

  /// The winner's lead over the second, where the answer was about the baseline.
  std::string tell_second() const {
    const bool is_told = !is_over_baseline() || comparison_.ranking[1] == view_.baseline || view_.metric.is_neutral;
    if (is_told || !comparison_.lead->estimate.excludes_zero()) return {};
    const ToldNumber told = tell_difference(view_, *comparison_.lead, sign());
    if (words_.manner == Manner::level || sign() > 0)
      return fmt::format("{} comes next: {} is ahead of it by {}{}.", second(), first(), amount(told),
                         format_interval(told));
    return fmt::format("{} comes next: {} has {}.", second(), first(), tell_ahead(*comparison_.lead, "it"));
  }

  std::string tell_most() const {
    if (!comparison_.lead->estimate.excludes_zero()) return fmt::format("{} has {}.", first(), most());
    const ToldNumber told = tell_difference(view_, *comparison_.lead, sign());
    return fmt::format("{} has {}: {} {} than {}, the second{}.", first(), most(), told.value,
                       name_direction(words_.manner, sign() > 0), second(), format_interval(told));
  }

  std::string tell_equals() const {
    const bool are_all = comparison_.equals.size() == count_known(view_);
    const statistics::Estimate& estimate = comparison_.strategies[comparison_.ranking[0]].estimate;
    return fmt::format("No difference{}: {} have the same {} in every simulated future ({}{}).",
                       are_all ? "" : " between the first", name_contenders(view_), words_.noun,
                       tell_value(view_, estimate).value, estimate.half_width == 0.0 ? "" : " on average");
  }

  std::string tell_contenders() const {
    if (outcome_ != Outcome::settled) return fmt::format("Too close to call between {}", name_contenders(view_));
    return fmt::format("Settled as far as the aim goes ({}), and no further: {} may be the best", view_.reached_aim,
                       name_alternatives(view_));
  }

  /// What the one that looks best is sure to bring over the baseline; else how far it looks ahead.
  std::string tell_leader() const {
    const char* const joint = outcome_ == Outcome::settled ? "; " : ": ";
    if (is_over_baseline() && !view_.metric.is_neutral)
      return fmt::format("{}{}, which looks best, has {}", joint, first(),
                         tell_ahead(*comparison_.gain, name(view_.baseline)));
    if (comparison_.lead->estimate.value == 0.0 || comparison_.contenders[1] != comparison_.ranking[1]) return {};
    const ToldNumber told = tell_difference(view_, *comparison_.lead, sign());
    if (outcome_ == Outcome::unjudged && is_invariable())
      return fmt::format("{}{} looks ahead of {} by {}, without any variation to judge by whether that is chance",
                         joint, first(), second(), told.value);
    if (outcome_ == Outcome::unjudged)
      return fmt::format("{}{} looks ahead of {} by {}, but so few futures do not show whether that is chance", joint,
                         first(), second(), amount(told));
    return fmt::format("{}{} looks ahead of {} by {}, which may be chance{}", joint, first(), second(), amount(told),
                       format_interval(told));
  }

  const ComparisonView& view_;
  const statistics::Comparison& comparison_;
  MetricWords words_;
  Outcome outcome_;
};

}  // namespace

Headline make_headline(const ComparisonView& view) {
  const Sentences sentences(view);
  return {sentences.answer(), sentences.stake(), sentences.meaning()};
}

}  // namespace vouch::report
