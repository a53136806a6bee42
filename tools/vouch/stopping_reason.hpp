// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "until_run.hpp"

namespace vouch::cli {

/// Why a directed run ended, in a sentence without its full stop. Of several points it tells how many reached the aim,
/// and of the first that did not why.
std::string explain_stopping(const Until& until, const UntilNames& names, std::uint32_t replications,
                             const experiment::RuledDirector& director);

}  // namespace vouch::cli
