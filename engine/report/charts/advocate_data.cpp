// SPDX-License-Identifier: Apache-2.0
// Who brings customers, read from a file.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/charts/advocate_charts.hpp"
#include "report/metric_choice.hpp"
#include "report/world_evidence.hpp"

namespace vouch::report {
namespace {

using results::Statistic;

Spread spread_of(const Reading& reading, const std::string& curve, std::size_t strategy, std::size_t band) {
  const int lane = reading.lane_of(strategy);
  return {reading.file.read_curve(curve, lane, Statistic::mean).at(band),
          reading.file.read_curve(curve, lane, Statistic::variance).at(band)};
}

/// "below -1", "-1 to 0", "2 and more"; whole numbers of people: "1 or 2", "3 to 5".
std::string name_edges(const std::vector<double>& lower, std::size_t band, bool is_whole) {
  const auto edge = [](double value) { return fmt::format("{:.6g}", value); };
  if (band + 1 == lower.size()) return edge(lower[band]) + (is_whole ? " or more" : " and more");
  if (!std::isfinite(lower[band])) return "below " + edge(lower[band + 1]);
  if (!is_whole) return edge(lower[band]) + " to " + edge(lower[band + 1]);
  const double last = lower[band + 1] - 1.0;
  if (last <= lower[band]) return edge(lower[band]);
  return edge(lower[band]) + (last == lower[band] + 1.0 ? " or " : " to ") + edge(last);
}

struct BandNames {
  std::vector<std::string> groups;
  std::vector<std::string> nouns;
};

BandNames name_quality(const std::vector<double>& lower) {
  const std::vector<std::string> words{"least well", "less well", "well", "better", "best"};
  BandNames names;
  for (std::size_t b = 0; b < lower.size(); ++b) {
    const std::string word = lower.size() == words.size() ? words[b] : "quality";
    names.groups.push_back(fmt::format("{} ({})", word, name_edges(lower, b, false)));
    names.nouns.push_back("of the " + word + " served");
  }
  return names;
}

BandNames name_peers(const std::vector<double>& lower) {
  BandNames names;
  for (std::size_t b = 0; b < lower.size(); ++b) {
    const std::string count = name_edges(lower, b, true);
    names.groups.push_back(count == "0" ? "nobody" : count + (count == "1" ? " person" : " people"));
    names.nouns.push_back("customers who could name " + names.groups.back());
  }
  return names;
}

/// By band of a trait of the referrer.
Advocates read_trait(const Reading& reading, const std::string& trait, std::size_t strategy,
                     std::optional<std::size_t> baseline, double joint_confidence) {
  const results::CurveAxis axis = reading.file.curve_axis(trait + "_wins");
  const bool is_quality = trait == "quality";
  const BandNames names = is_quality ? name_quality(axis.lower) : name_peers(axis.lower);
  Advocates advocates{
      is_quality ? "by how well they are served" : "by how many they can name", names.groups, names.nouns, {}, {}, {}};
  const Sample sample = find_sample(reading, strategy);
  for (std::size_t b = 0; b < axis.lower.size(); ++b) {
    const Spread wins = spread_of(reading, trait + "_wins", strategy, b);
    const Spread accounts = spread_of(reading, trait + "_accounts", strategy, b);
    const auto num_worlds = static_cast<double>(sample.num_worlds);
    const bool is_enough = accounts.mean * num_worlds >= fewest_counted && wins.mean * num_worlds >= fewest_wins;
    advocates.wins.push_back(is_enough ? estimate_ratio(wins, accounts, sample, reading.view.confidence)
                                       : std::nullopt);
    advocates.joint.push_back(is_enough ? estimate_ratio(wins, accounts, sample, joint_confidence) : std::nullopt);
    if (!baseline) continue;
    const double below = spread_of(reading, trait + "_accounts", *baseline, b).mean;
    advocates.baseline.push_back(
        below > 0.0 ? std::optional(spread_of(reading, trait + "_wins", *baseline, b).mean / below) : std::nullopt);
  }
  return advocates;
}

/// Estimates of values are for one look; the reading may be of a run that is looked at any time.
std::optional<RatioEstimate> as_ratio(const statistics::Estimate& estimate, statistics::Looks looks,
                                      double confidence) {
  if (!estimate.value || !estimate.standard_error || *estimate.value == 0.0) return std::nullopt;
  const Sample sample{estimate.num_worlds, estimate.num_worlds, looks};
  const double variance =
      *estimate.standard_error * *estimate.standard_error * static_cast<double>(estimate.num_worlds);
  const auto half_width = compute_half_width(variance, sample, confidence);
  return half_width ? std::optional(RatioEstimate{*estimate.value, *half_width}) : std::nullopt;
}

/// By segment of the referrer: within the follow-up time of their purchase, since only that is known by segment.
Advocates read_segments(const Reading& reading, std::size_t strategy, std::optional<std::size_t> baseline,
                        double joint_confidence) {
  Advocates advocates;
  advocates.title = "by segment, after their purchase";
  const auto metrics = list_metrics(reading.file);
  const statistics::Metric& metric = choose_metric(metrics, "matched_wins_per_account");
  const auto& segments = reading.file.identity().segment_names;
  for (std::size_t k = 0; k < segments.size(); ++k) {
    WorldChoice choice;
    choice.part.segment = static_cast<int>(k);
    choice.point = reading.choice.point;
    choice.strategies = {static_cast<int>(strategy)};
    if (baseline) choice.strategies.push_back(static_cast<int>(*baseline));
    const statistics::Evidence evidence = gather_evidence(reading.file, metric, choice);
    advocates.groups.push_back(segments[k]);
    advocates.nouns.push_back("customers in " + segments[k]);
    const statistics::Estimate wins = statistics::estimate_value(evidence, 0, reading.view.confidence);
    advocates.wins.push_back(wins.caution == statistics::Caution::rare
                                 ? std::nullopt
                                 : as_ratio(wins, reading.view.looks, reading.view.confidence));
    advocates.joint.push_back(wins.caution == statistics::Caution::none
                                  ? as_ratio(wins, reading.view.looks, joint_confidence)
                                  : std::nullopt);
    if (baseline) advocates.baseline.push_back(statistics::estimate_value(evidence, 1, reading.view.confidence).value);
  }
  return advocates;
}

double mean_wins(const Reading& reading, std::size_t strategy) {
  double sum = 0.0;
  for (const double wins : reading.file.read_curve("quality_wins", reading.lane_of(strategy), Statistic::mean))
    if (wins > 0.0) sum += wins;
  return sum;
}

/// Leaves out groups of which nothing is known.
void drop_unknown(Advocates& by) {
  for (std::size_t g = by.groups.size(); g-- > 0;) {
    if (by.wins[g] || (!by.baseline.empty() && by.baseline[g])) continue;
    const auto at = static_cast<std::ptrdiff_t>(g);
    by.groups.erase(by.groups.begin() + at);
    by.nouns.erase(by.nouns.begin() + at);
    by.wins.erase(by.wins.begin() + at);
    by.joint.erase(by.joint.begin() + at);
    if (!by.baseline.empty()) by.baseline.erase(by.baseline.begin() + at);
  }
}

bool is_shown(const Advocates& advocates) {
  return std::any_of(advocates.wins.begin(), advocates.wins.end(), [](const auto& wins) { return wins.has_value(); });
}

}  // namespace

std::optional<AdvocateData> read_advocates(const Reading& reading) {
  const auto& ranking = reading.view.comparison.ranking;
  const auto best =
      std::find_if(ranking.begin(), ranking.end(), [&](std::size_t s) { return mean_wins(reading, s) > 0.0; });
  if (best == ranking.end()) return std::nullopt;
  AdvocateData data;
  data.index = *best;
  data.strategy = reading.strategy_names()[*best];
  data.confidence = reading.view.confidence;
  data.sample = find_sample(reading, *best);
  std::optional<std::size_t> baseline;
  if (reading.view.baseline != *best) baseline = reading.view.baseline;
  if (baseline) data.baseline = reading.strategy_names()[*baseline];
  const std::size_t num_segments = reading.file.identity().segment_names.size();
  const double joint =
      split_confidence(data.confidence, 2 * reading.file.curve_axis("quality_wins").lower.size() + num_segments);
  data.by = {read_trait(reading, "quality", *best, baseline, joint),
             read_trait(reading, "peers", *best, baseline, joint)};
  if (num_segments > 1) data.by.push_back(read_segments(reading, *best, baseline, joint));
  for (Advocates& by : data.by) drop_unknown(by);
  data.by.erase(std::remove_if(data.by.begin(), data.by.end(), [](const auto& by) { return !is_shown(by); }),
                data.by.end());
  if (data.by.empty()) return std::nullopt;
  return data;
}

}  // namespace vouch::report
