// SPDX-License-Identifier: Apache-2.0
// From a yes to the people named, introduced or mentioned, and how referrers are thanked.
#include <algorithm>
#include <cmath>

#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Feature;
using model::Funnel;
using model::Metric;
using model::OutcomeKind;
using model::Series;
using model::TouchKind;
using random::Decision;

namespace {

constexpr std::uint8_t organic_source = 1;

int program_of(const Prospect& prospect) noexcept { return prospect.source - 2; }

}  // namespace

/// Names the people of m_.yeses.
void Batch::say_yes() {
  m_.namings.clear();
  for (std::size_t first = 0; first < m_.yeses.size(); first += group_size) {
    const std::span<const Yes> yeses(m_.yeses.data() + first,
                                     std::min<std::size_t>(group_size, m_.yeses.size() - first));
    Rows& rows = m_.rows;
    rows.size = static_cast<int>(yeses.size());
    for (int i = 0; i < rows.size; ++i) {
      const Account& account = m_.accounts[yeses[i].account];
      const model::Program& program = strategy_.programs[yeses[i].program];
      set_row(rows, i, account.lineage, account.world, yeses[i].ask);
      families_[i] =
          program.has_names_per_yes ? &program.names_per_yes : &model_.segments[account.segment].names_per_yes;
    }
    sample_rows(rows, Decision::names_per_yes, variates_);
    for (int i = 0; i < rows.size; ++i) {
      const Yes& yes = yeses[i];
      Account& account = m_.accounts[yes.account];
      auto count = static_cast<std::uint32_t>(std::clamp(std::floor(variates_[i]), 0.0, 65536.0));
      if (account.has(has_peer_limit)) {
        count = std::min(count, account.peers_left);
        account.peers_left -= count;
      }
      if (account.num_names + count > random::max_ordinal) fail_ordinal("names");
      const auto source = static_cast<std::uint8_t>(2 + yes.program);
      for (std::uint32_t j = 0; j < count; ++j) add_naming(yes.time, yes.account, source, yes.mention);
      if (!yes.mention)
        thank(yes.account, strategy_.programs[yes.program].conduct.promise, for_promise, 1 + yes.program, yes.time);
    }
  }
  name_people();
}

void Batch::add_naming(double time, std::uint32_t account, std::uint8_t source, bool is_mention) {
  Naming& naming = m_.namings[m_.namings.grow()];
  naming.time = time;
  naming.account = account;
  naming.number = m_.accounts[account].num_names++;
  naming.source = source;
  naming.mention = is_mention;
}

void Batch::add_arrival(double time, std::uint32_t account, std::uint32_t prospect) {
  Arrival& arrival = m_.arrivals[m_.arrivals.grow()];
  arrival.time = time;
  arrival.account = account;
  arrival.prospect = prospect;
}

void Batch::name_people() {
  m_.arrivals.clear();
  m_.introductions.clear();
  for (std::size_t first = 0; first < m_.namings.size(); first += group_size)
    name_group({m_.namings.data() + first, std::min<std::size_t>(group_size, m_.namings.size() - first)});
  reach();
  if (!m_.introductions.empty()) handle_introduction(m_.introductions);
}

