// SPDX-License-Identifier: Apache-2.0
// The reference of every key, from the table that validates.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "scenario/families.hpp"
#include "scenario/features.hpp"
#include "scenario/limits.hpp"
#include "scenario/rules.hpp"
#include "scenario/scenario.hpp"

namespace vouch::scenario {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  return result;
}

std::string dotted(const Rule& rule) {
  const std::string_view path = info_of(rule.section).path;
  return path.empty() ? std::string(rule.key) : fmt::format("{}.{}", path, rule.key);
}

std::vector<std::string_view> split_at_dots(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// Whether `wanted` is the key as a user writes it, with any name for NAME: "strategies.early.delay_days".
bool is_key(std::string_view wanted, std::string_view name) {
  const auto given = split_at_dots(wanted);
  const auto parts = split_at_dots(name);
  return given.size() == parts.size() &&
         std::equal(given.begin(), given.end(), parts.begin(), [](auto a, auto b) { return b == "NAME" || a == b; });
}

/// What holds when the key is not given.
std::string describe_default(const Rule& rule) {
  if (rule.section == Section::outcome && (rule.key == "intercept" || rule.key == "probability"))
    return "one of the two";
  if (rule.key == "id") return "a hash of the name";
  if (rule.section == Section::strategy_reps) return "as in `[reps]`";
  if (is_required(rule)) return "required";
  return fmt::format("default {}", rule.default_value);
}

std::string describe_header(const SectionInfo& section) {
  if (section.path.empty()) return "Top level";
  return section.section == Section::figure ? fmt::format("`[[{}]]`", section.path)
                                            : fmt::format("`[{}]`", section.path);
}

std::string describe_family(const FamilyInfo& family) {
  std::string parameters;
  for (const std::string_view name : family.parameters)
    if (!name.empty()) parameters += fmt::format("{}{}", parameters.empty() ? "" : ", ", name);
  if (family.family == random::Family::empirical) parameters = "values, weights";
  return fmt::format("{}({})", family.name, parameters);
}

/// A line for each outcome's features, besides stocks.
std::vector<std::pair<std::string, std::string>> list_features() {
  std::vector<std::pair<std::string, std::string>> lines;
  const std::vector<std::string> guard = guard_features({});
  lines.emplace_back("guards", fmt::format("stocks, {}", fmt::join(guard, ", ")));
  for (std::size_t i = 0; i < outcome_names().size(); ++i) {
    const auto kind = static_cast<model::OutcomeKind>(i);
    const std::vector<std::string> features = features_of(kind, {});
    const bool has_stocks = features_of(kind, {"stock"}).size() > features.size();
    lines.emplace_back(outcome_names()[i],
                       fmt::format("{}{}{}", has_stocks ? "stocks, " : "", fmt::join(features, ", "),
                                   reads_conduct(kind) ? ", reward, conduct features" : ""));
  }
  return lines;
}

std::string_view article_of(std::string_view noun) { return noun.front() == 'a' || noun.front() == 'i' ? "an" : "a"; }

std::string escape_cell(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace

std::string format_keys(std::string_view pattern) {
  const std::string wanted = lower(pattern);
  const auto matches = [&](const std::string& text) { return lower(text).find(wanted) != std::string::npos; };
  std::string text;
  for (const SectionInfo& section : sections()) {
    for (const Rule* rule : rules_of(section.section)) {
      const std::string name = dotted(*rule);
      // A program's key may stand on its strategy too.
      const bool is_named = is_key(pattern, name) || (section.section == Section::program &&
                                                      is_key(pattern, fmt::format("strategies.NAME.{}", rule->key)));
      if (!is_named && !matches(fmt::format("{} {} {}", name, rule->unit, rule->description))) continue;
      text += fmt::format("{}\n    {}{}; {}\n    {}\n", name, describe_type(*rule),
                          rule->unit.empty() ? "" : fmt::format("; {}", rule->unit), describe_default(*rule),
                          rule->description);
    }
  }
  for (const FamilyInfo& family : families())
    if (matches(fmt::format("distribution {}", family.name)))
      text += fmt::format("distribution {}\n    {}\n", describe_family(family), family.example);
  for (const FeatureInfo& feature : describe_features())
    if (matches(fmt::format("feature {} {}", feature.name, feature.description)))
      text += fmt::format("feature {}\n    of {} {}; {}; read by {}\n    {}\n", feature.name, article_of(feature.owner),
                          feature.owner, feature.range, feature.readers, feature.description);
  for (const auto& [reader, features] : list_features())
    if (matches(fmt::format("features of {}: {}", reader, features)))
      text += fmt::format("features of {}\n    {}\n", reader, features);
  return text;
}

std::string generate_keys_markdown() {
  std::string text =
      "# Every key of a scenario file\n\n"
      "Generated from the table that validates (`vouch keys --markdown`); do not edit.\n\n"
      "Anywhere a value or distribution is expected, `{ value = V, source = \"...\", note = \"...\", identified_by = "
      "\"...\" }` may "
      "stand instead; a distribution's own table may carry `source`, `note` and `identified_by`. A belief without a "
      "source is shown as a *guess*. "
      "`--set` overrides a key by its dotted name.\n";
  for (const SectionInfo& section : sections()) {
    text += fmt::format("\n## {}\n\n{}\n\n| key | value | unit | otherwise | meaning |\n|---|---|---|---|---|\n",
                        describe_header(section), section.description);
    for (const Rule* rule : rules_of(section.section))
      text += fmt::format("| `{}` | {} | {} | {} | {} |\n", rule->key, escape_cell(describe_type(*rule)), rule->unit,
                          escape_cell(describe_default(*rule)), escape_cell(std::string(rule->description)));
  }
  text += fmt::format("\nTouches: {}.\n", fmt::join(touch_names(), ", "));
  text += "\n## Distributions\n\n| distribution | as in |\n|---|---|\n";
  for (const FamilyInfo& family : families())
    text += fmt::format("| {} | `{}` |\n", describe_family(family), family.example);
  text +=
      "\n## Features\n\nWhat weights and guards may name. Elsewhere a feature has no meaning, and its name is an "
      "error.\n\n| feature | of | range | read by | meaning |\n|---|---|---|---|---|\n";
  for (const FeatureInfo& feature : describe_features())
    text += fmt::format("| `{}` | {} | {} | {} | {} |\n", feature.name, feature.owner, feature.range, feature.readers,
                        feature.description);
  text += "\n| in | features |\n|---|---|\n";
  for (const auto& [reader, features] : list_features()) text += fmt::format("| {} | {} |\n", reader, features);
  text +=
      "\n## Limits\n\nA scenario may come from anywhere. What is larger is an error, and so are control characters in "
      "texts and keys. A file extends only regular files in the folder of the scenario that is named on the command "
      "line and below, after links are followed; or in the tree of the nearest folder above that holds an empty file "
      "`.vouch-root`; or, with `--allow-outside`, anywhere.\n\n" +
      format_limits();
  return text;
}

}  // namespace vouch::scenario
