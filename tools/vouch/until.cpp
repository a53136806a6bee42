// SPDX-License-Identifier: Apache-2.0
#include "until.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <sstream>

#include "core/error.hpp"
#include "report/find_name.hpp"
#include "report/metric_choice.hpp"
#include "report/number.hpp"
#include "report/stopping_view.hpp"
#include "report/text.hpp"
#include "report/unit.hpp"

namespace vouch::cli {
namespace {

using statistics::PrecisionAim;

constexpr const char* examples =
    "write for example 'net_value +- 1%', 'any win_rate +- 0.02 of early,late', 'difference net_value +- 5000', "
    "'best', 'best by win_rate within 0.01' or 'budget'";
constexpr const char* plus_minus = "+-";

/// Its words; "+-" and "%" stand alone, however they were written.
std::vector<std::string> split_words(std::string text) {
  const auto set_apart = [&](const std::string& sign, const std::string& word) {
    for (std::size_t at = 0; (at = text.find(sign, at)) != std::string::npos; at += word.size() + 2)
      text.replace(at, sign.size(), " " + word + " ");
  };
  set_apart("±", plus_minus);
  set_apart("+/-", plus_minus);
  set_apart("%", "%");
  for (std::size_t at = 0; (at = text.find(plus_minus, at)) != std::string::npos; at += 4) text.replace(at, 2, " +- ");
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

class Reader {
 public:
  Reader(const std::string& text, const UntilSetting& setting) : setting_(setting), words_(split_words(text)) {}

  Until read() {
    if (words_.empty()) {
      complain("there is no aim", examples);
    } else if (take("best")) {
      read_best();
    } else if (take("budget")) {
      read_budget();
    } else {
      read_precision();
    }
    if (problems_.empty() && next_ < words_.size())
      complain(fmt::format("'{}' is one word too many", words_[next_]), examples);
    if (!problems_.empty()) throw Error(ExitCode::usage, problems_);
    return until_;
  }

 private:
  bool take(const std::string& word) {
    if (next_ == words_.size() || words_[next_] != word) return false;
    ++next_;
    return true;
  }

  /// The next word, or nothing and a complaint.
  std::string take_any(const std::string& what) {
    if (next_ < words_.size()) return words_[next_++];
    complain(fmt::format("{} is missing", what), examples);
    return {};
  }

  void complain(std::string what, std::string remedy, std::string why = {}) {
    problems_.push_back({Severity::error, {"--until", 0, 0}, std::move(what), std::move(why), std::move(remedy)});
  }

  template <typename Action>
  void collect(const Action& action) {
    try {
      action();
    } catch (const Error& error) {
      if (error.problems().empty()) complain(error.what(), {});
      for (const Problem& problem : error.problems()) complain(problem.what, problem.remedy, problem.why);
    }
  }

  void read_metric(const std::string& name) {
    collect([&] { until_.metric = report::choose_metric(setting_.metrics, name, {"--until", 0, 0}); });
  }

  void read_contest(const char* aim) {
    const std::string name = take("by") ? take_any("the metric after 'by'") : setting_.metric;
    if (name.empty()) return;
    read_metric(name);
    if (until_.metric.is_neutral)
      complain(fmt::format("there is no best by {}", until_.metric.name),
               "choose a metric that is better when higher or lower (by METRIC)", "more of it is neither good nor bad");
    if (setting_.strategy_names.size() < 2)
      complain(fmt::format("'{}' needs strategies to choose from", aim), "run at least two", "this run has one");
  }

  void read_best() {
    until_.kind = Until::Kind::best;
    read_contest("best");
    if (take("within")) read_amount();
    const double chance = 1.0 / static_cast<double>(setting_.strategy_names.size());
    if (setting_.strategy_names.size() > 1 && setting_.confidence <= chance)
      complain(
          fmt::format("a confidence of {} is no aim", report::format_confidence(setting_.confidence)),
          "raise experiment.confidence",
          fmt::format("one of {} strategies is the best that often if picked blindly", setting_.strategy_names.size()));
  }

  void read_budget() {
    until_.kind = Until::Kind::budget;
    read_contest("budget");
    const std::uint64_t total = std::uint64_t{setting_.replications} * setting_.strategy_names.size();
    if (total > std::numeric_limits<std::uint32_t>::max())
      complain(fmt::format("{} worlds are too many to share out", report::format_count(total)), "lower --replications");
  }

  void read_precision() {
    until_.kind = Until::Kind::precision;
    if (std::find(words_.begin(), words_.end(), plus_minus) == words_.end()) {
      const std::string nearest = find_nearest(words_[0], {"best", "budget"});
      complain(fmt::format("'{}' is no aim", words_[0]),
               nearest.empty() ? examples : fmt::format("did you mean '{}'?", nearest));
      return;
    }
    if (take("any")) {
      until_.needed = PrecisionAim::Needed::any;
    } else {
      take("all");
    }
    if (take("difference") || take("differences")) until_.of = PrecisionAim::Of::differences;
    if (take(plus_minus)) {
      complain("the metric before '+-' is missing", examples);
    } else {
      read_metric(take_any("the metric"));
      if (!take(plus_minus)) {
        complain(fmt::format("'{}' stands where '+-' should be", words_[next_]), examples);
        return;
      }
    }
    read_amount();
    if (take("of")) read_strategies();
    const bool is_difference = until_.of == PrecisionAim::Of::differences;
    if (is_difference && setting_.strategy_names.size() < 2)
      complain("a difference needs two strategies", "run at least two, or leave out 'difference'", "this run has one");
  }

  void read_amount() {
    const std::string word = take_any("the amount");
    if (word.empty()) return;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), until_.given);
    if (error != std::errc() || end != word.data() + word.size()) {
      std::string plain = word;
      plain.erase(std::remove(plain.begin(), plain.end(), ','), plain.end());
      complain(fmt::format("'{}' is no number", word),
               plain != word ? fmt::format("write {}", plain) : "write one such as 5000, 0.02 or 1%");
      return;
    }
    until_.is_percent = take("%");
    if (!(until_.given > 0.0) || !std::isfinite(until_.given))
      complain(fmt::format("'{}' is no amount to aim at", word), "write one above 0");
    else if (!until_.is_percent && until_.metric.unit == "share" && until_.given >= 1.0)
      complain(
          fmt::format("{} is a share, from 0 to 1, and '{}' is all of it", until_.metric.name, word),
          fmt::format("write {} for percentage points, or {}% for a share of the value", until_.given / 100.0, word));
  }

