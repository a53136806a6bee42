// SPDX-License-Identifier: Apache-2.0
// When to ask: what starts a program's attempts, and which attempts are made.
#include <algorithm>
#include <cmath>

#include "random/maths.hpp"
#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Metric;
using model::OutcomeKind;
using model::TouchKind;
using random::Decision;

namespace {

/// The first k >= least with origin + k x step >= from.
double find_grid_point(double origin, double step, double from, double least) noexcept {
  double k = std::max(least, std::floor((from - origin) / step));
  while (k > least && origin + (k - 1.0) * step >= from) k -= 1.0;
  while (origin + k * step < from) k += 1.0;
  return k;
}

}  // namespace

bool Batch::runs_for(const model::Program& program, const Account& account, double time) const {
  if (!(time >= program.from_days && time < program.until_days) || program.addresses_segment[account.segment] == 0)
    return false;
  if (program.reach == model::Reach::all) return true;
  const bool is_new = account.purchase >= program.from_days && !account.has(bystander);
  return is_new == (program.reach == model::Reach::new_customers);
}

void Batch::start_programs(std::uint32_t index, double time, bool at_purchase) {
  bool positions = false;
  for (int p = 0; p < num_programs_; ++p) {
    const model::Program& program = strategy_.programs[p];
    if (!at_purchase && program.from_days != time) continue;
    if (!runs_for(program, m_.accounts[index], time)) continue;
    positions |= program.positioning;
    start_program(p, index, time, at_purchase);
  }
  if (positions && at_purchase) push(make_event(EventKind::positioning, time, index));
}

void Batch::take_over() {
  for (std::uint32_t index = 0; index < m_.accounts.size(); ++index)
    if (m_.accounts[index].is_active()) start_programs(index, model_.takeover_days, false);
}

void Batch::start_program(int p, std::uint32_t index, double time, bool at_purchase) {
  const model::Program& program = strategy_.programs[p];
  const Account account = m_.accounts[index];
  if (program.favour_gap_days > 0.0) {
    const double u = random::to_open_unit(
        random::draw_word(key_of(account), account.lineage, random::of_program(Decision::favour_offset, p), 0));
    push(make_event(EventKind::favour, time + program.favour_gap_days * u, index, p));
  }
  std::uint16_t passed = 0;
  if (at_purchase) {
    if ((program.triggers & model::on_purchase) != 0) fire(p, index, time);
  } else if (!account.has(bystander)) {
    passed = model::on_purchase;
  }
  if (account.has(value_realised)) passed |= model::on_value_realised | model::on_testimonial;
  start_backlog(p, index, passed & program.triggers);

  if ((program.triggers & model::by_calendar) != 0) {
    double due = account.purchase;
    std::uint32_t gap = 0;
    for (;; ++gap) {
      due += std::max(shortest_gap_days,
                      sample_delay(program.calendar_days, account, random::of_program(Decision::calendar_gap, p), gap));
      if (due >= program.from_days || !(due < horizon_)) break;
    }
    push(make_event(EventKind::attempt, due, index, p, of_calendar, gap));
  }
  const auto start_grid = [&](EventKind kind, double step, double least) {
    const double k = find_grid_point(account.purchase, step, program.from_days, least);
    if (k > random::max_ordinal) fail_ordinal("survey or willingness moments");
    push(make_event(kind, account.purchase + k * step, index, p, 0, static_cast<std::uint32_t>(k)));
  };
  if ((program.triggers & model::by_survey) != 0) start_grid(EventKind::survey, program.survey_days, 1.0);
  if ((program.triggers & model::by_willingness) != 0)
    start_grid(EventKind::willingness, program.willingness_grid_days, 0.0);
}

void Batch::start_backlog(int p, std::uint32_t index, std::uint16_t triggers) {
  const model::Program& program = strategy_.programs[p];
  if (triggers == 0 || program.backlog_spread_days < 0.0) return;
  const Account& account = m_.accounts[index];
  const double u = random::to_open_unit(
      random::draw_word(key_of(account), account.lineage, random::of_program(Decision::backlog_offset, p), 0));
  const double due = program.from_days + program.backlog_spread_days * u;
  if ((triggers & (model::on_purchase | model::on_value_realised)) != 0)
    push(make_event(EventKind::backlog, due, index, p));
  if ((triggers & model::on_testimonial) != 0) push(make_event(EventKind::testimonial_request, due, index, p));
}

void Batch::handle_backlog(Events events) {
  for (const Event& event : events) fire(event.program(), event.account, event.time);
}

void Batch::fire(int p, std::uint32_t index, double time) {
  const model::Program& program = strategy_.programs[p];
  const Account& account = m_.accounts[index];
  if (!account.is_active() || !runs_for(program, account, time)) return;
  ProgramState& state = m_.programs[static_cast<std::size_t>(index) * num_programs_ + p];
  const double delay =
      sample_delay(program.delay_days, account, random::of_program(Decision::attempt_delay, p), state.num_firings);
  if (state.num_firings == random::max_ordinal) fail_ordinal("triggers");
  ++state.num_firings;
  const bool starts_chain = program.repeats && state.chain_started == 0;
  if (starts_chain) state.chain_started = 1;
  push(make_event(EventKind::attempt, time + std::max(0.0, delay), index, p, starts_chain ? of_chain : single));
}

