// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/resolved.hpp"

namespace vouch::scenario {

/// What a strategy's reps, desk and programs for populations say together; told beside errors in single values.
void check_mechanisms(const Node& strategy, const Node& root, Reader& reader, Problems& problems);

/// Markets, and whether programs and desks find anybody; to be asked only if there are no errors in the
/// values of segments and populations.
void check_who_is_there(const Resolved& resolved, Problems& problems);

}  // namespace vouch::scenario
