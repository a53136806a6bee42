// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "report/reading.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace vouch::cli {

/// RESULTS, and how it is to be read.
struct ReadingOptions {
  std::string path;
  std::string metric;                ///< empty: the scenario's; of compare, several
  std::string baseline;              ///< empty: the scenario's
  std::optional<double> confidence;  ///< none: the scenario's
  std::optional<int> point;          ///< of a sweep
};

CLI::Option* add_results(CLI::App& command, ReadingOptions& options);
CLI::Option* add_baseline(CLI::App& command, ReadingOptions& options);
CLI::Option* add_confidence(CLI::App& command, ReadingOptions& options);

/// Throws Error (usage) if the file has no such point.
void check_point(const results::ResultsFile& file, const ReadingOptions& options);

/// By this metric; what is not chosen is the scenario's, and the point the first.
report::ComparisonChoice make_choice(const results::RunIdentity& identity, const ReadingOptions& options,
                                     const std::string& metric);

/// By the metric of the options or the scenario's. `file` must outlive it. Throws Error (usage) for an unknown metric,
/// baseline or point.
report::Reading make_reading(const results::ResultsFile& file, const ReadingOptions& options);

/// As they would be typed again: " --metric asks --point 3".
std::string format_reading_options(const ReadingOptions& options);

}  // namespace vouch::cli
