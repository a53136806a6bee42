// SPDX-License-Identifier: Apache-2.0
// Reps: who dares, and who must wait for a slot.
#include <algorithm>
#include <cmath>

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

/// Whether a slot of the day is left; slots that nobody took lapse with their day.
bool Batch::has_slot(Territory& territory, double time) const {
  const model::Reps& reps = manners_at(time).reps;
  if (!reps.are_limited) return true;
  const double day = std::floor(time);
  if (territory.day != static_cast<std::int64_t>(day)) {
    territory.day = static_cast<std::int64_t>(day);
    const auto number = static_cast<std::size_t>(&territory - m_.territories.data()) % model_.num_territories;
    const double a_day = count_reps(reps, number) * reps.asks_per_week / 7.0;
    territory.slots_left =
        static_cast<std::int64_t>(std::floor((day + 1.0) * a_day)) - static_cast<std::int64_t>(std::floor(day * a_day));
  }
  return territory.slots_left > 0;
}

/// Takes a slot for an admitted ask, or puts it at the end of the queue.
bool Batch::takes_slot(const Event& event) {
  if (!manners_at(event.time).reps.are_limited) return true;
  Territory& territory = territory_of(event.account);
  if (has_slot(territory, event.time)) {
    --territory.slots_left;
    return true;
  }
  const Account& account = m_.accounts[event.account];
  // A calendar goes on at its own times; a chain when the attempt is over.
  const bool is_of_calendar = event.detail() == of_calendar;
  if (is_of_calendar) continue_attempts(event);
  const Event waiting = make_event(EventKind::attempt, event.time, event.account, event.program(),
                                   is_of_calendar ? static_cast<std::uint32_t>(single) : event.detail());
  territory.queue.push_back({waiting, 0.0, territory.num_queued++});
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
  const model::Outcome& ask = *chances_[static_cast<int>(OutcomeKind::ask)].outcome;
  const Account& account = m_.accounts[index];
  double eta = ask.base[static_cast<std::size_t>(1 + p) * num_segments_ + account.segment];
  for (const model::Weight& weight : ask.weights)
    eta += weight.weight *
           (weight.feature == Feature::quality ? judge_quality(index) : feature_value(weight.feature, index, time));
  return model::apply_link(ask.link, eta);
}

double Batch::judge_quality(std::uint32_t index) const {
  if (model_.survey_noise == 0.0) return quality_of(index);
  const Account& account = m_.accounts[index];
  return seen_quality(index, random::draw_word(key_of(account), account.lineage, Decision::quality_seen, 0));
}

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
  std::sort(territory.queue.begin(), territory.queue.end(), [this](const Waiting& a, const Waiting& b) {
    if (a.value != b.value) return a.value > b.value;
    if (a.event.time != b.event.time) return a.event.time < b.event.time;
    const random::Lineage lineage_a = m_.accounts[a.event.account].lineage;
    const random::Lineage lineage_b = m_.accounts[b.event.account].lineage;
    return lineage_a != lineage_b ? lineage_a < lineage_b : a.order < b.order;
  });
  territory.num_ordered = territory.queue.size();
  territory.num_served = 0;
}

/// The next who is asked at a serving, if a slot and somebody are left; those whose time has passed fall out.
bool Batch::serve_next(Territory& territory, double day, Event& served) {
  while (territory.num_served < territory.num_ordered && has_slot(territory, day)) {
    served = territory.queue[territory.num_served++].event;
    const Account& account = m_.accounts[served.account];
    const double since = served.time;
    served.time = day;
    change_level(account.world, Series::series_queue, day, -1);
    if (!admit(served, false)) continue;
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
    if (territory.num_ordered == 0) order_queue(territory, event.time);
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
  territory.queue.erase(territory.queue.begin(),
                        territory.queue.begin() + static_cast<std::ptrdiff_t>(territory.num_served));
  territory.num_ordered = territory.num_served = 0;
  territory.is_serving = false;
  if (!territory.queue.empty()) schedule_serving(territory, day + 1.0);
}

void Batch::report_queues() {
  for (const Territory& territory : m_.territories)
    for (std::size_t i = territory.num_served; i < territory.queue.size(); ++i)
      count(m_.accounts[territory.queue[i].event.account], Metric::queued_end, horizon_);
}

}  // namespace vouch::simulation
