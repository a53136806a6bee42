// SPDX-License-Identifier: Apache-2.0
#include "scenario/node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "scenario/limits.hpp"

namespace vouch::scenario {

const Node* Node::find(std::string_view key) const noexcept {
  for (const Member& member : members)
    if (member.key == key) return &member.value;
  return nullptr;
}

Node* Node::find(std::string_view key) noexcept { return const_cast<Node*>(std::as_const(*this).find(key)); }

Node& Node::at_or_insert(std::string_view key) {
  if (Node* found = find(key)) return *found;
  members.push_back({std::string(key), Node{}});
  return members.back().value;
}

void Node::set(std::string_view key, Node value) { at_or_insert(key) = std::move(value); }

void Node::erase(std::string_view key) {
  std::erase_if(members, [&](const Member& member) { return member.key == key; });
}

std::vector<std::string> Node::keys() const {
  std::vector<std::string> names;
  for (const Member& member : members) names.push_back(member.key);
  return names;
}

Node make_text(std::string text) {
  Node node;
  node.kind = Node::Kind::text;
  node.text = std::move(text);
  return node;
}

std::string_view name_of(Node::Kind kind) noexcept {
  switch (kind) {
    case Node::Kind::flag:
      return "a truth value";
    case Node::Kind::whole:
      return "a whole number";
    case Node::Kind::real:
      return "a number";
    case Node::Kind::text:
      return "a string";
    case Node::Kind::list:
      return "a list";
    case Node::Kind::table:
      return "a table";
    case Node::Kind::date:
      return "a date or time";
  }
  return "a value";
}

bool same_value(const Node& a, const Node& b) {
  if (a.is_number() && b.is_number()) return a.number() == b.number();
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Node::Kind::flag:
      return a.flag == b.flag;
    case Node::Kind::text:
      return a.text == b.text;
    case Node::Kind::list:
      return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same_value);
    case Node::Kind::table:
      return a.members.size() == b.members.size() &&
             std::all_of(a.members.begin(), a.members.end(), [&](const Member& m) {
               const Node* other = b.find(m.key);
               return other != nullptr && same_value(m.value, *other);
             });
    default:
      return true;
  }
}

bool is_annotation(std::string_view key) noexcept { return key == "source" || key == "note" || key == "identified_by"; }

Annotated unwrap(const Node& node) {
  Annotated result{&node};
  if (!node.is_table()) return result;
  const bool has_own_keys = node.find("distribution") != nullptr || node.find("amount") != nullptr;
  const Node* value = node.find("value");
  if (!has_own_keys && value == nullptr) return result;
  if (!has_own_keys) result.value = value;
  result.source = node.find("source");
  result.note = node.find("note");
  result.identified_by = node.find("identified_by");
  return result;
}

bool Problems::is_new(const Problem& problem) {
  return known_
      .insert(fmt::format("{}:{}:{}:{}:{}", static_cast<int>(problem.severity), problem.where.line,
                          problem.where.column, problem.where.file, problem.what))
      .second;
}

void Problems::error(const Location& where, std::string what, std::string why, std::string remedy) {
  Problem problem{Severity::error, where, std::move(what), std::move(why), std::move(remedy)};
  ++num_errors_;
  if (!is_new(problem)) return;
  all_.push_back(std::move(problem));
  if (++num_kept_errors_ < limits::problems) return;
  std::vector<Problem> problems = take_sorted();
  std::erase_if(problems, [](const Problem& problem) { return problem.severity == Severity::warning; });
  problems.push_back({Severity::error, problems.back().where, "checking stopped here",
                      fmt::format("{} errors are enough", limits::problems), "mend these first"});
  throw Error(ExitCode::usage, std::move(problems));
}

void Problems::warn(const Location& where, std::string what, std::string why, std::string remedy) {
  if (num_kept_warnings_ > limits::problems) return;
  Problem problem{Severity::warning, where, std::move(what), std::move(why), std::move(remedy)};
  if (!is_new(problem)) return;
  if (++num_kept_warnings_ > limits::problems)
    problem = {Severity::warning, where, "no further warnings are told", fmt::format("{} are enough", limits::problems),
               "mend these first"};
  all_.push_back(std::move(problem));
}

std::vector<Problem> Problems::take_sorted() {
  std::sort(all_.begin(), all_.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.where.file, a.where.line, a.where.column, a.what) <
           std::tie(b.where.file, b.where.line, b.where.column, b.what);
  });
  // What strategies inherit is found wrong in each of them.
  const auto same = [](const Problem& a, const Problem& b) {
    return std::tie(a.where.file, a.where.line, a.where.column, a.what) ==
           std::tie(b.where.file, b.where.line, b.where.column, b.what);
  };
  all_.erase(std::unique(all_.begin(), all_.end(), same), all_.end());
  num_errors_ = num_kept_errors_ = num_kept_warnings_ = 0;
  known_.clear();
  return std::exchange(all_, {});
}

void Problems::throw_if_errors() {
  if (!any_errors()) return;
  std::vector<Problem> problems = take_sorted();
  std::erase_if(problems, [](const Problem& problem) { return problem.severity == Severity::warning; });
  throw Error(ExitCode::usage, std::move(problems));
}

std::string suggest(const std::string& word, const std::vector<std::string>& valid, std::string_view plural,
                    std::string otherwise) {
  constexpr std::size_t few = 12;
  const std::string nearest = find_nearest(word, valid);
  if (!nearest.empty()) return fmt::format("did you mean '{}'?", nearest);
  if (valid.empty() || valid.size() > few) return otherwise;
  return fmt::format("{}: {}", plural, fmt::join(valid, ", "));
}

}  // namespace vouch::scenario
