// SPDX-License-Identifier: Apache-2.0
// Worlds by name: every number of a row under a key that does not depend on where it lies.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/observations.hpp"
#include "scenario/scenario.hpp"

namespace vouch::test {

/// "block | segment | cohort | source | ..." -> value.
using NamedRow = std::map<std::string, std::int64_t>;

/// Rows of some replications of each strategy.
struct Worlds {
  scenario::Compiled compiled;
  model::ObservationLayout layout;
  std::vector<std::vector<std::vector<std::int64_t>>> rows;  ///< [strategy][replication][element]

  const std::vector<std::vector<std::int64_t>>& of(const std::string& strategy) const;
  int index_of(const std::string& strategy) const;
  /// Only the numbers that belong to populations: metrics and funnel, by segment.
  NamedRow name_cells(const std::string& strategy, std::size_t replication) const;
  /// The same of one segment only.
  NamedRow name_cells(const std::string& strategy, std::size_t replication, const std::string& segment) const;
};

std::string read_text(const std::string& path);
/// The scenario of all mechanisms in which accounts do not meet.
std::string all_mechanisms();
/// The same with slots, desk, finite markets, territories, partners and outsiders.
std::string all_coupled();

scenario::Compiled compile_text(const std::string& text);

/// Replications first, .. of every strategy, `batch` worlds at once.
Worlds simulate(const std::string& text, std::uint32_t replications, std::uint64_t seed = 7, std::size_t batch = 4,
                std::uint32_t first = 0, bool antithetic = false);

/// `text` with every `from` replaced by `to`; throws if there is none.
std::string replace(std::string text, const std::string& from, const std::string& to);

}  // namespace vouch::test
