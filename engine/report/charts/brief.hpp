// SPDX-License-Identifier: Apache-2.0
// Numbers for titles: fewer digits than are known.
#pragma once

#include <string>
#include <utility>

namespace vouch::report {

/// Two significant digits, whole numbers whole: "1,234", "17", "1.5", "0.085".
std::string format_brief(double value);

/// Two numbers that a title sets against each other: as many digits more as it takes to tell them apart.
std::pair<std::string, std::string> format_brief(double one, double other);

}  // namespace vouch::report
