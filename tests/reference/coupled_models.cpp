// SPDX-License-Identifier: Apache-2.0
#include <functional>

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

namespace {

constexpr model::Feature fatigue = Feature::first_stock;

model::Segment make_small_segment(int index) {
  model::Segment segment = make_segment("segment" + std::to_string(index), 40u + static_cast<unsigned>(index), index, 2,
                                        index == 0 ? 12 : 8);
  segment.tenure_days = constant(15.0 + 10.0 * index);
  segment.contract_value = make_distribution(Family::uniform, 500.0, 5000.0);
  segment.contract_days = constant(60.0);
  segment.time_to_value_days = constant(20.0);
  segment.value_probability = 0.9;
  segment.leads_per_day = 0.15;
  segment.unlimited_peers = false;
  segment.peers = make_distribution(Family::poisson, 5.0);
  segment.names_per_yes = constant(2.0);
  segment.peer_segments = make_even(2);
  segment.cycle_days = constant(20.0);
  segment.quality = make_distribution(Family::normal, 0.0, 1.0);
  segment.reference_consent = 0.8;
  segment.size_class = make_even(2);
  segment.seniority = make_even(3);
  return segment;
}

model::Program make_small_program() {
  model::Program program = make_program("client", 2);
  program.triggers = model::on_purchase | model::on_testimonial | model::on_referral_won;
  program.backlog_spread_days = 0.0;
  program.testimonial_retry_days = 30.0;
  program.delay_days = constant(10.0);
  program.repeats = true;
  program.repeat_days = constant(10.0);
  program.max_asks = 4;
  program.second_ask = model::SecondAsk::maybe_or_no;
  program.form = model::Form::contact;
  program.conduct.fee = 7.5;
  return program;
}

/// Few accounts, whose events fall on whole days and often together.
Case make_small() {
  Case small{"small", {}, {}};
  model::Model& model = small.model;
  model.segments = {make_small_segment(0), make_small_segment(1)};
  model.segment_order = {1, 0};
  model.stocks = {{40.0, model::infinite}};
  model.fatigue = 0;
  for (model::Touch& touch : model.touches) touch = {{Impulse{0, -1, 0.4}}, 3.0, 2.0};
  model.maybe_margin = 0.6;
  model.survey_noise = 0.5;
  model.expansion_value = 0.2;
  model.horizon_days = 200.0;
  model.follow_up_days = 90.0;
  model.max_accounts = 3000;
  model.referral_cycle_factor = 0.5;

  model::Strategy& strategy = small.strategy;
  strategy.programs = {make_small_program()};
  fill_outcomes(strategy, 2);
  const auto set = [&](OutcomeKind kind, Link link, double intercept, std::vector<model::Weight> weights) {
    outcome_of(strategy, kind) = make_outcome(link, intercept, 1, 2, std::move(weights));
  };
  set(OutcomeKind::ask, Link::logit, -0.8, {{fatigue, -0.4}, {Feature::quality, 0.4}});
  set(OutcomeKind::second_ask, Link::logit, -1.0, {{Feature::answered_maybe, 0.8}});
  set(OutcomeKind::opt_out, Link::identity, 0.05, {});
  set(OutcomeKind::testimonial, Link::identity, 0.5, {});
  set(OutcomeKind::win, Link::logit, -0.8,
      {{Feature::referred, 0.2},
       {Feature::reference, 0.8},
       {Feature::reference_match, 0.3},
       {Feature::capsule, 0.3},
       {Feature::credibility_gap, -1.0},
       {Feature::access_gap, -0.6}});
  set(OutcomeKind::renew, Link::identity, 0.8, {});
  set(OutcomeKind::expand, Link::identity, 0.2, {{Feature::reference, 0.3}, {Feature::capsule, 0.1}});
  set(OutcomeKind::accept_call, Link::logit, 1.0, {{fatigue, -0.5}});
  strategy.manners.expansion = true;
  strategy.warm_up_manners = strategy.manners;
  return small;
}

void set_reps(Case& c, std::uint32_t count, double asks_per_week, model::Priority priority) {
  model::Reps& reps = c.strategy.manners.reps;
  reps.are_limited = true;
  reps.count = count;
  reps.asks_per_week = asks_per_week;
  reps.priority = priority;
  c.strategy.warm_up_manners = c.strategy.manners;
}

void set_nerve(Case& c, double brave_share, double nerve) {
  c.strategy.manners.reps.brave_share = brave_share;
  c.strategy.manners.reps.nerve = nerve;
  c.strategy.warm_up_manners = c.strategy.manners;
}

void set_market(Case& c, double retry_after_days, double follow_up_days) {
  for (model::Segment& segment : c.model.segments) {
    if (segment.are_bystanders) continue;
    segment.is_finite = true;
    segment.market = segment.accounts + 15;
  }
  c.model.retry_after_days = retry_after_days;
  c.strategy.manners.follow_up_days = follow_up_days;
  c.strategy.warm_up_manners = c.strategy.manners;
}

/// A yes names so many that some are the same company, whose traits change with each visit.
void set_crowd(Case& c) {
  set_market(c, 2.0, 0.0);
  for (model::Segment& segment : c.model.segments) {
    segment.market = segment.accounts + 3;
    segment.names_per_yes = constant(12.0);
    segment.unlimited_peers = true;
    segment.size_class = {0.5, 1.0};
    segment.cycle_days = constant(0.0);
  }
  c.strategy.programs[0].form = model::Form::contact;
  outcome_of(c.strategy, OutcomeKind::win) = make_outcome(Link::identity, 0.02, 1, 2, {});
  outcome_of(c.strategy, OutcomeKind::qualify) = make_outcome(Link::identity, 0.0, 1, 2, {{Feature::match, 0.9}});
}

void set_pipeline(Case& c) {
  for (model::Segment& segment : c.model.segments) {
    segment.leads_per_day *= 2.0;
    segment.pipeline_days = 60.0;
  }
}

void set_moments(Case& c) {
  c.model.moments = {{0.0, 0.3, 0.1}, {0.5, 0.6, 0.4}, {1.0, 0.5, 0.5}};
  c.model.internal_introduction = 0.5;
  c.model.next_step_factor = 0.5;
  c.model.stall_days = 5.0;
  c.strategy.manners.introduces_internally = true;
  c.strategy.warm_up_manners = c.strategy.manners;
}

void set_desk(Case& c, model::Rotation rotation, const std::function<void(model::Desk&)>& change = {}) {
  if (c.model.moments.empty()) set_moments(c);
  model::Desk& desk = c.strategy.manners.desk;
  desk = model::Desk{};
  desk.runs = true;
  desk.rotation = rotation;
  desk.calls_window_days = constant(30.0);
  desk.call_delay_days = constant(5.0);
  desk.max_tries = 2;
  if (change) change(desk);
  c.strategy.warm_up_manners = c.strategy.manners;
}

/// Partners whom a program of their own asks, by every trigger that they can know.
void set_partners(Case& c) {
  model::Segment partners = make_segment("partners", 900, 0, 2, 6);
  partners.peer_segments = make_even(2);
  partners.quality = make_distribution(Family::normal, 0.5, 1.0);
  partners.names_per_yes = constant(1.0);
  partners.rep_tie = constant(0.7);
  add_population(c.model, c.strategy, partners);
  model::Program program = make_small_program();
  program.name = "partners";
  program.addresses_segment = {0, 0, 1};
  program.triggers = model::by_calendar | model::by_survey | model::by_willingness | model::on_referral_won;
  program.calendar_days = constant(25.0);
  program.survey_days = 50.0;
  program.willingness_grid_days = 10.0;
  program.threshold = 0.3;
  program.min_gap_days = 10.0;
  program.max_asks = 8;
  program.form = model::Form::introduction;
  program.conduct.commission = 0.1;
  c.strategy.programs[0].addresses_segment[2] = 0;
  c.strategy.programs.push_back(program);
  for (model::Outcome& outcome : c.strategy.outcomes)
    outcome.base.insert(outcome.base.end(), outcome.base.end() - 3, outcome.base.end());
  for (double& base : outcome_of(c.strategy, OutcomeKind::introduce).base) base = 0.7;
}

void set_all(Case& c, std::uint32_t num_territories) {
  c.model.num_territories = num_territories;
  set_reps(c, 4, 3.0, model::Priority::most_likely_yes);
  set_nerve(c, 0.8, 0.9);
  set_market(c, 20.0, 0.0);
  set_desk(c, model::Rotation::least_recently_used, [](model::Desk& desk) {
    desk.calls_cap = 1;
    desk.capsules = true;
    desk.renewals = true;
  });
}

/// The first half of the programs' time becomes another strategy's, with its own reps and desk.
void set_warm_up(Case& c) {
  c.model.warm_up_days = 100.0;
  c.model.takeover_days = 0.0;
  model::Program warm_up = c.strategy.programs[0];
  warm_up.from_days = c.model.start();
  warm_up.until_days = 0.0;
  const auto num_segments = static_cast<std::ptrdiff_t>(c.model.segments.size());
  c.strategy.programs.insert(c.strategy.programs.begin(), warm_up);
  for (model::Outcome& outcome : c.strategy.outcomes) {
    const std::vector<double> base(outcome.base.begin() + num_segments, outcome.base.begin() + 2 * num_segments);
    outcome.base.insert(outcome.base.begin() + num_segments, base.begin(), base.end());
  }
  c.strategy.warm_up_manners.desk.rotation = model::Rotation::favourite;
  c.strategy.warm_up_manners.desk.contingent_next_step = true;
  c.strategy.warm_up_manners.desk.calls_cap = 2;
  c.strategy.warm_up_manners.reps.count = 2;
  c.strategy.warm_up_manners.reps.nerve = 0.5;
  c.strategy.warm_up_manners.reps.priority = model::Priority::fifo;
}

/// Nothing takes any time but contracts and the gaps between asks.
void remove_delays(Case& c) {
  for (model::Segment& segment : c.model.segments) {
    segment.cycle_days = constant(0.0);
    segment.time_to_value_days = constant(0.0);
    segment.tenure_days = constant(0.0);
  }
  for (model::Program& program : c.strategy.programs) program.delay_days = constant(0.0);
  c.strategy.manners.desk.call_delay_days = constant(0.0);
  c.strategy.warm_up_manners.desk.call_delay_days = constant(0.0);
}

Case make_small(const std::string& name, const std::function<void(Case&)>& change) {
  Case c = make_small();
  c.name = name;
  change(c);
  return c;
}

std::vector<Case> make_desk_cases() {
  using model::Rotation;
  std::vector<Case> cases;
  const auto add = [&](const std::string& name, Rotation rotation, const std::function<void(model::Desk&)>& change) {
    cases.push_back(make_small("desk: " + name, [&](Case& c) { set_desk(c, rotation, change); }));
  };
  for (const Rotation rotation :
       {Rotation::least_recently_used, Rotation::least_fatigued, Rotation::random, Rotation::favourite}) {
    add("rotation " + std::to_string(static_cast<int>(rotation)), rotation, {});
    add("cap 1, rotation " + std::to_string(static_cast<int>(rotation)), rotation,
        [](model::Desk& desk) { desk.calls_cap = 1; });
  }
  add("random windows", Rotation::random, [](model::Desk& desk) {
    desk.calls_cap = 2;
    desk.calls_window_days = make_distribution(Family::exponential, 40.0);
    desk.min_match = 0.5;
    desk.max_fatigue = 1.5;
  });
  add("capsules", Rotation::favourite, [](model::Desk& desk) {
    desk.calls_cap = 1;
    desk.calls_window_days = constant(model::infinite);
    desk.capsules = true;
  });
  add("calls longer than the deal", Rotation::least_recently_used, [](model::Desk& desk) {
    desk.call_delay_days = constant(35.0);
    desk.contingent_next_step = true;
  });
  add("calls of random delay, next step", Rotation::least_fatigued, [](model::Desk& desk) {
    desk.call_delay_days = make_distribution(Family::exponential, 10.0);
    desk.contingent_next_step = true;
  });
  add("renewals", Rotation::favourite, [](model::Desk& desk) {
    desk.renewals = true;
    desk.capsules = true;
    desk.max_tries = 1;
    desk.call_delay_days = constant(60.0);
  });
  add("no delay", Rotation::random, [](model::Desk& desk) {
    desk.call_delay_days = constant(0.0);
    desk.calls_window_days = constant(0.0);
    desk.renewals = true;
  });
  return cases;
}

std::vector<Case> make_reps_and_market_cases() {
  using model::Priority;
  return {
      make_small("slots: fifo", [](Case& c) { set_reps(c, 2, 4.0, Priority::fifo); }),
      make_small("slots: most likely yes", [](Case& c) { set_reps(c, 2, 4.0, Priority::most_likely_yes); }),
      make_small("slots: most valuable", [](Case& c) { set_reps(c, 2, 4.0, Priority::most_valuable); }),
      make_small("slots: hardly any", [](Case& c) { set_reps(c, 1, 0.5, Priority::fifo); }),
      make_small("nerve without slots", [](Case& c) { set_nerve(c, 0.5, 0.6); }),
      make_small("nerve with slots",
                 [](Case& c) {
                   set_reps(c, 5, 2.0, Priority::fifo);
                   set_nerve(c, 0.5, 0.6);
                 }),
      make_small("finite market", [](Case& c) { set_market(c, model::infinite, 0.0); }),
      make_small("finite market, retries", [](Case& c) { set_market(c, 20.0, 0.0); }),
      make_small("finite market, retries, follow-up", [](Case& c) { set_market(c, 10.0, 15.0); }),
      make_small("finite market, crowded", set_crowd),
      make_small("finite market, pipeline",
                 [](Case& c) {
                   set_market(c, 20.0, 5.0);
                   set_pipeline(c);
                 }),
      make_small("one finite market of two, follow-up",
                 [](Case& c) {
                   set_market(c, 20.0, 5.0);
                   set_desk(c, model::Rotation::random, [](model::Desk& desk) { desk.calls_cap = 1; });
                   c.model.segments[1].is_finite = false;
                 }),
      make_small("moments without a desk", set_moments),
      make_small("partners", set_partners),
  };
}

}  // namespace

