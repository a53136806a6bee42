// SPDX-License-Identifier: Apache-2.0
// Errors that reps, desks, markets and populations make together with the rest.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "scenario/checks.hpp"

namespace vouch::scenario {
namespace {

// Messages name no strategy where they stand at a key: what strategies inherit is then told once.

void check_reps(const Node& strategy, const Node& root, Reader& reader, Problems& problems) {
  const Table reps = table_of_reps(strategy, root, reader);
  // One of the wrong type has been told.
  const bool has_time = !unwrap(reps.at("asks_per_week")).value->is_false();
  if (const auto count = reps.maybe_whole("count"); count && !has_time)
    problems.error(reps.where("count"), fmt::format("{} reps without asks_per_week", *count),
                   "how many they are matters only with how much each can do", "add asks_per_week = ... beside it");
}

void check_desk(const Node& strategy, Reader& reader, Problems& problems) {
  const std::optional<Table> desk = find_desk(strategy, reader);
  if (desk && desk->maybe_whole("calls_cap") == 0)
    problems.error(desk->where("calls_cap"), "a reference desk with calls_cap = 0", "no account could ever take a call",
                   "give at least 1, or \"unlimited\", or set desk.runs = false to have no desk");
}

/// Whether this strategy's programs and desk can be read, so that what they do is known.
bool is_readable(const Node& strategy, const Names& names) {
  Problems scratch;
  Reader reader(names, scratch);
  for (const ProgramSource& program : list_program_sources(strategy, reader)) list_addressed(program, names);
  if (const auto desk = find_desk(strategy, reader)) desk->flag("capsules");
  return !scratch.any_errors();
}

/// Whether a program for partners or outsiders also names customers' segments: its own do, or those that stand beside
/// `population`. The segments of a strategy's other programs are no matter.
bool names_segments(const ProgramSource& program) {
  const bool are_given = !unwrap(program.table.at("segments")).value->is_false();
  return are_given && (program.table.has("segments") || !program.table.has("population"));
}

void check_population_program(const ProgramSource& program, Problems& problems) {
  const Table& table = program.table;
  const std::string population = population_of(program);
  if (population == customers) return;
  if (names_segments(program))
    problems.error(table.where("segments"), fmt::format("segments beside population = \"{}\"", population),
                   "segments are of customers, and the program does not address them",
                   "remove one of the two, or make two programs");
  const std::vector<std::string> triggers = split_words(table.rule("when").choices);
  for (const int trigger : table.choices("when")) {
    const std::string& name = triggers[static_cast<std::size_t>(trigger)];
    if (name != "purchase" && name != "value_realised" && name != "testimonial" && name != "renewal") continue;
    problems.error(table.where("when"), fmt::format("`{}` never happens in population '{}'", name, population),
                   "partners and outsiders buy nothing, so they have no results, testimonials or renewals",
                   "use calendar, survey, willingness or referral_won");
  }
}

class WhoIsThere {
 public:
  WhoIsThere(const Resolved& resolved, Problems& problems)
      : root_(resolved.root), names_(resolved.names), problems_(problems), reader_(names_, problems) {}

  void run() {
    check_markets();
    find_populated();
    for (const Member& strategy : root_.find("strategies")->members) {
      if (!is_readable(strategy.value, names_)) continue;
      for (const ProgramSource& program : list_program_sources(strategy.value, reader_)) check_program(program);
      if (const auto desk = find_desk(strategy.value, reader_)) check_consent(*desk);
    }
  }

 private:
  Table segment(const Member& member) { return Table(Section::segment, member.value, reader_); }

  void check_markets() {
    for (const Member& member : root_.find("segments")->members) {
      const Table table = segment(member);
      const auto market = table.maybe_whole("market");
      if (market && *market < table.whole("accounts"))
        problems_.error(table.where("market"),
                        fmt::format("a market of {} is smaller than the {} accounts of '{}'", *market,
                                    table.whole("accounts"), member.key),
                        "existing customers are companies of their market",
                        fmt::format("give at least {}, or \"unlimited\"", table.whole("accounts")));
    }
  }

  std::vector<std::string> list_acquaintances(const Table& table, const std::string& own) {
    const auto shares = reader_.shares(table.rule("peer_segments"), table.at("peer_segments"), names_.segments);
    if (shares.empty()) return {own};
    std::vector<std::string> known;
    for (std::size_t i = 0; i < shares.size(); ++i)
      if (shares[i] > (i == 0 ? 0.0 : shares[i - 1])) known.push_back(names_.segments[i]);
    return known;
  }

  /// Populations with accounts, and segments with accounts or leads or whose people somebody can name.
  void find_populated() {
    std::map<std::string, std::vector<std::string>> acquaintances;
    std::vector<std::string> next;
    for (const Member& member : root_.find("segments")->members) {
      const Table table = segment(member);
      acquaintances[member.key] = list_acquaintances(table, member.key);
      if (table.whole("accounts") > 0 || table.real("leads_per_month") > 0.0) next.push_back(member.key);
    }
    for (const Member& member : root_.find("populations")->members) {
      const Table table(Section::population, member.value, reader_);
      acquaintances[member.key] = list_acquaintances(table, member.key);
      if (table.whole("accounts") > 0) next.push_back(member.key);
    }
    while (!next.empty()) {
      const std::string name = next.back();
      next.pop_back();
      if (!populated_.insert(name).second) continue;
      for (const std::string& known : acquaintances[name]) next.push_back(known);
    }
  }

  void check_program(const ProgramSource& program) {
    const std::vector<std::string> addressed = list_addressed(program, names_);
    const bool reaches = std::any_of(addressed.begin(), addressed.end(),
                                     [&](const std::string& name) { return populated_.count(name) > 0; });
    if (reaches) return;
    const std::string population = population_of(program);
    if (population != customers) {
      problems_.error(program.table.where("population"), "a program addresses nobody",
                      fmt::format("population '{}' has no accounts", population),
                      fmt::format("give populations.{}.accounts", population));
    } else {
      problems_.error(program.table.where("segments"), "a program addresses nobody",
                      addressed.empty() ? "its list of segments is empty"
                                        : "its segments have no accounts and no leads, and nobody knows people there",
                      "name segments with customers; segments = false addresses all");
    }
  }

  void check_consent(const Table& desk) {
    for (const Member& member : root_.find("segments")->members)
      if (populated_.count(member.key) > 0 && segment(member).real("reference_consent") > 0.0) return;
    const char* why = "no segment with customers has a reference_consent above 0";
    if (desk.flag("capsules"))
      return problems_.warn(desk.where("capsules"), "a reference desk whose calls nobody takes",
                            fmt::format("{}: only capsules can serve", why), "raise segments.NAME.reference_consent");
    if (std::exchange(is_consent_told_, true)) return;  // of all desks alike
    problems_.error(desk.where("runs"), "a reference desk without consenting accounts", why,
                    "raise segments.NAME.reference_consent, or set desk.runs = false");
  }

  const Node& root_;
  const Names& names_;
  Problems& problems_;
  Reader reader_;
  std::set<std::string> populated_;
  bool is_consent_told_ = false;
};

}  // namespace

void check_mechanisms(const Node& strategy, const Node& root, Reader& reader, Problems& problems) {
  check_reps(strategy, root, reader, problems);
  check_desk(strategy, reader, problems);
  for (const ProgramSource& program : list_program_sources(strategy, reader))
    check_population_program(program, problems);
}

void check_who_is_there(const Resolved& resolved, Problems& problems) { WhoIsThere(resolved, problems).run(); }

}  // namespace vouch::scenario
