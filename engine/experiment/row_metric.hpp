// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/observations.hpp"
#include "statistics/evidence.hpp"
#include "statistics/metric.hpp"

namespace vouch::experiment {

/// Reads a metric, exactly, from the rows that worlds report.
class RowMetric {
 public:
  /// Throws std::logic_error if the layout lacks an observation of the metric, or if its terms differ in unit or in the
  /// size of their factor, so that their sum would not be a whole number of one unit.
  RowMetric(const model::ObservationLayout& layout, const statistics::Metric& metric);

  statistics::WorldValue read(std::span<const std::int64_t> row) const;

  /// For evidence of `num_strategies` strategies: units, direction and kind of the metric; no controls.
  statistics::EvidenceOptions make_options(std::size_t num_strategies, std::size_t group_size) const;

 private:
  /// A stretch of a row, added or subtracted.
  struct Stretch {
    std::size_t begin;
    std::size_t end;
    int sign;
  };

  static std::int64_t add_up(std::span<const std::int64_t> row, const std::vector<Stretch>& stretches);

  statistics::EvidenceOptions options_;
  std::vector<Stretch> numerator_;
  std::vector<Stretch> denominator_;  ///< empty: a mean over worlds
};

}  // namespace vouch::experiment
