// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "random/maths.hpp"
#include "reference/world.hpp"

namespace vouch::reference {

using model::Feature;
using model::Funnel;
using model::Metric;
using model::OutcomeKind;
using model::TouchKind;
using random::Decision;

/// An introduction made, or a bare name given, at t.
void World::refer(int index, double t) {
  const Prospect& person = prospects_[index];
  Account& referrer = accounts_[person.referrer];
  referrer.has_referred = true;
  ++referrer.num_referrals;
  if (referrer.first_referral == never) referrer.first_referral = t;
  if (t <= referrer.purchase + model_.follow_up_days) ++referrer.matched_referrals;
  count(person.introduced ? Funnel::introduced : Funnel::bare, person, t);
  count(model::Series::series_introduced, t);
  const model::Conduct& conduct = conduct_of(person, t);
  schedule_thanks(person.referrer, conduct.introduction, TouchKind::thank_you, t);
  schedule_thanks(person.referrer, conduct.status_report, TouchKind::status_report, t);
  reach_us(index, t);
}

/// A lead, a name or an introduction becomes a deal, or fails to qualify.
void World::reach_us(int index, double t) {
  Prospect& prospect = prospects_[index];
  count(Funnel::leads, prospect, t);
  if (!draw_happens(prospect.lineage, Decision::qualify, 0, compute_deal_probability(OutcomeKind::qualify, prospect))) {
    count(Funnel::unqualified, prospect, t);
    return;
  }
  if (!prospect.is_cold()) pay(accounts_[prospect.referrer], conduct_of(prospect, t).fee, t);
  double length = sample_positive(model_.segments[prospect.segment].cycle_days, prospect.lineage, Decision::cycle, 0);
  if (!prospect.is_cold()) length *= model_.referral_cycle_factor;
  const double opened = t + manners_at(t).follow_up_days;
  const double decision = opened + length;
  if (prospect.is_cold()) {
    if (decision < start_) return;
    const bool has_takeover = model_.takeover_days > start_;
    prospect.cohort = has_takeover && decision < model_.takeover_days ? cohort_existing : cohort_new;
  }
  prospect.has_deal = true;
  prospect.opened = opened;
  prospect.decision = decision;
  if (opened < horizon_) count(Funnel::opened, prospect, opened);
  if (opened < horizon_ && decision >= horizon_) count(Funnel::open_end, prospect, horizon_);
  schedule({.time = decision,
            .rank = Rank::deal_decision,
            .account = prospect.referrer,
            .kind = EventKind::deal_decision,
            .prospect = index});
}

/// Of `qualify` and `win`: the features of the deal alone.
double World::compute_deal_probability(OutcomeKind kind, const Prospect& prospect) const {
  const int source = prospect.program() < 0 ? 0 : 1 + prospect.program();
  return compute_probability(kind, source, prospect.segment, [&](Feature feature) {
    if (prospect.is_cold()) return 0.0;
    const Account& referrer = accounts_[prospect.referrer];
    double match = 0.0;
    if (referrer.segment == prospect.segment) match += model_.match.segment;
    if (referrer.size_class == prospect.size_class) match += model_.match.size_class;
    if (referrer.seniority == prospect.seniority) match += model_.match.seniority;
    switch (feature) {
      case Feature::referred:
        return 1.0;
      case Feature::introduced:
        return prospect.introduced ? 1.0 : 0.0;
      case Feature::mentioned:
        return prospect.mentioned ? 1.0 : 0.0;
      case Feature::rep_tie:
        return referrer.rep_tie;
      case Feature::referrer_quality:
        return referrer.quality;
      case Feature::peer_tie:
        return prospect.peer_tie;
      case Feature::match:
        return match;
      // Amounts do not change while a deal is open: organic referrals earn none, programs keep theirs.
      case Feature::customer_reward:
        return maths::log(1.0 + conduct_of(prospect, prospect.named_time).reward_customer / 100.0);
      default:
        return 0.0;
    }
  });
}

void World::decide_deal(const Event& event) {
  const double t = event.time;
  const Prospect& prospect = prospects_[event.prospect];
  const double p = compute_deal_probability(OutcomeKind::win, prospect);
  if (draw_happens(prospect.lineage, Decision::win, 0, p)) return win_deal(event.prospect, t);
  count(Funnel::lost, prospect, t);
  if (prospect.is_cold() || !accounts_[prospect.referrer].is_active()) return;
  land(accounts_[prospect.referrer], TouchKind::referral_lost, t);
}

void World::win_deal(int index, double t) {
  const Prospect prospect = prospects_[index];
  count(Funnel::won, prospect, t);
  if (t >= 0.0 && prospect.opened >= 0.0 && prospect.opened <= horizon_ - model_.follow_up_days) {
    count(Funnel::close_days, prospect, t,
          static_cast<std::int64_t>(round_half_even((t - prospect.opened) * model::fixed_point_one)));
    count(Funnel::close_wins, prospect, t);
  }
  Account winner = make_account(prospect.lineage, prospect.segment, t, !prospect.is_cold());
  winner.cohort = prospect.cohort;
  winner.size_class = prospect.size_class;
  winner.seniority = prospect.seniority;
  winner.referrer = prospect.referrer;
  winner.generation = prospect.is_cold() ? 0 : accounts_[prospect.referrer].generation + 1;
  const double value = to_currency(winner.contract_value);
  const int winner_index = add_account(std::move(winner));
  schedule({.time = t, .rank = Rank::purchase, .account = winner_index, .kind = EventKind::purchase});
  if (prospect.is_cold()) return;

  Account& referrer = accounts_[prospect.referrer];
  const model::Conduct& conduct = conduct_of(prospect, t);
  pay(referrer, conduct.reward_referrer, t);
  pay(referrer, conduct.reward_customer, t);
  pay(referrer, conduct.commission * value, t);
  if (t <= referrer.purchase + model_.follow_up_days) ++referrer.matched_wins;
  count(model::Curve::quality_wins, compute_band(model::quality_band_edges, referrer.quality), t);
  const double tenure_bands = std::floor((t - referrer.purchase) / model::tenure_band_days);
  count(model::Curve::tenure_wins, static_cast<int>(std::min<double>(model::num_tenure_bands - 1, tenure_bands)), t);
  count(model::Curve::generation_wins, std::min(static_cast<int>(referrer.generation), model::num_generations - 1), t);
  count(model::Curve::peers_wins, compute_band(model::peers_band_edges, referrer.peers_at_first), t);
  if (!referrer.is_active()) return;
  schedule_thanks(prospect.referrer, conduct.win, TouchKind::thank_you, t);
  schedule_thanks(prospect.referrer, conduct.recognition, TouchKind::recognition, t);
  schedule_thanks(prospect.referrer, conduct.reward, TouchKind::reward, t);
  schedule_thanks(prospect.referrer, conduct.from_customer, TouchKind::thanks_from_customer, t);
  if (!conduct.acknowledges) {
    schedule({.time = t + 30.0, .rank = Rank::thanks, .account = prospect.referrer, .kind = EventKind::unacknowledged});
  }
  for (int program = 0; program < static_cast<int>(strategy_.programs.size()); ++program) {
    const bool concerns = prospect.program() < 0 || prospect.program() == program;
    if (concerns && (strategy_.programs[program].triggers & model::on_referral_won))
      fire(prospect.referrer, program, t);
  }
}

/// A reward, commission or fee for the referrer's referral, undiscounted `amount` in currency.
void World::pay(Account& referrer, double amount, double t) {
  const Money money = to_money(amount * compute_discount(t));
  count(Metric::reward_cost, referrer, t, money);
  count(Metric::net_value, referrer, t, -money);
  if (t >= 0.0 && t <= referrer.purchase + model_.follow_up_days) referrer.matched_costs += money;
}

void World::schedule_thanks(int account, const model::Thanks& thanks, TouchKind touch, double t) {
  if (!thanks.enabled) return;
  schedule({.time = t + thanks.delay_days,
            .rank = Rank::thanks,
            .account = account,
            .kind = EventKind::thanks,
            .thanks = &thanks,
            .touch = touch});
}

}  // namespace vouch::reference
