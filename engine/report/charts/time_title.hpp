// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "report/charts/time_charts.hpp"

namespace vouch::report {

/// By bin: 1 where the strategy surely has more than the baseline, -1 where it surely has less, else 0. The intervals
/// hold for all strategies and bins at once; bins in which hardly anything was counted tell nothing.
std::vector<int> find_signs(const TimeData& data, std::size_t strategy);

/// A quantile, rounded to what is known, in the unit that is drawn.
std::string format_quantile(const TimeData& data, std::size_t strategy, std::size_t bin, double value);

std::string make_time_title(const TimeData& data);

}  // namespace vouch::report
