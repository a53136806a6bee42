// SPDX-License-Identifier: Apache-2.0
#include "model/known_means.hpp"

#include <algorithm>
#include <optional>

#include "random/shortfall.hpp"

namespace vouch::model {
namespace {

bool varies(const random::Distribution& d) { return random::compute_variance(d) > 0.0; }

/// Of a source that is no program and names nobody: every feature is 0.
double compute_cold_probability(const Strategy& strategy, OutcomeKind kind, std::size_t segment) {
  const Outcome& outcome = strategy.outcome(kind);
  return apply_link(outcome.link, outcome.base[segment]);
}

/// Whether what happens in a cold deal, once it is open, may change when or how it is decided.
bool may_sway_deals(const Model& model, const Strategy& strategy) {
  const bool has_gaps = std::any_of(model.moments.begin(), model.moments.end(), [](const Moment& moment) {
    return moment.credibility_gap > 0.0 || moment.access_gap > 0.0;
  });
  const std::vector<Weight>& weights = strategy.outcome(OutcomeKind::win).weights;
  return has_gaps &&
         (strategy.manners.desk.runs || strategy.warm_up_manners.desk.runs ||
          std::any_of(weights.begin(), weights.end(), [](const Weight& w) { return w.feature >= first_late_feature; }));
}

/// Integral of P(max(0, cycle) <= u) over u from 0 to `days`.
double integrate_closed(const random::Distribution& cycle, double days) {
  if (days <= 0.0) return 0.0;
  return random::compute_mean_shortfall(cycle, days) - random::compute_mean_shortfall(cycle, 0.0);
}

/// Expected decisions in [0, H) for a lead a day: of leads before 0, then of those after.
double compute_decision_days(const Model& model, const Strategy& strategy, const Segment& segment) {
  const double before = segment.pipeline_days - model.start();
  const double early = strategy.warm_up_manners.follow_up_days;
  const double late = strategy.manners.follow_up_days;
  const auto closed_by = [&](double days) { return integrate_closed(segment.cycle_days, days); };
  const double horizon = model.horizon_days;
  return closed_by(horizon - early + before) - closed_by(horizon - early) - closed_by(before - early) +
         closed_by(horizon - late);
}

/// Expected wins of cold leads, by segment; empty if not known.
std::optional<std::vector<double>> compute_cold_wins(const Model& model, const Strategy& strategy) {
  std::vector<double> wins(model.segments.size(), 0.0);
  for (std::size_t s = 0; s < wins.size(); ++s) {
    const Segment& segment = model.segments[s];
    if (segment.leads_per_day <= 0.0) continue;
    if (segment.is_finite || may_sway_deals(model, strategy)) return std::nullopt;
    wins[s] = segment.leads_per_day * compute_decision_days(model, strategy, segment) *
              compute_cold_probability(strategy, OutcomeKind::qualify, s) *
              compute_cold_probability(strategy, OutcomeKind::win, s);
  }
  return wins;
}

/// The same under every strategy, or empty.
std::optional<std::vector<double>> compute_common_wins(const Model& model, std::span<const Strategy> strategies) {
  std::optional<std::vector<double>> common;
  for (const Strategy& strategy : strategies) {
    auto wins = compute_cold_wins(model, strategy);
    if (!wins || (common && *common != *wins)) return std::nullopt;
    common = std::move(wins);
  }
  return common;
}

void add_start_value(const Model& model, std::vector<KnownMean>& known) {
  double sum = 0.0;
  bool any_varies = false;
  for (const Segment& segment : model.segments) {
    if (segment.are_bystanders || segment.accounts == 0) continue;
    sum += segment.accounts * random::compute_positive_mean(segment.contract_value);
    any_varies = any_varies || varies(segment.contract_value);
  }
  if (any_varies) known.push_back({Metric::start_value, sum});
}

void add_cold(const Model& model, const std::vector<double>& wins, std::vector<KnownMean>& known) {
  double count = 0.0;
  double sum = 0.0;
  bool is_multiple = true;  // the same value in every segment that wins
  std::optional<double> first;
  for (std::size_t s = 0; s < wins.size(); ++s) {
    if (wins[s] <= 0.0) continue;
    const double value = random::compute_positive_mean(model.segments[s].contract_value);
    count += wins[s];
    sum += wins[s] * value;
    is_multiple = is_multiple && !varies(model.segments[s].contract_value) && first.value_or(value) == value;
    first = value;
  }
  if (count > 0.0) known.push_back({Metric::cold_wins, count});
  if (count > 0.0 && !is_multiple) known.push_back({Metric::cold_value, sum});
}

}  // namespace

std::vector<KnownMean> list_known_means(const Model& model, std::span<const Strategy> strategies) {
  std::vector<KnownMean> known;
  add_start_value(model, known);
  if (const auto wins = compute_common_wins(model, strategies)) add_cold(model, *wins, known);
  return known;
}

}  // namespace vouch::model
