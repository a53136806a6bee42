// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "experiment/row_metric.hpp"
#include "statistics/evidence.hpp"

namespace vouch::experiment {

/// Gathers evidence on one metric from the worlds of one point as they are observed: each strategy's replications in
/// order, the strategies at their own pace. What waits for others is kept world by world.
class Gathering {
 public:
  Gathering(const model::ObservationLayout& layout, const statistics::Metric& metric, std::size_t num_strategies,
            std::size_t group_size);

  /// The next replications of a strategy, a row after the other. Throws std::logic_error for others than the next.
  void add(std::size_t strategy, std::uint32_t first_replication, std::span<const std::int64_t> rows);
  /// The strategy gets no more worlds: nobody waits for it.
  void retire(std::size_t strategy);

  std::size_t num_strategies() const noexcept { return waiting_.size(); }
  std::size_t group_size() const noexcept { return evidence_.options().group_size; }
  /// Replications that a strategy has.
  std::uint32_t num_worlds(std::size_t strategy) const { return num_worlds_[strategy]; }

  /// The groups that every strategy has which is not retired.
  const statistics::Evidence& evidence() const noexcept { return evidence_; }
  /// Those that only some have, too.
  statistics::Evidence gather_all() const;

 private:
  void settle();

  RowMetric metric_;
  std::size_t row_size_;
  statistics::Evidence evidence_;
  std::vector<std::uint32_t> num_worlds_;
  std::vector<std::uint8_t> retired_;
  std::vector<std::deque<statistics::WorldValue>> waiting_;  ///< by strategy: worlds behind those in evidence_
  std::vector<std::optional<statistics::WorldValue>> group_;
};

}  // namespace vouch::experiment
