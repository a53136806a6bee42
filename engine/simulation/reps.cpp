// SPDX-License-Identifier: Apache-2.0
// Reps: who dares, and who must wait for a slot.
#include <algorithm>
#include <cmath>
#include <limits>

#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Feature;
using model::Metric;
using model::OutcomeKind;
using model::Series;
using random::Decision;

std::uint32_t Batch::count_reps(const model::Reps& reps, std::size_t territory) const {
  const std::uint64_t all = reps.count;
  const std::uint64_t k = territory;
  return static_cast<std::uint32_t>((k + 1) * all / model_.num_territories - k * all / model_.num_territories);
}

bool Batch::has_brave_rep(std::uint32_t index, const model::Reps& reps) const {
  if (reps.brave_share >= 1.0) return true;
  const Account& account = m_.accounts[index];
  double share = reps.brave_share;
  if (reps.are_limited) {
    const std::uint32_t count = count_reps(reps, m_.account_ties[index].territory);
    if (count > 0) share = round_half_even(share * count) / count;
  }
  return random::to_unit(random::draw_word(key_of(account), account.lineage, Decision::rep, 0)) < share;
}

bool Batch::dares(std::uint32_t index, double time) {
  const model::Reps& reps = manners_at(time).reps;
  if (reps.nerve >= 1.0 && reps.brave_share >= 1.0) return true;
  const Account& account = m_.accounts[index];
  AccountTies& ties = m_.account_ties[index];
  if (ties.num_dares == random::max_ordinal) fail_ordinal("attempts");
  const std::uint64_t word = random::draw_word(key_of(account), account.lineage, Decision::nerve, ties.num_dares++);
  return random::happens(word, reps.nerve) && has_brave_rep(index, reps);
}

/// Of an admitted attempt: the last reason to skip it.
bool Batch::shows_nerve(const Event& event) {
  if (!needs_nerve_ || dares(event.account, event.time)) return true;
  count(m_.accounts[event.account], Metric::skipped_nerve, event.time);
  continue_attempts(event);
  return false;
}

bool Batch::dares_to_press(std::uint32_t index, std::uint32_t ask, double time) const {
  const model::Reps& reps = manners_at(time).reps;
  if (reps.nerve >= 1.0 && reps.brave_share >= 1.0) return true;
  const Account& account = m_.accounts[index];
  return random::happens(random::draw_word(key_of(account), account.lineage, Decision::nerve_second, ask),
                         reps.nerve) &&
         has_brave_rep(index, reps);
}

Territory& Batch::territory_of(std::uint32_t account) {
  return m_.territories[m_.accounts[account].world * static_cast<std::size_t>(model_.num_territories) +
                        m_.account_ties[account].territory];
}

/// Of the day; slots that nobody took lapse with theirs.
std::int64_t Batch::count_slots_left(Territory& territory, double time) const {
  const model::Reps& reps = manners_at(time).reps;
  if (!reps.are_limited) return std::numeric_limits<std::int64_t>::max();
  const double day = std::floor(time);
  if (territory.day != static_cast<std::int64_t>(day)) {
    territory.day = static_cast<std::int64_t>(day);
    const auto number = static_cast<std::size_t>(&territory - m_.territories.data()) % model_.num_territories;
    const double a_day = count_reps(reps, number) * reps.asks_per_week / 7.0;
    territory.slots_left =
        static_cast<std::int64_t>(std::floor((day + 1.0) * a_day)) - static_cast<std::int64_t>(std::floor(day * a_day));
  }
  return territory.slots_left;
}

