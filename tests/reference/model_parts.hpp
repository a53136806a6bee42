// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <vector>

#include "model/model.hpp"
#include "model/strategy.hpp"

namespace vouch::reference {

inline random::Distribution constant(double value) {
  return random::make_distribution(random::Family::constant, value);
}

/// Cumulative probabilities of `n` equally likely categories.
std::vector<double> make_even(int n);

/// A segment whose members do nothing: no quality, contracts without end, no deals' length, unlimited peers of its own
/// kind.
model::Segment make_segment(const std::string& name, std::uint64_t id, int index, int num_segments,
                            std::uint32_t accounts);

/// Adds a population of bystanders to a case that is whole otherwise. Programs address it if they address segment 0;
/// outcomes have the base of segment 0 for it.
void add_population(model::Model& model, model::Strategy& strategy, model::Segment population);

/// A program that addresses every segment and never acts.
model::Program make_program(const std::string& name, int num_segments);

/// The outcome with the same base for every source and segment.
model::Outcome make_outcome(model::Link link, double intercept, int num_programs, int num_segments,
                            std::vector<model::Weight> weights = {});

/// Gives the strategy outcomes that always happen (`qualify`, `renew`) or never do (all others).
void fill_outcomes(model::Strategy& strategy, int num_segments);

inline model::Outcome& outcome_of(model::Strategy& strategy, model::OutcomeKind kind) {
  return strategy.outcomes[static_cast<std::size_t>(kind)];
}
inline model::Touch& touch_of(model::Model& model, model::TouchKind kind) {
  return model.touches[static_cast<std::size_t>(kind)];
}

}  // namespace vouch::reference
