// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/sweep_view.hpp"

namespace vouch::report {
namespace {

using statistics::Comparison;

/// The two-sided p-value of no difference between the two; unknown where worlds cannot tell.
std::optional<double> find_p_value(const Comparison& comparison, std::size_t a, std::size_t b) {
  for (const statistics::ComparedPair& pair : comparison.pairs)
    if (pair.first == std::min(a, b) && pair.second == std::max(a, b)) return pair.difference.difference.p_value;
  return std::nullopt;
}

/// As statistics::find_contenders does it at another confidence: Student's interval of a paired difference leaves zero
/// out if its p-value is below one minus the interval's confidence.
std::vector<std::size_t> find_contenders_at(const ComparisonView& view, double confidence) {
  const Comparison& comparison = view.comparison;
  const double level = 1.0 - statistics::compute_contest_confidence(confidence, count_known(view));
  const std::vector<std::size_t>& sure = comparison.contenders;
  std::vector<std::size_t> contenders;
  for (const std::size_t s : comparison.ranking) {
    if (!comparison.strategies[s].estimate.value) break;
    const std::optional<double> p = find_p_value(comparison, comparison.ranking[0], s);
    const bool is_contender = std::find(sure.begin(), sure.end(), s) != sure.end();
    if (is_contender || !p || *p >= level) contenders.push_back(s);
  }
  return contenders;
}

}  // namespace

std::vector<PointCall> call_points(const SweepView& view) {
  std::vector<PointCall> calls;
  const auto num_points = static_cast<double>(view.points.size());
  for (const ComparisonView& point : view.points) {
    PointCall& call = calls.emplace_back();
    call.by_itself = point.comparison.contenders;
    if (point.looks == statistics::Looks::any)
      call.together = point.sure_contenders;
    else if (!call.by_itself.empty())
      call.together = find_contenders_at(point, 1.0 - (1.0 - point.confidence) / num_points);
  }
  return calls;
}

std::vector<std::vector<std::size_t>> list_won_points(const SweepView& view, const std::vector<PointCall>& calls) {
  std::vector<std::vector<std::size_t>> won(view.points.front().strategy_names.size());
  for (std::size_t p = 0; p < view.points.size(); ++p)
    if (calls[p].together.size() == 1 && view.points[p].comparison.lead) won[calls[p].together[0]].push_back(p);
  return won;
}

std::vector<std::string> shorten_keys(const std::vector<results::SweptKey>& keys) {
  std::vector<std::string> names;
  for (const results::SweptKey& key : keys) {
    std::size_t begin = key.key.rfind('.');
    const auto is_shared = [&](const results::SweptKey& other) {
      return &other != &key && (other.key == key.key.substr(begin + 1) || other.key.ends_with(key.key.substr(begin)));
    };
    while (begin != std::string::npos && std::any_of(keys.begin(), keys.end(), is_shared))
      begin = begin == 0 ? std::string::npos : key.key.rfind('.', begin - 1);
    names.push_back(begin == std::string::npos ? key.key : key.key.substr(begin + 1));
  }
  return names;
}

}  // namespace vouch::report
