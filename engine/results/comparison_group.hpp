// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "experiment/row_metric.hpp"
#include "results/contents.hpp"
#include "statistics/comparison.hpp"

namespace vouch::results {

/// The strategies compared by the scenario's metric, at each point: the group /comparison. Takes the worlds as they
/// are read; its size does not depend on their number.
class ComparisonGroup {
 public:
  explicit ComparisonGroup(const Contents& contents);

  /// Tiles in the order of Contents::list_tiles. `rows`: by lane of the tile, then by replication.
  void observe(const Tile& tile, std::span<const std::int64_t> rows);

  /// After the last tile.
  void write(LabelledFile& file) const;

 private:
  void take(int lane, const Tile& tile, std::span<const std::int64_t> rows);
  void add_groups(std::uint32_t first, std::uint32_t count);
  void compare();
  void keep_strategy(std::size_t place, const statistics::ComparedStrategy& compared);
  void keep_pair(std::size_t place, const statistics::ComparedPair& pair);

  /// NaN where unknown; by point, strategy and, of pairs, other strategy.
  struct Numbers {
    std::string name;
    std::string text;
    std::string unit;
    std::vector<double> values;
  };
  enum StrategyNumber { value, error, low, high, best_low, best_high, share, chance, loss, num_strategy_numbers };
  enum PairNumber { difference, pair_error, pair_low, pair_high, p_value, correlation, ratio, num_pair_numbers };

  const Contents& contents_;
  experiment::RowMetric metric_;
  std::size_t group_size_;
  statistics::Evidence evidence_;                                         ///< of the point that is being read
  std::vector<std::vector<std::optional<statistics::WorldValue>>> tile_;  ///< by strategy and replication of the tile
  std::vector<std::optional<statistics::WorldValue>> group_;              ///< by strategy, then world of the group
  int point_ = 0;
  std::vector<Numbers> strategies_;
  std::vector<Numbers> pairs_;
  std::vector<std::int64_t> num_worlds_;
  std::vector<std::string> cautions_;
};

}  // namespace vouch::results
