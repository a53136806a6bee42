// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference/world.hpp"

namespace vouch::reference {

using model::Metric;
using model::OutcomeKind;
using random::Decision;

double World::compute_match(const Request& request, const Account& account) const {
  double match = 0.0;
  if (account.segment == request.segment) match += model_.match.segment;
  if (account.size_class == request.size_class) match += model_.match.size_class;
  if (account.seniority == request.seniority) match += model_.match.seniority;
  return match;
}

/// Looks for an account that takes a call, or else for a capsule.
World::Response World::answer(const Request& request, double t) {
  const model::Desk& desk = manners_at(t).desk;
  count(model::Series::series_desk_requests, t);
  const std::vector<int> candidates = order_candidates(request, desk, t);
  for (std::size_t i = 0; i < candidates.size() && i < desk.max_tries; ++i) {
    Account& account = accounts_[candidates[i]];
    if (!asks_for_call(account, desk, t)) continue;
    const double delay = sample_positive(desk.call_delay_days, request.lineage, request.call_delay, request.ordinal);
    return {Service::booked, {candidates[i], compute_match(request, account)}, t + delay};
  }
  const int source = desk.capsules ? find_capsule(request, desk) : nobody;
  if (source == nobody) {
    count(model::Series::series_desk_unserved, t);
    return {Service::unserved, {}, never};
  }
  count(Metric::capsules, accounts_[source], t);
  land(accounts_[source], model::TouchKind::capsule, t);
  return {Service::capsule, {}, never};
}

bool World::is_candidate(int index, const Request& request, const model::Desk& desk, double t) const {
  const Account& account = accounts_[index];
  if (account.is_bystander || !account.is_active() || account.territory != request.territory) return false;
  if (!account.value_realised || !account.consent || account.opted_out) return false;
  if (index == request.account || index == request.referrer) return false;
  const auto num_counting = std::count_if(account.call_window_ends.begin(), account.call_window_ends.end(),
                                          [t](double end) { return t < end; });
  if (num_counting >= static_cast<std::ptrdiff_t>(desk.calls_cap)) return false;
  return read_fatigue(account, t) <= desk.max_fatigue && compute_match(request, account) >= desk.min_match;
}

/// All candidates in the order of the desk's rotation.
std::vector<int> World::order_candidates(const Request& request, const model::Desk& desk, double t) const {
  std::vector<int> candidates;
  for (int i = 0; i < static_cast<int>(accounts_.size()); ++i) {
    if (is_candidate(i, request, desk, t)) candidates.push_back(i);
  }
  const auto precedes = [&](int index_a, int index_b) {
    const Account& a = accounts_[index_a];
    const Account& b = accounts_[index_b];
    if (desk.rotation == model::Rotation::least_recently_used && a.last_acceptance != b.last_acceptance)
      return a.last_acceptance < b.last_acceptance;
    if (desk.rotation == model::Rotation::least_fatigued && read_fatigue(a, t) != read_fatigue(b, t))
      return read_fatigue(a, t) < read_fatigue(b, t);
    if (desk.rotation == model::Rotation::random) {
      const std::uint64_t word_a = draw_word(request.lineage ^ a.lineage, request.order, request.ordinal);
      const std::uint64_t word_b = draw_word(request.lineage ^ b.lineage, request.order, request.ordinal);
      if (word_a != word_b) return word_a < word_b;
    }
    if (desk.rotation == model::Rotation::favourite) {
      const double match_a = compute_match(request, a);
      const double match_b = compute_match(request, b);
      if (match_a != match_b) return match_a > match_b;
      if (a.quality_seen != b.quality_seen) return a.quality_seen > b.quality_seen;
    }
    return a.lineage < b.lineage;
  };
  std::sort(candidates.begin(), candidates.end(), precedes);
  return candidates;
}

/// Whether the account takes a call.
bool World::asks_for_call(Account& account, const model::Desk& desk, double t) {
  count(Metric::desk_asks, account, t);
  const double p = compute_account_probability(OutcomeKind::accept_call, account, 0, t);
  if (!draw_happens(account.lineage, Decision::accept_call, account.num_desk_asks++, p)) {
    count(Metric::desk_refusals, account, t);
    return false;
  }
  const auto num_accepted = static_cast<std::uint32_t>(account.call_window_ends.size());
  const double window = sample_positive(desk.calls_window_days, account.lineage, Decision::call_window, num_accepted);
  account.call_window_ends.push_back(t + window);
  account.last_acceptance = t;
  count(Metric::calls_booked, account, t);
  return true;
}

/// The account whose written or recorded quote fits best; nobody if none does.
int World::find_capsule(const Request& request, const model::Desk& desk) const {
  int best = nobody;
  for (int i = 0; i < static_cast<int>(accounts_.size()); ++i) {
    const Account& account = accounts_[i];
    if (account.is_bystander || !account.is_active() || account.territory != request.territory) continue;
    if (!account.testimonial || i == request.account || i == request.referrer) continue;
    const double match = compute_match(request, account);
    if (match < desk.min_match) continue;
    const double best_match = best == nobody ? 0.0 : compute_match(request, accounts_[best]);
    const bool is_better =
        best == nobody || match > best_match || (match == best_match && account.lineage < accounts_[best].lineage);
    if (is_better) best = i;
  }
  return best;
}

}  // namespace vouch::reference
