// SPDX-License-Identifier: Apache-2.0
#include "results/run_identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "results/sha256.hpp"

namespace vouch::results {
namespace {

/// The value that format_worlds gave a name; "none" if it has none.
std::string find_value(const std::string& text, const std::string& name) {
  const auto begin = ("\n" + text).find("\n" + name + "=");
  if (begin == std::string::npos) return "none";
  const auto value = begin + name.size() + 1;
  return text.substr(value, text.find('\n', value) - value);
}

std::string describe_sweep(const std::vector<SweptKey>& sweep) {
  if (sweep.empty()) return "none";
  std::string text;
  for (const SweptKey& swept : sweep) {
    text += fmt::format("{} {}\n", swept.key, swept.values.size());
    for (const std::string& value : swept.values) text += fmt::format("{} {}\n", value.size(), value);
  }
  return compute_sha256_hex(text);
}

}  // namespace

WorldsDescription describe_worlds(const RunIdentity& identity, const model::ObservationLayout& layout) {
  std::string strategies;
  for (const std::string& name : identity.strategy_names) strategies += (strategies.empty() ? "" : ", ") + name;
  std::string blocks;
  for (const model::ObservationBlock& block : layout.blocks()) {
    blocks += fmt::format("{} {} {}", block.name, static_cast<int>(block.unit), block.offset);
    for (const std::size_t length : block.shape) blocks += fmt::format(" {}", length);
    blocks += '\n';
  }
  const std::string& text = identity.worlds_text.empty() ? identity.scenario_text : identity.worlds_text;
  return {
      {"version", identity.version},
      {"commit", identity.git_sha1},
      {"strategies", strategies},
      {"seed", fmt::format("{}", identity.seed)},
      {"antithetic", identity.antithetic ? "yes" : "no"},
      {"sweep", describe_sweep(identity.sweep)},
      {"scenario", compute_sha256_hex(text)},
      {"observations", compute_sha256_hex(blocks)},
  };
}

void set_known_means(RunIdentity& identity, std::size_t point, std::span<const model::KnownMean> known,
                     const model::ObservationLayout& layout) {
  for (const model::KnownMean& mean : known) {
    const std::string name(layout.blocks()[static_cast<std::size_t>(mean.metric)].name);
    std::vector<Expectation>& all = identity.expectations;
    auto found = std::find_if(all.begin(), all.end(), [&](const Expectation& e) { return e.metric == name; });
    if (found == all.end()) {
      constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
      found = all.insert(found, {name, std::vector<double>(identity.num_points(), unknown)});
    }
    found->values.at(point) = mean.expectation;
  }
}

std::string format_worlds(const WorldsDescription& worlds) {
  std::string text;
  for (const auto& [name, value] : worlds) text += fmt::format("{}={}\n", name, value);
  return text;
}

std::string find_difference(const std::string& text, const WorldsDescription& worlds) {
  for (const auto& [name, value] : worlds)
    if (find_value(text, name) != value) return name;
  return {};
}

std::string describe_difference(const std::string& text, const WorldsDescription& worlds) {
  const std::string name = find_difference(text, worlds);
  if (name.empty()) return "it is written differently";
  if (name == "scenario") return "its scenario differs from this run's";
  if (name == "sweep") return "its sweep differs from this run's";
  if (name == "observations") return "it reports other quantities than this run";
  return fmt::format("its {} {} '{}', this run's '{}'", name, name == "strategies" ? "are" : "is",
                     find_value(text, name), find_value(format_worlds(worlds), name));
}

std::string compute_worlds_digest(const RunIdentity& identity, const model::ObservationLayout& layout) {
  return compute_sha256_hex(format_worlds(describe_worlds(identity, layout)));
}

}  // namespace vouch::results
