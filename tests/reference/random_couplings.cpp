// SPDX-License-Identifier: Apache-2.0
#include "reference/random_couplings.hpp"

#include "reference/model_parts.hpp"

namespace vouch::reference {

using random::Family;
using random::make_distribution;

void Couplings::add(model::Model& model, model::Strategy& strategy, bool has_takeover) {
  if (dice.chance(0.6)) add_market(model);
  if (dice.chance(0.9)) add_moments(model);
  if (dice.chance(0.4)) model.num_territories = static_cast<std::uint32_t>(2 + dice.pick(3));
  const bool with_reps = dice.chance(0.7);
  const bool with_desk = dice.chance(0.8);
  add_manners(strategy.manners, with_reps, with_desk);
  strategy.warm_up_manners.reps = strategy.manners.reps;
  strategy.warm_up_manners.desk = strategy.manners.desk;
  strategy.warm_up_manners.introduces_internally = strategy.manners.introduces_internally;
  if (has_takeover && dice.chance(0.7)) add_manners(strategy.warm_up_manners, dice.chance(0.5), dice.chance(0.5));
  if (dice.chance(0.4)) add_bystanders(model, strategy);
  // The desk asks often enough to be refused and served.
  if (dice.chance(0.5)) {
    for (double& base : outcome_of(strategy, model::OutcomeKind::accept_call).base) base += 0.4;
  }
}

void Couplings::add_market(model::Model& model) {
  for (model::Segment& segment : model.segments) {
    segment.is_finite = dice.chance(0.7);
    if (segment.is_finite) segment.market = segment.accounts + static_cast<std::uint32_t>(dice.pick(40));
  }
  if (dice.chance(0.7)) model.retry_after_days = is_free ? dice.uniform(1.0, 90.0) : 5.0 * (1 + dice.pick(6));
}

void Couplings::add_moments(model::Model& model) {
  double share = dice.chance(0.3) ? 0.0 : dice.uniform(0.0, 0.4);
  const int num_moments = 1 + dice.pick(4);
  for (int i = 0; i < num_moments; ++i) {
    if (i + 1 == num_moments && dice.chance(0.4)) share = 1.0;
    model.moments.push_back(
        {share, dice.chance(0.2) ? 1.0 : dice.uniform(0.0, 1.0), dice.chance(0.3) ? 0.0 : dice.uniform(0.0, 1.0)});
    if (dice.chance(0.7)) share += (1.0 - share) * (is_free ? dice.uniform(0.0, 1.0) : 0.5);
  }
  model.internal_introduction = dice.uniform(0.0, 1.0);
  model.next_step_factor = dice.chance(0.3) ? dice.pick(2) * 0.5 : dice.uniform(0.0, 1.5);
  model.stall_days = dice.chance(0.3) ? 0.0 : is_free ? dice.uniform(0.0, 30.0) : 5.0 * dice.pick(4);
}

void Couplings::add_bystanders(model::Model& model, model::Strategy& strategy) {
  const int num_customers = model.num_segments();
  const int num_populations = 1 + dice.pick(2);
  for (int i = 0; i < num_populations; ++i) {
    model::Segment population = make_segment("population" + std::to_string(i), 5000u + static_cast<unsigned>(i), 0,
                                             num_customers, static_cast<std::uint32_t>(dice.pick(12)));
    population.peer_segments = make_even(num_customers);
    population.quality = model.segments[0].quality;
    population.unlimited_peers = dice.chance(0.3);
    population.peers = model.segments[0].peers;
    population.names_per_yes = model.segments[0].names_per_yes;
    population.reference_consent = dice.uniform(0.0, 1.0);
    population.size_class = model.segments[0].size_class;
    population.seniority = model.segments[0].seniority;
    population.rep_tie = model.segments[0].rep_tie;
    population.peer_tie = model.segments[0].peer_tie;
    add_population(model, strategy, population);
  }
}

void Couplings::add_manners(model::Manners& manners, bool with_reps, bool with_desk) {
  manners.introduces_internally = dice.chance(0.5);
  manners.reps = with_reps ? make_reps() : model::Reps{};
  manners.desk = with_desk ? make_desk() : model::Desk{};
  if (dice.chance(0.5)) {
    manners.reps.brave_share = dice.chance(0.5) ? 1.0 : dice.uniform(0.2, 1.0);
    manners.reps.nerve = dice.uniform(0.3, 1.0);
  }
}

model::Reps Couplings::make_reps() {
  model::Reps reps;
  reps.are_limited = true;
  reps.count = static_cast<std::uint32_t>(1 + dice.pick(5));
  reps.asks_per_week = dice.chance(0.3) ? dice.pick(8) : dice.uniform(0.1, 6.0);
  reps.priority = static_cast<model::Priority>(dice.pick(3));
  return reps;
}

model::Desk Couplings::make_desk() {
  model::Desk desk;
  desk.runs = true;
  desk.rotation = static_cast<model::Rotation>(dice.pick(4));
  if (dice.chance(0.7)) desk.calls_cap = static_cast<std::uint32_t>(1 + dice.pick(3));
  desk.calls_window_days = make_days(60.0);
  if (dice.chance(0.3)) desk.max_fatigue = dice.uniform(0.0, 3.0);
  if (dice.chance(0.4)) desk.min_match = dice.uniform(0.0, 1.0);
  desk.max_tries = static_cast<std::uint32_t>(1 + dice.pick(4));
  desk.call_delay_days = make_days(dice.chance(0.3) ? 60.0 : 8.0);
  desk.capsules = dice.chance(0.5);
  desk.contingent_next_step = dice.chance(0.5);
  desk.renewals = dice.chance(0.5);
  return desk;
}

}  // namespace vouch::reference