void Batch::name_group(std::span<const Naming> namings) {
  Rows& rows = m_.rows;
  rows.size = static_cast<int>(namings.size());
  for (int i = 0; i < rows.size; ++i)
    set_row(rows, i, m_.accounts[namings[i].account].lineage, m_.accounts[namings[i].account].world, namings[i].number);
  draw_words(rows, Decision::naming, rows.lineage);  // each row now is the named person
  for (int i = 0; i < rows.size; ++i) rows.ordinal[i] = 0;
  const bool has_choice = model_.segment_order.size() > 1;
  if (has_choice) draw_words(rows, Decision::segment, words_);

  std::uint32_t indices[group_size];
  for (int i = 0; i < rows.size; ++i) {
    const Account& referrer = m_.accounts[namings[i].account];
    const model::Segment& segment = model_.segments[referrer.segment];
    indices[i] = allocate_prospect();
    Prospect& prospect = m_.prospects[indices[i]];
    prospect = Prospect{};
    prospect.lineage = rows.lineage[i];
    prospect.time = namings[i].time;
    prospect.source = namings[i].source;
    prospect.segment = static_cast<std::uint8_t>(
        model_.segment_order[has_choice ? static_cast<std::size_t>(random::choose(segment.peer_segments, words_[i]))
                                        : 0]);
    prospect.cell =
        static_cast<std::uint8_t>(prospect.segment * model::num_cohorts + referrer.cell % model::num_cohorts);
    const model::Segment& own = model_.segments[prospect.segment];
    prospect.size_class = choose_category(own.size_class, referrer.world, prospect.lineage, Decision::size_class);
    prospect.seniority = choose_category(own.seniority, referrer.world, prospect.lineage, Decision::seniority);
    if (is_coupled_) m_.prospect_ties[indices[i]] = {no_company, m_.account_ties[namings[i].account].territory};
    count_funnel(prospect, referrer.world, Funnel::named, namings[i].time);
  }
  for (int i = 0; i < rows.size; ++i) {
    const Naming& naming = namings[i];
    const Account& referrer = m_.accounts[naming.account];
    Prospect& prospect = m_.prospects[indices[i]];
    if (naming.mention) {
      prospect.flags |= Prospect::mentioned;
      count_funnel(prospect, referrer.world, Funnel::mentioned, naming.time);
      add_arrival(naming.time, naming.account, indices[i]);
    } else if (naming.source == organic_source) {
      receive(indices[i], naming.account, naming.time, true);
    } else {
      const model::Program& program = strategy_.programs[program_of(prospect)];
      if (program.form == model::Form::contact) {
        receive(indices[i], naming.account, naming.time, false);
        continue;
      }
      const random::Distribution& delay = program.introduction_delay_days;
      const double days = sample_for(prospect.lineage, referrer.world, delay, Decision::introduction_delay, 0);
      const Event chance =
          make_indexed_event(EventKind::introduction, naming.time + std::max(0.0, days), naming.account, indices[i]);
      if (days <= 0.0 && introduces_at_once_)
        m_.introductions.push_back(chance);
      else
        await_chance(chance);
    }
  }
}

/// A name whose chance lies behind the horizon stays pending.
void Batch::await_chance(const Event& chance) {
  if (chance.time < horizon_) return push(chance);
  count_funnel(m_.prospects[chance.index()], m_.accounts[chance.account].world, Funnel::pending, horizon_);
  m_.free_prospects.push_back(chance.index());
}

void Batch::handle_introduction(Events events) {
  m_.arrivals.clear();
  Group& group = m_.group;
  for (std::size_t next = 0; next < events.size();) {
    group.clear();
    for (; next < events.size() && !group.is_full(); ++next) add_introduction(events[next]);
    m_.rows.size = group.size;
    introduce_group();
  }
  reach();
}

/// Puts a chance of an introduction into m_.group, and the person named beside it into m_.rows, unless it is lost.
void Batch::add_introduction(const Event& event) {
  const Account& account = m_.accounts[event.account];
  const Prospect& prospect = m_.prospects[event.index()];
  const std::uint16_t chances = prospect.world_or_chances;
  if (!account.is_active() || (account.has(opted_out) && chances > 0)) {
    count_funnel(prospect, account.world, account.is_active() ? Funnel::lost_opted_out : Funnel::lost_churned,
                 event.time);
    m_.free_prospects.push_back(event.index());
    return;
  }
  const int i = m_.group.size;
  const int p = program_of(prospect);
  const model::Thanks& promise = strategy_.programs[p].conduct.promise;
  add_row(m_.group, event.account, event.time, 1 + p, 0);
  set_row(m_.rows, i, prospect.lineage, account.world, chances);
  named_[i] = event.index();
  chases_[i] = chances;
  reminded_[i] = promise.enabled && promise.delay_days <= event.time - prospect.time ? 1.0 : 0.0;
  if (chances_[static_cast<int>(OutcomeKind::introduce)].reads_feature(Feature::peer_tie)) {
    const model::Segment& segment = model_.segments[account.segment];
    peer_tie_[i] = std::clamp(
        random::sample(segment.peer_tie, key_of(account), prospect.lineage, Decision::peer_tie, 0), 0.0, 1.0);
  }
}

