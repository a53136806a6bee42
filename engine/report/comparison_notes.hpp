// SPDX-License-Identifier: Apache-2.0
// What to be careful about in a comparison, in plain sentences. Pure.
#pragma once

#include <string>
#include <vector>

#include "report/comparison_view.hpp"

namespace vouch::report {

/// Which strategies' intervals may hold the truth less often than they say, and why; empty if none.
std::string format_cautions(const ComparisonView& view, Wording wording = Wording::worlds);

/// Which strategies gain next to nothing by sharing their random numbers, or lose by it, and what to do; empty if none.
std::string format_sharing(const ComparisonView& view);

/// What antithetic pairs gained; empty without them.
std::string format_antithetic(const ComparisonView& view);

}  // namespace vouch::report
