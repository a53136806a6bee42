// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "report/charts/charts.hpp"
#include "report/charts/sweep_panels.hpp"
#include "report/metric_words.hpp"
#include "report/number.hpp"
#include "report/number_column.hpp"
#include "report/sweep_table.hpp"
#include "report/text.hpp"

namespace vouch::report {
namespace {

constexpr std::size_t most_table_rows = 60;
constexpr std::size_t most_named = 3;
constexpr std::size_t most_told_points = 24;

class SweepTexts {
 public:
  SweepTexts(const SweepView& view, const std::vector<SweptAxis>& axes, SweepPicture picture)
      : view_(view),
        axes_(axes),
        picture_(picture),
        first_(view.points.front()),
        calls_(call_points(view)),
        won_(list_won_points(view, calls_)) {}

  /// "A is best at 7 of 16 points, B at 6; 3 are too close to call".
  std::string title() const {
    if (first_.strategy_names.size() == 1)
      return fmt::format("{} of {} at {} points", capitalise(noun()), first_.strategy_names[0], num_points());
    std::vector<std::size_t> winners;
    std::size_t num_open = num_points() - count_unknown() - count_equal();
    for (std::size_t s = 0; s < won_.size(); ++s) {
      num_open -= won_[s].size();
      if (!won_[s].empty()) winners.push_back(s);
    }
    std::stable_sort(winners.begin(), winners.end(),
                     [&](std::size_t a, std::size_t b) { return won_[a].size() > won_[b].size(); });
    const std::string is_best = first_.metric.is_neutral ? fmt::format("has most {}", noun()) : "is best";
    if (winners.size() == 1 && won_[winners[0]].size() == num_points())
      return fmt::format("{} {} at {}", name(winners[0]), is_best, all_points());
    if (num_open == num_points()) return fmt::format("Too close to call{} at {}", name_rivals(), all_points());
    std::vector<std::string> parts;
    if (!winners.empty()) parts.push_back(list_winners(winners, is_best));
    if (num_open > 0)
      parts.push_back(winners.empty() ? fmt::format("{} of {} points {}", num_open, num_points(), are(num_open))
                                      : fmt::format("{} {}", num_open, are(num_open)));
    if (const std::size_t equal = count_equal(); equal > 0)
      parts.push_back(fmt::format("at {} there is no difference", equal));
    if (const std::size_t unknown = count_unknown(); unknown > 0)
      parts.push_back(fmt::format("at {} nothing is known", unknown));
    const std::string text = fmt::format("{}", fmt::join(parts, "; "));
    return winners.empty() ? capitalise(text) : text;  // names stay as they are
  }

  std::string caption() const {
    std::string text = fmt::format("Varied: {}. {}", list_keys(), explain_picture());
    if (picture_ != SweepPicture::lines && picture_ != SweepPicture::rows && first_.strategy_names.size() > 1)
      text +=
          fmt::format(" A point goes to a strategy only where it is best with {} confidence for all points at once.",
                      format_confidence(first_.confidence));
    text += fmt::format(" Each point: {}.", format_sweep_worlds(view_, Wording::futures));
    if (const std::size_t count = count_cautious_points(view_); count > 0)
      text += fmt::format(
          " At {} of {} points intervals may hold the truth less often than they say (few or uneven "
          "futures).",
          count, num_points());
    if (axes_.size() > most_lead_panels && picture_ == SweepPicture::leads)
      text += fmt::format(" The other {} keys are in the table.", axes_.size() - most_lead_panels);
    if (num_points() > most_table_rows)
      text += fmt::format(
          " The table has the {} points whose leads are least certain; 'vouch compare --all-points' "
          "shows every one.",
          most_table_rows);
    return text;
  }

  /// What was varied and when a point goes to a strategy, below the title as an answer.
  std::string basis() const {
    std::string text = fmt::format("Varied: {}, at {} points.", list_short_keys(), num_points());
    if (first_.strategy_names.size() > 1)
      text +=
          fmt::format(" A point goes to a strategy only where it is best with {} confidence for all points at once.",
                      format_confidence(first_.confidence));
    return text;
  }

  /// What rests on few futures.
  std::string meaning() const {
    std::string text =
        fmt::format("At each point the strategies had {}.", format_sweep_worlds(view_, Wording::futures));
    if (const std::size_t count = count_cautious_points(view_); count > 0)
      text += fmt::format(
          " Caution: at {} of {} points intervals may hold the truth less often than they say (few or uneven "
          "futures). More simulated futures help.",
          count, num_points());
    return text;
  }

  DataTable table() const {
    const auto points = choose_points(view_, most_table_rows);
    const Scale scale = find_told_scale(first_.metric, first_.currency);
    DataTable table = make_sweep_table(view_, points, CallBasis::together,
                                       {scale, name_axis(first_.metric, scale.unit) + (scale.unit == "%" ? ", %" : "")},
                                       view_.keys.size());
    for (std::string& header : table.header) header = unbreak(header);
    return table;
  }