std::vector<Case> make_coupled_cases() {
  std::vector<Case> cases = make_reps_and_market_cases();
  for (Case& c : make_desk_cases()) cases.push_back(std::move(c));
  const auto add = [&](const std::string& name, const std::function<void(Case&)>& change) {
    cases.push_back(make_small(name, change));
  };
  const auto everything = [](Case& c) {
    set_partners(c);
    set_all(c, 1);
    set_pipeline(c);
  };
  add("one territory, everything", everything);
  add("three territories, everything", [](Case& c) { set_all(c, 3); });
  add("everything after a warm-up", [&](Case& c) {
    everything(c);
    set_warm_up(c);
  });
  add("everything without delays", [&](Case& c) {
    everything(c);
    remove_delays(c);
  });
  return cases;
}

Case make_all_couplings() {
  Case all = make_all_mechanisms();
  all.name = "all couplings";
  model::Segment outsiders = all.model.segments[0];
  outsiders.name = "outsiders";
  outsiders.id = 500;
  outsiders.leads_per_day = 0.0;
  add_population(all.model, all.strategy, outsiders);
  set_desk(all, model::Rotation::least_recently_used, [](model::Desk& d) {
    d.calls_cap = 2;
    d.calls_window_days = make_distribution(Family::exponential, 90.0);
    d.call_delay_days = make_distribution(Family::exponential, 3.0);
    d.capsules = true;
    d.renewals = true;
    d.min_match = 0.75;
  });
  set_reps(all, 5, 0.7, model::Priority::most_likely_yes);
  set_nerve(all, 0.7, 0.9);
  set_market(all, 60.0, 4.0);
  all.model.num_territories = 2;
  const int num_programs = static_cast<int>(all.strategy.programs.size());
  outcome_of(all.strategy, OutcomeKind::accept_call) =
      make_outcome(Link::logit, 0.5, num_programs, 4, {{fatigue, -0.5}, {Feature::quality, 0.3}});
  std::vector<model::Weight>& win = outcome_of(all.strategy, OutcomeKind::win).weights;
  win.push_back({Feature::reference, 0.9});
  win.push_back({Feature::reference_match, 0.4});
  win.push_back({Feature::capsule, 0.3});
  win.push_back({Feature::credibility_gap, -1.1});
  win.push_back({Feature::access_gap, -0.7});
  outcome_of(all.strategy, OutcomeKind::expand).weights = {{Feature::reference, 0.3}, {Feature::capsule, 0.1}};
  return all;
}

}  // namespace vouch::reference
