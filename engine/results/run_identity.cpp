// SPDX-License-Identifier: Apache-2.0
#include "results/run_identity.hpp"

#include <fmt/format.h>

#include "results/sha256.hpp"

namespace vouch::results {

std::vector<std::pair<std::string, std::string>> describe_worlds(const RunIdentity& identity,
                                                                 const model::ObservationLayout& layout) {
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
      {"scenario", compute_sha256_hex(text)},
      {"observations", compute_sha256_hex(blocks)},
  };
}

std::string compute_worlds_digest(const RunIdentity& identity, const model::ObservationLayout& layout) {
  std::string text;
  for (const auto& [name, value] : describe_worlds(identity, layout)) text += fmt::format("{}={}\n", name, value);
  return compute_sha256_hex(text);
}

}  // namespace vouch::results
