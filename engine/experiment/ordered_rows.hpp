// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "experiment/director.hpp"
#include "experiment/round.hpp"
#include "experiment/world_sink.hpp"

namespace vouch::experiment {

/// Shows a round's worlds to the director in the order of units, whatever order they are finished in. Rows that come
/// too early are kept for their turn, up to a number of units; those beyond are read back from the sink. Not for use
/// by two threads at once.
class OrderedRows {
 public:
  OrderedRows(const WorldSink& sink, Director& director, std::size_t row_size, std::size_t most_kept);

  void start(const Round& round);

  /// The unit's worlds are in the sink. `rows` holds them, or is empty: they are read back. A vector that is kept is
  /// exchanged for another of the same size.
  void finish(const Unit& unit, std::vector<std::int64_t>& rows);

  /// For a unit whose rows are not at hand.
  void finish(const Unit& unit);

 private:
  void show(const Unit& unit, std::span<const std::int64_t> rows);
  void show_waiting();

  const WorldSink& sink_;
  Director& director_;
  std::size_t row_size_;
  std::size_t most_kept_;
  const Round* round_ = nullptr;
  std::uint64_t next_ = 0;
  std::size_t num_kept_ = 0;
  std::map<std::uint64_t, std::vector<std::int64_t>> waiting_;  ///< finished units behind next_; empty: not kept
  std::vector<std::vector<std::int64_t>> spare_;
  std::vector<std::int64_t> read_back_;
};

}  // namespace vouch::experiment
