// SPDX-License-Identifier: Apache-2.0
// The tables of a comparison. Pure; each ends with a line break.
#pragma once

#include <string>

#include "report/comparison_view.hpp"

namespace vouch::report {

/// Each strategy by itself, best first: its value, and of contests how likely it is the best.
std::string format_values(const ComparisonView& view);

/// Multiple comparisons with the best; empty for fewer than three strategies with a value, and where unknown.
std::string format_from_best(const ComparisonView& view);

/// Each strategy minus the baseline.
std::string format_differences(const ComparisonView& view);

/// Each pair of strategies.
std::string format_pairs(const ComparisonView& view);

/// Quantiles over worlds.
std::string format_quantiles(const ComparisonView& view);

/// Values and differences with the controls' luck taken out.
std::string format_controlled(const ComparisonView& view);

}  // namespace vouch::report
