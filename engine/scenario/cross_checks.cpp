// SPDX-License-Identifier: Apache-2.0
// Errors that several values make together.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "scenario/checks.hpp"
#include "scenario/limits.hpp"

namespace vouch::scenario {
namespace {

constexpr double longest_world_days = 1e6;

class TogetherChecker {
 public:
  TogetherChecker(const Resolved& resolved, Problems& problems)
      : resolved_(resolved),
        root_(resolved.root),
        names_(resolved.names),
        problems_(problems),
        reader_(names_, problems),
        experiment_(Section::experiment, *root_.find("experiment"), reader_) {}

  void run() {
    check_who_is_there();
    check_population();
    check_length();
    check_ids();
    check_bins();
    for (const auto& [key, size] :
         {std::pair{"size_classes", names_.size_classes.size()}, std::pair{"seniorities", names_.seniorities.size()}})
      if (size > static_cast<std::size_t>(model::max_categories))
        problems_.error(root_.find("asking")->where, fmt::format("{} {}", size, key),
                        fmt::format("a scenario has at most {}", model::max_categories), "remove some");
    if (experiment_.flag("antithetic") && experiment_.whole("replications") % 2 != 0)
      problems_.error(experiment_.where("replications"),
                      fmt::format("{} replications", experiment_.whole("replications")),
                      "antithetic replications come in pairs", "make their number even");
    check_strategies();
  }

  /// Needs nothing but segments, populations, and what each strategy's programs and desk say.
  void check_who_is_there() {
    if (resolved_.has_sound_root && !names_.are_partial && !check_emptiness())
      scenario::check_who_is_there(resolved_, problems_);
  }

  /// Needs nothing but the strategies themselves, so it can be told beside other errors.
  void check_strategies() {
    if (names_.strategies.empty() && !names_.are_partial)
      problems_.error(root_.where, "the scenario has no strategies", "there is nothing to compare",
                      "add [strategies.NAME]; one without `when` never asks");
    for (const Member& strategy : root_.find("strategies")->members) check_strategy(strategy.key, strategy.value);
  }

 private:
  void check_bins() {
    const Table output(Section::output, *root_.find("output"), reader_);
    const double number = std::ceil(experiment_.real("horizon_days") / output.real("bin_days"));
    if (output.flag("series") && number > limits::bins)
      problems_.error(output.at("bin_days").origin == Origin::fallback ? experiment_.where("horizon_days")
                                                                       : output.where("bin_days"),
                      fmt::format("time series of {} bins", number), fmt::format("they have at most {}", limits::bins),
                      "raise output.bin_days, or set output.series = false");
  }

  Table segment(const Member& member) { return Table(Section::segment, member.value, reader_); }

  void count_population(double& accounts, double& leads) {
    for (const Member& member : root_.find("segments")->members) {
      accounts += static_cast<double>(segment(member).whole("accounts"));
      leads += segment(member).real("leads_per_month");
    }
    for (const Member& member : root_.find("populations")->members)
      accounts += static_cast<double>(Table(Section::population, member.value, reader_).whole("accounts"));
  }

  bool check_emptiness() {
    const Node& segments = *root_.find("segments");
    double accounts = 0.0;
    double leads = 0.0;
    count_population(accounts, leads);
    const Location where = segments.where.line > 0 ? segments.where : root_.where;
    if (segments.members.empty()) {
      problems_.error(where, "the scenario has no segments", "nobody would ever be asked",
                      "add [segments.NAME] with accounts or leads_per_month");
    } else if (accounts + leads == 0.0) {
      problems_.error(where, "the population is empty", "no segment has accounts or leads_per_month",
                      "give a segment accounts = ... or leads_per_month = ...");
    }
    return segments.members.empty() || accounts + leads == 0.0;
  }

  void check_population() {
    double accounts = 0.0;
    double leads = 0.0;
    count_population(accounts, leads);
    const double limit = static_cast<double>(experiment_.whole("max_accounts"));
    if (accounts > limit)
      problems_.error(experiment_.where("max_accounts"),
                      fmt::format("{} accounts exceed max_accounts = {}", accounts, limit),
                      "every world would stop at its start", "raise experiment.max_accounts");
  }

