// SPDX-License-Identifier: Apache-2.0
// Suspicious but legal: programs and offsets of partners and outsiders that never act, and what they are paid.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/features.hpp"
#include "scenario/idle_keys.hpp"
#include "scenario/warnings.hpp"

namespace vouch::scenario {
namespace {

using Op = model::GuardStep::Op;

bool joins(Op op) noexcept { return op == Op::and_ || op == Op::or_ || op == Op::not_; }

/// What a guard demands of partners and outsiders that none of them ever has; empty if nothing, or if it may hold
/// without.
std::string find_impossible(const model::Guard& guard) {
  constexpr model::Feature always_zero[] = {model::Feature::value_realised, model::Feature::testimonial,
                                            model::Feature::positioned, model::Feature::referred,
                                            model::Feature::generation};
  std::string impossible;
  for (const model::GuardStep& step : guard.steps) {
    if (step.op == Op::or_ || step.op == Op::not_) return {};
    if (joins(step.op) || std::count(std::begin(always_zero), std::end(always_zero), step.feature) == 0) continue;
    if (!model::compare(step, 0.0) && impossible.empty()) impossible = feature_name(step.feature, {});
  }
  return impossible;
}

class PopulationWarnings {
 public:
  PopulationWarnings(const Resolved& resolved, Problems& problems)
      : root_(resolved.root), names_(resolved.names), problems_(problems), reader_(names_, problems) {}

  void run() {
    for (const Member& strategy : root_.find("strategies")->members)
      for (const ProgramSource& program : list_program_sources(strategy.value, reader_)) look_at_program(program);
    idle_.tell(problems_);
    for (const std::string& outcome : outcome_names()) warn_of_offsets(outcome);
  }

 private:
  void look_at_program(const ProgramSource& program) {
    const Table& table = program.table;
    const std::string population = population_of(program);
    const bool are_customers = population == customers;
    if (table.flag("positioning"))
      idle_.look(table.where("positioning"), are_customers,
                 telling("positioning without customers",
                         "it is announced at a purchase, and who is no customer buys nothing", "remove it"));
    if (!are_customers) warn_of_guard(table, population);
    if (const double commission = table.real("commission"); commission > 1.0)
      problems_.warn(table.where("commission"),
                     fmt::format("a commission of {:.0f} % of the first year's contract value", 100.0 * commission),
                     "commission is a share: 1 is all of it", "write 0.1 for 10 %");
  }

  void warn_of_guard(const Table& table, const std::string& population) {
    const std::string impossible = find_impossible(reader_.guard(table.rule("guard"), table.at("guard")));
    if (impossible.empty()) return;
    problems_.warn(table.where("guard"), fmt::format("a guard that never holds in population '{}'", population),
                   fmt::format("`{}` is 0 of all partners and outsiders", impossible),
                   "remove that condition, or give the program a guard of its own");
  }

  void warn_of_offsets(const std::string& outcome) {
    const bool is_of_deal = outcome == "qualify" || outcome == "win";
    const bool is_of_customers = outcome == "testimonial" || outcome == "organic" || outcome == "renew" ||
                                 outcome == "expand" || outcome == "accept_call";
    if (!is_of_deal && !is_of_customers) return;
    const Table table(Section::outcome, *root_.find("outcomes")->find(outcome), reader_);
    for (const Member& offset : unwrap(table.at("segments")).value->members)
      if (std::find(names_.populations.begin(), names_.populations.end(), offset.key) != names_.populations.end())
        problems_.warn(offset.value.key_where,
                       fmt::format("[outcomes.{}] never reads the offset of population '{}'", outcome, offset.key),
                       is_of_deal ? "the segment is the prospect's, whoever refers it" : "it happens to customers only",
                       "remove it");
  }

  const Node& root_;
  const Names& names_;
  Problems& problems_;
  Reader reader_;
  IdleKeys idle_;
};

}  // namespace

void warn_of_populations(const Resolved& resolved, Problems& problems) { PopulationWarnings(resolved, problems).run(); }

}  // namespace vouch::scenario
