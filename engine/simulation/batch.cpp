// SPDX-License-Identifier: Apache-2.0
#include "simulation/batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "random/maths.hpp"

namespace vouch::simulation {

using model::Feature;
using model::OutcomeKind;
using model::TouchKind;

namespace {

bool varies(const std::vector<model::Segment>& segments, random::Distribution model::Segment::*trait) {
  return std::any_of(segments.begin(), segments.end(),
                     [&](const auto& segment) { return !(segment.*trait).is_constant(); });
}

}  // namespace

Batch::Batch(const model::Model& model, const model::Strategy& strategy, const model::ObservationLayout& layout,
             std::span<const WorldKey> keys, std::span<const WorldResult> results, Workspace::Impl& memory,
             const std::atomic<bool>* stop)
    : model_(model),
      strategy_(strategy),
      layout_(layout),
      world_keys_(keys),
      results_(results),
      m_(memory),
      stop_(stop),
      lanes_(random::lanes()),
      num_segments_(model.num_segments()),
      num_stocks_(model.num_stocks()),
      num_programs_(static_cast<int>(strategy.programs.size())),
      num_sources_(layout.num_sources()),
      metric_stride_(static_cast<std::size_t>(num_segments_) * model::num_cohorts),
      funnel_base_(layout.funnel(model::Funnel::named, 0, 0, 0)),
      start_(model.start()),
      horizon_(model.horizon_days),
      bin_days_(model.bin_days),
      num_bins_(layout.num_bins()),
      matched_until_(model.horizon_days - model.follow_up_days) {
  prepare();
}

Landing Batch::prepare_landing(const model::Touch& touch) const {
  Landing landing{&touch,
                  0,
                  touch.impulses.empty() && touch.cost == 0.0 && touch.minutes == 0.0,
                  false,
                  touch.cost != 0.0 || touch.minutes != 0.0,
                  to_money(touch.cost),
                  to_money(touch.minutes)};
  for (const model::Impulse& impulse : touch.impulses) {
    landing.reads |= 1u << impulse.stock;
    if (impulse.times >= 0) landing.reads |= 1u << impulse.times;
  }
  landing.is_simple = touch.impulses.size() == 1 && touch.impulses[0].times < 0 &&
                      model_.stocks[touch.impulses[0].stock].cap == model::infinite;
  return landing;
}

Conduct Batch::prepare_conduct(const model::Conduct& terms) const {
  Conduct conduct{&terms, {}, 0};
  const model::Thanks* all[] = {&terms.promise,     &terms.introduction, &terms.status_report, &terms.win,
                                &terms.recognition, &terms.reward,       &terms.from_customer};
  for (std::size_t i = 0; i < conduct.thanks.size(); ++i) {
    conduct.thanks[i] = prepare_landing(all[i]->touch);
    conduct.reads |= conduct.thanks[i].reads;
  }
  return conduct;
}

Chance Batch::prepare_chance(OutcomeKind kind) const {
  const model::Outcome& outcome = strategy_.outcome(kind);
  Chance chance{&outcome, 0, 0, false, false, false, {}};
  for (const model::Weight& weight : outcome.weights) {
    chance.features |= std::uint64_t{1} << static_cast<int>(weight.feature);
    if (model::is_stock(weight.feature)) chance.reads |= 1u << model::stock_index(weight.feature);
  }
  if (!outcome.weights.empty()) return chance;
  for (const double eta : outcome.base) chance.constant.push_back(model::apply_link(outcome.link, eta));
  chance.is_never = std::all_of(chance.constant.begin(), chance.constant.end(), [](double p) { return p <= 0.0; });
  chance.is_always = std::all_of(chance.constant.begin(), chance.constant.end(), [](double p) { return p >= 1.0; });
  chance.is_certain =
      std::all_of(chance.constant.begin(), chance.constant.end(), [](double p) { return p <= 0.0 || p >= 1.0; });
  return chance;
}

void Batch::prepare() {
  for (std::size_t w = 0; w < world_keys_.size(); ++w) {
    keys_.push_back(world_keys_[w].stream());
#ifdef VOUCH_FAULT_position_in_batch
    keys_.back().replication = static_cast<std::uint32_t>(w);
#endif
    replications_.push_back(keys_.back().replication);
    any_antithetic_ |= keys_.back().antithetic != 0;
    rows_.push_back(results_[w].row.data());
    std::fill(results_[w].row.begin(), results_[w].row.end(), 0);
  }
  for (int k = 0; k < model::num_outcomes; ++k) chances_[k] = prepare_chance(static_cast<OutcomeKind>(k));
  for (int k = 0; k < model::num_touches; ++k) landings_[k] = prepare_landing(model_.touches[k]);
  conducts_.push_back(prepare_conduct(strategy_.manners.organic));
  for (const model::Program& program : strategy_.programs) conducts_.push_back(prepare_conduct(program.conduct));
  conducts_.push_back(prepare_conduct(strategy_.warm_up_manners.organic));

  prepare_coupling();
  prepare_reads();
  prepare_plans();
  prepare_shortcuts();
  prepare_calendar();
}

/// Which stocks the commonest groups read.
void Batch::prepare_reads() {
  const auto reads = [&](OutcomeKind kind) { return chances_[static_cast<int>(kind)].reads; };
  const auto lands = [&](TouchKind kind) { return landings_[static_cast<int>(kind)].reads; };
  ask_reads_ = reads(OutcomeKind::ask) | reads(OutcomeKind::second_ask) | reads(OutcomeKind::opt_out) |
               lands(TouchKind::ask) | lands(TouchKind::second_ask);
  if (model_.fatigue >= 0) ask_reads_ |= 1u << model_.fatigue;
  thanks_reads_ = lands(TouchKind::unacknowledged) | lands(TouchKind::positioning) | lands(TouchKind::favour);
  for (const Conduct& conduct : conducts_) thanks_reads_ |= conduct.reads;

  if (model_.fatigue >= 0) fatigue_tau_ = model_.stocks[model_.fatigue].half_life_days / maths::ln2;
}

void Batch::prepare_plans() {
  for (const model::Program& program : strategy_.programs)
    plans_.push_back(
        {program.until_days, program.min_gap_days,
         program.repeat_days.is_constant() ? std::max(shortest_gap_days, program.repeat_days.parameters[0]) : -1.0,
         program.max_asks, program.second_ask, !program.guard.steps.empty(), program.form == model::Form::mention,
         program.stop_after_yes, program.stop_after_no || !chances_[static_cast<int>(OutcomeKind::opt_out)].is_never,
         false});
  for (Plan& plan : plans_)
    plan.is_plain = !plan.has_guard && !plan.mentions && !(plan.min_gap_days > 0.0) && !needs_nerve_ && !limits_slots_;
}

/// What this strategy never does, so that the loop need not look.
void Batch::prepare_shortcuts() {
  any_expansion_ = strategy_.manners.expansion || strategy_.warm_up_manners.expansion;
  // A first chance of an introduction at the very time of the yes can be taken there and then, if nothing that it reads
  // could change before it or by another name of the same yes.
  const std::uint64_t changing = std::uint64_t{1} << static_cast<int>(Feature::has_referred) |
                                 std::uint64_t{1} << static_cast<int>(Feature::num_referrals) |
                                 std::uint64_t{1} << static_cast<int>(Feature::was_thanked);
  introduces_at_once_ = !is_coupled_ && (chances_[static_cast<int>(OutcomeKind::introduce)].features & changing) == 0;
  for (const model::Program& program : strategy_.programs)
    for (const model::Thanks* thanks :
         {&program.conduct.promise, &program.conduct.introduction, &program.conduct.status_report})
      introduces_at_once_ &= !(thanks->enabled && thanks->delay_days <= 0.0);
  for (const model::Segment& segment : model_.segments) {
    any_incident_ |= segment.incidents_per_day > 0.0;
    any_organic_ |= segment.organic_per_day > 0.0;
    limits_peers_ |= !segment.unlimited_peers;
  }
  varies_quality_ = varies(model_.segments, &model::Segment::quality);
  varies_rep_tie_ = varies(model_.segments, &model::Segment::rep_tie);
  varies_value_ = varies(model_.segments, &model::Segment::contract_value);
  defers_renewals_ = chances_[static_cast<int>(OutcomeKind::renew)].reads_feature(Feature::referrer_active);
  const Chance& win = chances_[static_cast<int>(OutcomeKind::win)];
  has_late_features_ = (has_gaps_ || runs_desk_) && (win.features >> static_cast<int>(model::first_late_feature)) != 0;
}

void Batch::prepare_calendar() {
  double earliest = start_;
  for (const model::Segment& segment : model_.segments)
    if (segment.leads_per_day > 0.0) earliest = std::min(earliest, start_ - segment.pipeline_days);
  origin_ = std::floor(earliest);
  num_days_ = static_cast<std::size_t>(std::ceil(horizon_) - origin_) + 1;

  for (int bin = 0; bin < num_bins_; ++bin) cuts_.push_back({std::min((bin + 1) * bin_days_, horizon_), bin});
  if (model_.takeover_days > start_) {
    cuts_.push_back({model_.takeover_days, -1});
    std::sort(cuts_.begin(), cuts_.end(), [](const Cut& a, const Cut& b) { return a.time < b.time; });
  }
}

void Batch::run() {
  ledger_.reset(keys_.size());
  m_.accounts.clear();
  m_.stocks.clear();
  m_.programs.clear();
  m_.quality.clear();
  m_.rep_tie.clear();
  m_.contract_value.clear();
  m_.expansions.clear();
  m_.prospects.clear();
  m_.free_prospects.clear();
  m_.calendar.reset(num_days_);
  m_.num_accounts.assign(keys_.size(), 0);
  m_.next.clear();
  for (auto& list : m_.lists) list.clear();  // a stopped batch may have left some
  today_ = num_days_;                        // set-up puts every event into the calendar
  reset_coupling();
  start_leads();
  create_existing();
  for (std::size_t day = 0; day < num_days_; ++day) run_day(day);
  while (next_cut_ < cuts_.size()) apply_cut(cuts_[next_cut_++]);
  report_accounts();
}

void Batch::run_day(std::size_t day) {
  const double day_end = origin_ + static_cast<double>(day) + 1.0;
  const bool has_cut = next_cut_ < cuts_.size() && cuts_[next_cut_].time < day_end;
  if (!has_cut && m_.calendar.is_empty(day)) return;
  today_ = day;
  m_.next.clear();
  m_.calendar.drain(day, m_.next);
  while (next_cut_ < cuts_.size() && cuts_[next_cut_].time < day_end) {
    cut_ = cuts_[next_cut_].time;
    m_.later.clear();
    const auto waits = [this](const Event& event) { return event.time >= cut_; };
    std::copy_if(m_.next.begin(), m_.next.end(), std::back_inserter(m_.later), waits);
    std::erase_if(m_.next, waits);
    run_rounds();
    cut_ = model::infinite;
    std::swap(m_.next, m_.later);
    apply_cut(cuts_[next_cut_++]);
  }
  run_rounds();
  today_ = num_days_;
}

void Batch::run_rounds() {
  if (is_coupled_) return run_in_order();
  while (!m_.next.empty()) {
    std::swap(m_.today, m_.next);
    m_.next.clear();
    check_stop(m_.today.size());
    select(m_.today);
    dispatch_lists();
  }
}

void Batch::dispatch_lists() {
  for (int kind = 0; kind < num_event_kinds; ++kind) {
    if (m_.lists[kind].empty()) continue;
    dispatch(kind, {m_.lists[kind].data(), m_.lists[kind].size()});
    m_.lists[kind].clear();
  }
}

/// Hands each account's earliest event to its kind's list; an account's other events wait for the next round.
void Batch::select(const std::vector<Event>& pending) {
  epoch_ += 2;  // the lowest bit says that an account has more than one event
  bool is_crowded = false;
  Account* const accounts = m_.accounts.data();
  for (const Event& event : pending) {
    if (event.account == no_account) continue;
    std::uint32_t& stamp = accounts[event.account].stamp;
    const bool seen = (stamp | 1) == (epoch_ | 1);
    stamp = epoch_ | (seen ? 1u : 0u);
    is_crowded |= seen;
  }
  if (!is_crowded) {
    for (const Event& event : pending) m_.lists[static_cast<int>(event.kind())].push_back(event);
    return;
  }
  m_.crowded.clear();
  for (const Event& event : pending) {
    if (event.account != no_account && (m_.accounts[event.account].stamp & 1) != 0)
      m_.crowded.push_back(event);
    else
      m_.lists[static_cast<int>(event.kind())].push_back(event);
  }
  std::stable_sort(m_.crowded.begin(), m_.crowded.end(), [](const Event& a, const Event& b) {
    if (a.account != b.account) return a.account < b.account;
    if (a.time != b.time) return a.time < b.time;
    return rank_of(a.kind()) < rank_of(b.kind());
  });
  for (std::size_t i = 0; i < m_.crowded.size(); ++i) {
    const bool is_first = i == 0 || m_.crowded[i].account != m_.crowded[i - 1].account;
    if (is_first)
      m_.lists[static_cast<int>(m_.crowded[i].kind())].push_back(m_.crowded[i]);
    else
      m_.next.push_back(m_.crowded[i]);
  }
}

void Batch::dispatch(int kind, Events events) {
  switch (static_cast<EventKind>(kind)) {
    case EventKind::contract_end:
      return handle_contract_end(events);
    case EventKind::purchase:
      return;  // happens where the deal is won
    case EventKind::value_realised:
      return handle_value_realised(events);
    case EventKind::incident:
      return handle_incident(events);
    case EventKind::positioning:
    case EventKind::favour:
    case EventKind::thanks:
      return handle_touch_only(events);
    case EventKind::testimonial_request:
      return handle_testimonial_request(events);
    case EventKind::organic_moment:
      return handle_organic(events);
    case EventKind::introduction:
      return handle_introduction(events);
    case EventKind::maybe_return:
      return handle_maybe_return(events);
    case EventKind::opening:
      return handle_opening(events);
    case EventKind::moment:
      return handle_moment(events);
    case EventKind::call:
      return handle_call(events);
    case EventKind::renewal_call:
      return handle_renewal_call(events);
    case EventKind::serving:
      return handle_serving(events);
    case EventKind::decision:
    case EventKind::cold_decision:
      return handle_decision(events);
    case EventKind::survey:
    case EventKind::willingness:
      return handle_predicted(events);
    case EventKind::backlog:
      return handle_backlog(events);
    case EventKind::attempt:
      return handle_attempt(events);
    case EventKind::lead:
      return handle_lead(events);
    case EventKind::arrival:
      return handle_arrival(events);
  }
}

void Batch::apply_cut(const Cut& cut) {
  if (cut.bin < 0)
    take_over();
  else
    report_fatigue(cut.bin, cut.time);
}

void Batch::check_stop(std::size_t num_events) {
  constexpr std::size_t events_between_checks = 4096;
  since_check_ += num_events;
  if (since_check_ < events_between_checks) return;
  since_check_ = 0;
  if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) throw Stopped{};
}

void Batch::fail_ordinal(const char* what, const char* remedy) const {
  throw Error(ExitCode::resources, fmt::format("one account or company has more than {} {} (a draw's ordinal has 16 "
                                               "bits); {}",
                                               random::max_ordinal, what, remedy));
}

void Batch::fail_accounts(double time) const {
  throw Error(
      ExitCode::resources,
      fmt::format(
          "more than max_accounts = {} accounts on day {:.0f} (referrals breed referrals without limit when each "
          "customer brings more than one); raise experiment.max_accounts, shorten experiment.horizon_days, or "
          "limit the names or the asks",
          model_.max_accounts, time));
}

void Batch::fail_money() const {
  throw Error(ExitCode::resources,
              "an amount of money is too large to be counted exactly (2e11 currency units at once, 9e14 in a "
              "world); give all money in a larger unit, such as thousands");
}

}  // namespace vouch::simulation