/// Takes a slot for an admitted ask, or puts it at the end of the queue.
bool Batch::takes_slot(const Event& event) {
  if (!manners_at(event.time).reps.are_limited) return true;
  Territory& territory = territory_of(event.account);
  if (count_slots_left(territory, event.time) > 0) {
    --territory.slots_left;
    return true;
  }
  const Account& account = m_.accounts[event.account];
  // A calendar goes on at its own times; a chain when the attempt is over.
  const bool is_of_calendar = event.detail() == of_calendar;
  if (is_of_calendar) continue_attempts(event);
  const Event waiting = make_event(EventKind::attempt, event.time, event.account, event.program(),
                                   is_of_calendar ? static_cast<std::uint32_t>(single) : event.detail());
  territory.queue.push_back({waiting, 0.0, account.lineage, territory.num_queued++});
  count(account, Metric::queued, event.time);
  change_level(account.world, Series::series_queue, event.time, 1);
  if (!territory.is_serving) schedule_serving(territory, std::floor(event.time) + 1.0);
  return false;
}

void Batch::schedule_serving(Territory& territory, double time) {
  territory.is_serving = true;
  push(make_indexed_event(EventKind::serving, time, no_account,
                          static_cast<std::uint32_t>(&territory - m_.territories.data())));
}

/// P(yes) as the rep may judge it, with quality as seen.
double Batch::predict_yes(std::uint32_t index, int p, double time) const {
  return compute_one(OutcomeKind::ask, 1 + p, index, [&](Feature feature) {
    return feature == Feature::quality ? read_quality_seen(index) : feature_value(feature, index, time);
  });
}

/// What waited before the day, by priority: a heap, since of a long queue only the first few are served.
void Batch::order_queue(Territory& territory, double day) {
  const model::Priority priority = manners_at(day).reps.priority;
  for (Waiting& waiting : territory.queue) {
    if (priority == model::Priority::most_likely_yes)
      waiting.value = predict_yes(waiting.event.account, waiting.event.program(), day);
    else if (priority == model::Priority::most_valuable)
      waiting.value = static_cast<double>(contract_value_of(waiting.event.account));
    else
      waiting.value = 0.0;
  }
  std::make_heap(territory.queue.begin(), territory.queue.end());
  territory.is_ordered = true;
}

/// The next who is asked at a serving, if a slot and somebody are left; those whose time has passed fall out. Nobody
/// joins the queue meanwhile: attempts rank behind servings.
bool Batch::serve_next(Territory& territory, double day, Event& served) {
  while (!territory.queue.empty() && count_slots_left(territory, day) > 0) {
    if (!territory.is_ordered) order_queue(territory, day);
    std::pop_heap(territory.queue.begin(), territory.queue.end());
    served = territory.queue.back().event;
    territory.queue.pop_back();
    const Account& account = m_.accounts[served.account];
    const double since = served.time;
    served.time = day;
    change_level(account.world, Series::series_queue, day, -1);
    if (!admit(served)) continue;  // its rep showed nerve when it was queued
    --territory.slots_left;
    count(account, Metric::queue_days, day,
          static_cast<std::int64_t>(round_half_even((day - since) * model::fixed_point_one)));
    return true;
  }
  return false;
}

void Batch::handle_serving(Events events) {
  Group& group = m_.group;
  m_.yeses.clear();
  group.clear();
  for (const Event& event : events) {
    Territory& territory = m_.territories[event.index()];
    Event served{};
    const bool asks = serve_next(territory, event.time, served);
    if (asks) {
      made_[group.size] = served;
      add_row(group, served.account, event.time, 1 + served.program(), m_.accounts[served.account].num_asks);
    }
    finish_serving(territory, event.time, asks);
    if (group.is_full()) ask_made();
  }
  ask_made();
  say_yes();
}

/// Goes on at once if somebody was served, since what that ask caused comes first; else tomorrow, if anybody is left.
void Batch::finish_serving(Territory& territory, double day, bool has_served) {
  if (has_served) return schedule_serving(territory, day);
  territory.is_ordered = false;
  territory.is_serving = false;
  if (!territory.queue.empty()) schedule_serving(territory, day + 1.0);
}

void Batch::report_queues() {
  for (const Territory& territory : m_.territories)
    for (const Waiting& waiting : territory.queue)
      count(m_.accounts[waiting.event.account], Metric::queued_end, horizon_);
}

}  // namespace vouch::simulation