  void read_strategies() {
    std::string list;
    while (next_ < words_.size()) list += words_[next_++];
    if (report::split_list(list).empty()) complain("the strategies after 'of' are missing", examples);
    for (const std::string& name : report::split_list(list)) {
      collect([&] {
        const std::size_t strategy = report::find_name("strategy", name, setting_.strategy_names);
        if (until_.of == PrecisionAim::Of::differences && strategy == setting_.baseline)
          complain(fmt::format("'{}' has no difference from the baseline", name), "leave it out", "it is the baseline");
        until_.strategies.push_back(strategy);
      });
    }
    std::sort(until_.strategies.begin(), until_.strategies.end());
    until_.strategies.erase(std::unique(until_.strategies.begin(), until_.strategies.end()), until_.strategies.end());
  }

  const UntilSetting& setting_;
  std::vector<std::string> words_;
  std::size_t next_ = 0;
  Until until_;
  std::vector<Problem> problems_;
};

}  // namespace

Until parse_until(const std::string& text, const UntilSetting& setting) { return Reader(text, setting).read(); }

std::string format_until(const Until& until, const std::vector<std::string>& strategy_names) {
  const std::string amount = fmt::format("{}{}", until.given, until.is_percent ? "%" : "");
  if (until.kind == Until::Kind::budget) return "budget by " + until.metric.name;
  if (until.kind == Until::Kind::best) return fmt::format("best by {} within {}", until.metric.name, amount);
  std::string strategies;
  for (const std::size_t s : until.strategies) strategies += (strategies.empty() ? " of " : ",") + strategy_names[s];
  return fmt::format("{}{}{} +- {}{}", until.needed == PrecisionAim::Needed::any ? "any " : "",
                     until.of == PrecisionAim::Of::differences ? "difference " : "", until.metric.name, amount,
                     strategies);
}

std::string format_amount(const Until& until, const std::string& currency) {
  if (until.is_percent) return fmt::format("{:.6g} %", until.given);
  return report::format_quantity(until.metric, currency, until.given);
}

}  // namespace vouch::cli
