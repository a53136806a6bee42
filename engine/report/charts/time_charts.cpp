// SPDX-License-Identifier: Apache-2.0
#include "report/charts/time_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/charts/charts.hpp"
#include "report/charts/magnitude.hpp"
#include "report/charts/time_title.hpp"
#include "report/find_name.hpp"
#include "report/number.hpp"

namespace vouch::report {
namespace {

using results::Statistic;

std::vector<Spread> read_spreads(const Reading& reading, const std::string& series, std::size_t strategy,
                                 std::size_t size, Statistic mean, Statistic variance) {
  const int lane = reading.lane_of(strategy);
  const auto means = reading.file.read_series(series, lane, mean);
  const auto variances = reading.file.read_series(series, lane, variance);
  std::vector<Spread> spreads;
  for (std::size_t b = 0; b < size; ++b) spreads.push_back({means[b], variances[b]});
  return spreads;
}

/// From the reading's baseline. The file has them from its own, of which Var(X - Y) <= (sd X + sd Y)^2 follows for
/// another (Cauchy and Schwarz), if all are of the same worlds; else there are none.
void read_differences(const Reading& reading, TimeData& data) {
  const auto& names = data.order.names;
  const results::RunIdentity& identity = reading.file.identity();
  const std::size_t file_baseline = find_name("baseline", identity.baseline, identity.strategy_names);
  const std::size_t baseline = data.order.baseline;
  for (std::size_t s = 0; s < names.size(); ++s) {
    data.common_samples.push_back(find_common_sample(reading, s, baseline));
    data.differences.push_back(read_spreads(reading, data.topic.series, s, data.bins.size(), Statistic::difference_mean,
                                            Statistic::difference_variance));
  }
  if (file_baseline == baseline) return;
  const std::uint64_t num_worlds = find_sample(reading, baseline).num_worlds;
  const std::vector<Spread> from = data.differences[baseline];
  for (std::size_t s = 0; s < names.size(); ++s) {
    const bool is_same = find_sample(reading, s).num_worlds == num_worlds &&
                         data.common_samples[s].num_worlds == num_worlds &&
                         find_common_sample(reading, s, file_baseline).num_worlds == num_worlds;
    if (!is_same) return data.differences.clear();
    for (std::size_t b = 0; b < from.size(); ++b) {
      Spread& spread = data.differences[s][b];
      const double most = std::sqrt(spread.variance) + std::sqrt(from[b].variance);
      spread = {spread.mean - from[b].mean, most * most};
    }
  }
}

std::vector<std::array<double, 5>> read_quantiles(const Reading& reading, const std::string& series,
                                                  std::size_t strategy, std::size_t size) {
  const auto values = reading.file.read_series_quantiles(series, reading.lane_of(strategy));
  std::vector<std::array<double, 5>> quantiles(size);
  for (std::size_t b = 0; b < size; ++b)
    for (std::size_t q = 0; q < 5; ++q) quantiles[b][q] = values.at(b * 5 + q);
  return quantiles;
}

bool has_value(const std::vector<std::array<double, 5>>& quantiles) {
  return std::any_of(quantiles.begin(), quantiles.end(), [](const auto& bin) { return bin[4] > 0.0; });
}

/// Thousands, millions ... where numbers of money are large.
void choose_factor(TimeData& data) {
  double most = 0.0;
  for (const auto& bins : data.quantiles)
    for (const auto& bin : bins)
      if (bin[4] > most) most = bin[4];
  const Magnitude magnitude = choose_magnitude(most);
  if (!data.topic.is_money || magnitude.word.empty()) return;
  data.factor = magnitude.factor;
  data.topic.title.insert(data.topic.title.find(", ") + 2, magnitude.word + ' ');
}

/// A number that an axis can end at: below `low` or above `high` by less than a fifth of what lies between.
struct Range {
  double low;
  double high;
};
Range find_range(const TimeData& data, const std::vector<std::size_t>& strategies) {
  Range range{INFINITY, -INFINITY};
  for (const std::size_t s : strategies) {
    for (const auto& bin : data.quantiles[s]) {
      if (std::isnan(bin[0])) continue;
      range = {std::min(range.low, bin[0] * data.factor), std::max(range.high, bin[4] * data.factor)};
    }
  }
  if (range.low >= 0.0 && range.low < 0.5 * range.high) range.low = 0.0;
  const double rough = (range.high - range.low) / 5.0;
  if (!(rough > 0.0)) return {range.low - 1.0, range.high + 1.0};
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  const double step = power * (rough / power < 2.0 ? 2.0 : rough / power < 5.0 ? 5.0 : 10.0);
  return {std::floor(range.low / step) * step, std::ceil(range.high / step) * step};
}

double find_peak(const TimeData& data, std::size_t strategy) {
  double peak = 0.0;
  for (const auto& bin : data.quantiles[strategy]) peak = std::max(peak, bin[4]);
  return peak;
}

/// Strategies that would press all others flat on a common scale: they rise to more than three times the median peak.
std::vector<bool> find_outliers(const TimeData& data) {
  std::vector<double> peaks;
  for (std::size_t s = 0; s < data.order.names.size(); ++s) peaks.push_back(find_peak(data, s));
  std::vector<double> sorted = peaks;
  std::sort(sorted.begin(), sorted.end());
  std::vector<bool> outliers;
  for (const double peak : peaks) outliers.push_back(peak > 3.0 * sorted[sorted.size() / 2]);
  return outliers;
}

Series draw_band(const TimeData& data, std::size_t strategy, std::size_t low, std::size_t high) {
  Series series{"", Mark::band, colour_of(strategy), false, {}};
  for (std::size_t b = 0; b < data.bins.size(); ++b) {
    const auto& bin = data.quantiles[strategy][b];
    series.data.push_back(
        {data.bins.position(b), bin[2] * data.factor, bin[low] * data.factor, bin[high] * data.factor});
  }
  return series;
}

Series draw_median(const TimeData& data, std::size_t strategy, const Colour& colour, const std::string& name) {
  Series series{name, Mark::line, colour, false, {}};
  for (std::size_t b = 0; b < data.bins.size(); ++b)
    series.data.push_back({data.bins.position(b), data.quantiles[strategy][b][2] * data.factor});
  return series;
}

Panel draw_panel(const TimeData& data, std::size_t strategy, const Range& range) {
  Panel panel;
  panel.title = data.order.names[strategy];
  panel.x.title = "months since the start";
  panel.x.from_zero = true;
  panel.y.title = data.topic.title;
  panel.y.low = range.low;
  panel.y.high = range.high;
  panel.series.push_back(draw_band(data, strategy, 0, 4));
  panel.series.push_back(draw_band(data, strategy, 1, 3));
  const std::size_t baseline = data.order.baseline;
  if (strategy != baseline && data.samples[baseline].num_worlds > 0)
    panel.series.push_back(
        draw_median(data, baseline, {Colour::Role::muted, 0}, data.order.names[baseline] + " (median)"));
  panel.series.push_back(draw_median(data, strategy, colour_of(strategy), ""));
  return panel;
}

void add_rows(const TimeData& data, std::size_t strategy, DataTable& table) {
  for (const std::size_t b : thin_bins(data.bins, 8)) {
    const auto& bin = data.quantiles[strategy][b];
    table.rows.push_back({data.order.names[strategy], fmt::format("{}", data.bins.last_month(b)),
                          format_quantile(data, strategy, b, bin[2]), format_quantile(data, strategy, b, bin[0]),
                          format_quantile(data, strategy, b, bin[4])});
  }
}

std::string describe(const TimeData& data, std::size_t strategy) {
  const std::size_t last = data.bins.size() - 1;
  const auto format = [&](std::size_t b, std::size_t q) {
    return format_quantile(data, strategy, b, data.quantiles[strategy][b][q]);
  };
  return fmt::format(" {}: median {} at first, {} at the end ({} to {} in nine of ten futures).",
                     data.order.names[strategy], format(0, 2), format(last, 2), format(last, 0), format(last, 4));
}

}  // namespace

std::optional<TimeData> read_time(const Reading& reading) {
  const auto topic = choose_topic(reading.view.metric, reading.file.series_names(), reading.view.currency);
  if (!topic) return std::nullopt;
  TimeData data;
  data.order = order_strategies(reading);
  data.topic = *topic;
  data.bins = find_bins(reading.file, topic->series);
  data.confidence = reading.view.confidence;
  if (data.bins.size() == 0) return std::nullopt;
  if (!data.bins.is_level) data.topic.title += fmt::format(" in each {:.6g} days", data.bins.days);
  for (std::size_t s = 0; s < data.order.names.size(); ++s) {
    const std::size_t size = data.bins.size();
    data.samples.push_back(find_sample(reading, s));
    data.quantiles.push_back(read_quantiles(reading, topic->series, s, size));
    data.spreads.push_back(read_spreads(reading, topic->series, s, size, Statistic::mean, Statistic::variance));
  }
  read_differences(reading, data);
  if (std::none_of(data.quantiles.begin(), data.quantiles.end(), has_value)) return std::nullopt;
  choose_factor(data);
  return data;
}

Chart chart_time(const TimeData& data) {
  Chart chart;
  chart.id = "over-time";
  chart.title = make_time_title(data);
  chart.caption = fmt::format(
      "A panel for each strategy: {}. The line is the median of the simulated futures; half of them lie in the dark "
      "band, nine of ten in the pale one.{}",
      data.topic.title,
      data.order.names.size() > 1
          ? fmt::format(" Grey: the median of {}, the baseline. The title compares future by future, so that bands may "
                        "overlap.",
                        data.order.names[data.order.baseline])
          : "");
  if (!data.topic.is_measure) chart.caption += " This is not the measure of the answer above.";
  chart.alternative = fmt::format("Bands over time: {}.", data.topic.title);
  chart.table.header = {"strategy", "month", "median", "5 %", "95 %"};
  const std::vector<bool> outliers = find_outliers(data);
  std::vector<std::size_t> common;
  for (std::size_t s = 0; s < outliers.size(); ++s)
    if (!outliers[s]) common.push_back(s);
  const Range range = find_range(data, common);
  for (const std::size_t s : data.order.ranking) {
    if (data.samples[s].num_worlds == 0) continue;
    chart.panels.push_back(draw_panel(data, s, outliers[s] ? find_range(data, {s}) : range));
    if (outliers[s]) chart.caption += fmt::format(" {} has a scale of its own.", data.order.names[s]);
    chart.alternative += describe(data, s);
    add_rows(data, s, chart.table);
  }
  chart.num_columns = std::min<std::size_t>(chart.panels.size(), chart.panels.size() == 4 ? 2 : 3);
  return chart;
}

std::vector<Chart> make_time_charts(const Reading& reading) {
  const std::optional<TimeData> data = read_time(reading);
  if (!data) return {};
  return {chart_time(*data)};
}

}  // namespace vouch::report
