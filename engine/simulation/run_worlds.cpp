// SPDX-License-Identifier: Apache-2.0
#include "simulation/run_worlds.hpp"

#include <algorithm>

#include "simulation/batch.hpp"

namespace vouch::simulation {

Workspace::Workspace() : impl_(std::make_unique<Impl>()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

void run_worlds(const model::Model& model, const model::Strategy& strategy, const model::ObservationLayout& layout,
                std::span<const WorldKey> keys, std::span<const WorldResult> results, Workspace& workspace,
                const std::atomic<bool>* stop) {
  if (keys.empty()) return;
  Batch(model, strategy, layout, keys, results, workspace.impl(), stop).run();
}

int suggest_batch_size(const model::Model& model) {
  // Measured: batches gain from length until their accounts leave the second-level cache.
  constexpr double accounts_in_cache = 16000.0;
  constexpr int largest_batch = 64;
  // By the memory that they take beside an account.
  constexpr double companies_an_account = 4.0;
  constexpr double territories_an_account = 2.0;
  double accounts = 1.0;
  for (const model::Segment& segment : model.segments)
    accounts += segment.accounts + segment.leads_per_day * model.horizon_days + segment.market / companies_an_account;
  accounts += territories_an_account * model.num_territories;
  return std::clamp(static_cast<int>(accounts_in_cache / accounts), 1, largest_batch);
}

}  // namespace vouch::simulation
