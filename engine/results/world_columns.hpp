// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "results/contents.hpp"

namespace vouch::results {

/// The variables that every world has a value of: metrics at the root and in their groups, series and curves of
/// detail "world", and the rows themselves.
class WorldColumns {
 public:
  /// Adds the variables to the file.
  WorldColumns(LabelledFile& file, const Contents& contents);

  /// `rows`: by lane of the tile, then by replication; 0 where the world is missing.
  void write(const Tile& tile, std::span<const std::int64_t> rows);

 private:
  /// One variable over (lane, replication, kept axes ...): a block of the row, summed over its other axes.
  struct Column {
    const model::ObservationBlock* block;
    std::vector<hsize_t> kept;         ///< lengths of the kept axes
    std::vector<std::size_t> targets;  ///< by element of the block: which element of the variable it adds to
    std::size_t width = 1;
    LabelledFile::Variable variable;
  };

  void add_column(const std::string& group, const model::ObservationBlock& block, const std::vector<bool>& kept);
  void add_columns();
  void add_rows();
  void write_column(const Column& column, const Tile& tile, std::span<const std::int64_t> rows);
  void write_rows(const Tile& tile, std::span<const std::int64_t> rows);

  LabelledFile& file_;
  const Contents& contents_;
  std::vector<Column> columns_;
  LabelledFile::Variable rows_;
  std::vector<bool> done_;  ///< by world of the tile
  std::vector<std::int64_t> sums_;
  std::vector<double> values_;
};

}  // namespace vouch::results
