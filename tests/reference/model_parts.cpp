// SPDX-License-Identifier: Apache-2.0
#include "reference/model_parts.hpp"

#include <string>

namespace vouch::reference {

using model::OutcomeKind;

std::vector<double> make_even(int n) {
  std::vector<double> cumulative;
  for (int i = 1; i <= n; ++i) cumulative.push_back(static_cast<double>(i) / n);
  return cumulative;
}

model::Segment make_segment(const std::string& name, std::uint64_t id, int index, int num_segments,
                            std::uint32_t accounts) {
  model::Segment segment;
  segment.name = name;
  segment.id = id;
  segment.accounts = accounts;
  segment.tenure_days = constant(0.0);
  segment.contract_value = constant(1000.0);
  segment.contract_days = constant(model::infinite);
  segment.time_to_value_days = constant(0.0);
  segment.value_probability = 0.0;
  segment.quality = constant(0.0);
  segment.unlimited_peers = true;
  segment.peers = constant(0.0);
  segment.names_per_yes = constant(1.0);
  for (int i = 0; i < num_segments; ++i) segment.peer_segments.push_back(i >= index ? 1.0 : 0.0);
  segment.cycle_days = constant(0.0);
  segment.rep_tie = constant(0.0);
  segment.peer_tie = constant(0.0);
  return segment;
}

void add_population(model::Model& model, model::Strategy& strategy, model::Segment population) {
  const std::size_t num_before = model.segments.size();
  population.are_bystanders = true;
  model.segments.push_back(std::move(population));
  for (model::Program& program : strategy.programs) {
    program.addresses_segment.push_back(program.addresses_segment[0]);
  }
  for (model::Outcome& outcome : strategy.outcomes) {
    std::vector<double> base;
    for (std::size_t i = 0; i < outcome.base.size(); i += num_before) {
      const auto source = outcome.base.begin() + static_cast<std::ptrdiff_t>(i);
      base.insert(base.end(), source, source + static_cast<std::ptrdiff_t>(num_before));
      base.push_back(*source);
    }
    outcome.base = std::move(base);
  }
}

model::Program make_program(const std::string& name, int num_segments) {
  model::Program program;
  program.name = name;
  program.addresses_segment.assign(static_cast<std::size_t>(num_segments), 1);
  program.delay_days = constant(0.0);
  program.repeat_days = constant(model::infinite);
  program.calendar_days = constant(model::infinite);
  program.names_per_yes = constant(1.0);
  program.introduction_delay_days = constant(0.0);
  program.chase_spacing_days = constant(7.0);
  program.conduct.acknowledges = true;
  return program;
}

model::Outcome make_outcome(model::Link link, double intercept, int num_programs, int num_segments,
                            std::vector<model::Weight> weights) {
  return {link, std::vector<double>(static_cast<std::size_t>((1 + num_programs) * num_segments), intercept),
          std::move(weights)};
}

void fill_outcomes(model::Strategy& strategy, int num_segments) {
  const int num_programs = static_cast<int>(strategy.programs.size());
  for (model::Outcome& outcome : strategy.outcomes) {
    outcome = make_outcome(model::Link::identity, 0.0, num_programs, num_segments);
  }
  outcome_of(strategy, OutcomeKind::qualify) = make_outcome(model::Link::identity, 1.0, num_programs, num_segments);
  outcome_of(strategy, OutcomeKind::renew) = make_outcome(model::Link::identity, 1.0, num_programs, num_segments);
}

}  // namespace vouch::reference