/// Who of m_.group introduces the person beside it now, and what becomes of the others.
void Batch::introduce_group() {
  const Chance& introduce = chances_[static_cast<int>(OutcomeKind::introduce)];
  const Landing& chase = landings_[static_cast<int>(TouchKind::chase)];
  Group& group = m_.group;
  special_[static_cast<int>(Feature::chases)] = chases_;
  special_[static_cast<int>(Feature::reminded)] = reminded_;
  special_[static_cast<int>(Feature::peer_tie)] = peer_tie_;
  compute_probability(introduce, group, probability_);
  for (const Feature feature : {Feature::chases, Feature::reminded, Feature::peer_tie})
    special_[static_cast<int>(feature)] = nullptr;
  if (!introduce.is_certain) draw_words(m_.rows, Decision::introduce, words_);
  if (std::any_of(chases_, chases_ + group.size, [](double chases) { return chases > 0.0; }))
    read_stocks(group, chase.reads);
  for (int i = 0; i < group.size; ++i) {
    const double time = group.time[i];
    const std::uint32_t index = group.account[i];
    const bool done = introduce.is_certain ? probability_[i] >= 1.0 : random::happens(words_[i], probability_[i]);
    if (chases_[i] > 0.0) {
      count(m_.accounts[index], Metric::chases, time);
      land(chase, group, i);
    }
    const Prospect& prospect = m_.prospects[named_[i]];
    const model::Program& program = strategy_.programs[program_of(prospect)];
    if (done) {
      receive(named_[i], index, time, true);
    } else if (prospect.world_or_chances < program.chases) {
      chase_later(named_[i], index, time);
    } else if (program.fallback == model::Fallback::contact) {
      receive(named_[i], index, time, false);
    } else {
      count_funnel(prospect, m_.accounts[index].world, Funnel::lost_refused, time);
      m_.free_prospects.push_back(named_[i]);
    }
  }
}

void Batch::chase_later(std::uint32_t prospect_index, std::uint32_t referrer, double time) {
  Prospect& prospect = m_.prospects[prospect_index];
  const random::Distribution& spacing = strategy_.programs[program_of(prospect)].chase_spacing_days;
  if (prospect.world_or_chances == random::max_ordinal) fail_ordinal("chases of one name");
  const std::uint32_t chase_number = ++prospect.world_or_chances;
  const double days =
      sample_for(prospect.lineage, m_.accounts[referrer].world, spacing, Decision::chase_spacing, chase_number);
  await_chance(make_indexed_event(EventKind::introduction, time + std::max(0.0, days), referrer, prospect_index));
}

/// An introduction, or a bare name, reaches us.
void Batch::receive(std::uint32_t prospect_index, std::uint32_t referrer, double time, bool is_introduction) {
  Prospect& prospect = m_.prospects[prospect_index];
  Account& account = m_.accounts[referrer];
  if (is_introduction) prospect.flags |= Prospect::introduced;
  count_funnel(prospect, account.world, is_introduction ? Funnel::introduced : Funnel::bare, time);
  count_series(account.world, Series::series_introduced, time);
  if (account.num_referrals == random::max_ordinal) fail_ordinal("referrals");
  if (account.num_referrals++ == 0) tally_first_referral(account, time);
  if (counts_as_matched(account, time)) count(account, Metric::matched_referrals, time);
  const int conduct = conduct_of(prospect.source, time);
  thank(referrer, conducts_[conduct].terms->introduction, for_introduction, conduct, time);
  thank(referrer, conducts_[conduct].terms->status_report, status_report, conduct, time);
  add_arrival(time, referrer, prospect_index);
}

void Batch::handle_organic(Events events) {
  const Chance& organic = chances_[static_cast<int>(OutcomeKind::organic)];
  Group& group = m_.group;
  m_.namings.clear();
  for (std::size_t next = 0; next < events.size();) {
    group.clear();
    for (; next < events.size() && !group.is_full(); ++next)
      if (m_.accounts[events[next].account].is_active())
        add_row(group, events[next].account, events[next].time, 0, events[next].ordinal());
    compute_probability(organic, group, probability_);
    if (!organic.is_certain) draw_words(group, Decision::organic, words_);
    for (int i = 0; i < group.size; ++i) {
      Account& account = m_.accounts[group.account[i]];
      const double time = group.time[i];
      count(account, Metric::organic_moments, time);
      const bool speaks = organic.is_certain ? probability_[i] >= 1.0 : random::happens(words_[i], probability_[i]);
      const bool knows_someone = !account.has(has_peer_limit) || account.peers_left > 0;
      if (speaks && knows_someone) {
        if (account.has(has_peer_limit)) --account.peers_left;
        if (account.num_names == random::max_ordinal) fail_ordinal("names");
        add_naming(time, group.account[i], organic_source, false);
      }
      schedule_gap(EventKind::organic_moment, Decision::organic_gap, account, group.account[i], time,
                   group.ordinal[i] + 1);
    }
  }
  name_people();
}

int Batch::conduct_of(int source, double time) const {
  if (source >= 2) return source - 1;
  return time < 0.0 ? num_programs_ + 1 : 0;
}

void Batch::thank(std::uint32_t account, const model::Thanks& thanks, ThanksKind kind, int conduct, double time) {
  if (!thanks.enabled) return;
  push(make_event(EventKind::thanks, time + thanks.delay_days, account, 0, static_cast<std::uint32_t>(kind),
                  static_cast<std::uint32_t>(conduct)));
}

}  // namespace vouch::simulation
