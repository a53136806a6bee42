// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "scenario/warnings.hpp"

namespace vouch::scenario {
namespace {

using model::Feature;
using model::OutcomeKind;

/// The probability when the given features are 1 and all others 0.
double compute_probability(const model::Outcome& outcome, std::size_t cell, std::initializer_list<Feature> ones) {
  double eta = outcome.base[cell];
  for (const model::Weight& weight : outcome.weights)
    if (std::find(ones.begin(), ones.end(), weight.feature) != ones.end()) eta += weight.weight;
  return model::apply_link(outcome.link, eta);
}

/// Attempts of one program on an account that stays `life_days`.
double estimate_attempts(const model::Program& program, double life_days) {
  double attempts = 0.0;
  const auto every = [&](double gap_days) { return gap_days > 0.0 ? std::floor(life_days / gap_days) : 1.0; };
  if ((program.triggers & ~(model::by_calendar | model::by_survey | model::by_willingness)) != 0)
    attempts += program.repeats ? 1.0 + every(random::compute_mean(program.repeat_days)) : 1.0;
  if ((program.triggers & model::by_calendar) != 0) attempts += every(random::compute_mean(program.calendar_days));
  if ((program.triggers & model::by_survey) != 0)
    attempts += every(std::max(program.survey_days, program.min_gap_days));
  if ((program.triggers & model::by_willingness) != 0) attempts += every(program.min_gap_days);
  return std::min(attempts, static_cast<double>(program.max_asks));
}

}  // namespace

double estimate_reproduction(const model::Model& model, const model::Strategy& strategy, std::size_t segment) {
  const model::Segment& of = model.segments[segment];
  const double renewed = compute_probability(strategy.outcome(OutcomeKind::renew), segment, {Feature::value_realised});
  const double contract_days = random::compute_mean(of.contract_days);
  const double life_days =
      renewed < 1.0 ? std::min(model.horizon_days, contract_days / (1.0 - renewed)) : model.horizon_days;
  double named = 0.0;
  double won = 0.0;
  for (std::size_t p = 0; p < strategy.programs.size(); ++p) {
    const model::Program& program = strategy.programs[p];
    if (program.addresses_segment[segment] == 0 || program.reach == model::Reach::existing || program.until_days <= 0.0)
      continue;
    const std::size_t cell = (p + 1) * model.segments.size() + segment;
    const bool introduces = program.form == model::Form::introduction;
    const double yes = program.form == model::Form::mention
                           ? 1.0
                           : compute_probability(strategy.outcome(OutcomeKind::ask), cell, {Feature::value_realised});
    const double names = random::compute_mean(program.has_names_per_yes ? program.names_per_yes : of.names_per_yes);
    const double introduced =
        introduces ? compute_probability(strategy.outcome(OutcomeKind::introduce), cell, {Feature::value_realised})
                   : 1.0;
    const Feature how = introduces ? Feature::introduced : Feature::referred;
    const double qualified =
        compute_probability(strategy.outcome(OutcomeKind::qualify), cell, {Feature::referred, how});
    const double wins = compute_probability(strategy.outcome(OutcomeKind::win), cell, {Feature::referred, how});
    const double of_program = estimate_attempts(program, life_days) * yes * names;
    named += of_program;
    won += of_program * introduced * qualified * wins;
  }
  // Nobody names more people than they know.
  const double known = of.unlimited_peers ? named : random::compute_mean(of.peers);
  return named > known ? won * known / named : won;
}

}  // namespace vouch::scenario
