// SPDX-License-Identifier: Apache-2.0
// A JSON schema (draft 7) for editors, from the table that validates.
#include <cmath>

#include "model/model.hpp"
#include "scenario/families.hpp"
#include "scenario/features.hpp"
#include "scenario/json.hpp"
#include "scenario/rules.hpp"
#include "scenario/scenario.hpp"
#include "scenario/toml_reader.hpp"

namespace vouch::scenario {
namespace {

Json text_schema() { return {{"type", "string"}}; }

Json number_schema(const Rule& rule, const char* type) {
  Json schema = {{"type", type}};
  if (std::isfinite(rule.range.low)) schema[rule.range.above_low ? "exclusiveMinimum" : "minimum"] = rule.range.low;
  if (std::isfinite(rule.range.high)) schema["maximum"] = rule.range.high;
  return schema;
}

Json closed_table(Json properties, std::vector<std::string> required) {
  Json schema = {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = required;
  return schema;
}

void add_annotations(Json& properties) {
  for (const char* key : {"source", "note", "identified_by"}) properties[key] = text_schema();
}

/// The value, or a table with the value and its source.
Json annotated(Json schema) { return {{"anyOf", {std::move(schema), {{"$ref", "#/definitions/annotated"}}}}}; }

Json annotated_schema() {
  Json properties = {{"value", Json::object()}};
  add_annotations(properties);
  return closed_table(std::move(properties), {"value"});
}

Json table_of(Json values) { return {{"type", "object"}, {"additionalProperties", std::move(values)}}; }

Json words_schema(std::string_view words) { return {{"enum", split_words(words)}}; }

Json impulses_schema() {
  Json properties = {{"amount", {{"type", "number"}}}, {"times", text_schema()}};
  add_annotations(properties);
  const Json amount = annotated({{"type", "number"}});
  return table_of({{"anyOf", {amount["anyOf"][0], amount["anyOf"][1], closed_table(properties, {"amount"})}}});
}

Json section_schema(Section section);

Json base_schema(const Rule& rule) {
  const Json texts = {{"type", "array"}, {"items", text_schema()}};
  switch (rule.type) {
    case Type::text:
    case Type::guard:
      return text_schema();
    case Type::flag:
      return {{"type", "boolean"}};
    case Type::whole:
      return number_schema(rule, "integer");
    case Type::real:
      return number_schema(rule, "number");
    case Type::choice:
      return words_schema(rule.choices);
    case Type::choices:
      return {{"anyOf", {words_schema(rule.choices), {{"type", "array"}, {"items", words_schema(rule.choices)}}}}};
    case Type::names:
      return {{"anyOf", {text_schema(), texts}}};
    case Type::distribution:
    case Type::count:
      return {{"anyOf", {number_schema(rule, "number"), {{"$ref", "#/definitions/distribution"}}}}};
    case Type::shares:
    case Type::numbers:
      return table_of(annotated(number_schema(rule, "number")));
    case Type::impulses:
      return impulses_schema();
    case Type::backlog:
      return {
          {"anyOf",
           {words_schema("skip"), closed_table({{"spread_days", number_schema(rule, "number")}}, {"spread_days"})}}};
    case Type::favours:
      return closed_table({{"gap_days", number_schema(rule, "number")}, {"guard", text_schema()}}, {"gap_days"});
    case Type::moments: {
      const Json number = annotated(number_schema(rule, "number"));
      return {
          {"type", "array"},
          {"maxItems", model::max_moments},
          {"items", closed_table({{"share", number}, {"credibility_gap", number}, {"access_gap", number}}, {"share"})}};
    }
    case Type::interval:
      return {{"type", "array"}, {"minItems", 2}, {"maxItems", 2}, {"items", number_schema(rule, "number")}};
    case Type::figures: {
      Json figure = section_schema(Section::figure);
      for (const Rule* key : rules_of(Section::figure))
        if (is_required(*key)) figure["required"].push_back(key->key);
      return {{"type", "array"}, {"items", std::move(figure)}};
    }
    case Type::swept:
      return table_of({{"$ref", "#/definitions/swept"}});
  }
  return {};
}

Json key_schema(const Rule& rule) {
  Json schema = base_schema(rule);
  const bool takes_words = (rule.type == Type::whole || rule.type == Type::count) && !rule.choices.empty();
  if (takes_words) schema = {{"anyOf", {schema, words_schema(rule.choices)}}};
  if (is_optional(rule)) schema = {{"anyOf", {schema, {{"const", false}}}}};
  if (rule.domain != Domain::file && rule.type != Type::figures && rule.type != Type::swept)
    schema = annotated(std::move(schema));
  schema["description"] = rule.unit.empty() ? std::string(rule.description)
                                            : std::string(rule.description) + " [" + std::string(rule.unit) + "]";
  return schema;
}

/// A section's table. What is required may come from a file that this one extends, so nothing is required here.
Json section_schema(Section section) {
  Json properties = Json::object();
  for (const Rule* rule : rules_of(section)) properties[std::string(rule->key)] = key_schema(*rule);
  if (section == Section::strategy) {
    for (const Rule* rule : rules_of(Section::program))
      properties[std::string(rule->key)] = {{"$ref", "#/definitions/program/properties/" + std::string(rule->key)}};
    properties["programs"] = table_of({{"$ref", "#/definitions/program"}});
    for (const StrategyTable& inner : strategy_tables)
      properties[std::string(inner.key)] = section_schema(inner.section);
  }
  Json schema = closed_table(std::move(properties), {});
  schema["description"] = info_of(section).description;
  return schema;
}

Json distribution_schema() {
  Json kinds = Json::array();
  for (const FamilyInfo& family : families()) {
    Json properties = {{"distribution", {{"const", family.name}}}};
    std::vector<std::string> required = {"distribution"};
    for (const std::string_view name : family.parameters) {
      if (name.empty()) continue;
      properties[std::string(name)] = {{"type", "number"}};
      required.emplace_back(name);
    }
    if (family.family == random::Family::empirical) {
      for (const char* list : {"values", "weights"})
        properties[list] = {{"type", "array"}, {"items", {{"type", "number"}}}};
      required.emplace_back("values");
    }
    add_annotations(properties);
    kinds.push_back(closed_table(std::move(properties), std::move(required)));
  }
  return {{"anyOf", std::move(kinds)}};
}

/// A swept key's values, or a table that the rest of its dotted name leads into.
Json swept_schema() {
  return {{"anyOf",
           {{{"type", "array"}, {"minItems", 1}},
            section_schema(Section::swept_range),
            table_of({{"$ref", "#/definitions/swept"}})}}};
}

Json named_tables(const std::vector<std::string>& names, const char* definition) {
  Json properties = Json::object();
  for (const std::string& name : names) properties[name] = {{"$ref", definition}};
  return closed_table(std::move(properties), {});
}

}  // namespace

std::string generate_schema_json() {
  Json schema = section_schema(Section::root);
  Json& properties = schema["properties"];
  for (const TopLevel& top : top_level()) {
    const std::string key(top.key);
    if (top.section == Section::touch) {
      properties[key] = named_tables(touch_names(), "#/definitions/touch");
    } else if (top.section == Section::outcome) {
      properties[key] = named_tables(outcome_names(), "#/definitions/outcome");
    } else if (top.is_collection) {
      properties[key] = table_of({{"$ref", "#/definitions/" + std::string(top.singular)}});
    } else {
      properties[key] = section_schema(top.section);
    }
  }
  Json definitions = {{"annotated", annotated_schema()},
                      {"distribution", distribution_schema()},
                      {"program", section_schema(Section::program)},
                      {"swept", swept_schema()}};
  for (const TopLevel& top : top_level())
    if (top.is_collection) definitions[std::string(top.singular)] = section_schema(top.section);
  Json document = {{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", "vouch scenario"}};
  document.update(schema);
  document["definitions"] = std::move(definitions);
  return document.dump(2) + '\n';
}

}  // namespace vouch::scenario
