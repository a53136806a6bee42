// SPDX-License-Identifier: Apache-2.0
// Suspicious but legal: what concerns the assumptions and the comparison as a whole.
#include "scenario/warnings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/features.hpp"

namespace vouch::scenario {
namespace {

class AssumptionWarnings {
 public:
  AssumptionWarnings(const Resolved& resolved, const Compiled& compiled, Problems& problems)
      : root_(resolved.root),
        names_(resolved.names),
        compiled_(compiled),
        problems_(problems),
        reader_(names_, problems) {}

  void run() {
    warn_of_empty_pipeline();
    warn_of_idle_warm_up();
    for (std::size_t kind = 0; kind < outcome_names().size(); ++kind) warn_of_outcome(kind);
    warn_of_unused_conduct();
  }

 private:
  void warn_of_empty_pipeline() {
    constexpr double full_cycles = 3.0;
    double slowest = 0.0;
    for (const model::Segment& segment : compiled_.model.segments)
      slowest = std::max(slowest, random::compute_mean(segment.cycle_days));
    for (const Member& member : root_.find("segments")->members) {
      const Table table(Section::segment, member.value, reader_);
      if (table.real("leads_per_month") == 0.0 || table.real("pipeline_days") >= full_cycles * slowest) continue;
      problems_.warn(
          table.where("pipeline_days"),
          fmt::format("pipeline_days of '{}' is shorter than 3 mean cycles of the slowest segment", member.key),
          "few cold deals are decided in the first months", fmt::format("give at least {:.0f}", full_cycles * slowest));
    }
  }

  void warn_of_idle_warm_up() {
    const Table experiment(Section::experiment, *root_.find("experiment"), reader_);
    if (!experiment.text("warm_up_strategy").empty() && experiment.real("warm_up_days") == 0.0)
      problems_.warn(experiment.where("warm_up_strategy"), "warm_up_strategy without warm_up_days", "it never runs",
                     "give warm_up_days, or remove it");
  }

  void warn_of_outcome(std::size_t kind) {
    const std::string& name = outcome_names()[kind];
    const Table table(Section::outcome, *root_.find("outcomes")->find(name), reader_);
    for (const auto& [program, offset] : table.numbers("programs"))
      if (std::find(names_.programs.begin(), names_.programs.end(), program) == names_.programs.end())
        problems_.warn(table.at("programs").where, fmt::format("no strategy has a program '{}'", program),
                       fmt::format("its offset in [outcomes.{}] does nothing", name),
                       suggest(program, names_.programs, "programs"));
    warn_of_range(kind, table);
    for (const auto& [feature, weight] : table.numbers("weights")) warn_of_dead_stock(table, feature, weight);
  }

  void warn_of_range(std::size_t kind, const Table& table) {
    double low = 0.0;
    double high = 0.0;
    model::Link link = model::Link::logit;
    for (const model::Strategy& strategy : compiled_.strategies) {
      const model::Outcome& outcome = strategy.outcomes[kind];
      link = outcome.link;
      double below = 0.0;
      double above = 0.0;
      for (const model::Weight& weight : outcome.weights) {
        if (!is_unit_feature(weight.feature)) continue;
        below += std::min(0.0, weight.weight);
        above += std::max(0.0, weight.weight);
      }
      for (const double base : outcome.base) {
        low = std::min(low, base + below);
        high = std::max(high, base + above);
      }
    }
    const bool leaves =
        link == model::Link::identity ? low < 0.0 || high > 1.0 : link == model::Link::log && high > 0.0;
    if (leaves)
      problems_.warn(
          table.node().where, fmt::format("the probability of [outcomes.{}] can leave [0, 1]", outcome_names()[kind]),
          link == model::Link::log ? fmt::format("e^{:.3g} is possible; it is clamped", high)
                                   : fmt::format("the sum ranges over [{:.3g}, {:.3g}]; it is clamped", low, high),
          "check the weights, or use link = \"logit\"");
  }

  void warn_of_dead_stock(const Table& table, const std::string& feature, double weight) {
    const auto found = std::find(names_.stocks.begin(), names_.stocks.end(), feature);
    if (found == names_.stocks.end() || weight == 0.0) return;
    const auto stock = static_cast<int>(found - names_.stocks.begin());
    for (const model::Touch& touch : compiled_.model.touches)
      for (const model::Impulse& impulse : touch.impulses)
        if (impulse.stock == stock) return;
    problems_.warn(table.at("weights").where,
                   fmt::format("the stock '{}' has a weight but no touch changes it", feature), "it is always 0",
                   fmt::format("add an impulse on '{}' to a touch", feature));
  }

  void warn_of_unused_conduct() {
    const auto is_weighted = [&](const std::string& feature) {
      for (const Member& outcome : root_.find("outcomes")->members)
        for (const auto& [name, weight] : Table(Section::outcome, outcome.value, reader_).numbers("weights"))
          if (name == feature && weight != 0.0) return true;
      return false;
    };
    std::vector<std::string> told;
    const auto look = [&](const Node& table) {
      const Node* conduct = table.find("conduct");
      if (conduct == nullptr) return;
      for (const Member& member : unwrap(*conduct).value->members) {
        if (is_weighted(member.key) || std::find(told.begin(), told.end(), member.key) != told.end()) continue;
        told.push_back(member.key);
        problems_.warn(member.value.key_where,
                       fmt::format("no outcome has a weight for the conduct feature '{}'", member.key),
                       "it does nothing", "give it a weight in [outcomes.ask.weights], or remove it");
      }
    };
    for (const Member& strategy : root_.find("strategies")->members) {
      look(strategy.value);
      if (const Node* programs = strategy.value.find("programs"))
        for (const Member& program : programs->members) look(program.value);
    }
  }

  const Node& root_;
  const Names& names_;
  const Compiled& compiled_;
  Problems& problems_;
  Reader reader_;
};

void warn_of_unlike_strategies(const Resolved& resolved, Problems& problems) {
  const std::vector<Difference> table = tabulate_strategies(resolved);
  const Node& strategies = *resolved.root.find("strategies");
  for (const char* key : {"reach", "backlog"}) {
    const Difference difference = join_programs(resolved, key);
    if (!differs(difference)) continue;
    problems.warn(
        strategies.where,
        fmt::format("strategies differ in {}: {}", key, format_difference(difference, resolved.names.strategies)),
        "they ask different customers, so they are not compared like with like",
        fmt::format("hold {} equal, or read matched metrics", key));
  }
  const auto& names = resolved.names.strategies;
  for (std::size_t a = 0; a < names.size(); ++a) {
    for (std::size_t b = a + 1; b < names.size(); ++b) {
      const bool same =
          std::all_of(table.begin(), table.end(), [&](const Difference& d) { return d.values[a] == d.values[b]; });
      if (same)
        problems.warn(strategies.find(names[b])->key_where,
                      fmt::format("strategies '{}' and '{}' are the same", names[a], names[b]),
                      "their worlds are identical", "remove one of them");
    }
  }
}

}  // namespace

void find_warnings(const Resolved& resolved, const Compiled& compiled, Problems& problems) {
  AssumptionWarnings(resolved, compiled, problems).run();
  warn_of_programs(resolved, compiled, problems);
  warn_of_mechanisms(resolved, compiled, problems);
  warn_of_populations(resolved, problems);
  warn_of_unlike_strategies(resolved, problems);
}

}  // namespace vouch::scenario
