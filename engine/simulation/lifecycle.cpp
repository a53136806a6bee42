// SPDX-License-Identifier: Apache-2.0
// What happens in an account's life whoever asks: purchase, first result, incidents, contract ends.
#include <algorithm>

#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Metric;
using model::OutcomeKind;
using model::Series;
using model::TouchKind;
using random::Decision;

void Batch::buy(std::span<const std::uint32_t> winners) {
  begin_accounts(winners);
  for (const std::uint32_t index : winners) {
    const Account& account = m_.accounts[index];
    const double time = account.purchase;
    const Money value = contract_value_of(index);
    change_level(account.world, Series::series_active, time, 1);
    change_level(account.world, Series::series_contract_value, time, value);
    if (time < 0.0) continue;
    const Tally tally = tally_of(account);
    tally.add(Metric::new_customers);
    add_money(account, Metric::new_value, value);
    if (account.referrer == no_account) {
      tally.add(Metric::cold_wins);
      add_money(account, Metric::cold_value, value);
      count_series(account.world, Series::series_cold_wins, time);
      continue;
    }
    const Account& referrer = m_.accounts[account.referrer];
    if (counts_as_matched(referrer, time)) add_money(referrer, Metric::matched_value, value);
    const bool is_partners = referrer.has(bystander);
    tally.add(is_partners ? Metric::partner_wins : Metric::referral_wins);
    add_money(account, is_partners ? Metric::partner_value : Metric::referral_value, value);
    count_series(account.world, is_partners ? Series::series_partner_wins : Series::series_referral_wins, time);
  }
}

void Batch::handle_contract_end(Events events) {
  const Chance& renew = chances_[static_cast<int>(OutcomeKind::renew)];
  alignas(64) double referrer_active[group_size];
  Group& group = m_.group;
  for (std::size_t next = 0; next < events.size();) {
    group.clear();
    for (; next < events.size() && !group.is_full(); ++next) {
      const Event& event = events[next];
      const std::uint32_t referrer = m_.accounts[event.account].referrer;
      if (defers_renewals_ && referrer != no_account) {
        // Whether the referrer is still there is known once its own events of the day are through.
        if (!is_coupled_ && (m_.accounts[referrer].stamp | 1) == (epoch_ | 1)) {
          push(event);
          continue;
        }
        referrer_active[group.size] = m_.accounts[referrer].lost > event.time ? 1.0 : 0.0;
      } else {
        referrer_active[group.size] = 0.0;
      }
      add_row(group, event.account, event.time, 0, event.ordinal());
    }
    special_[static_cast<int>(model::Feature::referrer_active)] = referrer_active;
    compute_probability(renew, group, probability_);
    special_[static_cast<int>(model::Feature::referrer_active)] = nullptr;
    if (!renew.is_certain) draw_words(group, Decision::renew, words_);

    Group& kept = m_.subgroup;
    kept.clear();
    for (int i = 0; i < group.size; ++i) {
      Account& account = m_.accounts[group.account[i]];
      const double time = group.time[i];
      count(account, Metric::contract_ends, time);
      if (renew.is_certain ? probability_[i] >= 1.0 : random::happens(words_[i], probability_[i])) {
        copy_row(kept, group, i);
        continue;
      }
      account.lost = time;
      close(group.account[i], time, model_.fatigue >= 0 ? read_stock(group.account[i], model_.fatigue, time) : 0.0);
      count(account, Metric::lost_customers, time);
      count_series(account.world, Series::series_lost_customers, time);
      change_level(account.world, Series::series_active, time, -1);
      change_level(account.world, Series::series_contract_value, time, -expanded_value_of(group.account[i]));
      if (has_market_) release_company(account.world, account.segment, m_.account_ties[group.account[i]].company, time);
    }
    keep_contracts(kept);
  }
}

void Batch::keep_contracts(Group& kept) {
  if (kept.size == 0) return;
  if (any_expansion_) expand_group(kept);
  for (int i = 0; i < kept.size; ++i) {
    const Account& account = m_.accounts[kept.account[i]];
    if (++kept.ordinal[i] > random::max_ordinal) fail_ordinal("contracts");
    fire_all(model::on_renewal, kept.account[i], kept.time[i]);
    families_[i] = &model_.segments[account.segment].contract_days;
  }
  sample_rows(kept, Decision::contract_days, variates_);
  for (int i = 0; i < kept.size; ++i)
    push(make_event(EventKind::contract_end, kept.time[i] + std::max(1e-6, variates_[i]), kept.account[i], 0, 0,
                    kept.ordinal[i]));
}

/// Draws which kept renewals expand, now or after a reference call.
void Batch::expand_group(Group& kept) {
  const Chance& chance = chances_[static_cast<int>(OutcomeKind::expand)];
  compute_probability(chance, kept, probability_);
  draw_words(kept, Decision::expand, words_);
  for (int i = 0; i < kept.size; ++i) {
    const model::Manners& manners = manners_at(kept.time[i]);
    if (!manners.expansion) continue;
    if (manners.desk.runs && manners.desk.renewals)
      request_for_renewal(kept.account[i], kept.ordinal[i], kept.time[i]);
    else if (random::happens(words_[i], probability_[i]))
      book_expansion(kept.account[i], kept.time[i]);
  }
}

