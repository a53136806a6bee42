// SPDX-License-Identifier: Apache-2.0
#include "report/charts/timing_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/charts/brief.hpp"
#include "report/charts/charts.hpp"
#include "report/number.hpp"

namespace vouch::report {
namespace {

/// What differs between the two charts.
struct Wording {
  std::string id;
  std::string axis;    ///< of x
  std::string of_all;  ///< "at any time after the purchase"
  std::string caption;
};

const Wording timing{"timing", "days since the purchase", "how long after the purchase customers were asked",
                     "by days since the customer's purchase"};
const Wording tiredness{"tiredness", "fatigue just before the ask", "how tired customers were when asked",
                        "by the customer's fatigue just before the ask"};

bool is_last(const AnswerData& data, std::size_t band) { return band + 1 == data.axis.lower.size(); }

double width_of(const AnswerData& data) { return data.axis.lower[1] - data.axis.lower[0]; }

std::string format_edge(double edge) { return fmt::format("{:.6g}", edge); }

/// "60 to 90", "720 and more".
std::string name_band(const AnswerData& data, std::size_t band) {
  if (is_last(data, band)) return format_edge(data.axis.lower[band]) + " and more";
  if (band == 0) return "below " + format_edge(data.axis.lower[1]);
  return format_edge(data.axis.lower[band]) + " to " + format_edge(data.axis.lower[band + 1]);
}

/// "60 to 90 days after the purchase", "at a fatigue of 0.25 to 0.5".
std::string place_band(const AnswerData& data, std::size_t band) {
  if (data.axis.name == "fatigue")
    return band == 0 ? "at a fatigue below " + format_edge(data.axis.lower[1])
                     : "at a fatigue of " + name_band(data, band);
  if (band == 0) return fmt::format("in the first {} days", format_edge(data.axis.lower[1]));
  if (is_last(data, band)) return fmt::format("{} or more days after the purchase", format_edge(data.axis.lower[band]));
  return name_band(data, band) + " days after the purchase";
}

statistics::Estimate as_estimate(const RatioEstimate& ratio) {
  statistics::Estimate estimate;
  estimate.value = ratio.value;
  estimate.standard_error = ratio.half_width / 2.0;
  return estimate;
}

/// Of percent.
int decimals_of(const RatioEstimate& chance) {
  const statistics::Estimate estimate = as_estimate(chance);
  return std::clamp(choose_decimals({&estimate, 1}, 100.0) - 1, 0, 2);
}

std::string format_chance(const RatioEstimate& chance) {
  return format_number(100.0 * chance.value, decimals_of(chance)) + " %";
}

std::string format_ends(const RatioEstimate& chance) {
  const int decimals = decimals_of(chance);
  return format_number(100.0 * std::max(0.0, chance.low()), decimals) + " to " +
         format_number(100.0 * std::min(1.0, chance.high()), decimals) + " %";
}

std::string tell_contrast(const AnswerData& data, const AnswerContrast& contrast) {
  const auto& [high, low] = contrast;
  const auto [more, less] = format_brief(100.0 * high.chance.value, 100.0 * low.chance.value);
  return fmt::format("Under {} asks {} were answered yes more often ({} %) than {} ({} %)",
                     data.order.names[high.strategy], place_band(data, high.band), more, place_band(data, low.band),
                     less);
}

/// No band of a strategy is surely different from another.
std::string tell_all(const AnswerData& data, const std::vector<Answer>& answers, const Wording& wording) {
  const Answer* first = nullptr;  // of the best strategy
  const Sample* most = nullptr;   // of those of which bands can be compared
  for (const std::size_t s : data.order.ranking) {
    std::size_t num_bands = 0;
    for (const Answer& answer : answers) {
      if (answer.strategy != s) continue;
      if (first == nullptr) first = &answer;
      ++num_bands;
    }
    const Sample& sample = data.samples[s];
    if (num_bands > 1 && (most == nullptr || sample.num_groups > most->num_groups)) most = &sample;
  }
  if (most == nullptr)
    return fmt::format("Under {} {} of asks {} were answered yes", data.order.names[first->strategy],
                       format_chance(first->chance), place_band(data, first->band));
  if (is_too_few(*most)) return tell_too_few(*most, "whether answers depended on " + wording.of_all);
  return fmt::format("These futures do not show, within any one strategy, that answers depended on {}", wording.of_all);
}

Series draw_line(const std::vector<Answer>& answers, std::size_t strategy, const std::string& name,
                 const std::vector<double>& positions) {
  Series series{name, Mark::line, colour_of(strategy), false, {}};
  std::optional<std::size_t> before;
  for (const Answer& answer : answers) {
    if (answer.strategy != strategy) continue;
    if (before && answer.band != *before + 1) series.data.push_back({positions[answer.band], gap});
    series.data.push_back({positions[answer.band], 100.0 * answer.chance.value});
    before = answer.band;
  }
  return series;
}

Series draw_intervals(const std::vector<Answer>& answers, std::size_t strategy, const std::vector<double>& positions) {
  Series series{"", Mark::interval, colour_of(strategy), false, {}};
  for (const Answer& answer : answers) {
    if (answer.strategy != strategy) continue;
    Datum datum{positions[answer.band], 100.0 * answer.chance.value};
    datum.low = 100.0 * std::max(0.0, answer.chance.low());
    datum.high = 100.0 * std::min(1.0, answer.chance.high());
    series.data.push_back(datum);
  }
  return series;
}

/// Strategies that ask, best first, and the bands in which any of them does.
struct Shown {
  std::vector<std::size_t> strategies;
  std::size_t num_bands = 0;
};

double sum_asks(const AnswerData& data, std::size_t strategy) {
  double sum = 0.0;
  for (const Spread& spread : data.asks[strategy])
    if (spread.mean > 0.0) sum += spread.mean;
  return sum;
}

double share_of_asks(const AnswerData& data, std::size_t strategy, std::size_t band) {
  return data.asks[strategy][band].mean / sum_asks(data, strategy);
}

Shown find_shown(const AnswerData& data) {
  Shown shown;
  for (const std::size_t s : data.order.ranking) {
    if (!(sum_asks(data, s) > 0.0)) continue;
    shown.strategies.push_back(s);
    for (std::size_t b = 0; b < data.asks[s].size(); ++b)
      if (share_of_asks(data, s, b) >= least_share) shown.num_bands = std::max(shown.num_bands, b + 1);
  }
  return shown;
}

Panel draw_chances(const AnswerData& data, const std::vector<Answer>& answers, const Shown& shown,
                   const Wording& wording) {
  Panel panel;
  panel.title = "answered yes, % of asks";
  panel.x.title = wording.axis;
  panel.x.low = 0.0;
  panel.x.high = static_cast<double>(shown.num_bands) * width_of(data);
  panel.y.from_zero = true;
  panel.y.suffix = " %";
  for (std::size_t k = 0; k < shown.strategies.size(); ++k) {
    // Strategies stand side by side within a band, so that their intervals do not hide each other.
    const double place = 0.2 + 0.6 * (static_cast<double>(k) + 0.5) / static_cast<double>(shown.strategies.size());
    std::vector<double> positions;
    for (const double lower : data.axis.lower) positions.push_back(lower + place * width_of(data));
    const std::size_t s = shown.strategies[k];
    Series line = draw_line(answers, s, data.order.names[s], positions);
    if (line.data.empty()) continue;
    panel.series.push_back(std::move(line));
    panel.series.push_back(draw_intervals(answers, s, positions));
  }
  return panel;
}

Panel draw_landings(const AnswerData& data, const Shown& shown, const Wording& wording) {
  Panel panel;
  panel.title = "where asks landed, share of each strategy's asks";
  panel.x.title = wording.axis + ", from";
  Series series;
  series.mark = Mark::cell;
  series.has_own_colours = true;
  for (std::size_t b = 0; b < shown.num_bands; ++b)
    panel.x.categories.push_back(format_edge(data.axis.lower[b]) + (is_last(data, b) ? "+" : ""));
  double most = 0.0;
  for (const std::size_t s : shown.strategies)
    for (std::size_t b = 0; b < shown.num_bands; ++b) most = std::max(most, share_of_asks(data, s, b));
  for (std::size_t k = 0; k < shown.strategies.size(); ++k) {
    const std::size_t s = shown.strategies[k];
    panel.y.categories.push_back(data.order.names[s]);
    for (std::size_t b = 0; b < shown.num_bands; ++b) {
      const double share = share_of_asks(data, s, b);
      if (share < least_share) continue;
      Datum datum{static_cast<double>(b), static_cast<double>(k)};
      datum.size = std::sqrt(share / most);  // small shares stay visible
      datum.colour = colour_of(s);
      series.data.push_back(datum);
    }
  }
  panel.series.push_back(std::move(series));
  return panel;
}

DataTable make_table(const AnswerData& data, const std::vector<Answer>& answers, const Shown& shown,
                     const Wording& wording) {
  DataTable table;
  table.header = {"strategy", wording.axis, "share of asks", "answered yes", "interval"};
  table.num_text_columns = 2;
  for (const std::size_t s : shown.strategies) {
    for (const Answer& answer : answers) {
      if (answer.strategy != s) continue;
      table.rows.push_back({data.order.names[s], name_band(data, answer.band),
                            format_share(share_of_asks(data, s, answer.band)), format_chance(answer.chance),
                            format_ends(answer.chance)});
    }
  }
  return table;
}

std::string describe(const AnswerData& data, const std::vector<Answer>& answers, const Shown& shown,
                     const Wording& wording) {
  std::string text = fmt::format("Share of asks answered yes {}.", wording.caption);
  for (const std::size_t s : shown.strategies) {
    std::vector<const Answer*> own;
    for (const Answer& answer : answers)
      if (answer.strategy == s) own.push_back(&answer);
    if (own.empty()) continue;
    const auto less = [](const Answer* a, const Answer* b) { return a->chance.value < b->chance.value; };
    const auto [low, high] = std::minmax_element(own.begin(), own.end(), less);
    const auto tell = [&](const Answer* answer) {
      const bool is_timing = data.axis.name != "fatigue";
      return fmt::format(
          "{} {}{}{}", format_chance(answer->chance), is_timing ? (answer->band == 0 ? "" : "at ") : "at a fatigue ",
          (is_timing || answer->band == 0 ? "" : "of ") + name_band(data, answer->band), is_timing ? " days" : "");
    };
    text += fmt::format(" {}: {}{}", data.order.names[s], *low != *high ? "highest " : "", tell(*high));
    if (*low != *high) text += fmt::format(", lowest {}", tell(*low));
    text += ".";
  }
  return text;
}

std::optional<Chart> chart_answers(const AnswerData& data, const Wording& wording) {
  const std::vector<Answer> answers = list_answers(data);
  if (answers.empty()) return std::nullopt;
  const auto contrast = find_contrast(data, answers);
  const Shown shown = find_shown(data);
  Chart chart;
  chart.id = wording.id;
  chart.title = contrast ? tell_contrast(data, *contrast) : tell_all(data, answers, wording);
  chart.caption = fmt::format(
      "Share of asks that were answered yes at once, {}, where at least {} asks landed in all futures together, {} "
      "were answered yes and as many otherwise, and at least {} of the strategy's asks are; lines are intervals ({} "
      "confidence, each by itself, rather too wide than too narrow). Below: where each strategy's asks landed, the "
      "stronger the more. The asks of strategies and bands went to different customers: this is how they were "
      "answered, not what the moment alone does.",
      wording.caption, format_number(fewest_counted, 0), format_number(fewest_answers, 0), format_share(least_share),
      format_confidence(data.confidence));
  chart.alternative = describe(data, answers, shown, wording);
  chart.panels = {draw_chances(data, answers, shown, wording), draw_landings(data, shown, wording)};
  chart.table = make_table(data, answers, shown, wording);
  return chart;
}

}  // namespace

std::optional<Chart> chart_timing(const AnswerData& data) { return chart_answers(data, timing); }

std::optional<Chart> chart_tiredness(const AnswerData& data) { return chart_answers(data, tiredness); }

std::vector<Chart> make_timing_charts(const Reading& reading) {
  std::vector<Chart> charts;
  if (auto chart = chart_timing(read_answers(reading, "tenure"))) charts.push_back(std::move(*chart));
  if (auto chart = chart_tiredness(read_answers(reading, "fatigue"))) charts.push_back(std::move(*chart));
  return charts;
}

}  // namespace vouch::report
