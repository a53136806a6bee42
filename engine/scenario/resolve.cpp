// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "scenario/defaults.hpp"
#include "scenario/features.hpp"
#include "scenario/resolved.hpp"
#include "scenario/sweep.hpp"
#include "scenario/toml_writer.hpp"
#include "scenario/tree.hpp"

namespace vouch::scenario {
namespace {

constexpr const char* ignored_key = "a key that nothing reads would be ignored";

/// FNV-1a of the name, its upper 53 bits: a number that every reader of a file keeps whole.
std::int64_t hash_name(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return static_cast<std::int64_t>(hash >> 11);
}

bool is_word(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// How a table's header is written.
std::string header_of(std::string_view path, Section section) {
  return section == Section::figure ? fmt::format("[[{}]]", path) : fmt::format("[{}]", path);
}

/// Where a key belongs that its own table does not have, if that is clear.
std::string find_home(const std::string& key, Section section) {
  if (section == Section::touch || section == Section::outcome) return {};
  if (section == Section::root)
    for (const TopLevel& top : top_level())
      if (top.is_collection && top.singular == key) return fmt::format("did you mean '{}'?", top.key);
  std::vector<std::string> homes;
  for (const StrategyTable& inner : strategy_tables)
    if (inner.key == key && section != Section::strategy) homes.push_back(fmt::format("[strategies.NAME.{}]", key));
  if (key == "programs") homes.emplace_back("[strategies.NAME.programs.NAME]");
  if (!homes.empty()) return fmt::format("write {}", homes.front());
  constexpr std::size_t few = 2;
  for (const SectionInfo& info : sections()) {
    const Rule* rule = find_rule(info.section, key);
    if (rule == nullptr || info.section == section) continue;
    homes.push_back(info.path.empty() ? "above the first table"
                                      : fmt::format("in {}", header_of(info.path, info.section)));
  }
  return homes.empty() || homes.size() > few ? "" : fmt::format("it belongs {}", fmt::join(homes, " or "));
}

/// Whether what a table of this section lacks is the rules' default, and not another table's value.
bool has_own_defaults(Section section) noexcept {
  return section != Section::outcome && section != Section::program && section != Section::strategy_reps;
}

class Resolver {
 public:
  Resolver(Node root, Problems& problems) : problems_(problems), reader_(resolved_.names, problems) {
    resolved_.root = std::move(root);
  }

  Resolved run() {
    Node& root = resolved_.root;
    resolved_.names.are_partial = is_part(root);
    if (resolved_.names.are_partial) tell_that_it_is_a_part();
    const int errors_before = problems_.num_errors();
    check_root();
    resolved_.has_sound_root = problems_.num_errors() == errors_before;
    collect_names();
    complete(root, Section::root, "");
    for (Node& figure : root.find("published")->items)
      if (figure.is_table()) complete(figure, Section::figure, "published");
    for (const TopLevel& top : top_level()) {
      Node& table = root.at_or_insert(top.key);
      const int errors_before_it = problems_.num_errors();
      if (top.section == Section::sweep) complete_swept(table);
      if (!top.is_collection) {
        complete(table, top.section, std::string(top.key));
      } else {
        complete_members(table, top);
      }
      const bool is_sound = problems_.num_errors() == errors_before_it;
      if (top.section == Section::segment || top.section == Section::population)
        resolved_.has_sound_root = resolved_.has_sound_root && is_sound;
    }
    complete_outcomes(root, resolved_.names.are_partial, problems_);
    return std::move(resolved_);
  }

 private:
  void tell_that_it_is_a_part() {
    problems_.error(resolved_.root.where, "this file is a part of a scenario",
                    "neither it nor what it extends has an [experiment]",
                    "name it in another file's `extends`, or add [experiment] with horizon_days = ...");
  }

  void check_root() {
    Node& root = resolved_.root;
    std::vector<std::string> valid = keys_of(Section::root);
    for (const TopLevel& top : top_level()) valid.emplace_back(top.key);
    check_keys(root, valid, Section::root, "");
    for (const TopLevel& top : top_level()) {
      Node& table = root.at_or_insert(top.key);
      require_table(table, std::string(top.key));
      if (!top.is_collection) continue;
      for (Member& member : table.members) require_table(member.value, fmt::format("{}.{}", top.key, member.key));
    }
  }

  /// Replaces what is no table by an empty one, so that checking can go on.
  void require_table(Node& node, const std::string& path) {
    if (node.is_table()) return;
    problems_.error(node.where, fmt::format("{} must be a table, not {}", path, name_of(node.kind)), "",
                    fmt::format("write [{}]", path));
    Node empty;
    empty.where = node.where;
    empty.key_where = node.key_where;
    node = std::move(empty);
  }

  void check_keys(Node& table, const std::vector<std::string>& valid, Section section, const std::string& path) {
    std::erase_if(table.members, [&](const Member& member) {
      if (std::find(valid.begin(), valid.end(), member.key) != valid.end()) return false;
      const std::string place = path.empty() ? "" : " in " + header_of(path, section);
      const std::string help =
          fmt::format("see `vouch keys{}{}`", path.empty() ? "" : " ", path.substr(0, path.find('.')));
      const std::string home = find_home(member.key, section);
      problems_.error(member.value.key_where, fmt::format("unknown key '{}'{}", member.key, place), ignored_key,
                      home.empty() ? suggest(member.key, valid, "valid keys", help) : home);
      return true;
    });
  }

  void check_name(const Node& node, const std::string& name, std::string_view kind, bool is_identifier) {
    const bool good_characters =
        std::all_of(name.begin(), name.end(), [&](char c) { return is_word(c) || (c == '-' && !is_identifier); });
    const bool starts_well = !is_identifier || name.empty() || !(name[0] >= '0' && name[0] <= '9');
    if (name.empty() || name.size() > 64 || !good_characters || !starts_well) {
      problems_.error(node.key_where, fmt::format("'{}' cannot name a {}", name, kind), "",
                      is_identifier ? "use letters, digits and _, and begin with a letter"
                                    : "use up to 64 of a-z, A-Z, 0-9, - and _ (a label can be any text)");
    } else if (is_identifier ? is_reserved_name(name)
                             : is_annotation(name) || name == "value" || name == "distribution") {
      problems_.error(node.key_where, fmt::format("'{}' cannot name a {}", name, kind),
                      "the word has a meaning of its own", "choose another name");
    }
  }

  std::vector<std::string> collect(std::string_view collection, std::string_view kind, bool is_identifier) {
    const Node& table = *resolved_.root.find(collection);
    for (const Member& member : table.members) check_name(member.value, member.key, kind, is_identifier);
    return table.keys();
  }

  std::vector<std::string> collect_categories(std::string_view key) {
    const Node* list = resolved_.root.find("asking")->find(key);
    if (list == nullptr) return {};
    Problems ignored;
    return Reader(resolved_.names, ignored).name_list(*find_rule(Section::asking, key), *list);
  }

  void collect_names() {
    Names& names = resolved_.names;
    names.segments = collect("segments", "segment", false);
    names.populations = collect("populations", "population", false);
    check_populations();
    names.stocks = collect("stocks", "stock", true);
    names.strategies = collect("strategies", "strategy", false);
    names.size_classes = collect_categories("size_classes");
    names.seniorities = collect_categories("seniorities");
    names.conduct = collect_categories("conduct");
    for (Member& strategy : resolved_.root.find("strategies")->members) {
      collect_conduct(strategy.value);
      for (const StrategyTable& inner : strategy_tables)
        if (Node* table = strategy.value.find(inner.key))
          require_table(*table, fmt::format("strategies.{}.{}", strategy.key, inner.key));
      Node* programs = strategy.value.find("programs");
      if (programs == nullptr) {
        add_once(names.programs, "client");
        continue;
      }
      require_table(*programs, fmt::format("strategies.{}.programs", strategy.key));
      for (Member& program : programs->members) {
        check_name(program.value, program.key, "program", false);
        require_table(program.value, fmt::format("strategies.{}.programs.{}", strategy.key, program.key));
        add_once(names.programs, program.key);
        collect_conduct(program.value);
      }
    }
  }

  void check_populations() {
    const Names& names = resolved_.names;
    for (const Member& population : resolved_.root.find("populations")->members) {
      const bool is_segment =
          std::find(names.segments.begin(), names.segments.end(), population.key) != names.segments.end();
      if (!is_segment && population.key != customers) continue;
      problems_.error(population.value.key_where, fmt::format("'{}' cannot name a population", population.key),
                      is_segment ? "a segment has this name, and results list both" : "it stands for all customers",
                      "choose another name");
    }
  }

  static void add_once(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }

  void collect_conduct(const Node& table) {
    const Node* conduct = table.find("conduct");
    if (conduct == nullptr) return;
    for (const Member& member : unwrap(*conduct).value->members) {
      check_name(member.value, member.key, "conduct feature", true);
      const std::vector<std::string>& stocks = resolved_.names.stocks;
      if (std::find(stocks.begin(), stocks.end(), member.key) != stocks.end())
        problems_.error(member.value.key_where, fmt::format("'{}' names a stock and a conduct feature", member.key), "",
                        "rename one of them");
      add_once(resolved_.names.conduct, member.key);
    }
  }

  /// Checks a section's keys and values, adds what is missing, and puts the keys in the rules' order.
  void complete(Node& table, Section section, const std::string& path) {
    const std::string owner = path.substr(path.rfind('.') + 1);
    if (section != Section::root) {
      std::vector<std::string> valid = keys_of(section);
      if (section == Section::strategy) {
        valid.emplace_back("programs");
        for (const StrategyTable& inner : strategy_tables) valid.emplace_back(inner.key);
      }
      check_keys(table, valid, section, path);
    }
    std::vector<const Rule*> rules = rules_of(section);
    if (section == Section::strategy)
      for (const Rule* rule : rules_of(Section::program)) rules.push_back(rule);
    Node ordered = table;
    ordered.members.clear();
    for (const Rule* rule : rules) {
      if (rule->key == "extends") continue;
      const Node* given = table.find(rule->key);
      if (given != nullptr) {
        reader_.check(*rule, *given, owner);
        ordered.members.push_back({std::string(rule->key), *given});
      } else if (is_required(*rule) && resolved_.names.are_partial && section != Section::figure) {
        // Another file may give it.
      } else if (is_required(*rule)) {
        problems_.error(table.where.file.empty() ? resolved_.root.where : table.where,
                        fmt::format("{} needs '{}'", header_of(path, section), rule->key),
                        std::string(rule->description), fmt::format("add {} = ...", rule->key));
      } else if (has_own_defaults(section)) {
        ordered.members.push_back({std::string(rule->key), make_default(rule->default_value)});
      }
    }
    if (section == Section::strategy)
      for (const StrategyTable& inner : strategy_tables)
        if (const Node* own = table.find(inner.key)) ordered.members.push_back({std::string(inner.key), *own});
    if (const Node* programs = table.find("programs")) ordered.members.push_back({"programs", *programs});
    if (section == Section::root)
      for (const TopLevel& top : top_level()) ordered.members.push_back({std::string(top.key), *table.find(top.key)});
    table = std::move(ordered);
  }

  /// Swept keys by their dotted names, and what is missing in their ranges.
  void complete_swept(Node& sweep) {
    Node* keys = sweep.find("keys");
    if (keys == nullptr || !keys->is_table()) return;
    flatten_swept(*keys, problems_);
    for (Member& member : keys->members)
      if (member.value.is_table())
        complete(member.value, Section::swept_range, fmt::format("sweep.keys.{}", format_key(member.key)));
  }

  void complete_members(Node& table, const TopLevel& top) {
    if (top.section == Section::touch) check_keys(table, touch_names(), top.section, "touches");
    if (top.section == Section::outcome) check_keys(table, outcome_names(), top.section, "outcomes");
    for (Member& member : table.members) {
      const std::string path = fmt::format("{}.{}", top.key, member.key);
      complete(member.value, top.section, path);
      if (Node* id = member.value.find("id")) complete_id(*id, member.key);
      if (top.section == Section::strategy) complete_strategy_tables(member.value, path);
      Node* programs = top.section == Section::strategy ? member.value.find("programs") : nullptr;
      if (programs == nullptr) continue;
      for (Member& program : programs->members)
        complete(program.value, Section::program, fmt::format("{}.programs.{}", path, program.key));
    }
  }

  void complete_strategy_tables(Node& strategy, const std::string& path) {
    for (const StrategyTable& inner : strategy_tables)
      if (Node* table = strategy.find(inner.key))
        complete(*table, inner.section, fmt::format("{}.{}", path, inner.key));
  }

  static void complete_id(Node& id, const std::string& name) {
    if (!unwrap(id).value->is_false()) return;
    id.kind = Node::Kind::whole;
    id.whole = hash_name(name);
    id.origin = Origin::fallback;
  }

  Resolved resolved_;
  Problems& problems_;
  Reader reader_;
};

}  // namespace

Resolved resolve(Node root, Problems& problems) { return Resolver(std::move(root), problems).run(); }

}  // namespace vouch::scenario
