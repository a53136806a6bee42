// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/observations.hpp"
#include "results/run_identity.hpp"
#include "scenario/scenario.hpp"

namespace vouch::cli {

/// A scenario's points, and the layout of the worlds' rows that all of them have.
struct Points {
  scenario::CompiledPoints compiled;
  model::ObservationLayout layout;
};

/// Throws Error (usage): what compile_points finds, or a key that changes which numbers a world reports.
Points plan_points(const scenario::Scenario& scenario);

/// The sweep as results files keep it.
std::vector<results::SweptKey> list_swept_keys(const scenario::Sweep& sweep);

}  // namespace vouch::cli
