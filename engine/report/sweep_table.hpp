// SPDX-License-Identifier: Apache-2.0
// A row for each point of a sweep, for the terminal and for charts.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/chart.hpp"
#include "report/sweep_view.hpp"
#include "report/unit.hpp"

namespace vouch::report {

/// Which statement of a point its row makes: by the point itself, or such that those of all points hold at once.
enum class CallBasis { by_itself, together };

/// The points whose leads are least certain, in order; all if there are no more than `count`.
std::vector<std::size_t> choose_points(const SweepView& view, std::size_t count);

/// How values are shown, and what stands over them.
struct ValueColumn {
  Scale scale;
  std::string header;
};

/// Who is best there, the keys' values (of the first `most_keys`), the value, the lead and how sure it is. Headers are
/// broken into short lines.
DataTable make_sweep_table(const SweepView& view, const std::vector<std::size_t>& points, CallBasis basis,
                           const ValueColumn& column, std::size_t most_keys);

/// A swept value as it is read: texts without quotes.
std::string format_swept_value(const std::string& toml);

}  // namespace vouch::report
