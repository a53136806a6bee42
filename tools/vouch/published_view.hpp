// SPDX-License-Identifier: Apache-2.0
// Published figures beside the simulated ones. Pure: numbers in, text out.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/unit.hpp"
#include "scenario/published.hpp"
#include "statistics/estimate.hpp"

namespace vouch::cli {

struct PublishedRow {
  scenario::PublishedFigure figure;
  statistics::Estimate estimate;
  report::Scale scale;  ///< of the metric
};

/// What may be said of a figure. "went in" and "tuned to", with "but missed" if the simulated interval misses the
/// figure's range, or the figure itself if it has none. What emerged is "reproduced" if the whole interval lies in the
/// range, "not reproduced" if none of it does, and else "undecided": more worlds would tell. "emerged" without a range:
/// nobody can say how near is near enough.
std::string judge_figure(const PublishedRow& row);

std::string format_published(const std::vector<PublishedRow>& rows, double confidence);
/// Unrounded, in the metric's unit. What is unknown is null.
nlohmann::ordered_json make_published_json(const std::vector<PublishedRow>& rows);

}  // namespace vouch::cli
