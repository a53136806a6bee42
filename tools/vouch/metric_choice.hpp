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

/// Throws Error (usage), with the nearest name, if there is no such metric; of a series it says that it is one.
const statistics::Metric& choose_metric(const std::vector<statistics::Metric>& metrics, const std::string& name,
                                        const Location& where = {});

/// Part of every world that is looked at: all of it, one segment, one cohort, or what came from one source.
struct Part {
  std::optional<int> segment;
  std::optional<int> cohort;
  std::string from = {};  ///< empty: anywhere; "cold", "organic", "referral" (all but cold) or a program's name
};

/// Why a metric cannot be read for one source: it tells cold leads from referrals itself, or its leads and deals are
/// not all that it is made of. Empty if it can.
std::string explain_no_source(const statistics::Metric& metric, const model::ObservationLayout& layout);
std::string explain_no_source(const statistics::Metric& metric, const results::ResultsFile& file);

/// By strategy, the metric in the chosen replications; without a value where a strategy lacks the part's program.
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
