// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/observations.hpp"
#include "reference/models.hpp"
#include "simulation/run_worlds.hpp"

namespace vouch::reference {

using Row = std::vector<std::int64_t>;

std::vector<simulation::WorldKey> make_keys(std::uint64_t seed, std::uint32_t num_worlds, bool antithetic_pairs);

/// The rows of the reference engine, in the order of `keys`.
std::vector<Row> run_reference(const Case& c, const model::ObservationLayout& layout,
                               std::span<const simulation::WorldKey> keys);

/// The rows of the batched engine, `batch_size` worlds at a time. `workspace` may come from any other model.
std::vector<Row> run_batched(const Case& c, const model::ObservationLayout& layout,
                             std::span<const simulation::WorldKey> keys, std::size_t batch_size,
                             simulation::Workspace& workspace);

/// "asks[0, 1]: 12 and 13" for each of the first few elements that differ; empty if none does.
std::string describe_differences(const model::ObservationLayout& layout, const Row& reference, const Row& batched);

/// The sum of a block's elements in a row.
std::int64_t compute_total(const model::ObservationLayout& layout, const Row& row, const std::string& block);

}  // namespace vouch::reference