  void check_length() {
    const double run = experiment_.real("horizon_days") + experiment_.real("warm_up_days");
    for (const Member& member : root_.find("segments")->members) {
      const double total = run + segment(member).real("pipeline_days");
      if (total > longest_world_days) {
        problems_.error(experiment_.where("horizon_days"),
                        fmt::format("a world lasts {} days with warm-up and pipeline", total),
                        fmt::format("times are exact up to {} days", longest_world_days), "shorten it");
        return;
      }
    }
  }

  void check_ids() {
    std::map<std::int64_t, std::string> seen;
    const auto check = [&](const Table& table, const std::string& name, std::string_view kind) {
      const auto [other, is_new] = seen.emplace(table.whole("id"), name);
      if (!is_new)
        problems_.error(table.where("id"), fmt::format("{} '{}' and '{}' have the same id", kind, other->second, name),
                        "their customers would share every draw", "give one of them another id");
    };
    for (const Member& member : root_.find("segments")->members) check(segment(member), member.key, "segments");
    for (const Member& member : root_.find("populations")->members)
      check(Table(Section::population, member.value, reader_), member.key, "segment or population");
  }

  void check_strategy(const std::string& name, const Node& strategy) {
    const std::vector<ProgramSource> programs = list_program_sources(strategy, reader_);
    for (const ProgramSource& program : programs) check_program(name, program);
    check_mechanisms(strategy, root_, reader_, problems_);
    std::size_t count = programs.size();
    const std::string warm_up = experiment_.text("warm_up_strategy");
    const Node* warm_up_strategy = warm_up.empty() ? nullptr : root_.find("strategies")->find(warm_up);
    if (warm_up_strategy != nullptr) count += list_program_sources(*warm_up_strategy, reader_).size();
    if (count > static_cast<std::size_t>(model::max_programs))
      problems_.error(strategy.key_where, fmt::format("strategy '{}' has {} programs", name, count),
                      fmt::format("at most {} run side by side, the warm-up strategy's included", model::max_programs),
                      warm_up.empty() ? "remove some" : "remove some, or warm up under a strategy with fewer");
  }

  void check_program(const std::string& strategy, const ProgramSource& program) {
    const Table& table = program.table;
    const auto uses = [&](std::string_view trigger) {
      const std::vector<std::string> words = split_words(table.rule("when").choices);
      const std::vector<int> chosen = table.choices("when");
      return std::any_of(chosen.begin(), chosen.end(),
                         [&](int i) { return words[static_cast<std::size_t>(i)] == trigger; });
    };
    const auto need = [&](std::string_view trigger, std::string_view key, bool is_given) {
      if (!uses(trigger) || is_given) return;
      problems_.error(table.where("when"),
                      fmt::format("strategy '{}' asks at `{}` but has no {}", strategy, trigger, key),
                      std::string(table.rule(key).description), fmt::format("add {} = ...", key));
    };
    need("calendar", "calendar_days", table.maybe_distribution("calendar_days").has_value());
    need("survey", "survey_days", table.maybe_real("survey_days").has_value());
    need("survey", "threshold", table.maybe_real("threshold").has_value());
    need("willingness", "threshold", table.maybe_real("threshold").has_value());
    if (uses("willingness") && table.maybe_real("min_gap_days") == 0.0)
      problems_.error(table.where("when"),
                      fmt::format("strategy '{}' asks at `willingness` with min_gap_days = 0", strategy),
                      "a willing account would be asked without end", "give min_gap_days above 0");
  }

  const Resolved& resolved_;
  const Node& root_;
  const Names& names_;
  Problems& problems_;
  Reader reader_;
  Table experiment_;
};

}  // namespace

void check_together(const Resolved& resolved, Problems& problems) {
  if (!problems.any_errors()) return TogetherChecker(resolved, problems).run();
  try {
    TogetherChecker checker(resolved, problems);
    checker.check_who_is_there();
    checker.check_strategies();
  } catch (const std::logic_error&) {
    // A value that this needs is missing, which has been told.
  }
}

}  // namespace vouch::scenario
