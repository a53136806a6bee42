// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "scenario/features.hpp"
#include "scenario/warnings.hpp"

namespace vouch::scenario {
namespace {

constexpr std::uint16_t value_triggers = model::on_value_realised | model::on_testimonial;
constexpr std::uint16_t predicting = model::by_survey | model::by_willingness;

bool reads_quality(const model::Guard& guard) {
  return std::any_of(guard.steps.begin(), guard.steps.end(), [](const model::GuardStep& step) {
    const bool is_comparison = step.op != model::GuardStep::Op::and_ && step.op != model::GuardStep::Op::or_ &&
                               step.op != model::GuardStep::Op::not_;
    return is_comparison && step.feature == model::Feature::quality;
  });
}

class ProgramWarnings {
 public:
  ProgramWarnings(const Compiled& compiled, const model::Strategy& strategy, Problems& problems)
      : model_(compiled.model), strategy_(strategy), problems_(problems) {}

  void run(const Table& table, const model::Program& program) {
    name_ = program.name == "client" ? fmt::format("strategy '{}'", strategy_.name)
                                     : fmt::format("program '{}' of strategy '{}'", program.name, strategy_.name);
    warn_never(table, program);
    warn_of_value(table, program);
    warn_of_oracle(table, program);
    warn_of_idle_keys(table, program);
  }

 private:
  std::vector<const model::Segment*> addressed(const model::Program& program) const {
    std::vector<const model::Segment*> segments;
    for (std::size_t i = 0; i < model_.segments.size(); ++i)
      if (program.addresses_segment[i] != 0) segments.push_back(&model_.segments[i]);
    return segments;
  }

  std::string find_why_bystanders_never(const model::Program& program) const {
    if (program.reach == model::Reach::new_customers) return "partners and outsiders were there before it began";
    const auto brings_first = [&](const model::Program& other) {
      return (other.triggers & ~model::on_referral_won) != 0 && other.addresses_segment == program.addresses_segment;
    };
    const bool are_asked_first = std::any_of(strategy_.programs.begin(), strategy_.programs.end(), brings_first);
    return are_asked_first ? "" : "nothing brings a first referral";
  }

  std::string find_why_never(const model::Program& program) const {
    const auto segments = addressed(program);
    const auto all = [&](auto predicate) { return std::all_of(segments.begin(), segments.end(), predicate); };
    const bool only_value = (program.triggers & ~value_triggers) == 0;
    if (program.triggers == 0) return "it has no `when`";
    const bool serves_desk = (program.triggers & model::on_testimonial) != 0 && strategy_.manners.desk.runs &&
                             strategy_.manners.desk.capsules;
    if (program.max_asks == 0) return serves_desk ? "" : "max_asks is 0";  // its testimonials are the desk's capsules
    if (all([](const model::Segment* s) { return s->are_bystanders; })) return find_why_bystanders_never(program);
    if (program.reach == model::Reach::existing && model_.takeover_days == model_.start() &&
        all([](const model::Segment* s) { return s->accounts == 0; }))
      return "its segments have no existing accounts";
    if (program.reach == model::Reach::existing && program.triggers == model::on_purchase &&
        program.backlog_spread_days < 0.0)
      return "existing customers bought before it began, and the backlog is skipped";
    if (only_value && all([](const model::Segment* s) { return s->value_probability == 0.0; }))
      return "value is never realised in its segments";
    const model::Outcome& testimonial = strategy_.outcome(model::OutcomeKind::testimonial);
    const bool refused =
        testimonial.is_constant() && testimonial.link == model::Link::identity &&
        std::all_of(testimonial.base.begin(), testimonial.base.end(), [](double p) { return p <= 0.0; });
    if (program.triggers == model::on_testimonial && refused) return "nobody ever gives a testimonial";
    const bool is_logit = strategy_.outcome(model::OutcomeKind::ask).link == model::Link::logit;
    if ((program.triggers & ~predicting) == 0 && program.threshold >= 1.0 && is_logit)
      return "a predicted P(yes) never reaches 1";
    return {};
  }

