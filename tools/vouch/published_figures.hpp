// SPDX-License-Identifier: Apache-2.0
// Published figures that a scenario names: whether its worlds can tell them, and what they tell.
#pragma once

#include <vector>

#include "model/observations.hpp"
#include "published_view.hpp"
#include "results/results_file.hpp"
#include "scenario/scenario.hpp"
#include "statistics/metric.hpp"

namespace vouch::cli {

/// The metric of the experiment. Throws Error (usage), with every problem, if it or that of a published figure is
/// unknown, or is not known for the figure's segment or source.
statistics::Metric check_metrics(const scenario::Scenario& scenario, const model::ObservationLayout& layout);

/// The figures of the scenario that the file holds, beside what its worlds say; without those of strategies that were
/// not run. Of a scenario that this vouch does not read there are none, and a warning.
std::vector<PublishedRow> evaluate_published(const results::ResultsFile& file, double confidence);

}  // namespace vouch::cli
