// SPDX-License-Identifier: Apache-2.0
#include "reference/reference_engine.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "reference/world.hpp"

namespace vouch::reference {

World::World(const model::Model& model, const model::Strategy& strategy, const model::ObservationLayout& layout,
             const simulation::WorldKey& key, std::span<std::int64_t> row)
    : model_(model),
      strategy_(strategy),
      layout_(layout),
      key_(key.stream()),
      row_(row),
      start_(model.start()),
      horizon_(model.horizon_days) {
  std::fill(row_.begin(), row_.end(), 0);
}

void World::simulate() {
  territories_.resize(model_.num_territories);
  create_companies();
  create_existing_accounts();
  create_leads();
  while (!events_.empty()) {
    const Event event = events_.top();
    events_.pop();
    report_levels_before(event.time);
    handle(event);
  }
  report_levels_before(never);
  for (Account& account : accounts_) report_account(account);
  for (const Prospect& prospect : prospects_) report_deal(prospect);
  report_matched();
  report_queues();
}

void World::schedule(Event event) {
  if (!(event.time < horizon_)) return;
  event.number = num_events_created_++;
  if (event.account != nobody) event.identity = accounts_[event.account].lineage;
  if (event.rank == Rank::contract_end) event.generation = accounts_[event.account].generation;
  events_.push(event);
}

/// What happens although its account is lost, or happens on none.
bool World::outlives_loss(const Event& event) {
  switch (event.rank) {
    case Rank::introduction_chance:
    case Rank::opening:
    case Rank::moment:
    case Rank::call:
    case Rank::deal_decision:
    case Rank::serving:
    case Rank::attempt:
    case Rank::lead_arrival:
      return true;
    default:
      return false;
  }
}

void World::handle(const Event& event) {
  if (!outlives_loss(event) && !accounts_[event.account].is_active()) return;
  switch (event.kind) {
    case EventKind::program_start:
      start_program(event.account, event.program, event.time);
      break;
    case EventKind::contract_end:
      end_contract(event);
      break;
    case EventKind::purchase:
      purchase(event);
      break;
    case EventKind::value_realised:
      realise_value(event);
      break;
    case EventKind::incident:
      count(model::Metric::incidents, accounts_[event.account], event.time);
      land(accounts_[event.account], model::TouchKind::incident, event.time);
      schedule_incident(event.account, event.time, event.ordinal + 1);
      break;
    case EventKind::positioning:
      land(accounts_[event.account], model::TouchKind::positioning, event.time);
      accounts_[event.account].positioned = true;
      break;
    case EventKind::favour:
      do_favour(event);
      break;
    case EventKind::testimonial_request:
      request_testimonial(event);
      break;
    case EventKind::thanks:
      land_thanks(event);
      break;
    case EventKind::unacknowledged:
      count(model::Metric::unacknowledged, accounts_[event.account], event.time);
      land(accounts_[event.account], model::TouchKind::unacknowledged, event.time);
      break;
    case EventKind::organic_moment:
      meet_organic_moment(event);
      break;
    case EventKind::introduction_chance:
      take_chance(event);
      break;
    case EventKind::maybe_returns:
      return_maybe(event);
      break;
    case EventKind::opening:
      open_deal(event.prospect, event.time);
      break;
    case EventKind::moment:
      meet_moment(event);
      break;
    case EventKind::deal_call:
      hold_deal_call(event);
      break;
    case EventKind::renewal_call:
      hold_renewal_call(event);
      break;
    case EventKind::deal_decision:
      decide_deal(event);
      break;
    case EventKind::serving:
      serve(event);
      break;
    case EventKind::survey:
      hold_survey(event);
      break;
    case EventKind::willingness:
      look_for_willingness(event);
      break;
    case EventKind::backlog:
      fire(event.account, event.program, event.time);
      break;
    case EventKind::single_attempt:
    case EventKind::chain_attempt:
    case EventKind::calendar_attempt:
      attempt(event);
      break;
    case EventKind::lead_arrival:
      reach_us(event.prospect, event.time);
      break;
  }
}

std::uint64_t World::draw_word(random::Lineage lineage, random::Decision decision, std::uint32_t ordinal) const {
  if (ordinal > random::max_ordinal) throw Error(ExitCode::resources, "a draw's ordinal overflows");
  return random::draw_word(key_, lineage, decision, ordinal);
}

double World::sample(const random::Distribution& distribution, random::Lineage lineage, random::Decision decision,
                     std::uint32_t ordinal) const {
  if (ordinal > random::max_ordinal) throw Error(ExitCode::resources, "a draw's ordinal overflows");
  return random::sample(distribution, key_, lineage, decision, ordinal);
}

double World::sample_positive(const random::Distribution& distribution, random::Lineage lineage,
                              random::Decision decision, std::uint32_t ordinal) const {
  return std::max(0.0, sample(distribution, lineage, decision, ordinal));
}

bool World::draw_happens(random::Lineage lineage, random::Decision decision, std::uint32_t ordinal,
                         double probability) const {
  return random::happens(draw_word(lineage, decision, ordinal), probability);
}

const model::Conduct& World::conduct_of(const Prospect& prospect, double t) const {
  return prospect.program() >= 0 ? strategy_.programs[prospect.program()].conduct : manners_at(t).organic;
}

void simulate_world(const model::Model& model, const model::Strategy& strategy, const model::ObservationLayout& layout,
                    const simulation::WorldKey& key, std::span<std::int64_t> row) {
  World(model, strategy, layout, key, row).simulate();
}

}  // namespace vouch::reference
