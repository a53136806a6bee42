// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "assumptions.hpp"
#include "report/compare_results.hpp"
#include "report/metric_words.hpp"
#include "report/number.hpp"
#include "report/unit.hpp"

namespace vouch::cli {
namespace {

/// One strategy minus another.
struct Rivals {
  std::size_t first;
  std::size_t second;
};

/// The best against the baseline, or against the second if it is the baseline itself.
std::optional<Rivals> choose_rivals(const report::ComparisonView& view) {
  const std::vector<std::size_t>& ranking = view.comparison.ranking;
  if (ranking.size() < 2) return std::nullopt;
  return Rivals{ranking[0], ranking[0] == view.baseline ? ranking[1] : view.baseline};
}

/// NaN where it is not known.
double find_difference(const report::ComparisonView& view, const Rivals& rivals) {
  for (const statistics::ComparedPair& pair : view.comparison.pairs) {
    if (pair.first != std::min(rivals.first, rivals.second) || pair.second != std::max(rivals.first, rivals.second))
      continue;
    const auto value = pair.difference.difference.estimate.value;
    if (value) return rivals.first == pair.first ? *value : -*value;
  }
  return std::nan("");
}

/// The first and last as they come, and how many there are.
std::string describe_values(const std::vector<std::string>& values) {
  const std::set<std::string> distinct(values.begin(), values.end());
  std::vector<double> numbers;
  for (const std::string& value : distinct) {
    char* end = nullptr;
    numbers.push_back(std::strtod(value.c_str(), &end));
    if (end != value.c_str() + value.size()) return fmt::format("{}", fmt::join(distinct, ", "));
  }
  const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
  return fmt::format("{} to {}, {} values", *low, *high, distinct.size());
}

/// The smallest and largest mean over the points of a value.
statistics::Interval find_range(const std::vector<std::string>& values, const std::vector<double>& differences) {
  std::map<std::string, std::pair<double, int>> sums;
  for (std::size_t p = 0; p < values.size(); ++p) {
    if (std::isnan(differences[p])) continue;
    sums[values[p]].first += differences[p];
    ++sums[values[p]].second;
  }
  statistics::Interval range{std::nan(""), std::nan("")};
  for (const auto& [value, sum] : sums) {
    const double mean = sum.first / sum.second;
    range.low = std::fmin(range.low, mean);
    range.high = std::fmax(range.high, mean);
  }
  return range;
}

std::string describe_range(const report::ComparisonView& view, const Rivals& rivals, const statistics::Interval& range,
                           const char* how) {
  const report::Scale scale = report::find_told_scale(view.metric, view.currency);
  const double width = (range.high - range.low) * scale.factor;
  const int decimals = width > 0.0 ? 1 - static_cast<int>(std::floor(std::log10(width))) : 2;
  return fmt::format(
      "{} minus {} went from {} to {}{}, {}", view.strategy_names[rivals.first], view.strategy_names[rivals.second],
      report::format_signed(range.low * scale.factor, decimals),
      report::format_signed(range.high * scale.factor, decimals),
      fmt::format(" {}", scale.difference_unit.empty() ? report::find_words(view.metric).noun : scale.difference_unit),
      how);
}

}  // namespace

std::vector<SweptInfluence> measure_sweep(const report::Reading& reading) {
  const std::vector<results::SweptKey>& keys = reading.file.identity().sweep;
  if (keys.empty()) return {};
  const std::optional<Rivals> rivals = choose_rivals(reading.view);
  std::vector<double> differences;
  report::ComparisonChoice choice = reading.choice;
  for (choice.point = 0; rivals && choice.point < reading.file.num_points(); ++choice.point)
    differences.push_back(find_difference(report::compare_results(reading.file, choice), *rivals));
  std::vector<SweptInfluence> influences;
  for (const results::SweptKey& key : keys) {
    SweptInfluence& own = influences.emplace_back(SweptInfluence{key.key, describe_values(key.values), "", 0.0});
    if (!rivals) continue;
    const statistics::Interval range = find_range(key.values, differences);
    if (std::isnan(range.low)) continue;
    const bool is_apart = std::set(key.values.begin(), key.values.end()).size() < key.values.size() || keys.size() == 1;
    own.range = range.high - range.low;
    own.influence = describe_range(reading.view, *rivals, range,
                                   keys.size() == 1 ? "as this was varied"
                                   : is_apart       ? "on average over the other keys' values"
                                                    : "with the other keys varied at the same time");
  }
  return influences;
}

}  // namespace vouch::cli
