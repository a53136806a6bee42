// SPDX-License-Identifier: Apache-2.0
#include "scenario/compile_strategy.hpp"

#include <algorithm>
#include <cmath>

#include "random/maths.hpp"
#include "scenario/features.hpp"

namespace vouch::scenario {
namespace {

using model::TouchKind;

/// Days after a win within which something must thank the referrer.
constexpr double acknowledged_within_days = 30.0;

model::Conduct without_rewards(model::Conduct conduct) {
  conduct.reward_referrer = 0.0;
  conduct.reward_customer = 0.0;
  conduct.commission = 0.0;
  conduct.fee = 0.0;
  return conduct;
}

model::Reps compile_reps(const Table& table) {
  model::Reps reps;
  if (const auto count = table.maybe_whole("count")) {
    reps.are_limited = true;
    reps.count = static_cast<std::uint32_t>(*count);
  }
  reps.asks_per_week = table.maybe_real("asks_per_week").value_or(0.0);
  reps.priority = static_cast<model::Priority>(table.choice("priority"));
  reps.brave_share = table.real("brave_share");
  reps.nerve = table.real("nerve");
  return reps;
}

model::Desk compile_desk(const Table& table) {
  model::Desk desk;
  desk.runs = true;
  desk.rotation = static_cast<model::Rotation>(table.choice("rotation"));
  if (const auto cap = table.maybe_whole("calls_cap")) desk.calls_cap = static_cast<std::uint32_t>(*cap);
  desk.calls_window_days = table.distribution("calls_window_days");
  desk.max_fatigue = table.real("max_fatigue");
  desk.min_match = table.real("min_match");
  desk.max_tries = static_cast<std::uint32_t>(table.whole("max_tries"));
  desk.call_delay_days = table.distribution("call_delay_days");
  desk.capsules = table.flag("capsules");
  desk.contingent_next_step = table.flag("contingent_next_step");
  desk.renewals = table.flag("renewals");
  return desk;
}

}  // namespace

StrategyCompiler::StrategyCompiler(const Resolved& resolved, const model::Model& model, Reader& reader)
    : resolved_(resolved),
      model_(model),
      reader_(reader),
      thanks_half_life_days_(
          Table(Section::asking, *resolved.root.find("asking"), reader).real("thanks_half_life_days")),
      warm_up_strategy_(
          Table(Section::experiment, *resolved.root.find("experiment"), reader).text("warm_up_strategy")) {}

const Node& StrategyCompiler::strategy_node(const std::string& name) const {
  return *resolved_.root.find("strategies")->find(name);
}

model::Strategy StrategyCompiler::compile(const std::string& name) const {
  model::Strategy strategy;
  strategy.name = name;
  std::vector<Source> sources;
  if (!warm_up_strategy_.empty()) {
    sources = compile_programs(warm_up_strategy_);
    for (Source& source : sources) {
      source.program.name += " (warm-up)";
      source.program.from_days = model_.start();
      source.program.until_days = 0.0;
    }
  }
  for (Source& source : compile_programs(name)) {
    source.program.from_days = model_.takeover_days;
    sources.push_back(std::move(source));
  }
  for (std::size_t kind = 0; kind < strategy.outcomes.size(); ++kind)
    strategy.outcomes[kind] = compile_outcome(kind, sources);
  for (Source& source : sources) strategy.programs.push_back(std::move(source.program));
  strategy.manners = compile_manners(name);
  strategy.warm_up_manners = compile_manners(warm_up_strategy_.empty() ? name : warm_up_strategy_);
  return strategy;
}

std::vector<StrategyCompiler::Source> StrategyCompiler::compile_programs(const std::string& strategy) const {
  const Node& node = strategy_node(strategy);
  std::vector<Source> sources;
  for (const auto& [name, table] : list_program_sources(node, reader_)) {
    Source source{name, {}, compile_program(name, table)};
    // A program's conduct is laid over the strategy's, feature by feature.
    Node conduct = *unwrap(*node.find("conduct")).value;
    for (const Member& member : unwrap(table.at("conduct")).value->members) conduct.set(member.key, member.value);
    source.conduct = reader_.numbers(table.rule("conduct"), conduct);
    source.conduct.emplace_back("reward", maths::log(1.0 + source.program.conduct.reward_referrer / 100.0));
    std::sort(source.conduct.begin(), source.conduct.end());
    sources.push_back(std::move(source));
  }
  return sources;
}

model::Program StrategyCompiler::compile_program(const std::string& name, const Table& table) const {
  model::Program program;
  program.name = name;
  const std::vector<std::string> addressed = list_addressed({name, table}, resolved_.names);
  for (const std::string& cell : resolved_.names.cells())
    program.addresses_segment.push_back(std::find(addressed.begin(), addressed.end(), cell) != addressed.end() ? 1 : 0);
  program.reach = static_cast<model::Reach>(table.choice("reach"));
  compile_timing(program, table);
  program.form = static_cast<model::Form>(table.choice("form"));
  program.second_ask = static_cast<model::SecondAsk>(table.choice("second_ask"));
  program.positioning = table.flag("positioning");
  if (const auto names = table.maybe_distribution("names_per_yes")) {
    program.has_names_per_yes = true;
    program.names_per_yes = *names;
  }
  Favours favours = reader_.favours(table.rule("favours"), table.at("favours"));
  program.favour_gap_days = favours.gap_days;
  program.favour_guard = std::move(favours.guard);
  program.introduction_delay_days = table.distribution("introduction_delay_days");
  program.chases = static_cast<int>(table.whole("chases"));
  program.chase_spacing_days = table.distribution("chase_spacing_days");
  program.fallback = static_cast<model::Fallback>(table.choice("fallback"));
  program.mention_min_tie = table.real("mention_min_tie");
  program.mention_needs_consent = table.flag("mention_needs_consent");
  program.conduct = compile_conduct(table);
  return program;
}

void StrategyCompiler::compile_timing(model::Program& program, const Table& table) const {
  constexpr std::uint16_t bits[] = {model::on_purchase, model::on_value_realised, model::on_testimonial,
                                    model::on_renewal,  model::by_calendar,       model::on_referral_won,
                                    model::by_survey,   model::by_willingness};
  for (const int trigger : table.choices("when"))
    program.triggers = static_cast<std::uint16_t>(program.triggers | bits[trigger]);
  program.delay_days = table.distribution("delay_days");
  if (const auto repeat = table.maybe_distribution("repeat_days")) {
    program.repeats = true;
    program.repeat_days = *repeat;
  }
  if (const auto calendar = table.maybe_distribution("calendar_days")) program.calendar_days = *calendar;
  program.survey_days = table.maybe_real("survey_days").value_or(0.0);
  program.willingness_grid_days = table.real("willingness_grid_days");
  program.threshold = table.maybe_real("threshold").value_or(0.0);
  if (const auto asks = table.maybe_whole("max_asks")) program.max_asks = static_cast<int>(*asks);
  program.min_gap_days = table.real("min_gap_days");
  program.stop_after_no = table.flag("stop_after_no");
  program.stop_after_yes = table.flag("stop_after_yes");
  program.guard = reader_.guard(table.rule("guard"), table.at("guard"));
  program.backlog_spread_days = reader_.backlog(table.rule("backlog"), table.at("backlog"));
  program.testimonial_delay_days = table.real("testimonial_delay_days");
  program.testimonial_retry_days = table.real("testimonial_retry_days");
  program.recovery = table.flag("recovery");
}

model::Thanks StrategyCompiler::compile_thanks(const Table& table, const char* key, TouchKind kind) const {
  const std::optional<double> delay = table.maybe_real(key);
  if (!delay) return {};
  model::Thanks thanks{true, *delay, model_.touch(kind)};
  const double strength = maths::exp2(-*delay / thanks_half_life_days_);
  for (model::Impulse& impulse : thanks.touch.impulses) impulse.amount *= strength;
  return thanks;
}

model::Conduct StrategyCompiler::compile_conduct(const Table& table) const {
  model::Conduct conduct;
  conduct.promise = compile_thanks(table, "thanks_for_promise_days", TouchKind::thanks_for_promise);
  conduct.introduction = compile_thanks(table, "thank_you_days", TouchKind::thank_you);
  conduct.status_report = compile_thanks(table, "status_report_days", TouchKind::status_report);
  conduct.win = compile_thanks(table, "win_thank_you_days", TouchKind::thank_you);
  conduct.recognition = compile_thanks(table, "recognition_days", TouchKind::recognition);
  conduct.reward = compile_thanks(table, "reward_days", TouchKind::reward);
  conduct.from_customer = compile_thanks(table, "thanks_from_customer_days", TouchKind::thanks_from_customer);
  conduct.reward_referrer = table.real("reward_referrer");
  conduct.reward_customer = table.real("reward_customer");
  conduct.commission = table.real("commission");
  conduct.fee = table.real("fee");
  for (const model::Thanks* thanks : {&conduct.win, &conduct.recognition, &conduct.reward, &conduct.from_customer})
    conduct.acknowledges = conduct.acknowledges || (thanks->enabled && thanks->delay_days <= acknowledged_within_days);
  return conduct;
}

model::Manners StrategyCompiler::compile_manners(const std::string& strategy) const {
  const Table table(Section::strategy, strategy_node(strategy), reader_);
  model::Manners manners;
  manners.organic = without_rewards(compile_conduct(table));
  manners.follow_up_days = table.real("follow_up_days");
  manners.expansion = table.flag("expansion");
  manners.introduces_internally = table.flag("internal_introductions");
  manners.reps = compile_reps(table_of_reps(strategy_node(strategy), resolved_.root, reader_));
  if (const auto desk = find_desk(strategy_node(strategy), reader_)) manners.desk = compile_desk(*desk);
  return manners;
}

model::Outcome StrategyCompiler::compile_outcome(std::size_t kind, const std::vector<Source>& sources) const {
  const std::string& name = outcome_names()[kind];
  const Table table(Section::outcome, *resolved_.root.find("outcomes")->find(name), reader_);
  const bool plain = table.has("probability");
  model::Outcome outcome;
  outcome.link = plain ? model::Link::identity : static_cast<model::Link>(table.choice("link"));
  const double intercept = table.real(plain ? "probability" : "intercept");

  // Weights of features, and of what is constant under a program.
  std::vector<std::pair<std::string, double>> constants;
  const std::vector<std::string>& conduct = resolved_.names.conduct;
  for (const auto& [feature, weight] : table.numbers("weights")) {
    const bool is_constant = feature == "reward" || std::find(conduct.begin(), conduct.end(), feature) != conduct.end();
    if (is_constant) {
      constants.emplace_back(feature, weight);
    } else if (weight != 0.0) {
      outcome.weights.push_back({*find_feature(feature, resolved_.names.stocks), weight});
    }
  }
  std::sort(constants.begin(), constants.end());
  std::sort(outcome.weights.begin(), outcome.weights.end(),
            [](const model::Weight& a, const model::Weight& b) { return a.feature < b.feature; });

  const auto segment_offsets = table.numbers("segments");
  const auto program_offsets = table.numbers("programs");
  const auto look_up = [](const std::vector<std::pair<std::string, double>>& pairs, const std::string& key) {
    for (const auto& [found, value] : pairs)
      if (found == key) return value;
    return 0.0;
  };
  for (std::size_t source = 0; source <= sources.size(); ++source) {
    for (const std::string& segment : resolved_.names.cells()) {
      double base = intercept + look_up(segment_offsets, segment);
      if (source > 0) {
        const Source& program = sources[source - 1];
        base += look_up(program_offsets, program.name);
        for (const auto& [feature, weight] : constants) base += weight * look_up(program.conduct, feature);
      }
      outcome.base.push_back(base);
    }
  }
  return outcome;
}

}  // namespace vouch::scenario
