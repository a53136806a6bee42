// SPDX-License-Identifier: Apache-2.0
// Why a run ended, for people and for programs.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "experiment/director.hpp"
#include "statistics/metric.hpp"

namespace vouch::report {

/// Why the run ended, how many worlds it took and how many it would have taken otherwise; empty for a run of a fixed
/// number of worlds, and for one that is not over.
std::string format_stopping(const experiment::Stopping& stopping);

/// A note where a run's aim was about another metric than what follows; else empty.
std::string explain_other_aim(const experiment::Stopping& stopping, const std::string& metric);

/// aim, reached, reason, worlds_used, worlds_if_equal, worlds_if_independent and indifference; null for a run of a
/// fixed number of worlds.
nlohmann::ordered_json make_stopping_json(const experiment::Stopping& stopping);

/// A difference or an amount of a metric with its unit: "5,000 EUR", "1.2 percentage points", "3".
std::string format_quantity(const statistics::Metric& metric, const std::string& currency, double amount);

}  // namespace vouch::report
