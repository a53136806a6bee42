// SPDX-License-Identifier: Apache-2.0
#include "scenario/compiled_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vouch::test {
namespace {

std::string text_of(double x) { return fmt::format("{:a}", x); }

template <typename Range>
std::string list_of(const Range& range) {
  std::string text;
  for (const auto& x : range) text += text_of(static_cast<double>(x)) + ' ';
  return text;
}

std::string text_of(const random::Distribution& d) {
  return fmt::format("{} {} | {} | {}", static_cast<int>(d.family), list_of(d.parameters), list_of(d.cumulative),
                     list_of(d.values));
}

std::string text_of(const model::Touch& touch) {
  std::string text = text_of(touch.minutes) + ' ' + text_of(touch.cost);
  for (const model::Impulse& i : touch.impulses) text += fmt::format(" {}x{}:{:a}", i.stock, i.times, i.amount);
  return text;
}

std::string text_of(const model::Guard& guard) {
  std::string text;
  for (const model::GuardStep& s : guard.steps)
    text += fmt::format("{} {} {:a};", static_cast<int>(s.op), static_cast<int>(s.feature), s.value);
  return text;
}

std::string text_of(const model::Thanks& thanks) {
  return fmt::format("{} {:a} {}", thanks.enabled, thanks.delay_days, text_of(thanks.touch));
}

std::string text_of(const model::Conduct& c) {
  std::string text;
  for (const auto* t :
       {&c.promise, &c.introduction, &c.status_report, &c.win, &c.recognition, &c.reward, &c.from_customer})
    text += text_of(*t) + '\n';
  return text + list_of(std::initializer_list<double>{c.reward_referrer, c.reward_customer, c.commission, c.fee}) +
         fmt::format("{}\n", c.acknowledges);
}

std::string text_of(const model::Reps& r) {
  return fmt::format("{} {} {:a} {} {:a} {:a}\n", r.are_limited, r.count, r.asks_per_week, static_cast<int>(r.priority),
                     r.brave_share, r.nerve);
}

std::string text_of(const model::Desk& d) {
  return fmt::format("{} {} {} {} {:a} {:a} {} {} {} {} {}\n", d.runs, static_cast<int>(d.rotation), d.calls_cap,
                     text_of(d.calls_window_days), d.max_fatigue, d.min_match, d.max_tries, text_of(d.call_delay_days),
                     d.capsules, d.contingent_next_step, d.renewals);
}

std::string text_of(const model::Manners& m) {
  return text_of(m.organic) + fmt::format("{:a} {} {}\n", m.follow_up_days, m.expansion, m.introduces_internally) +
         text_of(m.reps) + text_of(m.desk);
}

std::string text_of(const model::Segment& s) {
  std::string text = fmt::format("{} {} {} {} {} {} {}\n", s.name, s.id, s.are_bystanders, s.accounts, s.is_finite,
                                 s.market, s.unlimited_peers);
  text +=
      list_of(std::initializer_list<double>{s.leads_per_day, s.pipeline_days, s.value_probability, s.incidents_per_day,
                                            s.incident_quality, s.organic_per_day, s.reference_consent});
  for (const auto* d : {&s.tenure_days, &s.contract_value, &s.contract_days, &s.time_to_value_days, &s.quality,
                        &s.peers, &s.names_per_yes, &s.cycle_days, &s.rep_tie, &s.peer_tie})
    text += text_of(*d) + '\n';
  return text + list_of(s.peer_segments) + '/' + list_of(s.size_class) + '/' + list_of(s.seniority) + '\n';
}

std::string text_of(const model::Program& p) {
  std::string text = fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {} {}\n", p.name, static_cast<int>(p.reach),
                                 p.triggers, p.repeats, p.max_asks, p.stop_after_no, p.stop_after_yes, p.recovery,
                                 static_cast<int>(p.form), static_cast<int>(p.second_ask), p.positioning,
                                 p.has_names_per_yes, p.chases, static_cast<int>(p.fallback));
  text += list_of(p.addresses_segment);
  text += list_of(std::initializer_list<double>{p.from_days, p.until_days, p.survey_days, p.willingness_grid_days,
                                                p.threshold, p.min_gap_days, p.backlog_spread_days,
                                                p.testimonial_delay_days, p.testimonial_retry_days, p.favour_gap_days,
                                                p.mention_min_tie, p.mention_needs_consent ? 1.0 : 0.0});
  for (const auto* d : {&p.delay_days, &p.repeat_days, &p.calendar_days, &p.names_per_yes, &p.introduction_delay_days,
                        &p.chase_spacing_days})
    text += text_of(*d) + '\n';
  return text + text_of(p.guard) + '/' + text_of(p.favour_guard) + '\n' + text_of(p.conduct);
}

std::string text_of(const model::Outcome& o) {
  std::string text = fmt::format("{} {}", static_cast<int>(o.link), list_of(o.base));
  for (const model::Weight& w : o.weights) text += fmt::format("{}:{:a} ", static_cast<int>(w.feature), w.weight);
  return text + '\n';
}

std::string text_of(const model::Model& m) {
  std::string text = fmt::format("{} {} {} {}\n", m.fatigue, m.max_accounts, m.series, m.num_territories);
  text += list_of(m.segment_order) + '\n';
  for (const model::Moment& moment : m.moments)
    text += list_of(std::initializer_list<double>{moment.share, moment.credibility_gap, moment.access_gap});
  text += list_of(
      std::initializer_list<double>{m.internal_introduction, m.next_step_factor, m.stall_days, m.retry_after_days});
  text += list_of(std::initializer_list<double>{
      m.maybe_margin, m.maybe_returns, m.survey_noise, m.match.segment, m.match.size_class, m.match.seniority, m.margin,
      m.discount_rate, m.referral_value_factor, m.expansion_value, m.referral_cycle_factor, m.horizon_days,
      m.warm_up_days, m.takeover_days, m.bin_days, m.follow_up_days, m.fatigue_limit});
  text += text_of(m.maybe_delay_days) + '\n';
  for (const model::Segment& segment : m.segments) text += text_of(segment);
  for (const model::Stock& stock : m.stocks) text += text_of(stock.half_life_days) + ' ' + text_of(stock.cap) + '\n';
  for (const model::Touch& touch : m.touches) text += text_of(touch) + '\n';
  return text;
}

}  // namespace

std::string describe(const scenario::Compiled& compiled) {
  std::string text = text_of(compiled.model) + fmt::format("{}\n", compiled.max_programs);
  for (const model::Strategy& strategy : compiled.strategies) {
    text += strategy.name + '\n';
    for (const model::Program& program : strategy.programs) text += text_of(program);
    for (const model::Outcome& outcome : strategy.outcomes) text += text_of(outcome);
    text += text_of(strategy.manners) + text_of(strategy.warm_up_manners);
  }
  return text;
}

}  // namespace vouch::test