  std::string alternative() const {
    std::string text = fmt::format("{} {}.", describe_picture(), title());
    if (first_.strategy_names.size() == 1) return text + " The table has the values.";
    if (picture_ == SweepPicture::lines || picture_ == SweepPicture::rows) return text + list_differences_at();
    if (num_points() > most_told_points) return text + " The table has the points.";
    const DataTable rows = table();
    std::vector<std::string> parts;
    for (std::size_t p = 0; p < num_points(); ++p) parts.push_back(fmt::format("{}: {}", place_of(p), rows.rows[p][0]));
    return fmt::format("{} {}.", text, fmt::join(parts, "; "));
  }

 private:
  std::size_t num_points() const { return view_.points.size(); }
  std::string all_points() const {
    return num_points() == 2 ? "both points" : fmt::format("all {} points", num_points());
  }
  const std::string& name(std::size_t strategy) const { return first_.strategy_names[strategy]; }
  std::string noun() const { return find_words(first_.metric).noun; }
  static const char* are(std::size_t count) { return count == 1 ? "is too close to call" : "are too close to call"; }

  std::size_t count_unknown() const {
    return static_cast<std::size_t>(
        std::count_if(calls_.begin(), calls_.end(), [](const PointCall& call) { return call.together.empty(); }));
  }
  /// Points at which all contenders are the same in every world.
  std::size_t count_equal() const {
    std::size_t count = 0;
    for (std::size_t p = 0; p < num_points(); ++p) {
      const std::size_t contenders = calls_[p].together.size();
      if (contenders > 1 && view_.points[p].comparison.equals.size() == contenders) ++count;
    }
    return count;
  }

  /// " between A and B": those that may be best at some point; empty if they are many.
  std::string name_rivals() const {
    std::vector<std::string> names;
    for (std::size_t s = 0; s < first_.strategy_names.size(); ++s)
      if (std::any_of(calls_.begin(), calls_.end(), [&](const PointCall& call) {
            return std::find(call.together.begin(), call.together.end(), s) != call.together.end();
          }))
        names.push_back(name(s));
    return names.size() > most_named ? "" : fmt::format(" between {}", join_names(names));
  }

  std::string list_winners(const std::vector<std::size_t>& winners, const std::string& is_best) const {
    std::string text;
    std::size_t num_rest = 0;
    for (std::size_t i = 0; i < winners.size(); ++i) {
      const std::size_t count = won_[winners[i]].size();
      if (i == 0)
        text = fmt::format("{} {} at {} of {} points", name(winners[i]), is_best, count, num_points());
      else if (i < most_named || winners.size() == most_named + 1)
        text += fmt::format(", {} at {}", name(winners[i]), count);
      else
        num_rest += count;
    }
    if (num_rest > 0) text += fmt::format(", {} others at {}", winners.size() - most_named, num_rest);
    return text;
  }

  /// "outcomes.ask.weights.awkwardness (-1.8 to 0)".
  std::string list_keys() const { return fmt::format("{}", fmt::join(list_spans(view_.keys), ", ")); }

  /// "awkwardness (-1.8 to 0) and value_realised (0 to 1.1)".
  std::string list_short_keys() const {
    std::vector<results::SweptKey> keys = view_.keys;
    for (std::size_t k = 0; k < keys.size(); ++k) keys[k].key = axes_[k].name;
    return join_names(list_spans(keys));
  }

  std::vector<std::string> list_spans(const std::vector<results::SweptKey>& keys) const {
    std::vector<std::string> parts;
    for (std::size_t k = 0; k < axes_.size(); ++k) {
      const auto& categories = axes_[k].categories;
      const std::string span = categories.size() == 1 ? categories[0]
                               : axes_[k].numbers     ? fmt::format("{} to {}", categories.front(), categories.back())
                               : categories.size() <= most_named + 1 ? join_names(categories)
                                                                     : fmt::format("{} values", categories.size());
      parts.push_back(fmt::format("{} ({})", keys[k].key, span));
    }
    return parts;
  }

  std::string explain_picture() const {
    const std::string confidence = format_confidence(first_.confidence);
    const bool is_single = first_.strategy_names.size() == 1;
    switch (picture_) {
      case SweepPicture::lines:
      case SweepPicture::rows: {
        const char* const mark = picture_ == SweepPicture::lines ? "band" : "bar";
        if (is_single)
          return fmt::format("{} with its {} interval, at each point by itself.", capitalise(noun()), confidence);
        return fmt::format(
            "Each strategy minus {}, {}; {}s are {} intervals, which hold at each point {}. Where a {} leaves zero out "
            "the two surely differ.{}",
            name(first_.baseline), noun(), mark, confidence,
            first_.adjustment == statistics::Adjustment::none ? "and for each strategy by itself"
                                                              : "by itself for all strategies at once",
            mark, explain_bands());
      }
      case SweepPicture::grid:
        return is_single ? "" : "Pale cells are too close to call; their colour shows who looks best there.";
      case SweepPicture::plane:
        return "Each point in the colour of the strategy that is best there, grey where it is too close to call.";
      case SweepPicture::leads:
        return is_single ? fmt::format("Each point of the sweep over each key: {}.", noun())
                         : fmt::format(
                               "Each point of the sweep over each key: how far the best is ahead of the second, {}, in "
                               "its colour; grey where it is too close to call.",
                               noun());
    }
    return {};
  }

