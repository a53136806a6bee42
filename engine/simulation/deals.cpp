// SPDX-License-Identifier: Apache-2.0
// From a lead or a name that reaches us to a deal's decision.
#include <algorithm>

#include "random/maths.hpp"
#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Curve;
using model::Feature;
using model::Funnel;
using model::Metric;
using model::OutcomeKind;
using model::Series;
using model::TouchKind;
using random::Decision;

std::uint32_t Batch::allocate_prospect() {
  if (!m_.free_prospects.empty()) {
    const std::uint32_t index = m_.free_prospects[m_.free_prospects.size() - 1];
    m_.free_prospects.resize(m_.free_prospects.size() - 1);
    return index;
  }
  const auto index = static_cast<std::uint32_t>(m_.prospects.size());
  if (index > max_index)
    throw Error(ExitCode::resources,
                "more than 134 million open names and deals at once; shorten the horizon or simulate fewer accounts");
  m_.prospects.push_back(Prospect{});
  if (is_coupled_) m_.prospect_ties.resize(m_.prospects.size());
  if (runs_desk_) m_.courses.resize(m_.prospects.size());
  return index;
}

void Batch::handle_lead(Events events) {
  m_.arrivals.clear();
  for (const Event& event : events) receive_leads(event);
  reach();
}

/// The lead that arrives now and some that follow it: nothing of a cold lead depends on what else happens, and a block
/// of them is drawn side by side.
void Batch::receive_leads(const Event& event) {
  constexpr int block_size = 64;
  const auto world = static_cast<std::uint16_t>(event.index() / static_cast<std::uint32_t>(num_segments_));
  const auto s = static_cast<std::uint8_t>(event.index() % static_cast<std::uint32_t>(num_segments_));
  const model::Segment& segment = model_.segments[s];
  const std::uint32_t first = m_.lead_count[event.index()];
  Rows& rows = m_.rows;
  rows.size = block_size + 1;
  std::uint32_t last[group_size];
  for (int i = 0; i < rows.size; ++i) {
    rows.lineage[i] = segment.id;
    rows.replication[i] = first + static_cast<std::uint32_t>(i);
    last[i] = static_cast<std::uint32_t>(Decision::population_lead) << 24;
  }
  lanes_.philox(static_cast<std::size_t>(rows.size), rows.lineage, rows.replication, last, 0, rows.lineage);
  for (int i = 0; i < rows.size; ++i) set_row(rows, i, rows.lineage[i], world, 0);
  draw_words(rows, Decision::lead_gap, words_);

  double time = event.time;
  for (int i = 0; i < block_size && time < horizon_; ++i) {
    const std::uint32_t index = allocate_prospect();
    Prospect& prospect = m_.prospects[index];
    prospect = Prospect{};
    prospect.lineage = rows.lineage[i];
    prospect.segment = s;
    prospect.size_class = choose_category(segment.size_class, world, rows.lineage[i], Decision::size_class);
    prospect.seniority = choose_category(segment.seniority, world, rows.lineage[i], Decision::seniority);
    prospect.world_or_chances = world;
    prospect.cell = static_cast<std::uint8_t>(s * model::num_cohorts + 1);
    if (is_coupled_) m_.prospect_ties[index] = {no_company, draw_territory(world, prospect.lineage)};
    add_arrival(time, no_account, index);
    time += -maths::log(random::to_open_unit(words_[i + 1])) / segment.leads_per_day;
  }
  if (first > 0xffffffffu - 2 * block_size)
    throw Error(ExitCode::resources, "more than 4 billion leads in one segment; lower leads_per_month");
  m_.lead_count[event.index()] = first + block_size;
  push(make_indexed_event(EventKind::lead, time, no_account, event.index()));
}

/// Takes in m_.arrivals.
void Batch::reach() {
  // In a finite market, who opens a deal changes what the next name of the same company turns out to be.
  const std::size_t at_once = has_market_ ? 1 : group_size;
  for (std::size_t first = 0; first < m_.arrivals.size(); first += at_once)
    reach_group({m_.arrivals.data() + first, std::min(at_once, m_.arrivals.size() - first)});
  m_.arrivals.clear();
}

