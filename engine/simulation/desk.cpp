// SPDX-License-Identifier: Apache-2.0
// The reference desk: whom it asks for a call, and what serves when nobody takes one.
#include <algorithm>

#include "random/maths.hpp"
#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Feature;
using model::Metric;
using model::OutcomeKind;
using model::Series;
using model::TouchKind;
using random::Decision;

double Batch::compute_match(const Account& account, int segment, int size_class, int seniority) const {
  return model_.match.segment * (account.segment == segment ? 1.0 : 0.0) +
         model_.match.size_class * (account.size_class == size_class ? 1.0 : 0.0) +
         model_.match.seniority * (account.seniority == seniority ? 1.0 : 0.0);
}

/// An outcome of one account; `late` gives the features that are no account's own.
template <typename Late>
double Batch::compute_one(OutcomeKind kind, std::uint32_t index, double time, const Late& late) const {
  const model::Outcome& outcome = strategy_.outcome(kind);
  double eta = outcome.base[m_.accounts[index].segment];
  for (const model::Weight& weight : outcome.weights)
    eta += weight.weight * (weight.feature >= model::first_late_feature ? late(weight.feature)
                                                                        : feature_value(weight.feature, index, time));
  return model::apply_link(outcome.link, eta);
}

/// Notes an account that may serve the desk from now on.
void Batch::enlist_reference(std::uint32_t index) {
  if (!runs_desk_ || feature_value(Feature::consent, index, 0.0) == 0.0) return;
  territory_of(index).references.push_back(index);
}

void Batch::expire_calls(Territory& territory, double time) {
  const auto later = [](const LiveCall& a, const LiveCall& b) { return a.until > b.until; };
  auto& calls = territory.live_calls;
  while (!calls.empty() && !(time < calls.front().until)) {
#ifndef VOUCH_FAULT_endless_call
    --m_.account_ties[calls.front().account].num_live_calls;
#endif
    std::pop_heap(calls.begin(), calls.end(), later);
    calls.pop_back();
  }
}

/// Drops those who have left, and gives the others to `use` with their match, where it suffices.
template <typename Use>
void Batch::for_peers(std::vector<std::uint32_t>& peers, const Requester& requester, double min_match, const Use& use) {
  for (std::size_t i = 0; i < peers.size();) {
    const std::uint32_t index = peers[i];
    const Account& account = m_.accounts[index];
    if (!account.is_active()) {
      peers[i] = peers.back();
      peers.pop_back();
      continue;
    }
    ++i;
    if (index == requester.account) continue;
    const double match = compute_match(account, requester.segment, requester.size_class, requester.seniority);
    if (match >= min_match) use(index, account, match);
  }
}

/// The candidates of m_.candidates, as the rotation ranks them: smallest first, then second, then lineage.
void Batch::find_candidates(const Requester& requester, const model::Desk& desk) {
  Territory& territory = m_.territories[requester.territory];
  expire_calls(territory, requester.time);
  m_.candidates.clear();
  const bool needs_fatigue =
      model_.fatigue >= 0 && (desk.max_fatigue != model::infinite || desk.rotation == model::Rotation::least_fatigued);
  for_peers(territory.references, requester, desk.min_match,
            [&](std::uint32_t index, const Account& account, double match) {
              const AccountTies& ties = m_.account_ties[index];
              if (account.has(opted_out) || ties.num_live_calls >= desk.calls_cap) return;
              const double fatigue = needs_fatigue ? read_stock(index, model_.fatigue, requester.time) : 0.0;
              if (!(fatigue <= desk.max_fatigue)) return;
              Candidate candidate{0.0, 0.0, 0, account.lineage, match, index};
              switch (desk.rotation) {
                case model::Rotation::least_recently_used:
                  candidate.first = ties.last_call;
                  break;
                case model::Rotation::least_fatigued:
                  candidate.first = fatigue;
                  break;
                case model::Rotation::random:
                  candidate.word = random::draw_word(key_of(account), requester.lineage ^ account.lineage,
                                                     requester.order, requester.ordinal);
                  break;
                case model::Rotation::favourite:
                  candidate.first = -match;
                  candidate.second = -judge_quality(index);
                  break;
              }
              m_.candidates.push_back(candidate);
            });
}

/// Asks for a call. Gives the account that accepted, whose match is then `match`; or no_account.
std::uint32_t Batch::book_reference(const Requester& requester, const model::Desk& desk, double& match) {
  find_candidates(requester, desk);
  std::vector<Candidate>& candidates = m_.candidates;
  const std::size_t tries = std::min<std::size_t>(desk.max_tries, candidates.size());
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(tries), candidates.end());
  for (std::size_t i = 0; i < tries; ++i) {
    const std::uint32_t index = candidates[i].account;
    const Account& account = m_.accounts[index];
    AccountTies& ties = m_.account_ties[index];
    if (ties.num_desk_asks == random::max_ordinal) fail_ordinal("requests of the desk");
    const double probability =
        compute_one(OutcomeKind::accept_call, index, requester.time, [](Feature) { return 0.0; });
    const std::uint64_t word =
        random::draw_word(key_of(account), account.lineage, Decision::accept_call, ties.num_desk_asks++);
    count(account, Metric::desk_asks, requester.time);
    if (!random::happens(word, probability)) {
      count(account, Metric::desk_refusals, requester.time);
      continue;
    }
    count(account, Metric::calls_booked, requester.time);
    match = candidates[i].match;
    occupy(index, desk, requester.time);
    return index;
  }
  return no_account;
}

