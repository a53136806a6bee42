// SPDX-License-Identifier: Apache-2.0
// Who there is: existing accounts, winners of deals, their traits and what is drawn for them once.
#include <algorithm>
#include <cmath>

#include "random/maths.hpp"
#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Metric;
using model::TouchKind;
using random::Decision;

namespace {

constexpr double shortest_contract_days = 1e-6;
constexpr double most_peers = 1e9;

std::uint8_t find_band(double x, const double (&edges)[4]) noexcept {
  std::uint8_t band = 0;
  while (band < 4 && x >= edges[band]) ++band;
  return band;
}

/// Calls `work` with at most group_size elements at a time.
template <typename Work>
void for_groups(std::span<const std::uint32_t> all, const Work& work) {
  for (std::size_t i = 0; i < all.size(); i += group_size)
    work(all.subspan(i, std::min<std::size_t>(group_size, all.size() - i)));
}

}  // namespace

void Batch::create_existing() {
  std::vector<std::uint32_t> bystanders;
  m_.newcomers.clear();
  for (int s = 0; s < num_segments_; ++s)
    for (std::uint32_t member = 0; member < model_.segments[s].accounts; ++member)
      for (std::size_t w = 0; w < keys_.size(); ++w) {
        const std::uint32_t index = create_member(s, member, static_cast<std::uint16_t>(w));
        if (model_.segments[s].are_bystanders) {
          bystanders.push_back(index);
          continue;
        }
        m_.newcomers.push_back(index);
        change_level(static_cast<std::uint16_t>(w), model::Series::series_active, start_, 1);
      }
  begin_accounts(m_.newcomers);
  for (const std::uint32_t index : m_.newcomers) {
    const Account& account = m_.accounts[index];
    const Money value = contract_value_of(index);
    add_money(account, Metric::start_value, value);
    change_level(account.world, model::Series::series_contract_value, start_, value);
  }
  begin_bystanders(bystanders);
}

/// An account that is present at the start.
std::uint32_t Batch::create_member(int s, std::uint32_t member, std::uint16_t world) {
  const model::Segment& segment = model_.segments[s];
  const random::Lineage lineage = random::compute_member_lineage(segment.id, member);
  const std::uint32_t index = add_account();
  Account& account = m_.accounts[index];
  account.lineage = lineage;
  account.referrer = no_account;
  account.flags = initial;
  account.segment = static_cast<std::uint8_t>(s);
  account.cell = static_cast<std::uint8_t>(s * model::num_cohorts);
  account.world = world;
  account.purchase = start_;
  if (segment.are_bystanders)
    account.flags |= bystander;
  else
    account.purchase -= std::max(0.0, random::sample(segment.tenure_days, keys_[world], lineage, Decision::tenure, 0));
  account.size_class = choose_category(segment.size_class, world, lineage, Decision::size_class);
  account.seniority = choose_category(segment.seniority, world, lineage, Decision::seniority);
  enter_account(index);
  if (is_coupled_ && segment.is_finite) m_.account_ties[index].company = member;
  if (has_ties_) m_.account_ties[index].territory = draw_territory(world, lineage);
  return index;
}

void Batch::begin_bystanders(std::span<const std::uint32_t> accounts) {
  for_groups(accounts, [&](std::span<const std::uint32_t> some) {
    m_.group.clear();
    for (const std::uint32_t index : some) add_row(m_.group, index, start_, 0, 0);
    draw_traits(some);
    for (const std::uint32_t index : some) start_programs(index, start_, false);
  });
}

/// A customer without a past; the caller fills it in place and then enters it.
std::uint32_t Batch::add_account() {
  const std::uint32_t index = m_.accounts.grow();
  Account& account = m_.accounts[index];
  account = Account{};
  account.lost = model::infinite;
  account.last_ask = -model::infinite;
  return index;
}