void Batch::fire_all(std::uint16_t trigger, std::uint32_t account, double time) {
  for (int p = 0; p < num_programs_; ++p)
    if ((strategy_.programs[p].triggers & trigger) != 0) fire(p, account, time);
}

void Batch::handle_testimonial_request(Events events) {
  const Chance& testimonial_chance = chances_[static_cast<int>(OutcomeKind::testimonial)];
  const Landing& request = landings_[static_cast<int>(TouchKind::testimonial_request)];
  const Landing& service_recovery = landings_[static_cast<int>(TouchKind::service_recovery)];
  for (std::size_t next = 0; next < events.size();) {
    Group& group = m_.group;
    group.clear();
    for (; next < events.size() && !group.is_full(); ++next) {
      const Event& event = events[next];
      Account& account = m_.accounts[event.account];
      if (!account.is_active() || account.has(opted_out) ||
          event.time >= strategy_.programs[event.program()].until_days)
        continue;
      if (account.has(testimonial)) {
        fire(event.program(), event.account, event.time);
        continue;
      }
      if (account.num_requests == random::max_ordinal) fail_ordinal("testimonial requests");
      add_row(group, event.account, event.time, 1 + event.program(), account.num_requests++);
    }
    compute_probability(testimonial_chance, group, probability_);
    draw_words(group, Decision::testimonial, words_);
    read_stocks(group, request.reads | service_recovery.reads);
    for (int i = 0; i < group.size; ++i) {
      const std::uint32_t index = group.account[i];
      const double time = group.time[i];
      const int p = group.source[i] - 1;
      Account& account = m_.accounts[index];
      count(account, Metric::testimonial_requests, time);
      land(request, group, i);
      if (random::happens(words_[i], probability_[i])) {
        account.flags |= testimonial;
        if (runs_desk_) territory_of(index).quoted.push_back(index);
        count(account, Metric::testimonials, time);
        fire(p, index, time);
        continue;
      }
      count(account, Metric::complaints, time);
      const model::Program& program = strategy_.programs[p];
      if (program.recovery) land(service_recovery, group, i);
      push(make_event(EventKind::testimonial_request, time + program.testimonial_retry_days, index, p));
    }
  }
}

void Batch::handle_predicted(Events events) {
  m_.attempts.clear();
  const EventKind kind = events.front().kind();
  Group& group = m_.group;
  for (std::size_t next = 0; next < events.size();) {
    group.clear();
    for (; next < events.size() && !group.is_full(); ++next) {
      const Event& event = events[next];
      const int p = event.program();
      const model::Program& program = strategy_.programs[p];
      const Account& account = m_.accounts[event.account];
      const ProgramState& state = m_.programs[static_cast<std::size_t>(event.account) * num_programs_ + p];
      if (!account.is_active() || account.has(opted_out) || state.num_asks >= program.max_asks || state.stopped != 0 ||
          event.time >= program.until_days)
        continue;
      add_row(group, event.account, event.time, 1 + p, event.ordinal());
    }
    predict_group(kind);
  }
  handle_attempt(m_.attempts);
}

/// Whom in m_.group the predicted P(yes) says to ask, and when to look again.
void Batch::predict_group(EventKind kind) {
  Group& group = m_.group;
  alignas(64) double seen[group_size];
  for (int i = 0; i < group.size; ++i) {
    seen[i] = quality_of(group.account[i]);
    if (model_.survey_noise == 0.0) continue;
    const bool is_survey = kind == EventKind::survey;
    const Decision decision =
        is_survey ? random::of_program(Decision::survey_noise, group.source[i] - 1) : Decision::quality_seen;
    const std::uint64_t word =
        random::draw_word(keys_[group.world[i]], group.lineage[i], decision, is_survey ? group.ordinal[i] - 1 : 0);
    seen[i] = seen_quality(group.account[i], word);
  }
  special_[static_cast<int>(model::Feature::quality)] = seen;
  compute_probability(chances_[static_cast<int>(OutcomeKind::ask)], group, probability_);
  special_[static_cast<int>(model::Feature::quality)] = nullptr;
  for (int i = 0; i < group.size; ++i) {
    const int p = group.source[i] - 1;
    const model::Program& program = strategy_.programs[p];
    const Account& account = m_.accounts[group.account[i]];
    const bool asks = probability_[i] >= program.threshold;
    if (asks) m_.attempts.push_back(make_event(EventKind::attempt, group.time[i], group.account[i], p, single));
    const double step = kind == EventKind::survey ? program.survey_days : program.willingness_grid_days;
    double k = group.ordinal[i] + 1.0;
    if (asks && kind == EventKind::willingness)
      k = find_grid_point(account.purchase, step, group.time[i] + program.min_gap_days, k);
    const double due = account.purchase + k * step;
    if (!(due < horizon_)) continue;
    if (k > random::max_ordinal) fail_ordinal("survey or willingness moments");
    push(make_event(kind, due, group.account[i], p, 0, static_cast<std::uint32_t>(k)));
  }
}

