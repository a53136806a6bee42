// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "core/money.hpp"
#include "reference/world.hpp"

namespace vouch::reference {

using model::Metric;
using random::Decision;

/// How many of the reps a territory has.
double World::count_reps(int territory, double t) const {
  const std::uint64_t reps = manners_at(t).reps.count;
  const std::uint64_t k = static_cast<std::uint64_t>(territory);
  const std::uint64_t territories = model_.num_territories;
  return static_cast<double>((k + 1) * reps / territories - k * reps / territories);
}

/// Whether the account's rep ever dares.
bool World::is_brave(const Account& account, double t) const {
  const model::Reps& reps = manners_at(t).reps;
  double share = reps.brave_share;
  if (reps.are_limited) {
    const double n = count_reps(account.territory, t);
    if (n > 0.0) share = round_half_even(share * n) / n;
  }
  return random::to_unit(draw_word(account.lineage, Decision::rep, 0)) < share;
}

bool World::dares_attempt(Account& account, double t) {
  const model::Reps& reps = manners_at(t).reps;
  if (!(reps.nerve < 1.0 || reps.brave_share < 1.0)) return true;
  const std::uint32_t n = account.num_nerve_draws++;
  return is_brave(account, t) && draw_happens(account.lineage, Decision::nerve, n, reps.nerve);
}

bool World::dares_second_ask(const Account& account, std::uint32_t ask_number, double t) const {
  const model::Reps& reps = manners_at(t).reps;
  if (!(reps.nerve < 1.0 || reps.brave_share < 1.0)) return true;
  return is_brave(account, t) && draw_happens(account.lineage, Decision::nerve_second, ask_number, reps.nerve);
}

/// Of the day of t.
double World::count_slots_left(int territory, double t) const {
  const model::Reps& reps = manners_at(t).reps;
  if (!reps.are_limited) return never;
  const double day = std::floor(t);
  const double a_day = count_reps(territory, t) * reps.asks_per_week / 7.0;
  const double slots = std::floor((day + 1.0) * a_day) - std::floor(day * a_day);
  return territories_[territory].slot_day == day ? slots - territories_[territory].slots_taken : slots;
}

void World::take_slot(int index, double t) {
  Territory& territory = territories_[index];
  if (territory.slot_day != std::floor(t)) {
    territory.slot_day = std::floor(t);
    territory.slots_taken = 0.0;
  }
  territory.slots_taken += 1.0;
}

void World::wait_for_slot(int index, int program, Chain chain, double t) {
  const Account& account = accounts_[index];
  Territory& territory = territories_[account.territory];
  count(Metric::queued, account, t);
  territory.queue.push_back({t, index, program, chain == Chain::yes, num_queued_++});
  if (territory.has_serving) return;
  territory.has_serving = true;
  schedule({.time = std::floor(t) + 1.0,
            .rank = Rank::serving,
            .identity = static_cast<std::uint64_t>(account.territory),
            .kind = EventKind::serving});
}

/// At the start of a day, and again after each ask of the queue that was made.
void World::serve(const Event& event) {
  const double day = event.time;
  const int index = static_cast<int>(event.identity);
  Territory& territory = territories_[index];
  if (territory.line_day != day) form_line(territory, day);
  territory.line_day = day;
  Event next = event;
  while (!territory.line.empty() && count_slots_left(index, day) >= 1.0) {
    if (serve_next(territory, day)) return schedule(next);
  }
  next.time = day + 1.0;
  territory.has_serving = !territory.queue.empty();
  if (territory.has_serving) schedule(next);
}

/// Those who waited before the day, in the order in which they are to be attempted.
void World::form_line(Territory& territory, double day) const {
  struct Place {
    double key;  ///< ascending
    Waiting waiting;
  };
  std::vector<Place> places;
  for (const Waiting& waiting : territory.queue) {
    const Account& account = accounts_[waiting.account];
    double key = 0.0;
    if (manners_at(day).reps.priority == model::Priority::most_likely_yes) {
      key = -predict(account, waiting.program, day, account.quality_seen);
    } else if (manners_at(day).reps.priority == model::Priority::most_valuable) {
      key = -static_cast<double>(account.contract_value);
    }
    if (waiting.time < day) places.push_back({key, waiting});
  }
  std::sort(places.begin(), places.end(), [this](const Place& a, const Place& b) {
    if (a.key != b.key) return a.key < b.key;
    if (a.waiting.time != b.waiting.time) return a.waiting.time < b.waiting.time;
    const random::Lineage lineage_a = accounts_[a.waiting.account].lineage;
    const random::Lineage lineage_b = accounts_[b.waiting.account].lineage;
    if (lineage_a != lineage_b) return lineage_a < lineage_b;
    return a.waiting.number < b.waiting.number;
  });
  territory.line.clear();
  for (const Place& place : places) territory.line.push_back(place.waiting);
}

/// Takes the first of the line out of the queue; whether it was asked.
bool World::serve_next(Territory& territory, double day) {
  const Waiting waiting = territory.line.front();
  territory.line.erase(territory.line.begin());
  territory.queue.erase(std::find_if(territory.queue.begin(), territory.queue.end(),
                                     [&](const Waiting& other) { return other.number == waiting.number; }));
  const Skip skip = find_skip(accounts_[waiting.account], waiting.program, day);
  count_skip(accounts_[waiting.account], skip, day);
  if (skip == Skip::made) {
    const auto waited = static_cast<std::int64_t>(round_half_even((day - waiting.time) * model::fixed_point_one));
    count(Metric::queue_days, accounts_[waiting.account], day, waited);
    take_slot(accounts_[waiting.account].territory, day);
    ask(waiting.account, waiting.program, day);
  }
  if (waiting.is_of_chain) {
    ++accounts_[waiting.account].programs[waiting.program].chain_attempts;
    if (goes_on(accounts_[waiting.account], waiting.program, skip)) {
      continue_chain(waiting.account, waiting.program, day);
    }
  }
  return skip == Skip::made;
}

}  // namespace vouch::reference
