// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "results/run_identity.hpp"

namespace vouch::results {

/// All that is known of a run before it begins, as JSON: what a journal keeps, so that it can be read alone.
std::string write_identity(const RunIdentity& identity);

/// Empty if the text is not what write_identity gives.
std::optional<RunIdentity> read_identity(std::string_view text);

}  // namespace vouch::results
