// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "model/model.hpp"
#include "model/observations.hpp"

namespace vouch::reference {

/// What does not add up in a world's row, a line each; empty if everything does: every ask has one answer, every name
/// and every deal ends in one place, what is counted by accounts, by deals and over time agrees. Names and deals are
/// followed to their ends where all of their lives are counted: without a warm-up, cold ones also without a pipeline.
std::string describe_leaks(const model::Model& model, const model::ObservationLayout& layout,
                           std::span<const std::int64_t> row);

}  // namespace vouch::reference
