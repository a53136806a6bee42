// SPDX-License-Identifier: Apache-2.0
// The charts of a report. Each function makes those of one section from a results file, none where the file has nothing
// to show there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/chart.hpp"
#include "report/headline.hpp"
#include "report/reading.hpp"

namespace vouch::report {

/// Values with intervals, best first; differences from the baseline with joint intervals. Ids "comparison",
/// "differences".
std::vector<Chart> make_comparison_charts(const Reading& reading);
std::vector<Chart> make_comparison_charts(const ComparisonView& view);

/// Quantile fans over time, a panel for each strategy, of the series that belongs to the metric. Id "over-time".
std::vector<Chart> make_time_charts(const Reading& reading);

/// From ask to won deal. Id "funnel".
std::vector<Chart> make_funnel_charts(const Reading& reading);

/// Chance of a yes, and where asks landed: by days since the purchase and by fatigue. Ids "timing", "tiredness".
std::vector<Chart> make_timing_charts(const Reading& reading);

/// What it does to people: fatigue over time, burned-out referrers, opt-outs, load on references. Ids "fatigue",
/// "people", "references".
std::vector<Chart> make_people_charts(const Reading& reading);

/// Who brings most customers: by segment, by how well they are served, by how many people they know. Id "advocates".
std::vector<Chart> make_advocate_charts(const Reading& reading);

/// Where each strategy is best, over the points of a sweep. Id "sweep".
std::vector<Chart> make_sweep_charts(const Reading& reading);
std::vector<Chart> make_sweep_charts(const SweepView& view);

/// The answer of a sweep over all its points at once; none where the file has none, or no values.
std::optional<Headline> make_sweep_headline(const Reading& reading);

/// A section of the report, in its order.
struct ChartSection {
  std::string id;     ///< "over-time"
  std::string title;  ///< "How it unfolds"
  std::vector<Chart> charts;
};

/// All sections that have charts.
std::vector<ChartSection> make_chart_sections(const Reading& reading);

/// The ids of all kinds of charts, with what each shows, for `vouch plot`; whether or not a file has them.
struct ChartKind {
  std::string id;
  std::string description;
};
const std::vector<ChartKind>& chart_kinds();

/// The chart of that id. Throws Error (usage): unknown, with the nearest; or that the file has no such data, and why.
Chart make_chart(const Reading& reading, const std::string& id);

}  // namespace vouch::report
