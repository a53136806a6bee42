// SPDX-License-Identifier: Apache-2.0
// Marks as ECharts' series.
#pragma once

#include <nlohmann/json.hpp>

#include "report/chart_layout.hpp"

namespace vouch::report {

/// Ids of axes: "x3" and "y3" of panel 3; of panels of rows or columns also "marks3", an axis of values along the
/// categories, for what may stand between them.
std::string axis_id(const char* axis, std::size_t panel);

/// The series of a panel, in the order in which they are drawn. Those that only help others have names beginning with
/// a space and no tooltip.
nlohmann::ordered_json make_mark_series(const PanelPlan& plan, std::size_t panel, const Style& style);

}  // namespace vouch::report
