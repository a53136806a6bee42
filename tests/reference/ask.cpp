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
  const double t = event.time;
  const model::Program& p = strategy_.programs[event.program];
  const Skip skip = attempt_now(event.account, event.program, t);
  Account& account = accounts_[event.account];
  ProgramState& state = account.programs[event.program];
  if (event.kind == EventKind::chain_attempt) ++state.chain_attempts;
  const bool is_over = skip == Skip::dropped || skip == Skip::inactive || skip == Skip::opted_out ||
                       skip == Skip::no_peers || skip == Skip::max_asks;
  if (is_over || state.asks >= p.max_asks || state.stopped || account.opted_out) return;
  Event next = event;
  if (event.kind == EventKind::chain_attempt) {
    next.time += std::max(1e-6, sample(p.repeat_days, account.lineage,
                                       of_program(Decision::attempt_repeat, event.program), state.chain_attempts - 1));
    schedule(next);
  } else if (event.kind == EventKind::calendar_attempt) {
    ++next.ordinal;
    next.time += std::max(1e-6, sample(p.calendar_days, account.lineage,
                                       of_program(Decision::calendar_gap, event.program), next.ordinal));
    schedule(next);
  }
}

World::Skip World::attempt_now(int index, int program, double t) {
  const Skip skip = find_skip(accounts_[index], program, t);
  count_skip(accounts_[index], skip, t);
  if (skip != Skip::made) return skip;
  if (strategy_.programs[program].form == model::Form::mention) {
    mention(index, program, t);
  } else {
    ask(index, program, t);
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

  const bool is_pressed = (p.second_ask == model::SecondAsk::maybe && answer == Answer::maybe) ||
                          (p.second_ask == model::SecondAsk::maybe_or_no && answer != Answer::yes);
  if (is_pressed) answer = press(account, program, n, t);
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
World::Answer World::press(Account& account, int program, std::uint32_t ask_number, double t) {
  const double p = compute_account_probability(OutcomeKind::second_ask, account, 1 + program, t);
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
  const double tenure_bands = std::floor((t - account.purchase) / model::tenure_band_days);
  const double fatigue_bands = std::floor(read_fatigue(account, t) / model::fatigue_band_width);
  const int tenure = static_cast<int>(std::min<double>(model::num_tenure_bands - 1, tenure_bands));
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
