// SPDX-License-Identifier: Apache-2.0
#include "scenario/published.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/resolved.hpp"
#include "scenario/toml_writer.hpp"

namespace vouch::scenario {
namespace {

void check_texts(const Node& figure, Problems& problems) {
  for (const Rule* rule : rules_of(Section::figure)) {
    const Node* given = rule->type == Type::text && is_required(*rule) ? figure.find(rule->key) : nullptr;
    if (given == nullptr || !unwrap(*given).value->is(Node::Kind::text)) continue;
    if (unwrap(*given).value->text.empty())
      problems.error(given->where, fmt::format("published.{} is empty", rule->key), std::string(rule->description),
                     fmt::format("fill in {} = \"...\"", rule->key));
  }
}

void check_range(const Table& table, Problems& problems) {
  if (!table.has("value") || !table.has("range")) return;
  const auto value = table.reader().real(table.rule("value"), table.at("value"));
  const auto range = table.reader().interval(table.rule("range"), table.at("range"));
  if (!value || !range || (range->first <= *value && *value <= range->second)) return;
  problems.error(
      table.where("range"),
      fmt::format("value {} lies outside its range [{}, {}]", *value, range->first, range->second),
      range->first > range->second ? "nothing lies in this range" : "the figure itself would not count as the figure",
      range->first > range->second ? "write the lower number first" : "widen the range");
}

/// Whether the strategy has the program that source_filter names.
void check_source(const Table& table, const Resolved& resolved, Problems& problems) {
  const std::string source = table.text("source_filter");
  const std::vector<std::string> words = split_words(source_words);
  if (source.empty() || std::find(words.begin(), words.end(), source) != words.end()) return;
  const std::string strategy = table.text("strategy");
  std::vector<std::string> programs;
  for (const ProgramSource& program :
       list_program_sources(*resolved.root.find("strategies")->find(strategy), table.reader()))
    programs.push_back(program.name);
  if (std::find(programs.begin(), programs.end(), source) != programs.end()) return;
  problems.error(table.where("source_filter"), fmt::format("strategy '{}' has no program '{}'", strategy, source),
                 "no lead of its worlds came from there",
                 programs.empty() ? "the strategy has no programs" : suggest(source, programs, "its programs"));
}

}  // namespace

std::optional<std::pair<double, double>> Reader::interval(const Rule& rule, const Node& node) {
  const Node& value = *unwrap(node).value;
  if (is_off(rule, value)) return std::nullopt;
  const auto is_bound = [&](const Node& item) { return item.is_number() && in_range(rule, item.number()); };
  if (value.items.size() == 2 && std::all_of(value.items.begin(), value.items.end(), is_bound))
    return std::pair(value.items[0].number(), value.items[1].number());
  complain(rule, value);
  return std::nullopt;
}

void Reader::figures(const Rule& rule, const Node& node) {
  const auto refuse = [&](const Node& value) {
    problems_.error(value.where,
                    fmt::format("{} must be {}, not {}", rule.key, describe_type(rule), name_of(value.kind)), "",
                    "write [[published]], with two brackets, above each figure");
  };
  if (!node.is(Node::Kind::list)) return refuse(node);
  for (const Node& item : node.items)
    if (!item.is_table()) refuse(item);
}

void check_published(const Resolved& resolved, Problems& problems) {
  Problems told;
  Reader reader(resolved.names, told);
  const bool were_errors = problems.any_errors();
  for (const Node& figure : resolved.root.find("published")->items) {
    if (!figure.is_table()) continue;
    const Table table(Section::figure, figure, reader);
    const int errors_before = problems.num_errors();
    check_texts(figure, problems);
    check_range(table, problems);
    if (!were_errors && problems.num_errors() == errors_before) check_source(table, resolved, problems);
  }
}

std::vector<PublishedFigure> read_published(const Resolved& resolved) {
  Problems problems;
  Reader reader(resolved.names, problems);
  std::vector<PublishedFigure> figures;
  for (const Node& node : resolved.root.find("published")->items) {
    const Table table(Section::figure, node, reader);
    PublishedFigure& figure = figures.emplace_back();
    figure.figure = table.text("figure");
    figure.source = table.text("source");
    figure.value = table.real("value");
    figure.range = reader.interval(table.rule("range"), table.at("range"));
    figure.metric = table.text("metric");
    figure.strategy = table.text("strategy");
    figure.segment = table.text("segment");
    figure.from = table.text("source_filter");
    figure.role = static_cast<FigureRole>(table.choice("role"));
    figure.where = table.where("metric");
    figure.value_place = table.where("value");
    figure.range_place = table.where("range");
  }
  return figures;
}

}  // namespace vouch::scenario
