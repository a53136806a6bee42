// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace vouch::results {

/// The definition of every metric that is a ratio of sums, as JSON, so that a reader in any language can make them:
/// {name: {"unit", "better", "description", "numerator": [{"variable", "source", "factor"}], "denominator": [...]}}.
std::string write_ratios();

}  // namespace vouch::results
