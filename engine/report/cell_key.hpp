// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/chart.hpp"
#include "report/echarts_option.hpp"

namespace vouch::report {

/// The chart; where the labels of a heat map do not fit into its cells, with letters in their place and series that
/// explain them in the legend: "A: ask at signing".
Chart replace_long_cell_labels(const Chart& chart, Format format);

}  // namespace vouch::report