void Batch::enter_account(std::uint32_t index) {
  Account& account = m_.accounts[index];
  if (++m_.num_accounts[account.world] > model_.max_accounts) fail_accounts(account.purchase);
  if (account.purchase >= 0.0 && account.purchase <= matched_until_ && !account.has(bystander))
    account.flags |= matched;
  if (has_ties_) m_.account_ties.push_back(AccountTies{});
  for (int s = 0; s < num_stocks_; ++s) m_.stocks[m_.stocks.grow()] = {0.0, start_};
  for (int p = 0; p < num_programs_; ++p) m_.programs[m_.programs.grow()] = ProgramState{};
  if (varies_quality_) m_.quality.push_back(0.0);
  if (varies_rep_tie_) m_.rep_tie.push_back(0.0);
  if (varies_value_) m_.contract_value.push_back(0);
  if (any_expansion_) m_.expansions.push_back({0.0, 0});
}

std::uint32_t Batch::create_winner(const Prospect& prospect, std::uint32_t referrer, std::uint16_t world, double time) {
  const std::uint32_t index = add_account();
  Account& account = m_.accounts[index];
  account.lineage = prospect.lineage;
  account.purchase = time;
  account.referrer = referrer;
  account.world = world;
  account.segment = prospect.segment;
  account.size_class = prospect.size_class;
  account.seniority = prospect.seniority;
  int cohort = time < model_.takeover_days ? 0 : 1;
  if (referrer != no_account) {
    const Account& root = m_.accounts[referrer];
    account.flags = referred;
    account.generation = static_cast<std::uint16_t>(std::min(root.generation + 1, 0xffff));
    cohort = root.cell % model::num_cohorts;
  }
  account.cell = static_cast<std::uint8_t>(account.segment * model::num_cohorts + cohort);
  enter_account(index);
  return index;
}

void Batch::begin_accounts(std::span<const std::uint32_t> accounts) {
  const Landing& purchase = landings_[static_cast<int>(TouchKind::purchase)];
  for_groups(accounts, [&](std::span<const std::uint32_t> some) {
    Group& group = m_.group;
    group.clear();
    for (const std::uint32_t index : some) add_row(group, index, m_.accounts[index].purchase, 0, 0);
    draw_traits(some);
    if (!m_.accounts[some[0]].has(initial)) read_stocks(group, purchase.reads);
    for (int i = 0; i < group.size && !purchase.is_empty; ++i) {
      if (m_.accounts[some[i]].has(initial))
        land_alone(purchase, some[i], group.time[i], true);
      else
        land(purchase, group, i);
    }
    schedule_value(some);
    schedule_contract(some);
    for (const std::uint32_t index : some) {
      if (!any_incident_ && !any_organic_) break;
      const Account& account = m_.accounts[index];
      const double from = std::max(account.purchase, start_);
      schedule_gap(EventKind::incident, Decision::incident_gap, account, index, from, 0);
      schedule_gap(EventKind::organic_moment, Decision::organic_gap, account, index, from, 0);
    }
    for (const std::uint32_t index : some) {
      const double time = std::max(m_.accounts[index].purchase, start_);
      start_programs(index, time, m_.accounts[index].purchase == time);
    }
  });
}

/// Fills the traits of the accounts, which stand in m_.group in the same order.
void Batch::draw_traits(std::span<const std::uint32_t> accounts) {
  const auto sample_trait = [&](random::Distribution model::Segment::*trait, Decision decision) {
    for (std::size_t i = 0; i < accounts.size(); ++i)
      families_[i] = &(model_.segments[m_.accounts[accounts[i]].segment].*trait);
    sample_rows(m_.group, decision, variates_);
  };
  if (varies_quality_) {
    sample_trait(&model::Segment::quality, Decision::quality);
    for (std::size_t i = 0; i < accounts.size(); ++i) m_.quality[accounts[i]] = variates_[i];
  }
  for (const std::uint32_t index : accounts)
    m_.accounts[index].quality_band = find_band(quality_of(index), model::quality_band_edges);
  if (limits_peers_)
    sample_trait(&model::Segment::peers, Decision::peers);
  else
    std::fill(variates_, variates_ + accounts.size(), 0.0);
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    Account& account = m_.accounts[accounts[i]];
    const bool unlimited = model_.segments[account.segment].unlimited_peers;
    account.peers_left = static_cast<std::uint32_t>(std::clamp(std::floor(variates_[i]), 0.0, most_peers));
    if (!unlimited) account.flags |= has_peer_limit;
    account.peers_band = unlimited ? 4 : find_band(account.peers_left, model::peers_band_edges);
  }
  if (varies_rep_tie_) {
    sample_trait(&model::Segment::rep_tie, Decision::rep_tie);
    for (std::size_t i = 0; i < accounts.size(); ++i) m_.rep_tie[accounts[i]] = std::clamp(variates_[i], 0.0, 1.0);
  }
  if (varies_value_) {
    sample_trait(&model::Segment::contract_value, Decision::contract_value);
    for (std::size_t i = 0; i < accounts.size(); ++i) {
      const double drawn = std::max(0.0, variates_[i]);
      m_.contract_value[accounts[i]] =
          to_checked_money(m_.accounts[accounts[i]].has(referred) ? drawn * model_.referral_value_factor : drawn);
    }
  }
}

