// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference/world.hpp"

namespace vouch::reference {

using model::Feature;
using model::Funnel;
using model::Metric;
using model::OutcomeKind;
using model::TouchKind;
using random::Decision;

void World::plan_moments(int index, double length) {
  Prospect& deal = prospects_[index];
  const bool may_open = std::any_of(model_.moments.begin(), model_.moments.end(), [](const model::Moment& moment) {
    return moment.credibility_gap > 0.0 || moment.access_gap > 0.0;
  });
  if (!may_open) return;
  for (const model::Moment& moment : model_.moments)
    deal.moments.push_back(moment.share > 0.0 ? deal.opened + moment.share * length : deal.opened);
  while (deal.next_moment < deal.moments.size() && deal.moments[deal.next_moment] < start_) ++deal.next_moment;
}

/// A deal's next moment, or after the last one its decision; a booked call comes before what lies after it.
void World::schedule_next_step(int index) {
  const Prospect& deal = prospects_[index];
  if (deal.next_moment < deal.moments.size()) {
    const double t = deal.moments[deal.next_moment];
    if (!deal.has_call || t <= deal.call_time) schedule_of_deal(index, t, Rank::moment, EventKind::moment);
  } else if (!deal.has_call) {
    schedule_of_deal(index, deal.decision, Rank::deal_decision, EventKind::deal_decision);
  }
}

void World::meet_moment(const Event& event) {
  const double t = event.time;
  Prospect& deal = prospects_[event.prospect];
  const auto number = static_cast<std::uint32_t>(deal.next_moment++);
  const model::Moment& moment = model_.moments[number];
  if (!deal.access_gap && draw_happens(deal.deal_lineage, Decision::access_gap, number, moment.access_gap)) {
    count(Funnel::access_gaps, deal, t);
    deal.access_gap = true;
    if (manners_at(t).introduces_internally &&
        draw_happens(deal.deal_lineage, Decision::internal_introduction, number, model_.internal_introduction)) {
      count(Funnel::access_resolved, deal, t);
      deal.access_gap = false;
    }
  }
  if (!deal.credibility_gap &&
      draw_happens(deal.deal_lineage, Decision::credibility_gap, number, moment.credibility_gap)) {
    count(Funnel::credibility_gaps, deal, t);
    deal.credibility_gap = true;
    if (manners_at(t).desk.runs) request_for_deal(event.prospect, number, t);
  }
  schedule_next_step(event.prospect);
}

void World::request_for_deal(int index, std::uint32_t moment, double t) {
  Prospect& deal = prospects_[index];
  count(Funnel::desk_requests, deal, t);
  const Response response = answer({.segment = deal.segment,
                                    .size_class = deal.size_class,
                                    .seniority = deal.seniority,
                                    .lineage = deal.deal_lineage,
                                    .territory = deal.territory,
                                    .account = nobody,
                                    .referrer = deal.referrer,
                                    .order = Decision::desk_order,
                                    .call_delay = Decision::call_delay,
                                    .ordinal = moment},
                                   t);
  switch (response.service) {
    case Service::booked:
      count(Funnel::desk_served, deal, t);
      deal.has_call = true;
      deal.call_time = response.call_time;
      schedule_of_deal(index, response.call_time, Rank::call, EventKind::deal_call, response.call);
      break;
    case Service::capsule:
      count(Funnel::desk_capsules, deal, t);
      deal.credibility_gap = false;
      deal.proof.capsule = true;
      break;
    case Service::unserved:
      count(Funnel::desk_unserved, deal, t);
      break;
  }
}

void World::hold_deal_call(const Event& event) {
  const double t = event.time;
  Prospect& deal = prospects_[event.prospect];
  Account& reference = accounts_[event.call.reference];
  deal.has_call = false;
  if (!reference.is_active() || reference.opted_out) {
    count(Metric::calls_cancelled, reference, t);
    deal.decision = std::max(deal.decision, t);
  } else {
    count(Funnel::deal_calls, deal, t);
    hold_call(reference, t);
    deal.credibility_gap = false;
    deal.proof.reference = true;
    deal.proof.reference_match = event.call.match;
    move_plan(deal, t);
  }
  schedule_next_step(event.prospect);
}

/// After a held call the deal goes on faster, or its momentum stalls.
void World::move_plan(Prospect& deal, double t) const {
  const double remaining = std::max(0.0, deal.decision - t);
  const bool has_next_step = manners_at(t).desk.contingent_next_step;
  const double moved = has_next_step ? remaining * model_.next_step_factor : remaining + model_.stall_days;
  deal.decision = t + moved;
  for (std::size_t i = deal.next_moment; i < deal.moments.size(); ++i) {
    const double moment = remaining > 0.0 ? t + (deal.moments[i] - t) * (moved / remaining) : deal.decision;
    deal.moments[i] = std::min(deal.decision, moment);  // rounding puts no moment behind the decision
  }
}

void World::hold_call(Account& reference, double t) {
  count(Metric::calls_held, reference, t);
  count(model::Series::series_calls, t);
  if (t >= 0.0) reference.gave_call = true;
  land(reference, TouchKind::reference_call, t);
}

/// A kept renewal before which the desk looks for a peer.
void World::renew_with_desk(int index, std::uint32_t contract, double t) {
  const Account& account = accounts_[index];
  count(Metric::renewal_requests, account, t);
  const Response response = answer({.segment = account.segment,
                                    .size_class = account.size_class,
                                    .seniority = account.seniority,
                                    .lineage = account.lineage,
                                    .territory = account.territory,
                                    .account = index,
                                    .referrer = nobody,
                                    .order = Decision::renewal_desk_order,
                                    .call_delay = Decision::renewal_call_delay,
                                    .ordinal = contract},
                                   t);
  switch (response.service) {
    case Service::booked:
      count(Metric::renewal_served, account, t);
      schedule({.time = response.call_time,
                .rank = Rank::call,
                .account = index,
                .kind = EventKind::renewal_call,
                .ordinal = contract,
                .call = response.call});
      break;
    case Service::capsule:
      count(Metric::renewal_capsules, account, t);
      offer_expansion(accounts_[index], contract, t, {.capsule = true});
      break;
    case Service::unserved:
      count(Metric::renewal_unserved, account, t);
      offer_expansion(accounts_[index], contract, t, {});
      break;
  }
}

void World::hold_renewal_call(const Event& event) {
  const double t = event.time;
  Account& account = accounts_[event.account];
  Account& reference = accounts_[event.call.reference];
  if (!account.is_active()) return count(Metric::calls_cancelled, reference, t);
  if (!reference.is_active() || reference.opted_out) {
    count(Metric::calls_cancelled, reference, t);
    return offer_expansion(account, event.ordinal, t, {});
  }
  hold_call(reference, t);
  offer_expansion(account, event.ordinal, t, {.reference = true, .reference_match = event.call.match});
}

double read_proof(const Proof& proof, Feature feature) {
  if (feature == Feature::reference) return proof.reference ? 1.0 : 0.0;
  if (feature == Feature::reference_match) return proof.reference_match;
  return feature == Feature::capsule && proof.capsule ? 1.0 : 0.0;
}

void World::offer_expansion(Account& account, std::uint32_t contract, double t, const Proof& proof) {
  const double p = compute_probability(OutcomeKind::expand, 0, account.segment, [&](Feature feature) {
    if (feature >= model::first_late_feature) return read_proof(proof, feature);
    return read_feature(account, feature, t, account.quality);
  });
  if (!draw_happens(account.lineage, Decision::expand, contract, p)) return;
  count(Metric::expansions, account, t);
  account.expansions.push_back(t);
}

}  // namespace vouch::reference