void Batch::handle_attempt(Events events) {
  Group& group = m_.group;
  m_.yeses.clear();
  for (std::size_t next = 0; next < events.size();) {
    group.clear();
    const Account* const accounts = m_.accounts.data();
    for (; next < events.size() && !group.is_full(); ++next) {
      const Event& event = events[next];
      if (!is_plainly_admitted(event)) {
        if (!admit(event) || !shows_nerve(event)) continue;
        if (plans_[event.program()].mentions) {
          mention(event);
          continue;
        }
        if (limits_slots_ && !takes_slot(event)) continue;
      }
      made_[group.size] = event;
      add_row(group, event.account, event.time, 1 + event.program(), accounts[event.account].num_asks);
    }
    ask_made();
  }
  say_yes();
}

/// Asks the accounts of m_.group, by the attempts in made_.
void Batch::ask_made() {
  ask_group();
  for (int i = 0; i < m_.group.size; ++i) continue_attempts(made_[i]);
  m_.group.clear();
}

/// Most attempts are: no reason to skip them applies, and nothing needs a closer look.
bool Batch::is_plainly_admitted(const Event& event) const {
  const Account& account = m_.accounts[event.account];
  const Plan& plan = plans_[event.program()];
  const ProgramState& state = m_.programs[static_cast<std::size_t>(event.account) * num_programs_ + event.program()];
  return (plan.is_plain & account.is_active()) && (account.flags & (opted_out | has_peer_limit)) == 0 &&
         (state.num_asks < plan.max_asks) & (state.stopped == 0) & (event.time < plan.until_days) &
             (account.num_asks < random::max_ordinal);
}

/// Whether all but the rep's nerve speaks for the attempt; one that is skipped is counted under its reason.
bool Batch::admit(const Event& event) {
  const int p = event.program();
  const double time = event.time;
  const Plan& plan = plans_[p];
  const Account& account = m_.accounts[event.account];
  const ProgramState& state = m_.programs[static_cast<std::size_t>(event.account) * num_programs_ + p];
  if (time >= plan.until_days || state.stopped != 0) return false;
  const auto end = [&](Metric reason) {
    count(account, reason, time);
    return false;
  };
  if (!account.is_active()) return end(Metric::skipped_inactive);
  if (account.has(opted_out)) return end(Metric::skipped_opted_out);
  if (account.has(has_peer_limit) && account.peers_left == 0) return end(Metric::skipped_no_peers);
  if (state.num_asks >= plan.max_asks) return end(Metric::skipped_max_asks);
  const auto skip = [&](Metric reason) {
    count(account, reason, time);
    continue_attempts(event);
    return false;
  };
  if (plan.min_gap_days > 0.0 && time - account.last_ask < plan.min_gap_days) return skip(Metric::skipped_min_gap);
  if (plan.has_guard && !guard_holds(strategy_.programs[p].guard, event.account, time))
    return skip(Metric::skipped_guard);
  if (plan.mentions && !may_mention(strategy_.programs[p], event.account, time)) return skip(Metric::skipped_guard);
  if (account.num_asks == random::max_ordinal) fail_ordinal("asks");
  return true;
}

bool Batch::may_mention(const model::Program& program, std::uint32_t account, double time) const {
  if (rep_tie_of(account) < program.mention_min_tie) return false;
  return !program.mention_needs_consent || feature_value(model::Feature::consent, account, time) != 0.0;
}

void Batch::continue_attempts(const Event& event) {
  if (event.detail() == single) return;
  const int p = event.program();
  const Plan& plan = plans_[p];
  const Account& account = m_.accounts[event.account];
  ProgramState& state = m_.programs[static_cast<std::size_t>(event.account) * num_programs_ + p];
  const bool goes_on = state.num_asks < plan.max_asks && state.stopped == 0 && !account.has(opted_out);
  if (event.detail() == of_chain) {
    const std::uint32_t ordinal = state.num_attempts;
    if (ordinal == random::max_ordinal) fail_ordinal("attempts");
    ++state.num_attempts;
    if (!goes_on) return;
    double gap = plan.fixed_repeat_days;
    if (gap < 0.0)
      gap = std::max(shortest_gap_days, sample_delay(strategy_.programs[p].repeat_days, account,
                                                     random::of_program(Decision::attempt_repeat, p), ordinal));
    push(make_event(EventKind::attempt, event.time + gap, event.account, p, of_chain));
  } else if (goes_on) {
    const std::uint32_t gap_number = event.ordinal() + 1;
    const double gap = sample_delay(strategy_.programs[p].calendar_days, account,
                                    random::of_program(Decision::calendar_gap, p), gap_number);
    push(make_event(EventKind::attempt, event.time + std::max(shortest_gap_days, gap), event.account, p, of_calendar,
                    gap_number));
  }
}

}  // namespace vouch::simulation
