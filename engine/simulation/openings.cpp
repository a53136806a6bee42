// SPDX-License-Identifier: Apache-2.0
// From a qualified prospect to an open deal, and what is counted of a deal's time.
#include <algorithm>

#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Funnel;
using model::OutcomeKind;
using model::Series;
using random::Decision;

/// In a coupled world a deal opens when its time comes: somebody else may be first.
void Batch::await_opening(const Arrival& arrival) {
  Prospect& prospect = m_.prospects[arrival.prospect];
  prospect.eta = compute_deal_eta(chances_[static_cast<int>(OutcomeKind::win)], arrival);
  prospect.time = arrival.time;
  const double follow_up = manners_at(arrival.time).follow_up_days;
  const double opened = arrival.time + follow_up;
  if (follow_up == 0.0)
    open_known(arrival.prospect, arrival.account, opened);
  else if (opened < horizon_)
    push(make_indexed_event(EventKind::opening, opened, arrival.account, arrival.prospect));
  else
    give_up_waiting(arrival.prospect, world_of_deal(prospect, arrival.account));
}

/// A deal that would open behind the horizon.
void Batch::give_up_waiting(std::uint32_t prospect, std::uint16_t world) {
  count_funnel(m_.prospects[prospect], world, Funnel::waiting, m_.prospects[prospect].time);
  m_.free_prospects.push_back(prospect);
}

void Batch::handle_opening(Events events) {
  for (const Event& event : events) open_known(event.index(), event.account, event.time);
}

/// Opens a deal whose time has come, unless its company of a finite market is taken.
void Batch::open_known(std::uint32_t index, std::uint32_t referrer, double opened) {
  Prospect& prospect = m_.prospects[index];
  const std::uint8_t segment = prospect.segment;
  const auto draw_cycle = [&] {
    return random::sample(model_.segments[segment].cycle_days, keys_[world_of_deal(prospect, referrer)],
                          prospect.lineage, Decision::cycle, 0);
  };
  if (!model_.segments[segment].is_finite) {
    open_deal(index, referrer, opened, draw_cycle());
    return;
  }
  const std::uint16_t world = world_of_deal(prospect, referrer);
  const std::uint32_t company = m_.prospect_ties[index].company;
#ifdef VOUCH_FAULT_known_opens
  if (company == no_company) {
#else
  if (company == no_company || opened < company_at(world, segment, company).free_at) {
#endif
    count_funnel(prospect, world, Funnel::duplicates, opened);
    count_series(world, Series::series_duplicates, opened);
    m_.free_prospects.push_back(index);
    return;
  }
  prospect.lineage = compute_visit_lineage(world, segment, company);
  if (!open_deal(index, referrer, opened, draw_cycle())) return;
  Company& state = company_at(world, segment, company);
  state.free_at = model::infinite;
  ++state.num_visits;
  change_level(world, Series::series_market_free, opened, -1);
}

/// Whether there ever is such a deal: one of the pipeline that was decided before the start is not, and one that
/// would open behind the horizon is not either.
bool Batch::open_deal(std::uint32_t index, std::uint32_t referrer, double opened, double cycle_days) {
  Prospect& prospect = m_.prospects[index];
  const bool is_cold = referrer == no_account;
  const std::uint16_t world = world_of_deal(prospect, referrer);
  const double cycle = std::max(0.0, cycle_days);
  const double length = is_cold ? cycle : cycle * model_.referral_cycle_factor;
  const double decided = opened + length;
  if (is_cold && decided < model_.takeover_days)
    prospect.cell = static_cast<std::uint8_t>(prospect.segment * model::num_cohorts);
  if (decided < start_) {
    ledger_.note(world, never_was, 1);
    m_.free_prospects.push_back(index);
    return false;
  }
  if (!(opened < horizon_)) {
    give_up_waiting(index, world);
    return false;
  }
  if (!is_cold)
    pay(referrer, conducts_[static_cast<std::size_t>(conduct_of(prospect.source, opened))].terms->fee, opened);
  prospect.time = opened;
  report_opening(prospect, world, opened, decided);
  if (runs_desk_) {
    begin_course(index, referrer, opened, length);
    return true;
  }
  if (has_gaps_) meet_gaps_ahead(prospect, world, opened, length);
  if (decided < horizon_)
    push(make_indexed_event(is_cold ? EventKind::cold_decision : EventKind::decision, decided, referrer, index));
  else
    m_.free_prospects.push_back(index);
  return true;
}

void Batch::change_open_deals(const Prospect& prospect, std::uint16_t world, double time, int change) const {
  if (num_bins_ == 0 || !(time < horizon_)) return;
  const int bin = bin_of(time);
  std::int64_t* const row = rows_[world];
  row[layout_.series(Series::series_open_deals, bin)] += change;
  row[layout_.source_series(model::SourceSeries::series_source_open_deals, bin, prospect.source)] += change;
  if (prospect.source != 0) row[layout_.series(Series::series_open_referral_deals, bin)] += change;
}

std::int64_t Batch::compute_open_days(double opened, double until) const {
  const double days = std::min(until, horizon_) - std::max(opened, 0.0);
  return days > 0.0 ? static_cast<std::int64_t>(round_half_even(days * model::fixed_point_one)) : 0;
}

/// Counts a deal whose decision is due at `decided`. Where a desk runs it may still move: until it is known, the deal
/// counts as open to the end.
void Batch::report_opening(const Prospect& prospect, std::uint16_t world, double opened, double decided) const {
  count_funnel(prospect, world, Funnel::opened, opened);
  count_source_series(world, model::SourceSeries::series_source_opened, prospect.source, opened);
  change_open_deals(prospect, world, opened, 1);
  const bool is_open = runs_desk_ || !(decided < horizon_);
  if (is_open) count_funnel(prospect, world, Funnel::open_end, horizon_);
  if (!is_open) change_open_deals(prospect, world, decided, -1);
  count_funnel(prospect, world, Funnel::open_days, horizon_, compute_open_days(opened, is_open ? horizon_ : decided));
}

void Batch::report_decision(const Prospect& prospect, std::uint16_t world, double time) const {
  const auto count_gap = [&](std::uint8_t gap, Funnel stage) {
    if ((prospect.flags & gap) != 0) count_funnel(prospect, world, stage, time);
  };
  count_gap(Prospect::credibility_gap, Funnel::credibility_open);
  count_gap(Prospect::access_gap, Funnel::access_open);
  if (!runs_desk_) return;
  count_funnel(prospect, world, Funnel::open_end, horizon_, -1);
  change_open_deals(prospect, world, time, -1);
  count_funnel(prospect, world, Funnel::open_days, horizon_,
               compute_open_days(prospect.time, time) - compute_open_days(prospect.time, horizon_));
}

}  // namespace vouch::simulation
