// SPDX-License-Identifier: Apache-2.0
// The points of a sweep, each checked and compiled as a scenario of its own.
#include <fmt/format.h>

#include <map>
#include <utility>

#include "scenario/sweep.hpp"
#include "scenario/tree.hpp"

namespace vouch::scenario {
namespace {

Node make_tree(const Resolved& resolved, std::size_t point, std::optional<std::size_t> only_key, Problems& problems) {
  Node tree = *resolved.given;
  const Sweep& sweep = resolved.sweep;
  for (std::size_t k = 0; k < sweep.keys.size(); ++k) {
    if (only_key && k != *only_key) continue;
    const Sweep::Key& key = sweep.keys[k];
    const Sweep::Value& value = key.values[sweep.points[point][k]];
    apply_swept_value(tree, {key.key, value.toml}, key.where, value.where, problems);
  }
  return tree;
}

/// Problems of points, each kind told once.
class PointProblems {
 public:
  explicit PointProblems(const Sweep& sweep) : sweep_(sweep) {}

  void add(std::size_t point, const std::vector<Problem>& problems) {
    std::map<std::string, const Problem*> kinds;
    for (const Problem& problem : problems) kinds.emplace(kind_of(problem), &problem);
    for (const auto& [kind, problem] : kinds) {
      has_errors_ = has_errors_ || problem->severity == Severity::error;
      auto [entry, is_new] = entries_.try_emplace(kind, Entry{*problem, point, 0});
      ++entry->second.num_points;
    }
  }

  bool has_errors() const noexcept { return has_errors_; }

  /// Sorted; throws the errors if there are any.
  std::vector<Problem> take() const {
    Problems problems;
    for (const auto& [kind, entry] : entries_) {
      const Problem& told = entry.problem;
      std::string why = told.why + (told.why.empty() || is_everywhere(entry) ? "" : "; ") + describe_where(entry);
      if (told.severity == Severity::error) {
        problems.error(told.where, told.what, std::move(why), told.remedy);
      } else {
        problems.warn(told.where, told.what, std::move(why), told.remedy);
      }
    }
    problems.throw_if_errors();
    return problems.take_sorted();
  }

 private:
  struct Entry {
    Problem problem;
    std::size_t first_point;
    std::size_t num_points;
  };

  bool is_everywhere(const Entry& entry) const { return entry.num_points == sweep_.points.size(); }

  std::string describe_where(const Entry& entry) const {
    if (is_everywhere(entry)) return {};
    const std::string first = describe_point(sweep_, entry.first_point);
    if (entry.num_points == 1) return first;
    return fmt::format("at {} of {} points, first {}", entry.num_points, sweep_.points.size(), first);
  }

  /// The place and what is said there, whatever its numbers: points differ in those.
  static std::string kind_of(const Problem& problem) {
    std::string kind = fmt::format("{}:{}:{}:{}:", static_cast<int>(problem.severity), problem.where.file,
                                   problem.where.line, problem.where.column);
    for (const char c : problem.what)
      if ((c < '0' || c > '9') && c != '.' && c != '-') kind += c;
    return kind;
  }

  const Sweep& sweep_;
  std::map<std::string, Entry> entries_;
  bool has_errors_ = false;
};

}  // namespace

CompiledPoints compile_points(const Scenario& scenario) {
  const Resolved& resolved = scenario.resolved();
  CompiledPoints compiled;
  if (resolved.sweep.points.empty()) {
    compiled.points.push_back(compile(scenario));
    compiled.warnings = scenario.warnings();
    return compiled;
  }
  PointProblems told(resolved.sweep);
  for (std::size_t point = 0; point < resolved.sweep.points.size(); ++point) {
    Problems problems;
    const Resolved checked = check_tree(make_tree(resolved, point, {}, problems), problems);
    if (!problems.any_errors()) {
      Compiled at_point = compile(checked);
      find_warnings(checked, at_point, problems);
      if (!told.has_errors()) compiled.points.push_back(std::move(at_point));
    }
    told.add(point, problems.all());
  }
  compiled.warnings = told.take();
  return compiled;
}

Scenario make_point(const Scenario& scenario, std::size_t point, std::optional<std::size_t> only_key) {
  Problems problems;
  Node tree = make_tree(scenario.resolved(), point, only_key, problems);
  return make_scenario(finish_tree(std::move(tree), {}, problems));
}

}  // namespace vouch::scenario