double Batch::deal_feature(Feature feature, const Arrival& arrival) const {
  if (arrival.account == no_account) return 0.0;
  const Prospect& prospect = m_.prospects[arrival.prospect];
  const Account& referrer = m_.accounts[arrival.account];
  switch (feature) {
    case Feature::referred:
      return 1.0;
    case Feature::introduced:
      return (prospect.flags & Prospect::introduced) != 0 ? 1.0 : 0.0;
    case Feature::mentioned:
      return (prospect.flags & Prospect::mentioned) != 0 ? 1.0 : 0.0;
    case Feature::rep_tie:
      return rep_tie_of(arrival.account);
    case Feature::peer_tie:
      return std::clamp(random::sample(model_.segments[referrer.segment].peer_tie, key_of(referrer), prospect.lineage,
                                       Decision::peer_tie, 0),
                        0.0, 1.0);
    case Feature::match:
      return compute_match(model_.match, referrer, prospect.segment, prospect.size_class, prospect.seniority);
    case Feature::referrer_quality:
      return quality_of(arrival.account);
    case Feature::customer_reward:
      return maths::log(
          1.0 + conducts_[static_cast<std::size_t>(conduct_of(prospect.source, arrival.time))].terms->reward_customer /
                    100.0);
    default:
      return 0.0;
  }
}

double Batch::compute_deal_eta(const Chance& chance, const Arrival& arrival) const {
  const Prospect& prospect = m_.prospects[arrival.prospect];
  double eta =
      chance.outcome
          ->base[static_cast<std::size_t>(std::max(0, prospect.source - 1)) * num_segments_ + prospect.segment];
  for (const model::Weight& weight : chance.outcome->weights)
    if (weight.feature < model::first_late_feature) eta += weight.weight * deal_feature(weight.feature, arrival);
  return eta;
}

void Batch::reach_group(std::span<const Arrival> arrivals) {
  const Chance& qualify = chances_[static_cast<int>(OutcomeKind::qualify)];
  const auto n = static_cast<int>(arrivals.size());
  Rows& rows = m_.rows;
  rows.size = n;
  for (int i = 0; i < n; ++i) {
    const Prospect& prospect = m_.prospects[arrivals[i].prospect];
    set_row(rows, i, prospect.lineage, world_of_deal(prospect, arrivals[i].account), 0);
    if (has_market_) meet_company(arrivals[i].prospect, rows.world[i]);
  }
  if (!(qualify.is_certain && qualify.is_always)) {
    for (int i = 0; i < n; ++i) eta_[i] = compute_deal_eta(qualify, arrivals[i]);
    apply_link(qualify.outcome->link, n, eta_, probability_);
  } else {
    std::fill(probability_, probability_ + n, 1.0);
  }
  const bool needs_words = !qualify.is_certain;
  if (needs_words) draw_words(rows, Decision::qualify, words_);

  int num_qualified = 0;
  Arrival qualified[group_size];
  for (int i = 0; i < n; ++i) {
    const Arrival& arrival = arrivals[i];
    const Prospect& prospect = m_.prospects[arrival.prospect];
    const std::uint16_t world = rows.world[i];
    count_funnel(prospect, world, Funnel::leads, arrival.time);
    count_series(world, Series::series_leads, arrival.time);
    if (needs_words ? !random::happens(words_[i], probability_[i]) : probability_[i] < 1.0) {
      count_funnel(prospect, world, Funnel::unqualified, arrival.time);
      m_.free_prospects.push_back(arrival.prospect);
      continue;
    }
    if (is_coupled_) {
      await_opening(arrival);
      continue;
    }
    families_[num_qualified] = &model_.segments[prospect.segment].cycle_days;
    set_row(rows, num_qualified, prospect.lineage, world, 0);
    qualified[num_qualified++] = arrival;
  }
  rows.size = num_qualified;
  sample_rows(rows, Decision::cycle, variates_);
  const Chance& win = chances_[static_cast<int>(OutcomeKind::win)];
  for (int i = 0; i < num_qualified; ++i) {
    const Arrival& arrival = qualified[i];
    m_.prospects[arrival.prospect].eta = compute_deal_eta(win, arrival);
    m_.prospects[arrival.prospect].time = arrival.time;
    open_deal(arrival.prospect, arrival.account, arrival.time + manners_at(arrival.time).follow_up_days, variates_[i]);
  }
}

