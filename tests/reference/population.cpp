// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "random/normal_quantile.hpp"
#include "reference/world.hpp"

namespace vouch::reference {

using random::Decision;

namespace {

double clamp_to_unit(double x) { return std::min(1.0, std::max(0.0, x)); }

}  // namespace

Account World::make_account(random::Lineage lineage, int segment, double purchase, bool referred) const {
  const model::Segment& s = model_.segments[segment];
  Account a;
  a.lineage = lineage;
  a.segment = segment;
  a.referred = referred;
  a.purchase = purchase;
  a.quality = sample(s.quality, lineage, Decision::quality, 0);
  const double z = maths::normal_quantile(random::to_open_unit(draw_word(lineage, Decision::quality_seen, 0)));
  a.quality_seen = a.quality + model_.survey_noise * z;
  a.rep_tie = clamp_to_unit(sample(s.rep_tie, lineage, Decision::rep_tie, 0));
  a.consent = draw_happens(lineage, Decision::consent, 0, s.reference_consent);
  const double value = sample_positive(s.contract_value, lineage, Decision::contract_value, 0);
  a.contract_value = to_money(referred ? value * model_.referral_value_factor : value);
  a.unlimited_peers = s.unlimited_peers;
  a.peers_at_first =
      s.unlimited_peers ? 1e6 : std::min(1e9, std::floor(sample_positive(s.peers, lineage, Decision::peers, 0)));
  a.peers_left = a.peers_at_first;
  a.stocks.assign(model_.stocks.size(), {0.0, start_});
  a.programs.resize(strategy_.programs.size());
  a.fatigue_reported_to = std::max(purchase, 0.0);
  return a;
}

int World::add_account(Account account) {
  if (accounts_.size() >= model_.max_accounts) throw Error(ExitCode::resources, "a world exceeds max_accounts");
  accounts_.push_back(std::move(account));
  return static_cast<int>(accounts_.size()) - 1;
}

/// 0 each when the scenario has no categories.
void World::choose_categories(random::Lineage lineage, int segment, int& size_class, int& seniority) const {
  const model::Segment& s = model_.segments[segment];
  size_class = s.size_class.empty() ? 0 : random::choose(s.size_class, draw_word(lineage, Decision::size_class, 0));
  seniority = s.seniority.empty() ? 0 : random::choose(s.seniority, draw_word(lineage, Decision::seniority, 0));
}

/// Of an existing account, company, lead or bystander.
int World::find_territory(random::Lineage lineage) const {
  if (model_.num_territories == 1) return 0;
  const double u = random::to_unit(draw_word(lineage, Decision::territory, 0));
  return static_cast<int>(std::floor(u * model_.num_territories));
}

void World::create_existing_accounts() {
  const bool has_takeover = model_.takeover_days > start_;
  for (int segment = 0; segment < model_.num_segments(); ++segment) {
    const model::Segment& s = model_.segments[segment];
    for (std::uint32_t i = 0; i < s.accounts; ++i) {
      const random::Lineage lineage = random::compute_member_lineage(s.id, i);
      const double purchase = start_ - sample_positive(s.tenure_days, lineage, Decision::tenure, 0);
      Account account = make_account(lineage, segment, s.are_bystanders ? start_ : purchase, false);
      account.present_at_start = true;
      account.territory = find_territory(lineage);
      choose_categories(lineage, segment, account.size_class, account.seniority);
      if (s.are_bystanders) {
        account.is_bystander = true;
        account.contract_value = 0;
        start_programs(add_account(std::move(account)), start_);
        continue;
      }
      account.cohort = !has_takeover || purchase < model_.takeover_days ? cohort_existing : cohort_new;
      if (s.is_finite) account.company = find_existing_company(segment, i);
      const int index = add_account(std::move(account));
      add(model::Metric::start_value, accounts_[index], accounts_[index].contract_value);
      land(accounts_[index], model::TouchKind::purchase, purchase, Booking::free);
      begin_life(index, start_);
    }
  }
}

/// Schedules what a purchase brings; what lies before `from` has happened already.
void World::begin_life(int index, double from) {
  Account& account = accounts_[index];
  const model::Segment& s = model_.segments[account.segment];
  if (draw_happens(account.lineage, Decision::value_probability, 0, s.value_probability)) {
    account.value_time =
        account.purchase + sample_positive(s.time_to_value_days, account.lineage, Decision::time_to_value, 0);
  }
  if (account.value_time < from) {
    account.value_realised = true;
    land(account, model::TouchKind::value_realised, account.value_time, Booking::free);
  } else {
    schedule({.time = account.value_time,
              .rank = Rank::value_realised,
              .account = index,
              .kind = EventKind::value_realised});
  }
  schedule_contract_end(index, account.purchase, 0, from);
  schedule_incident(index, from, 0);
  schedule_organic_moment(index, from, 0);
  start_programs(index, from);
}

/// The first end from contract `contract` on that is not before `not_before`.
void World::schedule_contract_end(int index, double previous_end, std::uint32_t contract, double not_before) {
  const Account& account = accounts_[index];
  const random::Distribution& days = model_.segments[account.segment].contract_days;
  double end = previous_end + std::max(1e-6, sample(days, account.lineage, Decision::contract_days, contract));
  while (end < not_before) {
    ++contract;
    end += std::max(1e-6, sample(days, account.lineage, Decision::contract_days, contract));
  }
  schedule({.time = end,
            .rank = Rank::contract_end,
            .account = index,
            .kind = EventKind::contract_end,
            .ordinal = contract});
}

void World::schedule_incident(int index, double t, std::uint32_t number) {
  const Account& account = accounts_[index];
  const model::Segment& s = model_.segments[account.segment];
  const double rate = s.incidents_per_day * maths::exp(-s.incident_quality * account.quality);
  if (!(rate > 0.0)) return;
  const double gap =
      -maths::log(random::to_open_unit(draw_word(account.lineage, Decision::incident_gap, number))) / rate;
  schedule({.time = t + gap, .rank = Rank::incident, .account = index, .kind = EventKind::incident, .ordinal = number});
}

void World::schedule_organic_moment(int index, double t, std::uint32_t number) {
  const Account& account = accounts_[index];
  const double rate = model_.segments[account.segment].organic_per_day;
  if (!(rate > 0.0)) return;
  const double gap =
      -maths::log(random::to_open_unit(draw_word(account.lineage, Decision::organic_gap, number))) / rate;
  schedule({.time = t + gap,
            .rank = Rank::organic_moment,
            .account = index,
            .kind = EventKind::organic_moment,
            .ordinal = number});
}

void World::create_leads() {
  for (int segment = 0; segment < model_.num_segments(); ++segment) {
    const model::Segment& s = model_.segments[segment];
    if (!(s.leads_per_day > 0.0)) continue;
    double t = start_ - s.pipeline_days;
    for (std::uint32_t arrival = 0;; ++arrival) {
      Prospect lead;
      lead.lineage = random::compute_lead_lineage(s.id, arrival);
      t += -maths::log(random::to_open_unit(draw_word(lead.lineage, Decision::lead_gap, 0))) / s.leads_per_day;
      if (t >= horizon_) break;
      lead.segment = segment;
      lead.named_time = t;
      lead.territory = find_territory(lead.lineage);
      choose_categories(lead.lineage, segment, lead.size_class, lead.seniority);
      prospects_.push_back(lead);
      schedule({.time = t,
                .rank = Rank::lead_arrival,
                .identity = lead.lineage,
                .kind = EventKind::lead_arrival,
                .prospect = static_cast<int>(prospects_.size()) - 1});
    }
  }
}

}  // namespace vouch::reference
