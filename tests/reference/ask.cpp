// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "reference/world.hpp"

namespace vouch::reference {

using model::Curve;
using model::Feature;
using model::Metric;
using model::OutcomeKind;
using model::TouchKind;
using random::Decision;
using random::of_program;

/// An attempt of a chain, a calendar or by itself, and the one after it.
void World::attempt(const Event& event) {
  const Chain chain = event.kind == EventKind::chain_attempt ? Chain::yes : Chain::no;
  const Skip skip = attempt_now(event.account, event.program, event.time, chain);
  const Account& account = accounts_[event.account];
  if (event.kind != EventKind::calendar_attempt || !goes_on(account, event.program, skip)) return;
  Event next = event;
  ++next.ordinal;
  next.time += std::max(1e-6, sample(strategy_.programs[event.program].calendar_days, account.lineage,
                                     of_program(Decision::calendar_gap, event.program), next.ordinal));
  schedule(next);
}

/// Whether a chain or calendar goes on after an attempt that was made, queued or skipped.
bool World::goes_on(const Account& account, int program, Skip skip) const {
  const ProgramState& state = account.programs[program];
  const bool is_over = skip == Skip::dropped || skip == Skip::inactive || skip == Skip::opted_out ||
                       skip == Skip::no_peers || skip == Skip::max_asks;
  return !is_over && state.asks < strategy_.programs[program].max_asks && !state.stopped && !account.opted_out;
}

/// The attempt of the chain after one that was made or skipped at t.
void World::continue_chain(int index, int program, double t) {
  const Account& account = accounts_[index];
  const double gap = std::max(
      1e-6, sample(strategy_.programs[program].repeat_days, account.lineage,
                   of_program(Decision::attempt_repeat, program), account.programs[program].chain_attempts - 1));
  schedule_attempt(index, program, t + gap, EventKind::chain_attempt);
}

/// A chain goes on when the attempt is over: what waits for a slot is over when it is served.
World::Skip World::attempt_now(int index, int program, double t, Chain chain) {
  Skip skip = find_skip(accounts_[index], program, t);
  const bool is_mention = strategy_.programs[program].form == model::Form::mention;
  if (skip == Skip::made && !dares_attempt(accounts_[index], t)) skip = Skip::nerve;
  if (skip == Skip::made && !is_mention && count_slots_left(accounts_[index].territory, t) < 1.0) {
    wait_for_slot(index, program, chain, t);
    return Skip::queued;
  }
  count_skip(accounts_[index], skip, t);
  if (skip == Skip::made && is_mention) mention(index, program, t);
  if (skip == Skip::made && !is_mention) {
    take_slot(accounts_[index].territory, t);
    ask(index, program, t);
  }
  if (chain == Chain::yes) {
    ++accounts_[index].programs[program].chain_attempts;
    if (goes_on(accounts_[index], program, skip)) continue_chain(index, program, t);
  }
  return skip;
}

World::Skip World::find_skip(const Account& account, int program, double t) const {
  const model::Program& p = strategy_.programs[program];
  const ProgramState& state = account.programs[program];
  if (t >= p.until_days || state.stopped) return Skip::dropped;
  if (!account.is_active()) return Skip::inactive;
  if (account.opted_out) return Skip::opted_out;
  if (account.peers_left <= 0.0) return Skip::no_peers;
  if (state.asks >= p.max_asks) return Skip::max_asks;
  if (p.min_gap_days > 0.0 && t - account.last_ask < p.min_gap_days) return Skip::min_gap;
  if (!guard_holds(p.guard, account, t)) return Skip::guard;
  if (p.form == model::Form::mention) {
    if (account.rep_tie < p.mention_min_tie || (p.mention_needs_consent && !account.consent)) return Skip::guard;
  }
  return Skip::made;
}

void World::count_skip(const Account& account, Skip skip, double t) {
  switch (skip) {
    case Skip::made:
    case Skip::queued:
    case Skip::dropped:
      return;
    case Skip::inactive:
      return count(Metric::skipped_inactive, account, t);
    case Skip::opted_out:
      return count(Metric::skipped_opted_out, account, t);
    case Skip::no_peers:
      return count(Metric::skipped_no_peers, account, t);
    case Skip::max_asks:
      return count(Metric::skipped_max_asks, account, t);
    case Skip::min_gap:
      return count(Metric::skipped_min_gap, account, t);
    case Skip::guard:
      return count(Metric::skipped_guard, account, t);
    case Skip::nerve:
      return count(Metric::skipped_nerve, account, t);
  }
}

World::Answer World::draw_answer(const Account& account, int program, double t) const {
  const double eta = compute_predictor(OutcomeKind::ask, 1 + program, account.segment, [&](Feature feature) {
    return read_feature(account, feature, t, account.quality);
  });
  const model::Link link = strategy_.outcome(OutcomeKind::ask).link;
  const double u = random::to_unit(draw_word(account.lineage, Decision::ask, account.num_asks));
  if (u < model::apply_link(link, eta)) return Answer::yes;
  return u < model::apply_link(link, eta + model_.maybe_margin) ? Answer::maybe : Answer::no;
}

/// For an ask or a mention that has just been made.
void World::count_attempt(Account& account, int program, double t) {
  count(model::Series::series_asks, t);
  ++account.num_asks;
  ++account.programs[program].asks;
  account.last_ask = t;
  if (t >= 0.0) account.asked = true;
}

void World::ask(int index, int program, double t) {
  const model::Program& p = strategy_.programs[program];
  Account& account = accounts_[index];
  const std::uint32_t n = account.num_asks;
  Answer answer = draw_answer(account, program, t);
  count(Metric::asks, account, t);
  count(answer == Answer::yes ? Metric::yes : answer == Answer::maybe ? Metric::maybe : Metric::no, account, t);
  report_ask(account, t, answer == Answer::yes);
  land(account, TouchKind::ask, t);
  count_attempt(account, program, t);

  const bool is_to_press = (p.second_ask == model::SecondAsk::maybe && answer == Answer::maybe) ||
                           (p.second_ask == model::SecondAsk::maybe_or_no && answer != Answer::yes);
  if (is_to_press && dares_second_ask(account, n, t)) {
    answer = press(account, program, n, answer, t);
  } else if (is_to_press) {
    count(Metric::unpressed, account, t);
  }
  if (answer == Answer::yes) {
    accept(index, program, n, t);
  } else if (answer == Answer::no) {
    refuse(account, program, n, t);
  } else if (draw_happens(account.lineage, Decision::maybe_returns, n, model_.maybe_returns)) {
    const double delay = sample_positive(model_.maybe_delay_days, account.lineage, Decision::maybe_delay, n);
    schedule({.time = t + delay,
              .rank = Rank::maybe_returns,
              .account = index,
              .kind = EventKind::maybe_returns,
              .program = program,
              .ordinal = n});
  }
}

/// The second ask: yes or a final no.
World::Answer World::press(Account& account, int program, std::uint32_t ask_number, Answer first, double t) {
  const double p = compute_probability(OutcomeKind::second_ask, 1 + program, account.segment, [&](Feature feature) {
    if (feature == Feature::answered_maybe) return first == Answer::maybe ? 1.0 : 0.0;
    return read_feature(account, feature, t, account.quality);
  });
  const bool yes = draw_happens(account.lineage, Decision::second_ask, ask_number, p);
  count(Metric::pressed, account, t);
  if (yes) count(Metric::pressed_yes, account, t);
  land(account, TouchKind::second_ask, t);
  return yes ? Answer::yes : Answer::no;
}

/// A final no.
void World::refuse(Account& account, int program, std::uint32_t ask_number, double t) {
  const double p = compute_account_probability(OutcomeKind::opt_out, account, 1 + program, t);
  if (draw_happens(account.lineage, Decision::opt_out, ask_number, p)) {
    account.opted_out = true;
    count(Metric::opt_outs, account, t);
    count(model::Series::series_opt_outs, t);
  }
  if (strategy_.programs[program].stop_after_no) account.programs[program].stopped = true;
}

/// The curves of an ask, as the account is just before it.
void World::report_ask(const Account& account, double t, bool yes) {
  if (account.is_bystander) return;
  const double fatigue_bands = std::floor(read_fatigue(account, t) / model::fatigue_band_width);
  const int tenure = compute_tenure_band(t - account.purchase);
  const int fatigue = static_cast<int>(std::clamp<double>(fatigue_bands, 0.0, model::num_fatigue_bands - 1));
  const int quality = compute_band(model::quality_band_edges, account.quality);
  const int peers = compute_band(model::peers_band_edges, account.peers_at_first);
  const int generation = std::min(static_cast<int>(account.generation), model::num_generations - 1);
  count(Curve::generation_asks, generation, t);
  if (yes) count(Curve::generation_yes, generation, t);
  count(Curve::tenure_asks, tenure, t);
  count(Curve::fatigue_asks, fatigue, t);
  count(Curve::quality_asks, quality, t);
  count(Curve::peers_asks, peers, t);
  if (!yes) return;
  count(Curve::tenure_yes, tenure, t);
  count(Curve::fatigue_yes, fatigue, t);
  count(Curve::quality_yes, quality, t);
  count(Curve::peers_yes, peers, t);
}

void World::mention(int index, int program, double t) {
  Account& account = accounts_[index];
  const std::uint32_t n = account.num_asks;
  count(Metric::mentions, account, t);
  land(account, TouchKind::mention, t);
  count_attempt(account, program, t);
  name_people(index, program, n, t);
}

/// A yes of any kind to ask `ask_number`.
void World::accept(int index, int program, std::uint32_t ask_number, double t) {
  const model::Program& p = strategy_.programs[program];
  count(Metric::accepted, accounts_[index], t);
  count(model::Series::series_accepted, t);
  if (p.stop_after_yes) accounts_[index].programs[program].stopped = true;
  schedule_thanks(index, p.conduct.promise, TouchKind::thanks_for_promise, t);
  name_people(index, program, ask_number, t);
}

void World::return_maybe(const Event& event) {
  const Account& account = accounts_[event.account];
  if (account.opted_out || account.peers_left <= 0.0) return;
  count(Metric::returned_maybes, account, event.time);
  accept(event.account, event.program, event.ordinal, event.time);
}

}  // namespace vouch::reference