void Batch::handle_decision(Events events) {
  const Chance& win_chance = chances_[static_cast<int>(OutcomeKind::win)];
  Rows& rows = m_.rows;
  m_.newcomers.clear();
  for (std::size_t first = 0; first < events.size(); first += group_size) {
    const Events some = events.subspan(first, std::min<std::size_t>(group_size, events.size() - first));
    rows.size = static_cast<int>(some.size());
    for (int i = 0; i < rows.size; ++i) {
      const Prospect& prospect = m_.prospects[some[i].index()];
      set_row(rows, i, prospect.lineage, world_of_deal(prospect, some[i].account), 0);
      eta_[i] = has_late_features_ ? add_late_features(prospect.eta, prospect, some[i].index()) : prospect.eta;
    }
    apply_link(win_chance.outcome->link, rows.size, eta_, probability_);
    draw_words(rows, Decision::win, words_);
    for (int i = 0; i < rows.size; ++i) {
      const Prospect prospect = m_.prospects[some[i].index()];
      m_.free_prospects.push_back(some[i].index());
      if (has_gaps_ || runs_desk_) report_decision(prospect, rows.world[i], some[i].time);
      if (random::happens(words_[i], probability_[i])) {
        win(prospect, some[i].account, rows.world[i], some[i].time);
        if (is_coupled_) {
          m_.account_ties[m_.newcomers.back()].company = m_.prospect_ties[some[i].index()].company;
          m_.account_ties[m_.newcomers.back()].territory = m_.prospect_ties[some[i].index()].territory;
        }
        continue;
      }
      if (has_market_)
        release_company(rows.world[i], prospect.segment, m_.prospect_ties[some[i].index()].company, some[i].time);
      count_funnel(prospect, rows.world[i], Funnel::lost, some[i].time);
      count_source_series(rows.world[i], model::SourceSeries::series_source_lost, prospect.source, some[i].time);
      if (some[i].account != no_account && m_.accounts[some[i].account].is_active())
        land_alone(landings_[static_cast<int>(TouchKind::referral_lost)], some[i].account, some[i].time, false);
    }
  }
  buy(m_.newcomers);
}

/// The contract value of a prospect once it is a customer by referral.
Money Batch::draw_referred_value(const Prospect& prospect, std::uint16_t world) const {
  const random::Distribution& value = model_.segments[prospect.segment].contract_value;
  const double drawn = sample_for(prospect.lineage, world, value, Decision::contract_value, 0);
  return to_checked_money(std::max(0.0, drawn) * model_.referral_value_factor);
}

void Batch::win(const Prospect& prospect, std::uint32_t referrer, std::uint16_t world, double time) {
  count_funnel(prospect, world, Funnel::won, time);
  count_source_series(world, model::SourceSeries::series_source_won, prospect.source, time);
  if (prospect.time >= 0.0 && prospect.time <= matched_until_) {
    count_funnel(prospect, world, Funnel::close_wins, time);
    count_funnel(prospect, world, Funnel::close_days, time,
                 static_cast<std::int64_t>(round_half_even((time - prospect.time) * model::fixed_point_one)));
  }
  m_.newcomers.push_back(create_winner(prospect, referrer, world, time));
  if (referrer == no_account) return;

  const Account& account = m_.accounts[referrer];
  const int conduct = conduct_of(prospect.source, time);
  const model::Conduct& terms = *conducts_[static_cast<std::size_t>(conduct)].terms;
  pay(referrer, terms.reward_referrer, time);
  pay(referrer, terms.reward_customer, time);
  if (terms.commission != 0.0)
    pay(referrer, terms.commission * to_currency(draw_referred_value(prospect, world)), time);
  if (counts_as_matched(account, time)) count(account, Metric::matched_wins, time);
  if (time >= 0.0 && !account.has(bystander)) {
    std::int64_t* row = row_of(account);
    const int tenure_band = static_cast<int>((time - account.purchase) / model::tenure_band_days);
    ++row[layout_.curve(Curve::tenure_wins, std::min(tenure_band, model::num_tenure_bands - 1))];
    ++row[layout_.curve(Curve::generation_wins, std::min<int>(account.generation, model::num_generations - 1))];
    ++row[layout_.curve(Curve::quality_wins, account.quality_band)];
    ++row[layout_.curve(Curve::peers_wins, account.peers_band)];
  }
  if (!account.is_active()) return;
  thank(referrer, terms.win, for_win, conduct, time);
  thank(referrer, terms.recognition, recognition, conduct, time);
  thank(referrer, terms.reward, reward, conduct, time);
  thank(referrer, terms.from_customer, from_customer, conduct, time);
  if (!terms.acknowledges) push(make_event(EventKind::thanks, time + 30.0, referrer, 0, unacknowledged, 0));
  if (prospect.source >= 2) {
    const int p = prospect.source - 2;
    if ((strategy_.programs[p].triggers & model::on_referral_won) != 0) fire(p, referrer, time);
  } else {
    fire_all(model::on_referral_won, referrer, time);
  }
}

}  // namespace vouch::simulation
