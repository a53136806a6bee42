// SPDX-License-Identifier: Apache-2.0
// Numbers for titles, with fewer digits than are known, and what titles say where nothing can be told.
#pragma once

#include <string>
#include <utility>

#include "report/charts/moment_intervals.hpp"

namespace vouch::report {

/// Two significant digits, whole numbers whole: "1,234", "17", "1.5", "0.085".
std::string format_brief(double value);

/// Two numbers that a title sets against each other: as many digits more as it takes to show how far they are apart,
/// to a fifth of that.
std::pair<std::string, std::string> format_brief(double one, double other);

/// Whether a sample has fewer independent worlds than fewest_to_claim.
bool is_too_few(const Sample& sample);

/// Of such a sample, "Twenty simulated futures are too few to judge whether ...". Not that there is no difference: with
/// so few, nothing was judged.
std::string tell_too_few(const Sample& sample, const std::string& question);

}  // namespace vouch::report
