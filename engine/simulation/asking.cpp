// SPDX-License-Identifier: Apache-2.0
// An ask, its answer, the second ask, and what a refusal does.
#include <algorithm>

#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Curve;
using model::Metric;
using model::OutcomeKind;
using model::Series;
using model::TouchKind;
using random::Decision;

/// Asks the accounts of m_.group, whose events are in made_.
void Batch::ask_group() {
  Group& group = m_.group;
  if (group.size == 0) return;
  draw_answers(group);
  tally_asks(group);
  land_group(landings_[static_cast<int>(TouchKind::ask)], group);
  m_.subgroup.clear();
  m_.finals.clear();
  Account* const accounts = m_.accounts.data();
  ProgramState* const states = m_.programs.data();
  for (int i = 0; i < group.size; ++i) {
    const std::uint32_t index = group.account[i];
    const int p = group.source[i] - 1;
    const Plan& plan = plans_[p];
    ++accounts[index].num_asks;
    accounts[index].last_ask = group.time[i];
    ++states[static_cast<std::size_t>(index) * num_programs_ + p].num_asks;
    const bool is_maybe = answers_[i] == 1;
    if (answers_[i] == 0)
      accept(index, p, group.ordinal[i], group.time[i], false);
    else if ((plan.second_ask == model::SecondAsk::maybe_or_no ||
              (is_maybe && plan.second_ask == model::SecondAsk::maybe)) &&
             may_press(index, group.ordinal[i], group.time[i])) {
      answered_maybe_[m_.subgroup.size] = is_maybe ? 1.0 : 0.0;
      copy_row(m_.subgroup, group, i);
    } else if (is_maybe)
      leave_maybe(index, p, group.ordinal[i], group.time[i]);
    else if (plan.cares_about_no)
      copy_row(m_.finals, group, i);
  }
  press_group();
  refuse_group();
}

/// Whether the rep dares to ask once more.
bool Batch::may_press(std::uint32_t index, std::uint32_t ask, double time) const {
  if (!needs_nerve_ || dares_to_press(index, ask, time)) return true;
  count(m_.accounts[index], Metric::unpressed, time);
  return false;
}

/// answers_[i] becomes 0 for yes, 1 for maybe, 2 for no.
void Batch::draw_answers(Group& group) {
  const Chance& chance = chances_[static_cast<int>(OutcomeKind::ask)];
  read_stocks(group, ask_reads_);
  compute_eta(chance, group, eta_);
  apply_link(chance.outcome->link, group.size, eta_, probability_);
  const double* or_maybe = probability_;
  if (model_.maybe_margin > 0.0) {
    for (int i = 0; i < group.size; ++i) eta_[i] += model_.maybe_margin;
    apply_link(chance.outcome->link, group.size, eta_, probability_maybe_);
    or_maybe = probability_maybe_;
  }
  draw_words(group, Decision::ask, words_);
  for (int i = 0; i < group.size; ++i) {
    const double u = random::to_unit(words_[i]);
    answers_[i] = (u < probability_[i] ? 0 : 1) + (u < or_maybe[i] || u < probability_[i] ? 0 : 1);
  }
}

/// The answers, the timing curve and the advocates' profiles, as they stand just before the asks land.
void Batch::tally_asks(const Group& group) {
  static_assert(static_cast<int>(Metric::maybe) == static_cast<int>(Metric::yes) + 1 &&
                static_cast<int>(Metric::no) == static_cast<int>(Metric::yes) + 2);
  Account* const accounts = m_.accounts.data();
  int fatigue_band[group_size] = {};
  if (model_.fatigue >= 0)
    for (int i = 0; i < group.size; ++i)
      fatigue_band[i] = static_cast<int>(std::clamp(group.reading[model_.fatigue][i] / model::fatigue_band_width, 0.0,
                                                    model::num_fatigue_bands - 1.0));
  const std::size_t tenure_asks = layout_.curve(Curve::tenure_asks, 0);
  const std::size_t fatigue_asks = layout_.curve(Curve::fatigue_asks, 0);
  const std::size_t quality_asks = layout_.curve(Curve::quality_asks, 0);
  const std::size_t peers_asks = layout_.curve(Curve::peers_asks, 0);
  const std::size_t generation_asks = layout_.curve(Curve::generation_asks, 0);
  for (int i = 0; i < group.size; ++i) {
    if (group.time[i] < 0.0) continue;
    Account& account = accounts[group.account[i]];
    account.flags |= asked;
    const int tenure_band = std::min(static_cast<int>((group.time[i] - account.purchase) / model::tenure_band_days),
                                     model::num_tenure_bands - 1);
    const int generation = std::min<int>(account.generation, model::num_generations - 1);
    std::int64_t* const row = rows_[account.world];
    std::int64_t* const cell = row + account.cell;
    ++cell[static_cast<std::size_t>(Metric::asks) * metric_stride_];
    ++cell[(static_cast<std::size_t>(Metric::yes) + static_cast<std::size_t>(answers_[i])) * metric_stride_];
    count_series(account.world, Series::series_asks, group.time[i]);
    if (account.has(bystander)) continue;  // curves and profiles are of customers
    ++row[tenure_asks + static_cast<std::size_t>(tenure_band)];
    ++row[fatigue_asks + static_cast<std::size_t>(fatigue_band[i])];
    ++row[quality_asks + account.quality_band];
    ++row[peers_asks + account.peers_band];
    ++row[generation_asks + static_cast<std::size_t>(generation)];
    if (answers_[i] == 0) {
      ++row[layout_.curve(Curve::tenure_yes, tenure_band)];
      ++row[layout_.curve(Curve::fatigue_yes, fatigue_band[i])];
      ++row[layout_.curve(Curve::quality_yes, account.quality_band)];
      ++row[layout_.curve(Curve::peers_yes, account.peers_band)];
      ++row[layout_.curve(Curve::generation_yes, generation)];
    }
  }
}

