// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "model/observations.hpp"
#include "results/results_file.hpp"
#include "statistics/metric.hpp"

namespace vouch::report {

/// Every metric that can be compared: what worlds report, then the ratios made from it.
std::vector<statistics::Metric> list_metrics(const model::ObservationLayout& layout);
std::vector<statistics::Metric> list_metrics(const results::ResultsFile& file);

/// Throws Error (usage), with the nearest name, if there is no such metric; of a series it says that it is one.
const statistics::Metric& choose_metric(const std::vector<statistics::Metric>& metrics, const std::string& name,
                                        const Location& where = {});

/// Why a metric cannot be read for one source: it tells cold leads from referrals itself, or its leads and deals are
/// not all that it is made of. Empty if it can.
std::string explain_no_source(const statistics::Metric& metric, const model::ObservationLayout& layout);
std::string explain_no_source(const statistics::Metric& metric, const results::ResultsFile& file);

}  // namespace vouch::report
