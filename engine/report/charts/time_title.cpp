// SPDX-License-Identifier: Apache-2.0
// What a chart over time may say: only what intervals that hold for all strategies and bins at once leave.
#include "report/charts/time_title.hpp"

#include <fmt/format.h>

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

/// One strategy and the baseline.
std::string tell_difference(const TimeData& data, std::size_t strategy) {
  const std::string& one = data.order.names[strategy];
  const std::string& other = data.order.names[data.order.baseline];
  const auto stretches = find_stretches(find_signs(data, strategy));
  if (stretches.empty())
    return fmt::format("At no time do these futures tell {} and {} apart in {}", one, other, data.topic.noun);
  const Stretch& last = stretches.back();
  std::string before;  // the other way round
  for (const Stretch& stretch : stretches)
    if (stretch.sign != last.sign && before.empty())
      before = fmt::format(", after {} {}", name_sign(data, stretch.sign), name_months(data, stretch));
  const std::string start =
      fmt::format("Under {} there {} {} {} than under {}", one, data.topic.is_counted ? "are" : "is",
                  name_sign(data, last.sign), data.topic.noun, other);
  if (last.last + 1 < data.bins.size())
    return fmt::format("{} {}{}, and no sure difference later", start, name_last(data, stretches), before);
  if (last.first == 0) return start + " from the start to the end";
  if (last.first == last.last) return fmt::format("{} at the end, {}{}", start, name_months(data, last), before);
  return fmt::format("{} from month {} on{}", start, data.bins.first_month(last.first), before);
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

}  // namespace

std::vector<int> find_signs(const TimeData& data, std::size_t strategy) {
  std::vector<int> signs(data.bins.size(), 0);
  const Sample& sample = data.common_samples[strategy];
  if (sample.num_groups < fewest_to_claim) return signs;
  const double confidence = split_confidence(data.confidence, (data.order.names.size() - 1) * signs.size());
  const auto num_worlds = static_cast<double>(sample.num_worlds);
  for (std::size_t b = 0; b < signs.size(); ++b) {
    const Spread& difference = data.differences[strategy][b];
    const double counted = (data.spreads[strategy][b].mean + data.spreads[data.order.baseline][b].mean) * num_worlds;
    if (data.topic.is_counted && counted < fewest_counted) continue;
    const auto half_width = compute_half_width(difference.variance, sample, confidence);
    // A difference that never varies has been seen too rarely to tell how much it does.
    if (!half_width || *half_width == 0.0 || std::abs(difference.mean) <= *half_width) continue;
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
  if (best != data.order.baseline) return tell_difference(data, best);
  return tell_difference(data, data.order.ranking[1]);
}

}  // namespace vouch::report
