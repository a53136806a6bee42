// SPDX-License-Identifier: Apache-2.0
// Charts of every mark, with the names and numbers that are hard to draw.
#pragma once

#include <vector>

#include "report/chart.hpp"

namespace vouch::test {

/// 40 characters, Chinese, Japanese, emoji, Arabic, underscores, markup; at most 12.
std::vector<std::string> make_hard_names(std::size_t count);

/// One row for each of the names: value, interval, label.
report::Chart make_interval_chart(std::size_t num_rows, double middle, double spread);

/// A panel for each name: two bands, the baseline, a median.
report::Chart make_fan_chart(std::size_t num_panels, std::size_t num_columns);

/// A line for each name; the third has a gap. They end far from each other, or all at the same value.
enum class LineEnds { apart, together };
report::Chart make_line_chart(std::size_t num_lines, LineEnds ends);

/// Labelled bars, a panel for each name.
report::Chart make_funnel_chart(std::size_t num_panels);

/// Bars of three series side by side, some negative.
report::Chart make_grouped_chart();

/// A heat map with a name in each cell.
report::Chart make_heat_map(std::size_t num_across, std::size_t num_down);

/// Intervals of two series over categories across, with a rule.
report::Chart make_column_chart(std::size_t num_categories);

/// Bars and labelled points over values.
report::Chart make_histogram();
report::Chart make_scatter();

/// All of these, small and large, with different ids; and charts without data.
std::vector<report::Chart> make_sample_charts();

}  // namespace vouch::test
