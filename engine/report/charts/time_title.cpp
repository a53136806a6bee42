// SPDX-License-Identifier: Apache-2.0
// What a chart over time may say: only what intervals that hold for all strategies and bins at once leave.
#include "report/charts/time_title.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/charts/brief.hpp"
#include "report/number.hpp"

namespace vouch::report {
namespace {

/// Bins first .. last of one sign.
struct Stretch {
  std::size_t first = 0;
  std::size_t last = 0;
  int sign = 0;
};

std::vector<Stretch> find_stretches(const std::vector<int>& signs) {
  std::vector<Stretch> stretches;
  for (std::size_t b = 0; b < signs.size(); ++b) {
    if (signs[b] == 0) continue;
    const bool goes_on = !stretches.empty() && stretches.back().sign == signs[b] && stretches.back().last + 1 == b;
    if (goes_on)
      stretches.back().last = b;
    else
      stretches.push_back({b, b, signs[b]});
  }
  return stretches;
}

std::string name_months(const TimeData& data, const Stretch& stretch) {
  const int first = data.bins.last_month(stretch.first);
  const int last = data.bins.last_month(stretch.last);
  return first == last ? fmt::format("around month {}", first) : fmt::format("around months {} to {}", first, last);
}

/// The last stretch, and those of its sign before it up to one of the other.
std::string name_last(const TimeData& data, const std::vector<Stretch>& stretches) {
  const Stretch& last = stretches.back();
  std::size_t begin = last.first;
  for (auto stretch = stretches.rbegin(); stretch != stretches.rend() && stretch->sign == last.sign; ++stretch)
    begin = stretch->first;
  if (begin == last.first) return name_months(data, last);
  return fmt::format("at times between months {} and {}", data.bins.last_month(begin), data.bins.last_month(last.last));
}

const char* name_sign(const TimeData& data, int sign) {
  return sign > 0 ? "more" : data.topic.is_counted ? "fewer" : "less";
}

/// Of one strategy, from the quantiles of the last bin.
std::string tell_range(const TimeData& data, std::size_t strategy) {
  const std::size_t bin = data.bins.size() - 1;
  const auto& quantiles = data.quantiles[strategy][bin];
  auto [low, high] = format_brief(quantiles.front() * data.factor, quantiles.back() * data.factor);
  if (data.topic.is_counted) {
    low = format_quantile(data, strategy, bin, quantiles.front());
    high = format_quantile(data, strategy, bin, quantiles.back());
  }
  return fmt::format("Under {} nine of ten simulated futures lie between {} and {} in month {} ({})",
                     data.order.names[strategy], low, high, data.bins.last_month(bin), data.topic.title);
}

/// Where hardly anything was counted, or the difference never varies, nothing can be said of it.
bool is_judged(const TimeData& data, std::size_t strategy, std::size_t bin) {
  const auto num_worlds = static_cast<double>(data.common_samples[strategy].num_worlds);
  const double counted = (data.spreads[strategy][bin].mean + data.spreads[data.order.baseline][bin].mean) * num_worlds;
  return !(data.topic.is_counted && counted < fewest_counted) && data.differences[strategy][bin].variance > 0.0;
}

bool is_zero(const TimeData& data, std::size_t strategy) {
  return std::all_of(data.spreads[strategy].begin(), data.spreads[strategy].end(),
                     [](const Spread& spread) { return spread.mean == 0.0; });
}

/// "from month 4 on", "around months 1 to 2".
std::string name_time(const TimeData& data, const std::vector<Stretch>& stretches) {
  const Stretch& last = stretches.back();
  if (last.last + 1 < data.bins.size()) return name_last(data, stretches);
  if (last.first == last.last) return fmt::format("at the end, {}", name_months(data, last));
  return fmt::format("from month {} on", data.bins.first_month(last.first));
}

/// Of two of which one has nothing at any time.
std::string tell_zero(const TimeData& data, std::size_t zero, std::size_t other) {
  const auto& names = data.order.names;
  if (is_zero(data, other))
    return fmt::format("No simulated future shows any {} under {} or {}", data.topic.noun, names[zero], names[other]);
  return fmt::format("Under {} no simulated future shows any {} at any time; under {} some do", names[zero],
                     data.topic.noun, names[other]);
}

/// When it is sure that one strategy has more, or less, than the baseline. Where it is not may be for want of futures:
/// nothing is said of that.
std::string tell_stretches(const TimeData& data, std::size_t strategy, const std::vector<Stretch>& stretches) {
  const std::string& other = data.order.names[data.order.baseline];
  const Stretch& last = stretches.back();
  const char* const verb = data.topic.is_counted ? "are" : "is";
  const std::string what = fmt::format("{} {}", name_sign(data, last.sign), data.topic.noun);
  const std::string& one = data.order.names[strategy];
  if (last.first == 0 && last.last + 1 == data.bins.size())
    return fmt::format("Under {} there {} surely {} than under {} from the start to the end", one, verb, what, other);
  const auto reverse = std::find_if(stretches.begin(), stretches.end(),
                                    [&](const Stretch& stretch) { return stretch.sign != last.sign; });
  return fmt::format("That under {} there {} {} than under {} is sure {}{}", one, verb, what, other,
                     name_time(data, stretches),
                     reverse == stretches.end() ? "" : ", the reverse " + name_months(data, *reverse));
}

/// One strategy and the baseline.
std::string tell_difference(const TimeData& data, std::size_t strategy, std::size_t best) {
  const std::size_t baseline = data.order.baseline;
  const std::string& one = data.order.names[strategy];
  const std::string& other = data.order.names[baseline];
  const Sample& sample = data.common_samples[strategy];
  if (sample.num_worlds > 0 && is_zero(data, strategy)) return tell_zero(data, strategy, baseline);
  if (sample.num_worlds > 0 && is_zero(data, baseline)) return tell_zero(data, baseline, strategy);
  if (is_too_few(sample))
    return tell_too_few(sample, fmt::format("when {} and {} differ in {}", one, other, data.topic.noun));
  const auto stretches = find_stretches(find_signs(data, strategy));
  if (!stretches.empty()) return tell_stretches(data, strategy, stretches);
  for (std::size_t b = 0; b < data.bins.size(); ++b)
    if (is_judged(data, strategy, b))
      return fmt::format("At no single time is it sure whether {} or {} has more {}", one, other, data.topic.noun);
  return tell_range(data, best);
}

}  // namespace

std::vector<int> find_signs(const TimeData& data, std::size_t strategy) {
  std::vector<int> signs(data.bins.size(), 0);
  const Sample& sample = data.common_samples[strategy];
  if (is_too_few(sample)) return signs;
  const double confidence = split_confidence(data.confidence, (data.order.names.size() - 1) * signs.size());
  for (std::size_t b = 0; b < signs.size(); ++b) {
    if (!is_judged(data, strategy, b)) continue;
    const Spread& difference = data.differences[strategy][b];
    const auto half_width = compute_half_width(difference.variance, sample, confidence);
    if (!half_width || std::abs(difference.mean) <= *half_width) continue;
    signs[b] = difference.mean > 0.0 ? 1 : -1;
  }
  return signs;
}

std::string format_quantile(const TimeData& data, std::size_t strategy, std::size_t bin, double value) {
  statistics::Estimate estimate;
  estimate.value = value;
  const Sample& sample = data.samples[strategy];
  if (sample.num_groups > 1)
    estimate.standard_error = std::sqrt(data.spreads[strategy][bin].variance / static_cast<double>(sample.num_groups));
  const bool is_whole = data.topic.is_counted && !data.bins.is_level;
  return format_number(value * data.factor, is_whole ? 0 : choose_decimals({&estimate, 1}, data.factor) - 1);
}

std::string make_time_title(const TimeData& data) {
  std::size_t best = data.order.ranking[0];
  for (std::size_t r = 0; data.samples[best].num_worlds == 0; ++r) best = data.order.ranking[r];
  if (data.differences.empty() || data.order.names.size() < 2) return tell_range(data, best);
  if (best != data.order.baseline) return tell_difference(data, best, best);
  return tell_difference(data, data.order.ranking[1], best);
}

}  // namespace vouch::report
