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

namespace {

/// Accounts of a class match everybody alike.
std::uint32_t class_of(const Account& account) noexcept {
  return static_cast<std::uint32_t>(account.segment) << 16 | static_cast<std::uint32_t>(account.size_class) << 8 |
         account.seniority;
}

}  // namespace

/// Notes an account that may serve the desk from now on.
void Batch::enlist_reference(std::uint32_t index) {
  if (!runs_desk_ || feature_value(Feature::consent, index, 0.0) == 0.0) return;
  Territory& territory = territory_of(index);
  territory.references.push_back(index);
  const Account& account = m_.accounts[index];
  if (rotates_by_use_) territory.rested.insert({-model::infinite, account.lineage, index});
  if (rotates_by_favour_)
    territory.favoured[class_of(account)].insert({-read_quality_seen(index), account.lineage, index});
}

void Batch::expire_calls(Territory& territory, double time) {
  auto& calls = territory.live_calls;
  while (!calls.empty() && !(time < calls.front().until)) {
#ifndef VOUCH_FAULT_endless_call
    --m_.account_ties[calls.front().account].num_live_calls;
#endif
    std::pop_heap(calls.begin(), calls.end());
    calls.pop_back();
  }
}

/// Drops those who have left, and gives the others to `use` with their match.
template <typename Use>
void Batch::for_peers(std::vector<std::uint32_t>& peers, const Requester& requester, const Use& use) {
  for (std::size_t i = 0; i < peers.size();) {
    const std::uint32_t index = peers[i];
    const Account& account = m_.accounts[index];
    if (!account.is_active()) {
      peers[i] = peers.back();
      peers.pop_back();
      continue;
    }
    ++i;
    use(index, account,
        compute_match(model_.match, account, requester.segment, requester.size_class, requester.seniority));
  }
}

/// Whether the desk may ask a possible reference, given its match with the requester.
bool Batch::may_be_asked(std::uint32_t index, double match, const Requester& requester, const model::Desk& desk) const {
  if (index == requester.account || !(match >= desk.min_match)) return false;
  if (m_.account_ties[index].num_live_calls >= desk.calls_cap) return false;
  if (desk.max_fatigue == model::infinite || model_.fatigue < 0) return 0.0 <= desk.max_fatigue;
  return read_stock(index, model_.fatigue, requester.time) <= desk.max_fatigue;
}

/// Adds the first few of a ranking whom the desk may ask. Whoever left or opted out is dropped.
template <typename Add>
void Batch::find_ranked(Ranking& ranking, const Requester& requester, const model::Desk& desk, const Add& add) {
  std::uint32_t found = 0;
  for (auto next = ranking.begin(); next != ranking.end() && found < desk.max_tries;) {
    const Account& account = m_.accounts[next->account];
    if (!account.is_active() || account.has(opted_out)) {
      next = ranking.erase(next);
      continue;
    }
    const double match =
        compute_match(model_.match, account, requester.segment, requester.size_class, requester.seniority);
    if (may_be_asked(next->account, match, requester, desk)) {
      add(*next, match);
      ++found;
    }
    ++next;
  }
}

/// Fills m_.candidates, which sort as the rotation ranks them.
void Batch::find_candidates(const Requester& requester, const model::Desk& desk) {
  Territory& territory = m_.territories[requester.territory];
  expire_calls(territory, requester.time);
  m_.candidates.clear();
  if (desk.rotation == model::Rotation::least_recently_used)
    return find_ranked(territory.rested, requester, desk, [&](const Ranked& ranked, double match) {
      m_.candidates.push_back({ranked.rank, 0.0, 0, ranked.lineage, match, ranked.account});
    });
  if (desk.rotation == model::Rotation::favourite) {
    for (auto& [key, ranking] : territory.favoured)
      find_ranked(ranking, requester, desk, [&](const Ranked& ranked, double match) {
        m_.candidates.push_back({-match, ranked.rank, 0, ranked.lineage, match, ranked.account});
      });
    return;
  }
  for_peers(territory.references, requester, [&](std::uint32_t index, const Account& account, double match) {
    if (account.has(opted_out) || !may_be_asked(index, match, requester, desk)) return;
    Candidate candidate{0.0, 0.0, 0, account.lineage, match, index};
    if (desk.rotation == model::Rotation::least_fatigued && model_.fatigue >= 0) {
      candidate.first = read_stock(index, model_.fatigue, requester.time);
    } else if (desk.rotation == model::Rotation::random) {
      candidate.word =
          random::draw_word(key_of(account), requester.lineage ^ account.lineage, requester.order, requester.ordinal);
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
    if (ties.num_desk_asks == random::max_ordinal)
      fail_ordinal("requests of the desk", "spread them over more references, or shorten the horizon");
    const double probability = compute_one(OutcomeKind::accept_call, 0, index, [&](Feature feature) {
      return feature_value(feature, index, requester.time);
    });
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
  Territory& territory = territory_of(index);
  if (rotates_by_use_) {
    territory.rested.erase({ties.last_call, account.lineage, index});
    territory.rested.insert({time, account.lineage, index});
  }
  ties.last_call = time;
  ++ties.num_live_calls;
  std::vector<LiveCall>& calls = territory.live_calls;
  calls.push_back({time + window, index});
  std::push_heap(calls.begin(), calls.end());
}

/// Uses the best-matching quote there is; false if there is none.
bool Batch::use_capsule(const Requester& requester, const model::Desk& desk) {
  std::uint32_t best = no_account;
  double best_match = 0.0;
  for_peers(m_.territories[requester.territory].quoted, requester,
            [&](std::uint32_t index, const Account& account, double match) {
              if (index == requester.account || !(match >= desk.min_match)) return;
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
  if (m_.free_renewal_calls.empty()) {
    if (m_.renewal_calls.size() > max_index)
      throw Error(ExitCode::resources,
                  "more than 134 million calls booked for renewals at once; simulate fewer accounts");
    return m_.renewal_calls.grow();
  }
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
  const double probability = compute_one(OutcomeKind::expand, 0, index, [&](Feature feature) {
    if (feature == Feature::reference) return reference;
    if (feature == Feature::reference_match) return match;
    if (feature == Feature::capsule) return has_capsule ? 1.0 : 0.0;
    return feature_value(feature, index, time);
  });
  const Account& account = m_.accounts[index];
  if (random::happens(random::draw_word(key_of(account), account.lineage, Decision::expand, contract), probability))
    book_expansion(index, time);
}

}  // namespace vouch::simulation