/// The call counts against its reference's cap from now on.
void Batch::occupy(std::uint32_t index, const model::Desk& desk, double time) {
  AccountTies& ties = m_.account_ties[index];
  const Account& account = m_.accounts[index];
  const double window =
      std::max(0.0, sample_delay(desk.calls_window_days, account, Decision::call_window, ties.num_calls));
  ++ties.num_calls;
  ties.last_call = time;
  ++ties.num_live_calls;
  std::vector<LiveCall>& calls = territory_of(index).live_calls;
  calls.push_back({time + window, index});
  std::push_heap(calls.begin(), calls.end(), [](const LiveCall& a, const LiveCall& b) { return a.until > b.until; });
}

/// Uses the best-matching quote there is; false if there is none.
bool Batch::use_capsule(const Requester& requester, const model::Desk& desk) {
  std::uint32_t best = no_account;
  double best_match = 0.0;
  for_peers(m_.territories[requester.territory].quoted, requester, desk.min_match,
            [&](std::uint32_t index, const Account& account, double match) {
              const bool is_better = best == no_account || match > best_match ||
                                     (match == best_match && account.lineage < m_.accounts[best].lineage);
              if (!is_better) return;
              best = index;
              best_match = match;
            });
  if (best == no_account) return false;
  land_alone(landings_[static_cast<int>(TouchKind::capsule)], best, requester.time, false);
  count(m_.accounts[best], Metric::capsules, requester.time);
  return true;
}

/// The call takes place, unless the reference has gone; `account` is the reference.
bool Batch::hold_call(std::uint32_t index, double time) {
  Account& account = m_.accounts[index];
  if (!account.is_active() || account.has(opted_out)) {
    count(account, Metric::calls_cancelled, time);
    return false;
  }
  land_alone(landings_[static_cast<int>(TouchKind::reference_call)], index, time, false);
  count(account, Metric::calls_held, time);
  count_series(account.world, Series::series_calls, time);
  if (time >= 0.0 && !account.has(gave_call)) {
    account.flags |= gave_call;
    count(account, Metric::references_used, time);
  }
  return true;
}

/// A kept renewal of an account under a desk that serves it: `expand` is drawn now, or after the call.
void Batch::request_for_renewal(std::uint32_t index, std::uint32_t contract, double time) {
  const model::Desk& desk = manners_at(time).desk;
  const Account& account = m_.accounts[index];
  const std::size_t territory = static_cast<std::size_t>(&territory_of(index) - m_.territories.data());
  const Requester requester{account.lineage,
                            time,
                            index,
                            territory,
                            contract,
                            Decision::renewal_desk_order,
                            account.segment,
                            account.size_class,
                            account.seniority};
  count(account, Metric::renewal_requests, time);
  count_series(account.world, Series::series_desk_requests, time);
  double match = 0.0;
  const std::uint32_t reference = book_reference(requester, desk, match);
  if (reference != no_account) {
    count(account, Metric::renewal_served, time);
    const double delay =
        std::max(0.0, sample_delay(desk.call_delay_days, account, Decision::renewal_call_delay, contract));
    const std::uint32_t call = allocate_renewal_call();
    m_.renewal_calls[call] = {match, reference, contract};
    push(make_indexed_event(EventKind::renewal_call, time + delay, index, call));
    return;
  }
  const bool has_capsule = desk.capsules && use_capsule(requester, desk);
  count(account, has_capsule ? Metric::renewal_capsules : Metric::renewal_unserved, time);
  if (!has_capsule) count_series(account.world, Series::series_desk_unserved, time);
  expand(index, contract, time, 0.0, 0.0, has_capsule);
}

std::uint32_t Batch::allocate_renewal_call() {
  if (m_.free_renewal_calls.empty()) return m_.renewal_calls.grow();
  const std::uint32_t index = m_.free_renewal_calls[m_.free_renewal_calls.size() - 1];
  m_.free_renewal_calls.resize(m_.free_renewal_calls.size() - 1);
  return index;
}

void Batch::handle_renewal_call(Events events) {
  for (const Event& event : events) {
    const RenewalCall call = m_.renewal_calls[event.index()];
    m_.free_renewal_calls.push_back(event.index());
    if (!m_.accounts[event.account].is_active()) {
      count(m_.accounts[call.reference], Metric::calls_cancelled, event.time);
      continue;
    }
    const bool is_held = hold_call(call.reference, event.time);
    expand(event.account, call.contract, event.time, is_held ? 1.0 : 0.0, is_held ? call.match : 0.0, false);
  }
}

void Batch::expand(std::uint32_t index, std::uint32_t contract, double time, double reference, double match,
                   bool has_capsule) {
  const double probability = compute_one(OutcomeKind::expand, index, time, [&](Feature feature) {
    if (feature == Feature::reference) return reference;
    if (feature == Feature::reference_match) return match;
    return feature == Feature::capsule && has_capsule ? 1.0 : 0.0;
  });
  const Account& account = m_.accounts[index];
  if (random::happens(random::draw_word(key_of(account), account.lineage, Decision::expand, contract), probability))
    book_expansion(index, time);
}

}  // namespace vouch::simulation
