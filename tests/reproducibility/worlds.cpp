// SPDX-License-Identifier: Apache-2.0
#include "reproducibility/worlds.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "simulation/run_worlds.hpp"

namespace vouch::test {
namespace {

std::string name_index(const Worlds& worlds, const model::Strategy& strategy, model::Axis axis, std::size_t index) {
  switch (axis) {
    case model::Axis::segment:
      return worlds.compiled.model.segments[index].name;
    case model::Axis::cohort:
      return index == 0 ? "existing" : "new";
    case model::Axis::source:
      if (index < 2) return index == 0 ? "cold" : "organic";
      return index - 2 < strategy.programs.size() ? "program " + strategy.programs[index - 2].name : "";
    default:
      return std::to_string(index);
  }
}

}  // namespace

int Worlds::index_of(const std::string& strategy) const {
  const auto found = std::find_if(compiled.strategies.begin(), compiled.strategies.end(),
                                  [&](const auto& s) { return s.name == strategy; });
  if (found == compiled.strategies.end()) throw std::logic_error("no strategy " + strategy);
  return static_cast<int>(found - compiled.strategies.begin());
}

const std::vector<std::vector<std::int64_t>>& Worlds::of(const std::string& strategy) const {
  return rows[static_cast<std::size_t>(index_of(strategy))];
}

NamedRow Worlds::name_cells(const std::string& strategy, std::size_t replication) const {
  const std::vector<std::int64_t>& row = of(strategy)[replication];
  const model::Strategy& compiled_strategy = compiled.strategies[static_cast<std::size_t>(index_of(strategy))];
  NamedRow named;
  for (const model::ObservationBlock& block : layout.blocks()) {
    if (block.group != "metrics" && block.group != "funnel") continue;
    for (std::size_t element = 0; element < block.size; ++element) {
      std::string key(block.name);
      std::size_t rest = element;
      std::size_t below = block.size;
      bool is_used = true;
      for (std::size_t a = 0; a < block.axes.size(); ++a) {
        below /= block.shape[a];
        const std::string name = name_index(*this, compiled_strategy, block.axes[a], rest / below);
        is_used = is_used && !name.empty();  // sources that another strategy's programs need
        key += " | " + name;
        rest %= below;
      }
      if (is_used) named[key] = row[block.offset + element];
    }
  }
  return named;
}

NamedRow Worlds::name_cells(const std::string& strategy, std::size_t replication, const std::string& segment) const {
  NamedRow chosen;
  for (const auto& [key, value] : name_cells(strategy, replication))
    if (key.find("| " + segment + " |") != std::string::npos) chosen[key] = value;
  return chosen;
}

std::string read_text(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string all_mechanisms() {
  return read_text(std::string(VOUCH_SOURCE_DIR) + "/tests/reproducibility/all_mechanisms.toml");
}

std::string all_coupled() {
  const std::string path = std::string(VOUCH_SOURCE_DIR) + "/tests/reproducibility/all_coupled.toml";
  return scenario::canonical_text(scenario::load_scenario(path));
}

scenario::Compiled compile_text(const std::string& text) {
  return scenario::compile(scenario::parse_scenario(text, "test.toml"));
}

Worlds simulate(const std::string& text, std::uint32_t replications, std::uint64_t seed, std::size_t batch,
                std::uint32_t first, bool antithetic) {
  scenario::Compiled compiled = compile_text(text);
  const model::ObservationLayout layout(compiled.model, compiled.max_programs);
  Worlds worlds{std::move(compiled), layout, {}};
  simulation::Workspace workspace;
  for (const model::Strategy& strategy : worlds.compiled.strategies) {
    auto& rows = worlds.rows.emplace_back(replications, std::vector<std::int64_t>(layout.size(), -1));
    for (std::size_t begin = 0; begin < replications; begin += batch) {
      std::vector<simulation::WorldKey> keys;
      std::vector<simulation::WorldResult> results;
      for (std::size_t i = begin; i < std::min<std::size_t>(begin + batch, replications); ++i) {
        keys.push_back({seed, first + static_cast<std::uint32_t>(i), antithetic});
        results.push_back({rows[i]});
      }
      simulation::run_worlds(worlds.compiled.model, strategy, layout, keys, results, workspace);
    }
  }
  return worlds;
}

std::string replace(std::string text, const std::string& from, const std::string& to) {
  std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("nothing to replace: " + from);
  for (; at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

}  // namespace vouch::test
