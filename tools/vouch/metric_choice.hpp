// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "model/observations.hpp"
#include "results/results_file.hpp"
#include "statistics/estimate.hpp"
#include "statistics/metric.hpp"

namespace vouch::cli {

/// Every metric that can be compared: what worlds report, then the ratios made from it.
std::vector<statistics::Metric> list_metrics(const model::ObservationLayout& layout);
std::vector<statistics::Metric> list_metrics(const results::ResultsFile& file);

/// Throws Error (usage), with the nearest name, if there is no such metric.
const statistics::Metric& choose_metric(const std::vector<statistics::Metric>& metrics, const std::string& name,
                                        const Location& where = {});

/// Part of every world that is looked at: all of it, one segment, one cohort, or what came from one source.
struct Part {
  std::optional<int> segment;
  std::optional<int> cohort;
  std::string from = {};  ///< empty: anywhere; "cold", "organic", "referral" (all but cold) or a program's name
};

/// Whether the metric itself tells cold leads from referrals.
bool depends_on_source(const statistics::Metric& metric);

/// By strategy, the metric in the chosen replications.
std::vector<statistics::Observations> read_observations(const results::ResultsFile& file,
                                                        const statistics::Metric& metric,
                                                        const std::vector<std::uint32_t>& replications,
                                                        const Part& part);
/// The same of one strategy.
statistics::Observations read_observations(const results::ResultsFile& file, const statistics::Metric& metric,
                                           const std::vector<std::uint32_t>& replications, const Part& part,
                                           int strategy);

/// The replications that every strategy completed; of antithetic pairs both or none.
std::vector<std::uint32_t> find_common_replications(const results::ResultsFile& file);

}  // namespace vouch::cli
