// SPDX-License-Identifier: Apache-2.0
// A second engine, as plain as possible, written from engine/simulation/semantics.md alone: what the batched engine
// must equal to the bit.
#pragma once

#include <cstdint>
#include <span>

#include "model/model.hpp"
#include "model/observations.hpp"
#include "simulation/run_worlds.hpp"

namespace vouch::reference {

/// One world, simulated one event at a time in the order of time; writes the same row as simulation::run_worlds must.
/// `row` is as long as the layout. Throws Error (ExitCode::resources) as run_worlds does.
void simulate_world(const model::Model& model, const model::Strategy& strategy, const model::ObservationLayout& layout,
                    const simulation::WorldKey& key, std::span<std::int64_t> row);

}  // namespace vouch::reference