void Batch::book_expansion(std::uint32_t index, double time) {
  Expansion& expansion = m_.expansions[index];
  expansion.sum += integrate_discount(std::max(time, 0.0));
  ++expansion.count;
  count(m_.accounts[index], Metric::expansions, time);
  change_level(m_.accounts[index].world, Series::series_contract_value, time, expansion_value_of(index));
}

/// What each expansion adds to a contract's value a year.
Money Batch::expansion_value_of(std::uint32_t index) const {
  return to_checked_money(model_.expansion_value * to_currency(contract_value_of(index)));
}

Money Batch::expanded_value_of(std::uint32_t index) const {
  if (!any_expansion_ || m_.expansions[index].count == 0) return contract_value_of(index);
  Money value = contract_value_of(index);
  for (std::uint32_t i = 0; i < m_.expansions[index].count; ++i) add_checked(value, expansion_value_of(index));
  return value;
}

void Batch::handle_value_realised(Events events) {
  const Landing& landing = landings_[static_cast<int>(TouchKind::value_realised)];
  for (std::size_t next = 0; next < events.size();) {
    Group& group = m_.group;
    group.clear();
    for (; next < events.size() && !group.is_full(); ++next)
      if (m_.accounts[events[next].account].is_active()) add_row(group, events[next].account, events[next].time, 0, 0);
    read_stocks(group, landing.reads);
    for (int i = 0; i < group.size; ++i) {
      const double time = group.time[i];
      Account& account = m_.accounts[group.account[i]];
      account.flags |= value_realised;
      enlist_reference(group.account[i]);
      count(account, Metric::values_realised, time);
      land(landing, group, i);
      fire_all(model::on_value_realised, group.account[i], time);
      for (int p = 0; p < num_programs_; ++p) {
        const model::Program& program = strategy_.programs[p];
        if ((program.triggers & model::on_testimonial) != 0 && runs_for(program, account, time))
          push(make_event(EventKind::testimonial_request, time + program.testimonial_delay_days, group.account[i], p));
      }
    }
  }
}

void Batch::handle_incident(Events events) {
  const Landing& landing = landings_[static_cast<int>(TouchKind::incident)];
  for (std::size_t next = 0; next < events.size();) {
    Group& group = m_.group;
    group.clear();
    for (; next < events.size() && !group.is_full(); ++next)
      if (m_.accounts[events[next].account].is_active())
        add_row(group, events[next].account, events[next].time, 0, events[next].ordinal());
    read_stocks(group, landing.reads);
    for (int i = 0; i < group.size; ++i) {
      const Account& account = m_.accounts[group.account[i]];
      count(account, Metric::incidents, group.time[i]);
      land(landing, group, i);
      schedule_gap(EventKind::incident, Decision::incident_gap, account, group.account[i], group.time[i],
                   group.ordinal[i] + 1);
    }
  }
}

void Batch::handle_touch_only(Events events) {
  for (std::size_t next = 0; next < events.size();) {
    Group& group = m_.group;
    group.clear();
    const std::size_t first = next;
    for (; next < events.size() && !group.is_full(); ++next)
      add_row(group, events[next].account, events[next].time, 0, 0);
    read_stocks(group, thanks_reads_);
    for (int i = 0; i < group.size; ++i) {
      const Event& event = events[first + static_cast<std::size_t>(i)];
      Account& account = m_.accounts[event.account];
      if (!account.is_active()) continue;
      if (event.kind() == EventKind::positioning) {
        account.flags |= positioned;
        land(landings_[static_cast<int>(TouchKind::positioning)], group, i);
      } else if (event.kind() == EventKind::favour) {
        const model::Program& program = strategy_.programs[event.program()];
        if (event.time >= program.until_days) continue;
        if (guard_holds(program.favour_guard, event.account, event.time)) {
          count(account, Metric::favours, event.time);
          land(landings_[static_cast<int>(TouchKind::favour)], group, i);
        }
        push(make_event(EventKind::favour, event.time + program.favour_gap_days, event.account, event.program()));
      } else if (event.detail() == unacknowledged) {
        count(account, Metric::unacknowledged, event.time);
        land(landings_[static_cast<int>(TouchKind::unacknowledged)], group, i);
      } else {
        const auto kind = static_cast<ThanksKind>(event.detail());
        if (kind == for_promise || kind == for_introduction || kind == for_win || kind == from_customer)
          account.flags |= was_thanked;
        count(account, Metric::thanks, event.time);
        land(conducts_[event.ordinal()].thanks[event.detail()], group, i);
      }
    }
  }
}

}  // namespace vouch::simulation
