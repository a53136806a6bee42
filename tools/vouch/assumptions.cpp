// SPDX-License-Identifier: Apache-2.0
#include "assumptions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>

#include "belief.hpp"
#include "report/text.hpp"
#include "scenario/resolved.hpp"

namespace vouch::cli {
namespace {

using report::Assumption;
using scenario::Section;

enum class Group : int { swept, asks, steps, chances, rest };
constexpr const char* titles[] = {"Varied by this file's sweep", "What sways the answer to an ask",
                                  "What sways what comes before and after",
                                  "Chances and rates from the ask to the won deal", "Everything else"};

/// What decides how many asks become won deals, in the order in which it happens.
constexpr std::array<std::string_view, 24> path_of_an_ask = {"outcomes.ask",
                                                             "asking.maybe_returns",
                                                             "asking.maybe_delay_days",
                                                             "outcomes.second_ask",
                                                             "reps.brave_share",
                                                             "reps.nerve",
                                                             "segments.names_per_yes",
                                                             "populations.names_per_yes",
                                                             "segments.peers",
                                                             "populations.peers",
                                                             "outcomes.introduce",
                                                             "segments.peer_segments",
                                                             "populations.peer_segments",
                                                             "outcomes.qualify",
                                                             "segments.cycle_days",
                                                             "deals.referral_cycle_factor",
                                                             "deals.moments",
                                                             "deals.match",
                                                             "deals.internal_introduction",
                                                             "deals.next_step_factor",
                                                             "deals.stall_days",
                                                             "outcomes.accept_call",
                                                             "outcomes.win",
                                                             "deals.retry_after_days"};

/// A belief, and what its place in the list depends on.
struct Entry {
  Assumption assumption;
  Group group = Group::rest;
  double rank = 0.0;  ///< within the group, small first
};

std::string join_path(const std::vector<std::string>& path) { return fmt::format("{}", fmt::join(path, ".")); }

/// The outcome's name for those of outcomes, else the key's without the segment's.
std::string name_step(const Belief& belief) {
  if (belief.rule->section == Section::outcome) return "outcomes." + belief.owner();
  return belief.path.front() + '.' + std::string(belief.rule->key);
}

std::string find_link(const scenario::Scenario& scenario, const Belief& belief) {
  if (belief.rule->section != Section::outcome) return {};
  const scenario::Node* const outcome = scenario.resolved().root.find("outcomes")->find(belief.owner());
  const scenario::Node* const link = outcome->find("link");
  return link == nullptr ? "identity" : scenario::unwrap(*link).value->text;
}

Entry make_entry(const Belief& belief, const std::string& link) {
  Entry entry;
  Assumption& assumption = entry.assumption;
  const scenario::Annotated given = scenario::unwrap(*belief.node);
  assumption.key = join_path(belief.path);
  assumption.value = describe_value(belief);
  assumption.unit = belief.is_member() ? "" : std::string(belief.rule->unit);
  assumption.meaning = describe_meaning(belief);
  if (given.source != nullptr) assumption.source = given.source->text;
  if (given.note != nullptr) assumption.note = given.note->text;
  assumption.standing = given.source != nullptr ? Assumption::Standing::sourced : Assumption::Standing::guess;
  assumption.influence = describe_influence(belief, link);
  const bool is_weight = belief.rule->section == Section::outcome && belief.rule->key == "weights";
  const auto step = std::find(path_of_an_ask.begin(), path_of_an_ask.end(), name_step(belief));
  if (is_weight) {
    entry.group = belief.owner() == "ask" ? Group::asks : Group::steps;
    entry.rank = -std::abs(given.value->number());
  } else if (step != path_of_an_ask.end()) {
    entry.group = Group::chances;
    entry.rank = static_cast<double>(step - path_of_an_ask.begin());
  }
  return entry;
}

void replace_currency(std::string& unit, const std::string& currency) {
  constexpr std::string_view placeholder = "currency";
  if (unit.starts_with(placeholder)) unit.replace(0, placeholder.size(), currency);
}

/// Segments, populations and touches have the same keys: those are told in one row.
bool is_of_cell(const Belief& belief) {
  return belief.rule->section == Section::segment || belief.rule->section == Section::population ||
         belief.rule->section == Section::touch;
}

/// How many cells there are that could say something; 0: some never do.
std::size_t count_cells(const scenario::Scenario& scenario, const Belief& belief) {
  if (belief.rule->section == Section::segment) return scenario.segment_names().size();
  return belief.rule->section == Section::population ? scenario.population_names().size() : 0;
}

/// What a row tells of its cells: a value or a note, and which cells say so.
class Sayings {
 public:
  void add(const std::string& cell, const std::string& text) {
    ++num_cells_;
    const auto found = std::find_if(parts_.begin(), parts_.end(), [&](const auto& part) { return part.first == text; });
    if (found == parts_.end())
      parts_.push_back({text, {cell}});
    else
      found->second.push_back(cell);
  }
  /// "6,000" if all of `num_all` cells say so, else "smb: 6,000; mid-market and enterprise: 24,000".
  std::string format(std::size_t num_all) const {
    if (parts_.size() == 1 && (num_cells_ == num_all || num_cells_ == 1)) return parts_[0].first;
    std::vector<std::string> texts;
    for (const auto& [text, cells] : parts_)
      if (!text.empty()) texts.push_back(fmt::format("{}: {}", report::join_names(cells), text));
    return fmt::format("{}", fmt::join(texts, "; "));
  }

