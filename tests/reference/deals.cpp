// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

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
  prospect.company = find_company(prospect);
  if (prospect.company != nobody) {
    choose_categories(find_visitor(companies_[prospect.company]), prospect.segment, prospect.size_class,
                      prospect.seniority);
  }
  count(Funnel::leads, prospect, t);
  count(model::Series::series_leads, t);
  if (!draw_happens(prospect.lineage, Decision::qualify, 0, compute_deal_probability(OutcomeKind::qualify, prospect))) {
    count(Funnel::unqualified, prospect, t);
    return;
  }
  prospect.deal_lineage = prospect.lineage;
  const double follow_up = manners_at(t).follow_up_days;
  if (follow_up == 0.0) return open_deal(index, t);
  if (!(t + follow_up < horizon_)) count(Funnel::waiting, prospect, t);
  schedule_of_deal(index, t + follow_up, Rank::opening, EventKind::opening);
}

/// Unless the company is taken; then it is a duplicate.
void World::open_deal(int index, double t) {
  Prospect& prospect = prospects_[index];
  Company* company = prospect.company == nobody ? nullptr : &companies_[prospect.company];
  if (model_.segments[prospect.segment].is_finite) {
    if (company == nullptr || t < company->free_at) {
      count(Funnel::duplicates, prospect, t);
      count(model::Series::series_duplicates, t);
      return;
    }
    prospect.deal_lineage = find_visitor(*company);
  }
  double length =
      sample_positive(model_.segments[prospect.segment].cycle_days, prospect.deal_lineage, Decision::cycle, 0);
  if (!prospect.is_cold()) length *= model_.referral_cycle_factor;
  const double decision = t + length;
  if (prospect.is_cold()) {
    if (decision < start_) return;
    const bool has_takeover = model_.takeover_days > start_;
    prospect.cohort = has_takeover && decision < model_.takeover_days ? cohort_existing : cohort_new;
  }
  if (company != nullptr) {
    ++company->visit;
    company->free_at = never;
  }
  prospect.has_deal = true;
  prospect.opened = t;
  prospect.decision = decision;
  count(Funnel::opened, prospect, t);
  count(model::SourceSeries::series_source_opened, prospect, t);
  if (!prospect.is_cold()) pay(accounts_[prospect.referrer], conduct_of(prospect, t).fee, t);
  plan_moments(index, length);
  schedule_next_step(index);
}

/// On the referrer's account, or on none.
void World::schedule_of_deal(int index, double t, Rank rank, EventKind kind, Call call) {
  const Prospect& prospect = prospects_[index];
  schedule({.time = t,
            .rank = rank,
            .account = prospect.referrer,
            .identity = prospect.deal_lineage,
            .kind = kind,
            .prospect = index,
            .call = call});
}

/// As the deal stands; nothing late has happened when it qualifies.
double World::read_deal_feature(const Prospect& prospect, Feature feature) const {
  if (feature == Feature::credibility_gap) return prospect.credibility_gap ? 1.0 : 0.0;
  if (feature == Feature::access_gap) return prospect.access_gap ? 1.0 : 0.0;
  if (feature >= model::first_late_feature) return read_proof(prospect.proof, feature);
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
}

/// Of `qualify` and `win`.
double World::compute_deal_probability(OutcomeKind kind, const Prospect& prospect) const {
  const int source = prospect.program() < 0 ? 0 : 1 + prospect.program();
  return compute_probability(kind, source, prospect.segment,
                             [&](Feature feature) { return read_deal_feature(prospect, feature); });
}

void World::decide_deal(const Event& event) {
  const double t = event.time;
  Prospect& prospect = prospects_[event.prospect];
  prospect.decided = t;
  if (prospect.credibility_gap) count(Funnel::credibility_open, prospect, t);
  if (prospect.access_gap) count(Funnel::access_open, prospect, t);
  const double p = compute_deal_probability(OutcomeKind::win, prospect);
  if (draw_happens(prospect.deal_lineage, Decision::win, 0, p)) return win_deal(event.prospect, t);
  count(Funnel::lost, prospect, t);
  count(model::SourceSeries::series_source_lost, prospect, t);
  release_company(prospect.company, t);
  if (prospect.is_cold() || !accounts_[prospect.referrer].is_active()) return;
  land(accounts_[prospect.referrer], TouchKind::referral_lost, t);
}

void World::win_deal(int index, double t) {
  const Prospect prospect = prospects_[index];
  count(Funnel::won, prospect, t);
  count(model::SourceSeries::series_source_won, prospect, t);
  if (t >= 0.0 && prospect.opened >= 0.0 && prospect.opened <= horizon_ - model_.follow_up_days) {
    count(Funnel::close_days, prospect, t,
          static_cast<std::int64_t>(round_half_even((t - prospect.opened) * model::fixed_point_one)));
    count(Funnel::close_wins, prospect, t);
  }
  Account winner = make_account(prospect.deal_lineage, prospect.segment, t, !prospect.is_cold());
  winner.cohort = prospect.cohort;
  // A call may have put off what was planned for before the takeover.
  const bool has_takeover = model_.takeover_days > start_;
  if (prospect.is_cold()) winner.cohort = has_takeover && t < model_.takeover_days ? cohort_existing : cohort_new;
  winner.territory = prospect.territory;
  winner.company = prospect.company;
  winner.size_class = prospect.size_class;
  winner.seniority = prospect.seniority;
  winner.referrer = prospect.referrer;
  winner.generation = prospect.is_cold() ? 0 : accounts_[prospect.referrer].generation + 1;
  const Money value = winner.contract_value;
  const int winner_index = add_account(std::move(winner));
  schedule({.time = t, .rank = Rank::purchase, .account = winner_index, .kind = EventKind::purchase});
  if (prospect.is_cold()) return;

  Account& referrer = accounts_[prospect.referrer];
  const model::Conduct& conduct = conduct_of(prospect, t);
  pay(referrer, conduct.reward_referrer, t);
  pay(referrer, conduct.reward_customer, t);
  pay(referrer, conduct.commission * to_currency(value), t);
  report_win(referrer, value, t);
  if (referrer.is_active()) acknowledge_win(prospect, t);
}

/// A win by a referral, with the winner's contract value a year.
void World::report_win(Account& referrer, Money value, double t) {
  if (referrer.is_bystander) return;
  if (t <= referrer.purchase + model_.follow_up_days) {
    ++referrer.matched_wins;
    referrer.matched_value += value;
  }
  count(model::Curve::quality_wins, compute_band(model::quality_band_edges, referrer.quality), t);
  count(model::Curve::tenure_wins, compute_tenure_band(t - referrer.purchase), t);
  count(model::Curve::generation_wins, std::min(static_cast<int>(referrer.generation), model::num_generations - 1), t);
  count(model::Curve::peers_wins, compute_band(model::peers_band_edges, referrer.peers_at_first), t);
}

/// What a win brings to its referrer.
void World::acknowledge_win(const Prospect& prospect, double t) {
  const model::Conduct& conduct = conduct_of(prospect, t);
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
  count(model::Series::series_reward_cost, t, money);
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
