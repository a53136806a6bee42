// SPDX-License-Identifier: Apache-2.0
#include "reference/model_parts.hpp"
#include "reference/models.hpp"

namespace vouch::reference {

using model::Feature;
using model::Impulse;
using model::Link;
using model::OutcomeKind;
using model::TouchKind;
using random::Family;
using random::make_distribution;

Case make_b0(std::uint32_t num_accounts) {
  Case b0{"B0", {}, {}};
  model::Segment segment = make_segment("customers", 1, 0, 1, num_accounts);
  segment.contract_days = make_distribution(Family::exponential, 365.0 / 0.15);
  segment.time_to_value_days = make_distribution(Family::lognormal, 75.0, 0.5);
  segment.value_probability = 1.0;
  segment.names_per_yes = make_distribution(Family::poisson, 0.8);
  segment.cycle_days = make_distribution(Family::lognormal, 42.0, 0.6);
  b0.model.segments = {segment};
  b0.model.segment_order = {0};
  b0.model.stocks = {{60.0, model::infinite}};
  b0.model.fatigue = 0;
  touch_of(b0.model, TouchKind::ask) = {{Impulse{0, -1, 1.0}}, 10.0, 12.5};

  model::Program program = make_program("client", 1);
  program.triggers = model::on_purchase;
  program.delay_days = constant(30.0);
  program.repeats = true;
  program.repeat_days = constant(45.0);
  program.max_asks = 6;
  b0.strategy.programs = {program};
  fill_outcomes(b0.strategy, 1);
  outcome_of(b0.strategy, OutcomeKind::ask) =
      make_outcome(Link::logit, -1.0, 1, 1, {{Feature::first_stock, -0.9}, {Feature::value_realised, 1.2}});
  outcome_of(b0.strategy, OutcomeKind::introduce) = make_outcome(Link::identity, 1.0, 1, 1);
  outcome_of(b0.strategy, OutcomeKind::win) = make_outcome(Link::identity, 0.65, 1, 1);
  outcome_of(b0.strategy, OutcomeKind::renew) = make_outcome(Link::identity, 0.0, 1, 1);
  return b0;
}

namespace {

enum Stock : std::int8_t { fatigue, awkwardness, goodwill };

void add_segments(model::Model& model) {
  for (int i = 0; i < 3; ++i) {
    model::Segment segment =
        make_segment("segment" + std::to_string(i), 100u + static_cast<unsigned>(i), i, 3, i == 2 ? 6 : 12);
    segment.tenure_days = make_distribution(Family::exponential, 300.0);
    segment.leads_per_day = 0.02 + 0.01 * i;
    segment.pipeline_days = 100.0;
    segment.contract_value = make_distribution(Family::lognormal, 8000.0, 0.7);
    segment.contract_days = i == 0 ? constant(90.0) : make_distribution(Family::gamma, 200.0, 3.0);
    segment.time_to_value_days = make_distribution(Family::weibull, 60.0, 1.4);
    segment.value_probability = 0.9;
    segment.quality = make_distribution(Family::normal, 0.6, 1.2);
    segment.unlimited_peers = i == 2;
    segment.peers = make_distribution(Family::negative_binomial, 6.0, 0.8);
    segment.names_per_yes = make_distribution(Family::poisson, 1.1);
    segment.peer_segments = {0.4 - 0.1 * i, 0.7, 1.0};
    segment.cycle_days = make_distribution(Family::lognormal, 42.0, 0.6);
    segment.incidents_per_day = 0.004;
    segment.incident_quality = 0.5;
    segment.organic_per_day = 0.004;
    segment.reference_consent = 0.7;
    segment.size_class = {0.5, 1.0};
    segment.seniority = {0.3, 0.8, 1.0};
    segment.rep_tie = make_distribution(Family::beta, 2.0, 2.0);
    segment.peer_tie = make_distribution(Family::beta, 1.5, 3.0);
    model.segments.push_back(segment);
  }
  model.segment_order = {2, 0, 1};
}

void add_touches(model::Model& model) {
  model.stocks = {{60.0, model::infinite}, {21.0, model::infinite}, {120.0, 3.0}};
  model.fatigue = fatigue;
  for (int kind = 0; kind < model::num_touches; ++kind) {
    model.touches[static_cast<std::size_t>(kind)] = {{Impulse{goodwill, -1, 0.2}}, 5.0 + kind, 3.125 * kind};
  }
  touch_of(model, TouchKind::purchase).impulses = {{awkwardness, -1, 2.0}, {goodwill, -1, 0.5}};
  touch_of(model, TouchKind::ask).impulses = {{fatigue, -1, 1.0}, {goodwill, awkwardness, -0.3}};
  touch_of(model, TouchKind::second_ask).impulses = {{fatigue, -1, 0.5}};
  touch_of(model, TouchKind::mention).impulses = {{fatigue, -1, 0.4}};
  touch_of(model, TouchKind::chase).impulses = {{fatigue, -1, 0.3}};
  touch_of(model, TouchKind::testimonial_request).impulses = {{fatigue, -1, 0.3}};
  touch_of(model, TouchKind::incident).impulses = {{goodwill, -1, -0.6}};
}

model::Thanks make_thanks(const model::Model& model, TouchKind kind, double delay_days) {
  return {true, delay_days, model.touch(kind)};
}

model::Conduct make_conduct(const model::Model& model) {
  model::Conduct conduct;
  conduct.promise = make_thanks(model, TouchKind::thanks_for_promise, 1.0);
  conduct.introduction = make_thanks(model, TouchKind::thank_you, 2.0);
  conduct.status_report = make_thanks(model, TouchKind::status_report, 10.0);
  conduct.win = make_thanks(model, TouchKind::thank_you, 3.0);
  conduct.recognition = make_thanks(model, TouchKind::recognition, 14.0);
  conduct.reward = make_thanks(model, TouchKind::reward, 7.0);
  conduct.from_customer = make_thanks(model, TouchKind::thanks_from_customer, 20.0);
  conduct.reward_referrer = 100.0;
  conduct.reward_customer = 50.0;
  conduct.commission = 0.05;
  conduct.fee = 12.34;
  conduct.acknowledges = true;
  return conduct;
}

/// Asks for introductions by every trigger that an account's life gives.
model::Program make_introduction_program(const model::Model& model) {
  model::Program program = make_program("introduction", 3);
  program.triggers = model::on_purchase | model::on_value_realised | model::on_testimonial | model::on_renewal |
                     model::on_referral_won;
  program.delay_days = make_distribution(Family::exponential, 20.0);
  program.repeats = true;
  program.repeat_days = constant(60.0);
  program.max_asks = 5;
  program.min_gap_days = 14.0;
  program.backlog_spread_days = 90.0;
  program.testimonial_delay_days = 10.0;
  program.testimonial_retry_days = 60.0;
  program.recovery = true;
  program.second_ask = model::SecondAsk::maybe;
  program.positioning = true;
  program.favour_gap_days = 75.0;
  program.favour_guard.steps = {{model::GuardStep::Op::less, model::stock_feature(fatigue), 2.0}};
  program.introduction_delay_days = make_distribution(Family::exponential, 10.0);
  program.chases = 2;
  program.conduct = make_conduct(model);
  return program;
}

void add_programs(const model::Model& model, model::Strategy& strategy) {
  using Op = model::GuardStep::Op;
  model::Program warm_up = make_introduction_program(model);
  warm_up.name = "warm-up";
  warm_up.from_days = model.start();
  warm_up.until_days = 0.0;
  const model::Program introduction = make_introduction_program(model);

  model::Program calendar = make_program("calendar", 3);
  calendar.triggers = model::by_calendar;
  calendar.calendar_days = make_distribution(Family::uniform, 60.0, 120.0);
  calendar.second_ask = model::SecondAsk::maybe_or_no;
  calendar.stop_after_no = true;
  calendar.fallback = model::Fallback::contact;
  calendar.chases = 1;
  calendar.chase_spacing_days = make_distribution(Family::exponential, 7.0);
  calendar.guard.steps = {
      {Op::greater_equal, Feature::value_realised, 1.0}, {Op::less, model::stock_feature(fatigue), 1.5}, {Op::and_}};
  calendar.conduct.acknowledges = false;

  model::Program mention = make_program("mention", 3);
  mention.triggers = model::by_survey;
  mention.survey_days = 91.0;
  mention.threshold = 0.3;
  mention.form = model::Form::mention;
  mention.mention_min_tie = 0.3;
  mention.mention_needs_consent = true;

  model::Program contact = make_program("contact", 3);
  contact.triggers = model::by_willingness;
  contact.willingness_grid_days = 5.0;
  contact.threshold = 0.45;
  contact.min_gap_days = 30.0;
  contact.form = model::Form::contact;
  contact.reach = model::Reach::new_customers;
  contact.stop_after_yes = true;
  contact.has_names_per_yes = true;
  contact.names_per_yes = make_distribution(Family::geometric, 1.5);
  strategy.programs = {warm_up, introduction, calendar, mention, contact};
}

void add_outcomes(model::Strategy& strategy) {
  const int n = static_cast<int>(strategy.programs.size());
  const auto set = [&](OutcomeKind kind, Link link, double intercept, std::vector<model::Weight> weights) {
    outcome_of(strategy, kind) = make_outcome(link, intercept, n, 3, std::move(weights));
  };
  set(OutcomeKind::ask, Link::logit, -0.6,
      {{model::stock_feature(fatigue), -0.5},
       {model::stock_feature(goodwill), 0.4},
       {Feature::quality, 0.3},
       {Feature::value_realised, 0.8}});
  set(OutcomeKind::second_ask, Link::logit, -1.0, {{model::stock_feature(fatigue), -0.3}});
  set(OutcomeKind::opt_out, Link::log, -4.0, {{model::stock_feature(fatigue), 0.6}});
  set(OutcomeKind::testimonial, Link::logit, 0.0, {{Feature::quality, 0.8}});
  set(OutcomeKind::introduce, Link::logit, -0.8,
      {{Feature::peer_tie, 1.0}, {Feature::chases, -0.2}, {Feature::reminded, 0.5}});
  set(OutcomeKind::organic, Link::identity, 0.1, {{Feature::has_referred, 0.2}});
  set(OutcomeKind::qualify, Link::logit, 1.5, {{Feature::match, 0.5}, {Feature::mentioned, -0.5}});
  set(OutcomeKind::win, Link::logit, -1.6,
      {{Feature::rep_tie, 0.3}, {Feature::referred, 0.5}, {Feature::introduced, 0.3}, {Feature::customer_reward, 0.2}});
  set(OutcomeKind::renew, Link::logit, 1.6, {{Feature::quality, 0.4}, {Feature::referrer_active, 0.3}});
  set(OutcomeKind::expand, Link::identity, 0.2, {});
}

}  // namespace

Case make_all_mechanisms() {
  Case all{"all mechanisms", {}, {}};
  model::Model& model = all.model;
  add_segments(model);
  add_touches(model);
  model.maybe_margin = 0.9;
  model.maybe_returns = 0.4;
  model.maybe_delay_days = make_distribution(Family::gamma, 30.0, 2.0);
  model.survey_noise = 0.5;
  model.margin = 0.7;
  model.discount_rate = 0.08;
  model.referral_value_factor = 1.2;
  model.expansion_value = 0.15;
  model.referral_cycle_factor = 0.7;
  model.horizon_days = 730.0;
  model.warm_up_days = 250.0;
  model.takeover_days = 0.0;
  model.max_accounts = 20'000;
  model.follow_up_days = 300.0;
  model.fatigue_limit = 2.5;
  add_programs(model, all.strategy);
  fill_outcomes(all.strategy, 3);
  add_outcomes(all.strategy);
  all.strategy.manners.organic = make_conduct(model);
  all.strategy.manners.follow_up_days = 4.0;
  all.strategy.manners.expansion = true;
  all.strategy.manners.organic.reward_referrer = all.strategy.manners.organic.reward_customer = 0.0;
  all.strategy.manners.organic.commission = all.strategy.manners.organic.fee = 0.0;
  return all;
}

Case make_without_delays() {
  Case plain = make_all_mechanisms();
  plain.name = "without delays";
  plain.model.warm_up_days = 0.0;
  for (model::Segment& segment : plain.model.segments) segment.pipeline_days = 0.0;
  plain.strategy.manners.follow_up_days = 0.0;
  plain.strategy.warm_up_manners = plain.strategy.manners;
  plain.strategy.programs.erase(plain.strategy.programs.begin());
  for (model::Program& program : plain.strategy.programs) {
    program.introduction_delay_days = constant(0.0);
    program.chase_spacing_days = constant(0.0);
  }
  fill_outcomes(plain.strategy, 3);
  add_outcomes(plain.strategy);
  // Thanks for one name's introduction land before the chance of the next name of the same yes.
  for (model::Program& program : plain.strategy.programs) {
    program.conduct.introduction = {true, 0.0, {{Impulse{goodwill, -1, 1.5}}, 0.0, 0.0}};
    program.has_names_per_yes = true;
    program.names_per_yes = constant(3.0);
  }
  outcome_of(plain.strategy, OutcomeKind::introduce) =
      make_outcome(Link::logit, -1.2, static_cast<int>(plain.strategy.programs.size()), 3,
                   {{model::stock_feature(goodwill), 1.0}, {Feature::chases, -0.2}});
  return plain;
}

}  // namespace vouch::reference
