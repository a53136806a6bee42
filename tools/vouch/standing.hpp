// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "experiment/world_sink.hpp"
#include "model/observations.hpp"
#include "statistics/metric.hpp"

namespace vouch::cli {

/// Passes finished worlds on, and adds up a metric on the way, to tell who leads so far.
class Standing final : public experiment::WorldSink {
 public:
  Standing(experiment::WorldSink& next, const model::ObservationLayout& layout, const statistics::Metric& metric,
           std::size_t num_strategies);

  bool is_done(experiment::WorldId world) const override { return next_.is_done(world); }
  void accept(int strategy, std::uint32_t first_replication, std::span<const std::int64_t> rows) override;

  /// The strategy with the best value over the worlds that came by; empty unless at least two have one.
  std::optional<std::size_t> find_leader() const;

 private:
  /// A stretch of a row and what its sum is multiplied by.
  struct Stretch {
    std::size_t begin;
    std::size_t end;
    double scale;
  };
  struct Sums {
    double numerator = 0.0;
    double denominator = 0.0;
  };

  static std::vector<Stretch> find_stretches(const model::ObservationLayout& layout,
                                             const std::vector<statistics::Term>& terms);
  static double add_up(std::span<const std::int64_t> row, const std::vector<Stretch>& stretches);

  experiment::WorldSink& next_;
  std::size_t row_size_;
  statistics::Direction direction_;
  std::vector<Stretch> numerator_;
  std::vector<Stretch> denominator_;  ///< empty: the number of worlds
  mutable std::mutex mutex_;
  std::vector<Sums> sums_;  ///< by strategy
};

}  // namespace vouch::cli
