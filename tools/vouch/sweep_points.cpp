// SPDX-License-Identifier: Apache-2.0
#include "sweep_points.hpp"

#include <fmt/format.h>

#include <optional>

namespace vouch::cli {
namespace {

/// What decides which numbers a world reports, and what they are called.
std::string describe_rows(const scenario::Compiled& compiled) {
  const model::ObservationLayout layout(compiled.model, compiled.max_programs);
  std::string text;
  for (const model::ObservationBlock& block : layout.blocks()) {
    text += fmt::format("{} {} {}", block.name, static_cast<int>(block.unit), block.offset);
    for (const std::size_t length : block.shape) text += fmt::format(" {}", length);
    text += '\n';
  }
  for (const model::Strategy& strategy : compiled.strategies) {
    text += "strategy";
    for (const model::Program& program : strategy.programs) text += ' ' + program.name;
    text += '\n';
  }
  return text;
}

/// The key whose value at `point` makes other rows than its value at the first point does; nothing if no key by itself.
std::optional<std::size_t> find_culprit(const scenario::Scenario& scenario, std::size_t point) {
  for (std::size_t k = 0; k < scenario.sweep().keys.size(); ++k) {
    try {
      const auto here = scenario::compile(scenario::make_point(scenario, point, k));
      const auto first = scenario::compile(scenario::make_point(scenario, 0, k));
      if (describe_rows(here) != describe_rows(first)) return k;
    } catch (const Error&) {
      // This value is not to be had without the others.
    }
  }
  return std::nullopt;
}

[[noreturn]] void refuse(const scenario::Scenario& scenario, std::size_t point, std::optional<std::size_t> culprit) {
  const scenario::Sweep& sweep = scenario.sweep();
  const scenario::Sweep::Key& key = sweep.keys[culprit.value_or(0)];
  const std::string why = fmt::format("{}, worlds report other numbers than {}, and all points must report the same",
                                      scenario::describe_point(sweep, point), scenario::describe_point(sweep, 0));
  throw Error(ExitCode::usage, std::vector<Problem>{{Severity::error, key.where,
                                                     culprit ? fmt::format("'{}' cannot be swept", key.key)
                                                             : std::string("these keys cannot be swept"),
                                                     why, "run such scenarios one by one, with --set"}});
}

}  // namespace

Points plan_points(const scenario::Scenario& scenario) {
  scenario::CompiledPoints compiled = scenario::compile_points(scenario);
  const scenario::Compiled& first = compiled.points.front();
  const std::string expected = describe_rows(first);
  for (std::size_t p = 1; p < compiled.points.size(); ++p)
    if (describe_rows(compiled.points[p]) != expected) refuse(scenario, p, find_culprit(scenario, p));
  model::ObservationLayout layout(first.model, first.max_programs);
  return {std::move(compiled), std::move(layout)};
}

std::vector<results::SweptKey> list_swept_keys(const scenario::Sweep& sweep) {
  std::vector<results::SweptKey> keys;
  for (std::size_t k = 0; k < sweep.keys.size(); ++k) {
    results::SweptKey& key = keys.emplace_back();
    key.key = sweep.keys[k].key;
    for (std::size_t p = 0; p < sweep.points.size(); ++p) key.values.push_back(sweep.value_at(p, k));
  }
  return keys;
}

}  // namespace vouch::cli
