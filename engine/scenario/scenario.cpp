// SPDX-License-Identifier: Apache-2.0
#include "scenario/scenario.hpp"

#include <algorithm>

#include "scenario/limits.hpp"
#include "scenario/resolved.hpp"
#include "scenario/sweep.hpp"
#include "scenario/tree.hpp"

namespace vouch::scenario {
namespace {

Experiment read_experiment(const Resolved& resolved, Reader& reader) {
  const Table table(Section::experiment, *resolved.root.find("experiment"), reader);
  Experiment experiment;
  experiment.replications = static_cast<std::uint32_t>(table.whole("replications"));
  experiment.seed = static_cast<std::uint64_t>(table.whole("seed"));
  const std::vector<std::string>& names = resolved.names.strategies;
  const auto baseline = std::find(names.begin(), names.end(), table.text("baseline"));
  experiment.baseline = baseline == names.end() ? 0 : static_cast<int>(baseline - names.begin());
  experiment.metric = table.text("metric");
  experiment.confidence = table.real("confidence");
  experiment.antithetic = table.flag("antithetic");
  const Table output(Section::output, *resolved.root.find("output"), reader);
  experiment.detail = static_cast<Experiment::Detail>(output.choice("detail"));
  return experiment;
}

void read_titles(Resolved& resolved, Reader& reader) {
  const Table root(Section::root, resolved.root, reader);
  resolved.title = root.text("title");
  resolved.question = root.text("question");
  resolved.currency = Table(Section::money, *resolved.root.find("money"), reader).text("currency");
  for (const Member& strategy : resolved.root.find("strategies")->members) {
    const Table table(Section::strategy, strategy.value, reader);
    const std::string label = table.text("label");
    resolved.strategy_labels.push_back(label.empty() ? strategy.key : label);
    resolved.strategy_descriptions.push_back(table.text("description"));
  }
}

std::shared_ptr<const Resolved> finish(std::optional<Node> tree, std::span<const Override> overrides,
                                       Problems& problems) {
  problems.throw_if_errors();
  apply_overrides(*tree, overrides, problems);
  const int errors_before = problems.num_errors();
  check_sizes(*tree, problems);
  if (problems.num_errors() > errors_before) problems.throw_if_errors();  // what is too large is not looked at
  return finish_tree(std::move(*tree), overrides, problems);
}

}  // namespace

Resolved check_tree(Node tree, Problems& problems) {
  inherit_strategies(tree, problems);
  Resolved resolved = resolve(std::move(tree), problems);
  check_together(resolved, problems);
  check_published(resolved, problems);
  return resolved;
}

std::shared_ptr<const Resolved> finish_tree(Node tree, std::span<const Override> overrides, Problems& problems) {
  auto given = std::make_shared<Node>(tree);
  given->erase("sweep");
  auto resolved = std::make_shared<Resolved>(check_tree(std::move(tree), problems));
  problems.throw_if_errors();
  Reader reader(resolved->names, problems);
  resolved->experiment = read_experiment(*resolved, reader);
  read_titles(*resolved, reader);
  resolved->published = read_published(*resolved);
  resolved->sweep = read_sweep(*resolved, overrides, problems);
  problems.throw_if_errors();
  if (!resolved->sweep.points.empty()) resolved->given = std::move(given);
  find_warnings(*resolved, compile(*resolved), problems);
  resolved->warnings = problems.take_sorted();
  return resolved;
}

Scenario make_scenario(std::shared_ptr<const Resolved> resolved) { return Scenario(std::move(resolved)); }

const std::string& Scenario::title() const noexcept { return resolved_->title; }
const std::string& Scenario::question() const noexcept { return resolved_->question; }
const std::string& Scenario::currency() const noexcept { return resolved_->currency; }
const Experiment& Scenario::experiment() const noexcept { return resolved_->experiment; }
const std::vector<std::string>& Scenario::strategy_names() const noexcept { return resolved_->names.strategies; }
const std::vector<std::string>& Scenario::strategy_labels() const noexcept { return resolved_->strategy_labels; }
const std::vector<std::string>& Scenario::strategy_descriptions() const noexcept {
  return resolved_->strategy_descriptions;
}
const std::vector<std::string>& Scenario::segment_names() const noexcept { return resolved_->names.segments; }
const std::vector<std::string>& Scenario::population_names() const noexcept { return resolved_->names.populations; }
Location Scenario::metric_place() const { return resolved_->root.find("experiment")->find("metric")->where; }
const std::vector<PublishedFigure>& Scenario::published() const noexcept { return resolved_->published; }
const Sweep& Scenario::sweep() const noexcept { return resolved_->sweep; }
const std::vector<Problem>& Scenario::warnings() const noexcept { return resolved_->warnings; }

Scenario load_scenario(const std::filesystem::path& path, std::span<const Override> overrides, Extends extends) {
  Problems problems;
  std::optional<Node> tree = load_tree(path, extends, problems);
  return make_scenario(finish(std::move(tree), overrides, problems));
}

Scenario parse_scenario(std::string_view text, std::string name, std::span<const Override> overrides) {
  Problems problems;
  std::optional<Node> tree = parse_tree(text, name, problems);
  return make_scenario(finish(std::move(tree), overrides, problems));
}

}  // namespace vouch::scenario
