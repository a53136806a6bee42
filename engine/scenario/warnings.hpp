// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/resolved.hpp"

namespace vouch::scenario {

/// What is suspicious about single programs: that they can never ask, see the truth, or grow without bound.
void warn_of_programs(const Resolved& resolved, const Compiled& compiled, Problems& problems);

/// What populations, reps and desks have that does nothing.
void warn_of_mechanisms(const Resolved& resolved, const Compiled& compiled, Problems& problems);

/// What programs for partners and outsiders, and offsets of theirs, say that never acts; and excessive commissions.
void warn_of_populations(const Resolved& resolved, Problems& problems);

/// A rough number of customers that a customer of a segment brings under a strategy before stocks act: attempts
/// within its expected life x P(yes once value is realised) x names x introduced x qualified x won.
double estimate_reproduction(const model::Model& model, const model::Strategy& strategy, std::size_t segment);

}  // namespace vouch::scenario