  void warn_never(const Table& table, const model::Program& program) {
    const std::string why = find_why_never(program);
    if (!why.empty())
      problems_.warn(table.where("when"), fmt::format("{} can never ask", name_), why,
                     "check `when`, `reach` and `segments`");
  }

  void warn_of_value(const Table& table, const model::Program& program) {
    if ((program.triggers & value_triggers) == 0) return;
    for (const model::Segment* segment : addressed(program)) {
      const bool at_once =
          segment->time_to_value_days.is_constant() && segment->time_to_value_days.parameters[0] == 0.0;
      if (segment->value_probability == 0.0) {
        problems_.warn(table.where("when"),
                       fmt::format("{} waits for a value that '{}' never realises", name_, segment->name),
                       "its value_probability is 0", "raise it, or leave the segment out");
      } else if (at_once) {
        problems_.warn(table.where("when"),
                       fmt::format("{} waits for a value that '{}' realises at once", name_, segment->name),
                       "its time_to_value_days is 0", "give the segment a time_to_value_days");
      }
    }
  }

  void warn_of_oracle(const Table& table, const model::Program& program) {
    if (model_.survey_noise > 0.0) return;
    const bool predicts = (program.triggers & predicting) != 0;
    if (!predicts && !reads_quality(program.guard) && !reads_quality(program.favour_guard)) return;
    problems_.warn(table.where(predicts ? "when" : "guard"), fmt::format("{} is an oracle", name_),
                   "with asking.survey_noise = 0 it sees an account's true quality", "give survey_noise above 0");
  }

  void warn_of_idle_keys(const Table& table, const model::Program& program) {
    constexpr std::uint16_t timed = model::by_calendar | predicting;
    if (program.triggers == 0 || (program.triggers & ~timed) != 0) return;
    for (const char* key : {"repeat_days", "delay_days"}) {
      const Node& value = *unwrap(table.at(key)).value;
      if (value.origin == Origin::fallback || value.is_false() || (value.is_number() && value.number() == 0.0))
        continue;
      problems_.warn(table.where(key), fmt::format("{} does nothing for {}", key, name_),
                     "calendar, survey and willingness attempt at their own times", "remove it");
    }
  }

  const model::Model& model_;
  const model::Strategy& strategy_;
  Problems& problems_;
  std::string name_;
};

void warn_of_growth(const Compiled& compiled, const model::Strategy& strategy, const Location& where,
                    Problems& problems) {
  double most = 0.0;
  std::size_t at = 0;
  for (std::size_t s = 0; s < compiled.model.segments.size(); ++s) {
    if (compiled.model.segments[s].are_bystanders || compiled.model.segments[s].is_finite) continue;
    const double reproduction = estimate_reproduction(compiled.model, strategy, s);
    if (reproduction > most) {
      most = reproduction;
      at = s;
    }
  }
  if (most > 1.0)
    problems.warn(where,
                  fmt::format("a customer of '{}' may bring {:.1f} others under strategy '{}'",
                              compiled.model.segments[at].name, most, strategy.name),
                  "before stocks act the reproduction number is above one, so worlds can grow without bound",
                  "limit max_asks or peers; a world that exceeds experiment.max_accounts stops");
}

}  // namespace

void warn_of_programs(const Resolved& resolved, const Compiled& compiled, Problems& problems) {
  Reader reader(resolved.names, problems);
  for (const Member& member : resolved.root.find("strategies")->members) {
    const std::vector<ProgramSource> sources = list_program_sources(member.value, reader);
    const auto strategy = std::find_if(compiled.strategies.begin(), compiled.strategies.end(),
                                       [&](const model::Strategy& s) { return s.name == member.key; });
    // A warm-up strategy's programs stand before the strategy's own.
    const std::size_t own = strategy->programs.size() - sources.size();
    ProgramWarnings warnings(compiled, *strategy, problems);
    for (std::size_t p = 0; p < sources.size(); ++p) warnings.run(sources[p].table, strategy->programs[own + p]);
    warn_of_growth(compiled, *strategy, member.value.key_where, problems);
  }
}

}  // namespace vouch::scenario
