// SPDX-License-Identifier: Apache-2.0
#include "scenario/json.hpp"
#include "scenario/show.hpp"

namespace vouch::scenario {
namespace {

Json describe_value(const Rule& rule, const Node& node) {
  Json entry;
  entry["value"] = to_json(node);
  entry["unit"] = rule.unit;
  entry["status"] = status_of(rule, node);
  const Annotated annotated = unwrap(node);
  if (annotated.source != nullptr) entry["source"] = annotated.source->text;
  if (annotated.note != nullptr) entry["note"] = annotated.note->text;
  if (annotated.identified_by != nullptr) entry["identified_by"] = annotated.identified_by->text;
  entry["where"] = origin_of(node);
  return entry;
}

Json describe_section(const Node& table, Section section) {
  Json object = Json::object();
  for (const Member& member : table.members) {
    const Rule* rule = find_rule(section, member.key);
    if (rule == nullptr) continue;
    if (rule->type == Type::figures) {
      object[member.key] = Json::array();
      for (const Node& figure : member.value.items)
        object[member.key].push_back(describe_section(figure, Section::figure));
      continue;
    }
    if (!is_shown_as_table(*rule, member.value)) {
      object[member.key] = describe_value(*rule, member.value);
    } else {
      for (const Member& inner : member.value.members)
        object[member.key][inner.key] = describe_value(*rule, inner.value);
    }
  }
  if (section != Section::strategy) return object;
  for (const StrategyTable& inner : strategy_tables)
    if (const Node* own = table.find(inner.key)) object[inner.key] = describe_section(*own, inner.section);
  if (const Node* programs = table.find("programs")) {
    object["programs"] = Json::object();
    for (const Member& program : programs->members)
      object["programs"][program.key] = describe_section(program.value, Section::program);
  }
  return object;
}

}  // namespace

std::string format_scenario_json(const Scenario& scenario) {
  const Node& root = scenario.resolved().root;
  Json object = describe_section(root, Section::root);
  for (const TopLevel& top : top_level()) {
    const Node& table = *root.find(top.key);
    if (top.section == Section::sweep && table.find("keys")->members.empty()) continue;
    if (!top.is_collection) {
      object[top.key] = describe_section(table, top.section);
      continue;
    }
    object[top.key] = Json::object();
    for (const Member& member : table.members)
      object[top.key][member.key] = describe_section(member.value, top.section);
  }
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace vouch::scenario