/// Asks those of m_.subgroup once more.
void Batch::press_group() {
  Group& group = m_.subgroup;
  if (group.size == 0) return;
  const Landing& second_ask = landings_[static_cast<int>(TouchKind::second_ask)];
  special_[static_cast<int>(model::Feature::answered_maybe)] = answered_maybe_;
  compute_probability(chances_[static_cast<int>(OutcomeKind::second_ask)], group, probability_);
  special_[static_cast<int>(model::Feature::answered_maybe)] = nullptr;
#ifdef VOUCH_FAULT_shared_word
  draw_words(group, Decision::ask, words_);
#else
  draw_words(group, Decision::second_ask, words_);
#endif
  for (int i = 0; i < group.size; ++i) {
    const Account& account = m_.accounts[group.account[i]];
    count(account, Metric::pressed, group.time[i]);
    land(second_ask, group, i);
    if (random::happens(words_[i], probability_[i])) {
      count(account, Metric::pressed_yes, group.time[i]);
      accept(group.account[i], group.source[i] - 1, group.ordinal[i], group.time[i], false);
    } else if (plans_[group.source[i] - 1].cares_about_no) {
      copy_row(m_.finals, group, i);
    }
  }
}

/// The final noes of m_.finals: some never want to be asked again.
void Batch::refuse_group() {
  Group& group = m_.finals;
  if (group.size == 0) return;
  const Chance& chance = chances_[static_cast<int>(OutcomeKind::opt_out)];
  if (!chance.is_never) {
    compute_probability(chance, group, probability_);
    draw_words(group, Decision::opt_out, words_);
  }
  for (int i = 0; i < group.size; ++i) {
    Account& account = m_.accounts[group.account[i]];
    const int p = group.source[i] - 1;
    if (!chance.is_never && random::happens(words_[i], probability_[i])) {
      account.flags |= opted_out;
      count(account, Metric::opt_outs, group.time[i]);
      count_series(account.world, Series::series_opt_outs, group.time[i]);
    }
    if (strategy_.programs[p].stop_after_no)
      m_.programs[static_cast<std::size_t>(group.account[i]) * num_programs_ + p].stopped = 1;
  }
}

void Batch::accept(std::uint32_t index, int p, std::uint32_t ask, double time, bool is_mention) {
  if (!is_mention) {
    const Account& account = m_.accounts[index];
    count(account, Metric::accepted, time);
    count_series(account.world, Series::series_accepted, time);
    if (plans_[p].stops_after_yes) m_.programs[static_cast<std::size_t>(index) * num_programs_ + p].stopped = 1;
  }
  Yes& yes = m_.yeses[m_.yeses.grow()];
  yes.time = time;
  yes.account = index;
  yes.ask = static_cast<std::uint16_t>(ask);
  yes.program = static_cast<std::uint8_t>(p);
  yes.mention = is_mention;
}

void Batch::leave_maybe(std::uint32_t index, int p, std::uint32_t ask, double time) {
  const Account& account = m_.accounts[index];
  if (model_.maybe_returns <= 0.0 ||
      !random::happens(random::draw_word(key_of(account), account.lineage, Decision::maybe_returns, ask),
                       model_.maybe_returns))
    return;
  const double delay = std::max(0.0, sample_delay(model_.maybe_delay_days, account, Decision::maybe_delay, ask));
  push(make_event(EventKind::maybe_return, time + delay, index, p, 0, ask));
}

void Batch::handle_maybe_return(Events events) {
  m_.yeses.clear();
  for (const Event& event : events) {
    const Account& account = m_.accounts[event.account];
    if (!account.is_active() || account.has(opted_out) || (account.has(has_peer_limit) && account.peers_left == 0))
      continue;
    count(account, Metric::returned_maybes, event.time);
    accept(event.account, event.program(), event.ordinal(), event.time, false);
  }
  say_yes();
}

/// The rep writes to people in the account's name, asking it nothing.
void Batch::mention(const Event& event) {
  const int p = event.program();
  Account& account = m_.accounts[event.account];
  const std::uint32_t ask = account.num_asks;
  count(account, Metric::mentions, event.time);
  count_series(account.world, Series::series_asks, event.time);
  if (event.time >= 0.0) account.flags |= asked;
  land_alone(landings_[static_cast<int>(TouchKind::mention)], event.account, event.time, false);
  ++account.num_asks;
  ++m_.programs[static_cast<std::size_t>(event.account) * num_programs_ + p].num_asks;
  account.last_ask = event.time;
  accept(event.account, p, ask, event.time, true);
  continue_attempts(event);
}

}  // namespace vouch::simulation