void Batch::schedule_value(std::span<const std::uint32_t> accounts) {
  for (std::size_t i = 0; i < accounts.size(); ++i)
    families_[i] = &model_.segments[m_.accounts[accounts[i]].segment].time_to_value_days;
  sample_rows(m_.group, Decision::time_to_value, variates_);
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    Account& account = m_.accounts[accounts[i]];
    const double probability = model_.segments[account.segment].value_probability;
    if (probability < 1.0 &&
        !random::happens(random::draw_word(key_of(account), account.lineage, Decision::value_probability, 0),
                         probability))
      continue;
    const double time = account.purchase + std::max(0.0, variates_[i]);
    if (time >= start_) {
      push(make_event(EventKind::value_realised, time, accounts[i]));
      continue;
    }
    account.flags |= value_realised;
    enlist_reference(accounts[i]);
    land_alone(landings_[static_cast<int>(TouchKind::value_realised)], accounts[i], time, true);
  }
}

void Batch::schedule_contract(std::span<const std::uint32_t> accounts) {
  for (std::size_t i = 0; i < accounts.size(); ++i)
    families_[i] = &model_.segments[m_.accounts[accounts[i]].segment].contract_days;
  sample_rows(m_.group, Decision::contract_days, variates_);
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const Account& account = m_.accounts[accounts[i]];
    const random::Distribution& length = model_.segments[account.segment].contract_days;
    double end = account.purchase + std::max(shortest_contract_days, variates_[i]);
    std::uint32_t contract = 0;
    while (end < start_) {
      if (++contract > random::max_ordinal) fail_ordinal("contracts before the start");
      end += std::max(shortest_contract_days,
                      random::sample(length, key_of(account), account.lineage, Decision::contract_days, contract));
    }
    push(make_event(EventKind::contract_end, end, accounts[i], 0, 0, contract));
  }
}

void Batch::schedule_gap(EventKind kind, Decision decision, const Account& account, std::uint32_t index, double time,
                         std::uint32_t ordinal) {
  const model::Segment& segment = model_.segments[account.segment];
  double rate = kind == EventKind::incident ? segment.incidents_per_day : segment.organic_per_day;
  if (rate <= 0.0) return;
  if (ordinal > random::max_ordinal) fail_ordinal("incidents or organic moments");
  if (kind == EventKind::incident && segment.incident_quality != 0.0)
    rate *= maths::exp(-segment.incident_quality * quality_of(index));
  if (rate <= 0.0) return;
  const double u = random::to_open_unit(random::draw_word(key_of(account), account.lineage, decision, ordinal));
  push(make_event(kind, time + -maths::log(u) / rate, index, 0, 0, ordinal));
}

void Batch::start_leads() {
  m_.lead_count.assign(keys_.size() * static_cast<std::size_t>(num_segments_), 0);
  for (std::size_t w = 0; w < keys_.size(); ++w) {
    for (int s = 0; s < num_segments_; ++s) {
      const model::Segment& segment = model_.segments[s];
      if (segment.leads_per_day <= 0.0) continue;
      const random::Lineage lineage = random::compute_lead_lineage(segment.id, 0);
      const double u = random::to_open_unit(random::draw_word(keys_[w], lineage, Decision::lead_gap, 0));
      push(make_indexed_event(EventKind::lead, start_ - segment.pipeline_days + -maths::log(u) / segment.leads_per_day,
                              no_account, static_cast<std::uint32_t>(w * num_segments_ + s)));
    }
  }
}

}  // namespace vouch::simulation
