// SPDX-License-Identifier: Apache-2.0
#include "reference/comparing.hpp"

#include <algorithm>
#include <numeric>

#include "reference/reference_engine.hpp"

namespace vouch::reference {

namespace {

constexpr std::int64_t untouched = -987654321;  // what a row holds before it is written

std::string describe_place(const model::ObservationBlock& block, std::size_t element) {
  std::string indexes;
  for (std::size_t axis = block.shape.size(); axis-- > 0; element /= block.shape[axis]) {
    indexes = std::to_string(element % block.shape[axis]) + (indexes.empty() ? "" : ", ") + indexes;
  }
  return std::string(block.name) + "[" + indexes + "]";
}

}  // namespace

std::vector<simulation::WorldKey> make_keys(std::uint64_t seed, std::uint32_t num_worlds, bool antithetic_pairs) {
  std::vector<simulation::WorldKey> keys;
  for (std::uint32_t i = 0; i < num_worlds; ++i) keys.push_back({seed, i, antithetic_pairs});
  return keys;
}

std::vector<Row> run_reference(const Case& c, const model::ObservationLayout& layout,
                               std::span<const simulation::WorldKey> keys) {
  std::vector<Row> rows;
  for (const simulation::WorldKey& key : keys) {
    rows.emplace_back(layout.size(), untouched);
    simulate_world(c.model, c.strategy, layout, key, rows.back());
  }
  return rows;
}

std::vector<Row> run_batched(const Case& c, const model::ObservationLayout& layout,
                             std::span<const simulation::WorldKey> keys, std::size_t batch_size,
                             simulation::Workspace& workspace) {
  std::vector<Row> rows(keys.size(), Row(layout.size(), untouched));
  std::vector<simulation::WorldResult> results;
  for (Row& row : rows) results.push_back({row});
  for (std::size_t first = 0; first < keys.size(); first += batch_size) {
    const std::size_t size = std::min(batch_size, keys.size() - first);
    simulation::run_worlds(c.model, c.strategy, layout, keys.subspan(first, size),
                           std::span<const simulation::WorldResult>(results).subspan(first, size), workspace);
  }
  return rows;
}

std::string describe_differences(const model::ObservationLayout& layout, const Row& reference, const Row& batched) {
  constexpr int max_shown = 12;
  int num_differences = 0;
  std::string text;
  for (const model::ObservationBlock& block : layout.blocks()) {
    for (std::size_t i = 0; i < block.size; ++i) {
      const std::int64_t expected = reference[block.offset + i];
      const std::int64_t found = batched[block.offset + i];
      if (expected == found || ++num_differences > max_shown) continue;
      text += describe_place(block, i) + ": " + std::to_string(expected) + " and " + std::to_string(found) + "\n";
    }
  }
  if (num_differences > max_shown) text += "and " + std::to_string(num_differences - max_shown) + " more\n";
  return text;
}

std::int64_t compute_total(const model::ObservationLayout& layout, const Row& row, const std::string& block) {
  const model::ObservationBlock* found = layout.find(block);
  const auto begin = row.begin() + static_cast<std::ptrdiff_t>(found->offset);
  return std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(found->size), std::int64_t{0});
}

}  // namespace vouch::reference
