// SPDX-License-Identifier: Apache-2.0
// What is known of the chance of a yes, before it is drawn.
#include <algorithm>

#include "report/charts/brief.hpp"
#include "report/charts/timing_charts.hpp"

namespace vouch::report {
namespace {

using results::Statistic;

std::vector<Spread> read_curve(const Reading& reading, const std::string& name, std::size_t strategy) {
  const int lane = reading.lane_of(strategy);
  const auto means = reading.file.read_curve(name, lane, Statistic::mean);
  const auto variances = reading.file.read_curve(name, lane, Statistic::variance);
  std::vector<Spread> spreads;
  for (std::size_t b = 0; b < means.size(); ++b) spreads.push_back({means[b], variances[b]});
  return spreads;
}

bool has_enough(const AnswerData& data, std::size_t strategy, std::size_t band) {
  const auto num_worlds = static_cast<double>(data.samples[strategy].num_worlds);
  const double asks = data.asks[strategy][band].mean * num_worlds;
  const double yes = data.yes[strategy][band].mean * num_worlds;
  double all_asks = 0.0;
  for (const Spread& spread : data.asks[strategy]) all_asks += spread.mean * num_worlds;
  return asks >= std::max(fewest_counted, least_share * all_asks) && yes >= fewest_answers &&
         asks - yes >= fewest_answers;
}

}  // namespace

AnswerData read_answers(const Reading& reading, const std::string& trait) {
  AnswerData data;
  data.order = order_strategies(reading);
  data.axis = reading.file.curve_axis(trait + "_asks");
  data.confidence = reading.view.confidence;
  for (std::size_t s = 0; s < data.order.names.size(); ++s) {
    data.asks.push_back(read_curve(reading, trait + "_asks", s));
    data.yes.push_back(read_curve(reading, trait + "_yes", s));
    data.samples.push_back(find_sample(reading, s));
  }
  return data;
}

std::vector<Answer> list_answers(const AnswerData& data) {
  std::vector<Answer> answers;
  for (std::size_t s = 0; s < data.asks.size(); ++s)
    for (std::size_t b = 0; b < data.asks[s].size(); ++b)
      if (data.samples[s].num_groups > 1 && has_enough(data, s, b)) answers.push_back({s, b, {}, {}});
  const double joint = split_confidence(data.confidence, answers.size());
  std::vector<Answer> known;
  for (Answer& answer : answers) {
    const Spread& yes = data.yes[answer.strategy][answer.band];
    const Spread& asks = data.asks[answer.strategy][answer.band];
    const Sample& sample = data.samples[answer.strategy];
    const auto single_interval = estimate_ratio(yes, asks, sample, data.confidence);
    const auto joint_interval = estimate_ratio(yes, asks, sample, joint);
    if (!single_interval || !joint_interval) continue;
    answer.chance = *single_interval;
    answer.joint = *joint_interval;
    known.push_back(answer);
  }
  return known;
}

std::optional<AnswerContrast> find_contrast(const AnswerData& data, const std::vector<Answer>& answers) {
  for (const std::size_t strategy : data.order.ranking) {
    if (is_too_few(data.samples[strategy])) continue;
    std::optional<AnswerContrast> contrast;
    for (const Answer& answer : answers) {
      if (answer.strategy != strategy) continue;
      if (!contrast) contrast = AnswerContrast{answer, answer};
      if (answer.joint.low() > contrast->high.joint.low()) contrast->high = answer;
      if (answer.joint.high() < contrast->low.joint.high()) contrast->low = answer;
    }
    if (contrast && contrast->high.joint.low() > contrast->low.joint.high()) return contrast;
  }
  return std::nullopt;
}

}  // namespace vouch::report
