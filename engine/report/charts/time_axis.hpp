// SPDX-License-Identifier: Apache-2.0
// Where the bins of a series lie on an axis of months.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "results/results_file.hpp"

namespace vouch::report {

inline constexpr double days_per_month = 365.25 / 12.0;

/// The bins of a series that are drawn. A last bin that is shorter than the others, or whose length is not known, is
/// left out: less happens in it for no other reason.
struct TimeBins {
  std::vector<double> starts;  ///< days from the start
  double days = 0.0;           ///< length of each
  bool is_level = false;       ///< the series stands at the end of the bin; else it is a flow of the bin

  std::size_t size() const noexcept { return starts.size(); }
  /// In months: of levels the bin's end, of flows its middle.
  double position(std::size_t bin) const;
  /// The first month that lies in this bin or later ones altogether: 1, 2 ...
  int first_month(std::size_t bin) const;
  /// The month in which the bin ends.
  int last_month(std::size_t bin) const;
};

/// A positive number of the scenario's text, by the last part of its key; unknown if it is not there, or a sweep varies
/// it.
std::optional<double> find_scenario_number(const results::RunIdentity& identity, const std::string& key);

/// Of a series, by name. Empty without series.
TimeBins find_bins(const results::ResultsFile& file, const std::string& series);

/// As often that at most `most` are left, from the last one back.
std::vector<std::size_t> thin_bins(const TimeBins& bins, std::size_t most);

}  // namespace vouch::report
