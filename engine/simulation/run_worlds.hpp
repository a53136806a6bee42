// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>

#include "model/model.hpp"
#include "model/observations.hpp"
#include "random/words.hpp"

namespace vouch::simulation {

/// Which world to simulate: a replication under the master seed, of the strategy that the caller names.
struct WorldKey {
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
  bool antithetic_pairs = false;  ///< replications 2k and 2k+1 then share words, the odd one mirrored

  random::StreamKey stream() const noexcept {
    if (!antithetic_pairs) return {seed, replication, 0};
    return {seed, replication / 2, replication % 2 == 0 ? 0 : ~std::uint64_t{0}};
  }
};

/// One world's observations: a row of the layout, written over by run_worlds.
struct WorldResult {
  std::span<std::int64_t> row;
};

/// Thrown out of run_worlds when `stop` became true; the results are then unusable.
struct Stopped {};

/// Memory that is kept from one batch of worlds to the next, so that the inner loop allocates nothing once warm.
/// One per thread; not to be shared.
class Workspace {
 public:
  Workspace();
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;

  struct Impl;
  Impl& impl() noexcept { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// Simulates several worlds of one strategy at once. How worlds are grouped never shows in the results.
/// `stop` (may be null) is polled every few thousand events.
/// Throws Error (ExitCode::resources) when a world exceeds `max_accounts` or a draw's ordinal overflows.
void run_worlds(const model::Model& model, const model::Strategy& strategy, const model::ObservationLayout& layout,
                std::span<const WorldKey> keys, std::span<const WorldResult> results, Workspace& workspace,
                const std::atomic<bool>* stop = nullptr);

/// A batch size that keeps batches long without outgrowing the cache, for `run_worlds`.
int suggest_batch_size(const model::Model& model);

}  // namespace vouch::simulation