  /// Which lines have one, if not all.
  std::string explain_bands() const {
    const std::vector<std::size_t> banded = list_banded(view_);
    if (picture_ != SweepPicture::lines || banded.size() + 1 >= first_.strategy_names.size()) return {};
    std::vector<std::string> names;
    for (const std::size_t s : banded) names.push_back(name(s));
    return fmt::format(" Bands are drawn only for those that rank best over all points: {}.", join_names(names));
  }

  std::string describe_picture() const {
    switch (picture_) {
      case SweepPicture::lines:
        return fmt::format("Lines with bands over {}.", axes_[0].name);
      case SweepPicture::rows:
        return fmt::format("Dots with intervals for each {}.", axes_[0].name);
      case SweepPicture::grid:
        return fmt::format("A heat map of {} and {}.", axes_[0].name, axes_[1].name);
      case SweepPicture::plane:
        return fmt::format("Points over {} and {}.", axes_[0].name, axes_[1].name);
      case SweepPicture::leads:
        return "Points over each key.";
    }
    return {};
  }

  /// "awkwardness -1.8, value_realised 0".
  std::string place_of(std::size_t p) const {
    std::vector<std::string> parts;
    for (const SweptAxis& axis : axes_) parts.push_back(fmt::format("{} {}", axis.name, axis.texts[p]));
    return fmt::format("{}", fmt::join(parts, ", "));
  }

  /// The first and the last of each line, or all if there are few.
  std::string list_differences_at() const {
    const Scale scale = find_told_scale(first_.metric, first_.currency);
    std::string text;
    for (std::size_t s = 0; s < first_.strategy_names.size(); ++s) {
      if (s == first_.baseline) continue;
      std::vector<statistics::Estimate> differences;
      for (const ComparisonView& point : view_.points)
        differences.push_back(point.comparison.strategies[s].from_baseline->difference.estimate);
      const NumberColumn numbers(scale, differences);
      std::vector<std::string> parts;
      for (std::size_t p = 0; p < num_points(); ++p)
        if (num_points() <= most_told_points || p == 0 || p + 1 == num_points())
          parts.push_back(fmt::format("{} at {}", numbers.with_sign(differences[p].value), axes_[0].texts[p]));
      text += fmt::format(" {} minus {}: {}.", name(s), name(first_.baseline), fmt::join(parts, ", "));
    }
    return text;
  }

  /// A header on one line.
  static std::string unbreak(const std::string& header) {
    std::string text;
    for (const char c : header) {
      if (c != '\n')
        text += c;
      else if (!text.empty() && text.back() != '_' && text.back() != '-')
        text += ' ';
    }
    return text;
  }

  const SweepView& view_;
  const std::vector<SweptAxis>& axes_;
  SweepPicture picture_;
  const ComparisonView& first_;
  std::vector<PointCall> calls_;
  std::vector<std::vector<std::size_t>> won_;
};

bool has_sweep_answer(const SweepView& view) {
  const auto has_value = [](const ComparisonView& point) { return count_known(point) > 0; };
  return view.points.size() > 1 && std::any_of(view.points.begin(), view.points.end(), has_value);
}

}  // namespace

std::vector<Chart> make_sweep_charts(const SweepView& view) {
  if (!has_sweep_answer(view)) return {};
  const std::vector<SweptAxis> axes = list_axes(view);
  SweepPicture picture = choose_picture(axes);
  const bool is_single = view.points.front().strategy_names.size() == 1;
  if (is_single && (picture == SweepPicture::grid || picture == SweepPicture::plane)) picture = SweepPicture::leads;
  const SweepTexts texts(view, axes, picture);
  Chart chart{"sweep", texts.title(), texts.caption(), texts.alternative(), make_sweep_panels(view, axes, picture),
              1,       texts.table()};
  chart.num_columns = std::min<std::size_t>(3, chart.panels.size());
  return {chart};
}

std::optional<Headline> make_sweep_headline(const Reading& reading) {
  if (reading.file.identity().sweep.empty()) return std::nullopt;
  const SweepView view = compare_points(reading.file, reading.choice);
  if (!has_sweep_answer(view)) return std::nullopt;
  const std::vector<SweptAxis> axes = list_axes(view);
  const SweepTexts texts(view, axes, choose_picture(axes));
  return Headline{texts.title() + '.', texts.basis(), texts.meaning()};
}

std::vector<Chart> make_sweep_charts(const Reading& reading) {
  if (reading.file.identity().sweep.empty()) return {};
  return make_sweep_charts(compare_points(reading.file, reading.choice));
}

}  // namespace vouch::report