 private:
  std::vector<std::pair<std::string, std::vector<std::string>>> parts_;
  std::size_t num_cells_ = 0;
};

/// A row of cells.
struct Shared {
  std::size_t index;  ///< of the entry
  Sayings values;
  Sayings sources;
  Sayings notes;
  std::vector<std::string> cells = {};
};

/// The same key of several cells.
void add_cell(Entry& entry, Shared& row, const Entry& own, const Belief& belief, std::size_t num_cells) {
  const std::string& cell = belief.path[1];
  row.values.add(cell, own.assumption.value);
  row.sources.add(cell, own.assumption.source);
  row.notes.add(cell, own.assumption.note);
  row.cells.push_back(cell);
  entry.assumption.value = row.values.format(num_cells);
  entry.assumption.source = row.sources.format(row.cells.size());
  entry.assumption.note = row.notes.format(row.cells.size());
  if (row.cells.size() == 1) return;
  std::vector<std::string> path = belief.path;
  path[1] = num_cells == 0 || row.cells.size() == num_cells ? "*" : fmt::format("{{{}}}", fmt::join(row.cells, ","));
  entry.assumption.key = join_path(path);
  if (belief.rule->section == Section::touch && belief.is_member())
    entry.assumption.meaning = "What touches add to " + belief.path.back();
}

/// Cells share an entry unless one is swept by itself, or only some have a source.
std::vector<Entry> make_entries(const scenario::Scenario& scenario, const std::vector<SweptInfluence>& swept) {
  const std::vector<Belief> beliefs = list_beliefs(scenario);
  std::vector<Entry> entries;
  std::map<std::string, Shared> shared;  // by key and standing
  for (const Belief& belief : beliefs) {
    Entry entry = make_entry(belief, find_link(scenario, belief));
    replace_currency(entry.assumption.unit, scenario.currency());
    const bool is_swept = std::any_of(swept.begin(), swept.end(),
                                      [&](const SweptInfluence& one) { return one.key == entry.assumption.key; });
    if (!is_of_cell(belief) || is_swept) {
      entries.push_back(std::move(entry));
      continue;
    }
    std::vector<std::string> path = belief.path;
    path[1] = entry.assumption.source.empty() ? "guess" : "sourced";
    const auto [row, is_new] =
        shared.try_emplace(fmt::format("{}", fmt::join(path, "\n")), Shared{entries.size(), {}, {}, {}});
    if (is_new) entries.push_back(entry);
    add_cell(entries[row->second.index], row->second, entry, belief, count_cells(scenario, belief));
  }
  return entries;
}

/// A swept key stands on top, with its values in place of its value; a decision's, which is no belief, is added.
void apply_sweep(std::vector<Entry>& entries, const std::vector<SweptInfluence>& swept) {
  for (const SweptInfluence& one : swept) {
    auto entry = std::find_if(entries.begin(), entries.end(),
                              [&](const Entry& other) { return other.assumption.key == one.key; });
    if (entry == entries.end()) {
      entry = entries.insert(entries.end(), Entry{});
      entry->assumption.key = one.key;
      entry->assumption.standing =
          one.key.starts_with("strategies.") ? Assumption::Standing::chosen : Assumption::Standing::guess;
    }
    entry->assumption.value = one.values;
    entry->assumption.influence = one.influence;
    entry->group = Group::swept;
    entry->rank = -one.range;
  }
}

}  // namespace

std::vector<Assumption> list_assumptions(const scenario::Scenario& scenario, const std::vector<SweptInfluence>& swept) {
  std::vector<Entry> entries = make_entries(scenario, swept);
  apply_sweep(entries, swept);
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.group != b.group ? a.group < b.group : a.rank < b.rank;
  });
  std::vector<Assumption> assumptions;
  for (Entry& entry : entries) {
    entry.assumption.group = titles[static_cast<int>(entry.group)];
    assumptions.push_back(std::move(entry.assumption));
  }
  return assumptions;
}

std::string explain_order(const std::vector<SweptInfluence>& swept) {
  return fmt::format(
      "How much each number moves the answer has not been measured{}. The order is a rule of thumb: {}what sways the "
      "answer to an ask, the stronger per unit the higher; what sways the other steps, likewise; chances and rates on "
      "the way from the ask to the won deal; the rest. Keys left at their defaults are not listed.",
      swept.empty() ? "" : ", but for those that the sweep varied",
      swept.empty() ? "" : "what was varied, the widest range first; ");
}

}  // namespace vouch::cli
