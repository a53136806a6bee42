// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "results/results_file.hpp"
#include "series_view.hpp"

namespace vouch::cli {

/// "cold", "organic", and every program that any strategy has, in the order of the strategies.
std::vector<std::string> list_sources(const results::ResultsFile& file);

/// The file's series. Throws Error (usage) if it has none.
std::vector<results::SeriesInfo> list_series(const results::ResultsFile& file);

/// Throws Error (usage), with the nearest name, if there is no such series; of a metric it says that it is one.
SeriesView read_series(const results::ResultsFile& file, const std::string& name, int point = 0);

}  // namespace vouch::cli
