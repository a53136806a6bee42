// SPDX-License-Identifier: Apache-2.0
// A series over time, by strategy, for people and for programs. Pure: numbers in, text out.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace vouch::cli {

/// The values of one source of leads, or of all.
struct SeriesBlock {
  std::string source = {};                  ///< empty: the series is not known by source
  std::vector<std::vector<double>> values;  ///< by strategy and bin; empty if the strategy lacks the source
};

struct SeriesView {
  std::string name;
  std::string unit;  ///< "EUR", "minutes"; empty for counts
  std::string description;
  bool is_level = false;                  ///< of each bin's end; else a flow of the bin
  std::vector<std::uint64_t> num_worlds;  ///< by strategy
  std::vector<std::string> strategy_names;
  std::vector<double> bin_starts;  ///< days; at least one
  std::vector<SeriesBlock> blocks;
};

/// A row of the table: bins [first, last).
struct Period {
  std::string label;
  std::size_t first;
  std::size_t last;
};

/// Each bin by itself, or years of 365 days where there are more than 36. A bin belongs to the year that holds its
/// middle; the last, which may be shorter, to that in which it begins.
std::vector<Period> make_periods(const std::vector<double>& bin_starts);

/// A caption, and a table of periods by strategies for each block.
std::string format_series(const SeriesView& view);
/// Every bin, unrounded. A strategy that lacks a source is null there.
nlohmann::ordered_json make_series_json(const SeriesView& view);

}  // namespace vouch::cli
