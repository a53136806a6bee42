// SPDX-License-Identifier: Apache-2.0
#include "random/normal_quantile.hpp"
#include "reference/world.hpp"

namespace vouch::reference {

using random::Decision;
using random::of_program;

bool World::is_running(int program, double t) const {
  const model::Program& p = strategy_.programs[program];
  return t >= p.from_days && t < p.until_days;
}

/// Starts at t those programs that have begun by then, and plans the others' start.
void World::start_programs(int account, double t) {
  for (int program = 0; program < static_cast<int>(strategy_.programs.size()); ++program) {
    const double from = strategy_.programs[program].from_days;
    if (from <= t) {
      start_program(account, program, t);
    } else {
      schedule({.time = from,
                .rank = Rank::takeover,
                .account = account,
                .kind = EventKind::program_start,
                .program = program});
    }
  }
}

void World::start_program(int index, int program, double t) {
  const model::Program& p = strategy_.programs[program];
  Account& account = accounts_[index];
  const bool bought_before = account.is_bystander || account.purchase < p.from_days;
  const bool in_reach = p.reach == model::Reach::all || (p.reach == model::Reach::existing) == bought_before;
  if (!is_running(program, t) || !p.addresses_segment[account.segment] || !in_reach) return;
  account.programs[program].in_reach = true;

  if (p.positioning && !bought_before && !account.positioning_planned) {
    account.positioning_planned = true;
    schedule({.time = t, .rank = Rank::positioning, .account = index, .kind = EventKind::positioning});
  }
  if (p.favour_gap_days > 0.0) {
    const double u = random::to_open_unit(draw_word(account.lineage, of_program(Decision::favour_offset, program), 0));
    schedule({.time = t + p.favour_gap_days * u,
              .rank = Rank::favour,
              .account = index,
              .kind = EventKind::favour,
              .program = program});
  }
  if ((p.triggers & model::on_purchase) && !bought_before) fire(index, program, t);
  start_backlog(index, program);
  start_grids(index, program);
}

/// One-time triggers that were passed before the program began.
void World::start_backlog(int index, int program) {
  const model::Program& p = strategy_.programs[program];
  const Account& account = accounts_[index];
  if (account.is_bystander || p.backlog_spread_days < 0.0 || account.purchase >= p.from_days) return;
  const double u = random::to_open_unit(draw_word(account.lineage, of_program(Decision::backlog_offset, program), 0));
  const double t = p.from_days + p.backlog_spread_days * u;
  const bool passed =
      (p.triggers & model::on_purchase) || ((p.triggers & model::on_value_realised) && account.value_realised);
  if (passed) {
    schedule({.time = t, .rank = Rank::attempt, .account = index, .kind = EventKind::backlog, .program = program});
  }
  if ((p.triggers & model::on_testimonial) && account.value_realised) {
    schedule({.time = t,
              .rank = Rank::testimonial_request,
              .account = index,
              .kind = EventKind::testimonial_request,
              .program = program});
  }
}

/// The first moments, not before the program began, of what goes by the account's tenure.
void World::start_grids(int index, int program) {
  const model::Program& p = strategy_.programs[program];
  const Account& account = accounts_[index];
  if (p.triggers & model::by_calendar) {
    double t = account.purchase;
    std::uint32_t gap = 0;
    do {
      t += std::max(1e-6, sample(p.calendar_days, account.lineage, of_program(Decision::calendar_gap, program), gap++));
    } while (t < p.from_days);
    schedule({.time = t,
              .rank = Rank::attempt,
              .account = index,
              .kind = EventKind::calendar_attempt,
              .program = program,
              .ordinal = gap - 1});
  }
  if (p.triggers & model::by_survey) {
    std::uint32_t k = 1;
    while (account.purchase + k * p.survey_days < p.from_days) ++k;
    schedule({.time = account.purchase + k * p.survey_days,
              .rank = Rank::survey,
              .account = index,
              .kind = EventKind::survey,
              .program = program,
              .ordinal = k});
  }
  if (p.triggers & model::by_willingness) {
    std::uint32_t k = 0;
    while (account.purchase + k * p.willingness_grid_days < p.from_days) ++k;
    schedule({.time = account.purchase + k * p.willingness_grid_days,
              .rank = Rank::willingness,
              .account = index,
              .kind = EventKind::willingness,
              .program = program,
              .ordinal = k});
  }
}

/// A trigger of the program at t.
void World::fire(int index, int program, double t) {
  const model::Program& p = strategy_.programs[program];
  Account& account = accounts_[index];
  ProgramState& state = account.programs[program];
  if (!is_running(program, t) || !state.in_reach || !account.is_active()) return;
  const double delay =
      sample_positive(p.delay_days, account.lineage, of_program(Decision::attempt_delay, program), state.firings);
  ++state.firings;
  const bool starts_chain = p.repeats && !state.has_chain;
  if (starts_chain) state.has_chain = true;
  schedule_attempt(index, program, t + delay, starts_chain ? EventKind::chain_attempt : EventKind::single_attempt);
}

void World::schedule_attempt(int index, int program, double t, EventKind kind) {
  schedule({.time = t, .rank = Rank::attempt, .account = index, .kind = kind, .program = program});
}

/// P(yes) as the strategy sees it, with `quality` for the latent one.
double World::predict(const Account& account, int program, double t, double quality) const {
  return compute_probability(model::OutcomeKind::ask, 1 + program, account.segment,
                             [&](model::Feature feature) { return read_feature(account, feature, t, quality); });
}

void World::hold_survey(const Event& event) {
  const double t = event.time;
  const model::Program& p = strategy_.programs[event.program];
  const Account& account = accounts_[event.account];
  const ProgramState& state = account.programs[event.program];
  if (!is_running(event.program, t) || account.opted_out || state.asks >= p.max_asks || state.stopped) return;
  const std::uint64_t word =
      draw_word(account.lineage, of_program(Decision::survey_noise, event.program), event.ordinal - 1);
  const double z = maths::normal_quantile(random::to_open_unit(word));
  const double quality = account.quality + model_.survey_noise * z;
  if (predict(account, event.program, t, quality) >= p.threshold) attempt_now(event.account, event.program, t);
  Event next = event;
  next.ordinal = event.ordinal + 1;
  next.time = account.purchase + next.ordinal * p.survey_days;
  schedule(next);
}

void World::look_for_willingness(const Event& event) {
  const double t = event.time;
  const model::Program& p = strategy_.programs[event.program];
  const Account& account = accounts_[event.account];
  const ProgramState& state = account.programs[event.program];
  if (!is_running(event.program, t) || account.opted_out || state.asks >= p.max_asks || state.stopped) return;
  double not_before = t;
  if (predict(account, event.program, t, account.quality_seen) >= p.threshold) {
    attempt_now(event.account, event.program, t);
    not_before = t + p.min_gap_days;
  }
  Event next = event;
  do {
    ++next.ordinal;
    next.time = account.purchase + next.ordinal * p.willingness_grid_days;
  } while (next.time < not_before);
  schedule(next);
}

}  // namespace vouch::reference
