// SPDX-License-Identifier: Apache-2.0
// Coupled worlds: what happens in a territory must happen in the order of time, so a round holds each territory's next
// event. Territories and worlds do not meet, and all those of a batch are still handled side by side.
#include <algorithm>

#include "simulation/batch.hpp"

namespace vouch::simulation {

using random::Decision;

void Batch::prepare_coupling() {
  const auto any_manners = [this](const auto& has) { return has(strategy_.manners) || has(strategy_.warm_up_manners); };
  runs_desk_ = any_manners([](const model::Manners& manners) { return manners.desk.runs; });
  const auto rotates_by = [&](model::Rotation rotation) {
    return any_manners(
        [&](const model::Manners& manners) { return manners.desk.runs && manners.desk.rotation == rotation; });
  };
  rotates_by_use_ = rotates_by(model::Rotation::least_recently_used);
  rotates_by_favour_ = rotates_by(model::Rotation::favourite);
  needs_nerve_ = any_manners(
      [](const model::Manners& manners) { return manners.reps.nerve < 1.0 || manners.reps.brave_share < 1.0; });
  limits_slots_ = any_manners([](const model::Manners& manners) { return manners.reps.are_limited; });
  has_market_ = model_.has_finite_market();
  has_gaps_ = std::any_of(model_.moments.begin(), model_.moments.end(), [](const model::Moment& moment) {
    return moment.credibility_gap > 0.0 || moment.access_gap > 0.0;
  });
  is_coupled_ = runs_desk_ || limits_slots_ || has_market_;
  has_ties_ = is_coupled_ || needs_nerve_;
  for (const model::Segment& segment : model_.segments) {
    market_offset_.push_back(market_size_);
    if (segment.is_finite) market_size_ += segment.market;
    has_bystanders_ |= segment.are_bystanders;
  }
}

void Batch::reset_coupling() {
  m_.account_ties.clear();
  m_.prospect_ties.clear();
  m_.courses.clear();
  m_.renewal_calls.clear();
  m_.free_renewal_calls.clear();
  m_.territories.clear();
  m_.companies.clear();
  if (!is_coupled_) return;
  m_.territories.resize(keys_.size() * model_.num_territories);
  m_.agenda.resize(m_.territories.size());
  for (auto& agenda : m_.agenda) agenda.clear();
  if (has_market_) create_market();
}

std::uint16_t Batch::draw_territory(std::uint16_t world, random::Lineage lineage) const {
  if (model_.num_territories == 1) return 0;
  const double u = random::to_unit(random::draw_word(keys_[world], lineage, Decision::territory, 0));
  return static_cast<std::uint16_t>(u * model_.num_territories);
}

/// Of a batch's territories, the one in which it happens.
std::size_t Batch::territory_index(const Event& event) const {
  const auto num_territories = static_cast<std::size_t>(model_.num_territories);
  if (event.account != no_account)
    return m_.accounts[event.account].world * num_territories + m_.account_ties[event.account].territory;
  if (event.kind() == EventKind::serving) return event.index();
  return m_.prospects[event.index()].world_or_chances * num_territories + m_.prospect_ties[event.index()].territory;
}

/// What breaks ties of time and rank. Nobody else serves in a serving's territory.
std::uint64_t Batch::identity_of(const Event& event) const {
#ifdef VOUCH_FAULT_out_of_turn
  return event.account;
#else
  if (event.account != no_account) return m_.accounts[event.account].lineage;
  return event.kind() == EventKind::serving ? 0 : m_.prospects[event.index()].lineage;
#endif
}

/// Leads depend on nothing: those of the day are drawn before it begins, so that each waits in its territory.
void Batch::draw_todays_leads() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < m_.next.size(); ++i) {  // it grows meanwhile
    const Event event = m_.next[i];
    if (event.kind() != EventKind::lead) {
      m_.next[kept++] = event;
      continue;
    }
    receive_leads(event);
    for (std::size_t k = 0; k < m_.arrivals.size(); ++k)
      push(make_indexed_event(EventKind::arrival, m_.arrivals[k].time, no_account, m_.arrivals[k].prospect));
    m_.arrivals.clear();
  }
  m_.next.resize(kept);
}

void Batch::handle_arrival(Events events) {
  m_.arrivals.clear();
  for (const Event& event : events) add_arrival(event.time, no_account, event.index());
  reach();
}

void Batch::run_in_order() {
  std::uint32_t order = 0;
  draw_todays_leads();
  for (;;) {
    for (const Event& event : m_.next) {
      const bool is_end = event.kind() == EventKind::contract_end;
      auto& agenda = m_.agenda[territory_index(event)];
      agenda.push_back({event, identity_of(event), order++, static_cast<std::uint16_t>(rank_of(event.kind())),
                        is_end ? m_.accounts[event.account].generation : std::uint16_t{0}});
      std::push_heap(agenda.begin(), agenda.end());
    }
    m_.next.clear();
    std::size_t num_events = 0;
    for (auto& agenda : m_.agenda) {
      if (agenda.empty()) continue;
      std::pop_heap(agenda.begin(), agenda.end());
      m_.lists[static_cast<int>(agenda.back().event.kind())].push_back(agenda.back().event);
      agenda.pop_back();
      ++num_events;
    }
    if (num_events == 0) return;
    check_stop(num_events);
    dispatch_lists();
  }
}

}  // namespace vouch::simulation
