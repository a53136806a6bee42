// SPDX-License-Identifier: Apache-2.0
#include "reference/world.hpp"

namespace vouch::reference {

using model::Feature;
using model::Metric;
using model::OutcomeKind;
using model::TouchKind;
using random::Decision;

void World::end_contract(const Event& event) {
  const double t = event.time;
  Account& account = accounts_[event.account];
  count(Metric::contract_ends, account, t);
  const bool referrer_active = account.referrer != nobody && accounts_[account.referrer].is_active();
  const double p = compute_probability(OutcomeKind::renew, 0, account.segment, [&](Feature feature) {
    if (feature == Feature::referrer_active) return referrer_active ? 1.0 : 0.0;
    return read_feature(account, feature, t, account.quality);
  });
  if (!draw_happens(account.lineage, Decision::renew, event.ordinal, p)) return lose(account, t);
  const model::Manners& manners = manners_at(t);
  if (manners.expansion) {
    if (manners.desk.runs && manners.desk.renewals) {
      renew_with_desk(event.account, event.ordinal, t);
    } else {
      offer_expansion(account, event.ordinal, t, {});
    }
  }
  for (int program = 0; program < static_cast<int>(strategy_.programs.size()); ++program) {
    if (strategy_.programs[program].triggers & model::on_renewal) fire(event.account, program, t);
  }
  schedule_contract_end(event.account, t, event.ordinal + 1, t);
}

void World::lose(Account& account, double t) {
  account.lost_time = t;
  count(Metric::lost_customers, account, t);
  count(model::Series::series_lost_customers, t);
  report_fatigue_to(account, t);
  release_company(account.company, t);
}

void World::purchase(const Event& event) {
  const double t = event.time;
  Account& account = accounts_[event.account];
  land(account, TouchKind::purchase, t);
  count(Metric::new_customers, account, t);
  count(Metric::new_value, account, t, account.contract_value);
  if (!account.referred) {
    count(Metric::cold_wins, account, t);
    count(Metric::cold_value, account, t, account.contract_value);
    count(model::Series::series_cold_wins, t);
  } else if (accounts_[account.referrer].is_bystander) {
    count(Metric::partner_wins, account, t);
    count(Metric::partner_value, account, t, account.contract_value);
    count(model::Series::series_partner_wins, t);
  } else {
    count(Metric::referral_wins, account, t);
    count(Metric::referral_value, account, t, account.contract_value);
    count(model::Series::series_referral_wins, t);
  }
  begin_life(event.account, t);
}

void World::realise_value(const Event& event) {
  const double t = event.time;
  Account& account = accounts_[event.account];
  account.value_realised = true;
  count(Metric::values_realised, account, t);
  land(account, TouchKind::value_realised, t);
  for (int program = 0; program < static_cast<int>(strategy_.programs.size()); ++program) {
    const model::Program& p = strategy_.programs[program];
    if (p.triggers & model::on_value_realised) fire(event.account, program, t);
    if ((p.triggers & model::on_testimonial) && is_running(program, t) && account.programs[program].in_reach) {
      schedule({.time = t + p.testimonial_delay_days,
                .rank = Rank::testimonial_request,
                .account = event.account,
                .kind = EventKind::testimonial_request,
                .program = program});
    }
  }
}

void World::request_testimonial(const Event& event) {
  const double t = event.time;
  const model::Program& program = strategy_.programs[event.program];
  Account& account = accounts_[event.account];
  if (account.opted_out || !is_running(event.program, t)) return;
  if (account.testimonial) {
    fire(event.account, event.program, t);
    return;
  }
  const double p = compute_account_probability(OutcomeKind::testimonial, account, 1 + event.program, t);
  const bool gives = draw_happens(account.lineage, Decision::testimonial, account.num_requests, p);
  ++account.num_requests;
  count(Metric::testimonial_requests, account, t);
  land(account, TouchKind::testimonial_request, t);
  if (gives) {
    account.testimonial = true;
    count(Metric::testimonials, account, t);
    fire(event.account, event.program, t);
    return;
  }
  count(Metric::complaints, account, t);
  if (program.recovery) land(account, TouchKind::service_recovery, t);
  schedule({.time = t + program.testimonial_retry_days,
            .rank = Rank::testimonial_request,
            .account = event.account,
            .kind = EventKind::testimonial_request,
            .program = event.program});
}

void World::do_favour(const Event& event) {
  const model::Program& program = strategy_.programs[event.program];
  Account& account = accounts_[event.account];
  if (!is_running(event.program, event.time)) return;
  if (guard_holds(program.favour_guard, account, event.time)) {
    count(Metric::favours, account, event.time);
    land(account, TouchKind::favour, event.time);
  }
  Event next = event;
  next.time += program.favour_gap_days;
  schedule(next);
}

void World::land_thanks(const Event& event) {
  Account& account = accounts_[event.account];
  count(Metric::thanks, account, event.time);
  land(account, event.thanks->touch, event.time);
  if (event.touch == TouchKind::thanks_for_promise || event.touch == TouchKind::thank_you ||
      event.touch == TouchKind::thanks_from_customer) {
    account.was_thanked = true;
  }
}

void World::meet_organic_moment(const Event& event) {
  const double t = event.time;
  Account& account = accounts_[event.account];
  count(Metric::organic_moments, account, t);
  schedule_organic_moment(event.account, t, event.ordinal + 1);
  if (account.peers_left <= 0.0) return;
  const double p = compute_account_probability(OutcomeKind::organic, account, 0, t);
  if (!draw_happens(account.lineage, Decision::organic, event.ordinal, p)) return;
  if (!account.unlimited_peers) account.peers_left -= 1.0;
  const int prospect = name_person(event.account, 1, t);
  prospects_[prospect].introduced = true;
  refer(prospect, t);
}

}  // namespace vouch::reference
