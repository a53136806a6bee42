// SPDX-License-Identifier: Apache-2.0
// Suspicious but legal: what populations, reps and desks have that does nothing.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/idle_keys.hpp"
#include "scenario/warnings.hpp"

namespace vouch::scenario {
namespace {

class MechanismWarnings {
 public:
  MechanismWarnings(const Resolved& resolved, const Compiled& compiled, Problems& problems)
      : root_(resolved.root),
        names_(resolved.names),
        compiled_(compiled),
        model_(compiled.model),
        problems_(problems),
        reader_(names_, problems) {}

  void run() {
    warn_of_unaddressed_populations();
    for (const model::Strategy& strategy : compiled_.strategies) {
      const Node& node = *root_.find("strategies")->find(strategy.name);
      const Table reps = table_of_reps(node, root_, reader_);
      look_at_reps(reps, strategy.manners.reps);
      if (!list_program_sources(node, reader_).empty()) look_at_nerve(reps);
      if (const auto desk = find_desk(node, reader_)) look_at_desk(*desk, strategy);
      look_at_introductions(Table(Section::strategy, node, reader_));
    }
    idle_.tell(problems_);
  }

 private:
  void warn_of_unaddressed_populations() {
    for (const Member& population : root_.find("populations")->members) {
      bool is_addressed = false;
      for (const Member& strategy : root_.find("strategies")->members)
        for (const ProgramSource& program : list_program_sources(strategy.value, reader_))
          is_addressed = is_addressed || population_of(program) == population.key;
      if (!is_addressed)
        problems_.warn(population.value.key_where, fmt::format("no program addresses population '{}'", population.key),
                       "nobody asks it", fmt::format("give a program population = \"{}\"", population.key));
    }
  }

  void look_at_reps(const Table& table, const model::Reps& reps) {
    if (reps.are_limited && reps.count < model_.num_territories)
      problems_.warn(table.where("count"),
                     fmt::format("{} reps for {} territories", reps.count, model_.num_territories),
                     "a territory without a rep asks nobody",
                     fmt::format("give at least {}, or fewer reps.territories", model_.num_territories));
    if (reps.priority != model::Priority::fifo)
      idle_.look(table.where("priority"), reps.are_limited,
                 telling("priority without limited reps", "nobody waits for them", "give reps.count, or remove it"));
    if (reps.asks_per_week > 0.0)
      idle_.look(
          table.where("asks_per_week"), reps.are_limited,
          telling("asks_per_week without limited reps", "their time has no end", "give reps.count, or remove it"));
  }

  void look_at_nerve(const Table& reps) {
    for (const char* key : {"brave_share", "nerve"})
      if (reps.real(key) == 0.0)
        problems_.warn(reps.where(key), fmt::format("with {} = 0 nobody asks", key), "no rep ever dares",
                       "give it above 0; a strategy without `when` never asks");
  }

  void look_at_desk(const Table& table, const model::Strategy& strategy) {
    const model::Desk& desk = strategy.manners.desk;
    const bool has_gaps = std::any_of(model_.moments.begin(), model_.moments.end(),
                                      [](const model::Moment& moment) { return moment.credibility_gap > 0.0; });
    idle_.look(table.where("runs"), has_gaps || desk.renewals,
               telling("a reference desk that is never asked",
                       "no moment in [deals] has a credibility_gap, and it serves no renewals",
                       "add deals.moments with a credibility_gap, or renewals = true"));
    if (desk.renewals)
      idle_.look(table.where("renewals"), strategy.manners.expansion,
                 telling("a desk serves renewals where no strategy tries to expand",
                         "what it leaves acts on `expand` only", "set expansion = true, or remove `renewals`"));
    if (desk.contingent_next_step)
      idle_.look(table.where("contingent_next_step"), model_.next_step_factor != 1.0 || model_.stall_days != 0.0,
                 telling("contingent_next_step has no effect",
                         "with next_step_factor = 1 and stall_days = 0 a call leaves the deal's length as it is",
                         "give deals.next_step_factor or deals.stall_days"));
    look_at_candidates(table, desk);
    if (table.maybe_whole("calls_cap"))
      idle_.look(table.where("calls_cap"),
                 !desk.calls_window_days.is_constant() || desk.calls_window_days.parameters[0] != 0.0,
                 telling("calls_cap has no effect", "with calls_window_days = 0 no call ever counts",
                         "give calls_window_days, or remove it"));
    if (desk.capsules)
      idle_.look(table.where("capsules"), asks_for_testimonials(strategy),
                 telling("a desk has capsules where no program asks for testimonials",
                         "a capsule is the quote of an account with one",
                         "add a program with when = \"testimonial\", or remove `capsules`"));
  }

  void look_at_candidates(const Table& table, const model::Desk& desk) {
    const model::MatchWeights& match = model_.match;
    const double best = std::max(0.0, match.segment) + std::max(0.0, match.size_class) + std::max(0.0, match.seniority);
    if (desk.min_match > best)
      problems_.warn(table.where("min_match"),
                     fmt::format("min_match = {} is more than the weights of `match` can reach", desk.min_match),
                     fmt::format("a perfect match is {}, so the desk finds nobody", best),
                     "lower it, or raise deals.match");
    if (desk.max_fatigue < 0.0)
      problems_.warn(table.where("max_fatigue"), fmt::format("max_fatigue = {} is below 0", desk.max_fatigue),
                     "fatigue begins at 0 and fades towards it, so the desk asks hardly anybody",
                     "give 0 or more; inf leaves nobody alone");
    else if (desk.max_fatigue < model::infinite && model_.fatigue < 0)
      problems_.warn(table.where("max_fatigue"), "max_fatigue without a stock called 'fatigue'", "nobody tires",
                     "add [stocks.fatigue], or remove it");
  }

  /// In its warm-up included: what was given then is there.
  static bool asks_for_testimonials(const model::Strategy& strategy) {
    return std::any_of(strategy.programs.begin(), strategy.programs.end(),
                       [](const model::Program& program) { return (program.triggers & model::on_testimonial) != 0; });
  }

  void look_at_introductions(const Table& strategy) {
    if (!strategy.flag("internal_introductions")) return;
    const bool has_gaps = std::any_of(model_.moments.begin(), model_.moments.end(),
                                      [](const model::Moment& moment) { return moment.access_gap > 0.0; });
    idle_.look(strategy.where("internal_introductions"), has_gaps && model_.internal_introduction > 0.0,
               telling("internal_introductions has no effect",
                       has_gaps ? "deals.internal_introduction is 0" : "no moment in [deals] has an access_gap",
                       has_gaps ? "give deals.internal_introduction" : "add deals.moments with an access_gap"));
  }

  const Node& root_;
  const Names& names_;
  const Compiled& compiled_;
  const model::Model& model_;
  Problems& problems_;
  Reader reader_;
  IdleKeys idle_;
};

}  // namespace

void warn_of_mechanisms(const Resolved& resolved, const Compiled& compiled, Problems& problems) {
  MechanismWarnings(resolved, compiled, problems).run();
}

}  // namespace vouch::scenario
